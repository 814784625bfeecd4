//! Outgoing bodies: what JavaScript writes becomes the body that hyper asks for.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use super::exchange::{Event, Exchange};

/// The body of an outgoing message.
pub(crate) enum OutBody {
    /// All of it, known from the start.
    Full(Option<Bytes>),
    /// All of it, but sent as one whose length was not known.
    Unsized(Option<Bytes>),
    /// Written piece by piece.
    Stream(StreamBody),
}

/// The reading end of an exchange's [`BodyQueue`]; dropping it before the end aborts the message.
pub(crate) struct StreamBody {
    exchange: Rc<Exchange>,
}

/// What JavaScript has written and hyper has not yet taken.
#[derive(Default)]
pub(crate) struct BodyQueue {
    chunks: RefCell<VecDeque<Bytes>>,
    size: Cell<usize>,
    trailers: RefCell<Option<Bytes>>,
    ended: Cell<bool>,
    finished: Cell<bool>,
    /// hyper has asked for the first piece, so the head is written.
    polled: Cell<bool>,
    /// JavaScript wants to know when all has been taken.
    notify: Cell<bool>,
    /// Pieces go out as chunks, whose framing counts as waiting, too.
    chunked: Cell<bool>,
    /// So many bytes in all, where the head says so.
    length: Cell<Option<u64>>,
    given: Cell<u64>,
    /// hyper has what the head promised, and has let the body go.
    complete: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl BodyQueue {
    pub(crate) fn set_framing(&self, length: Option<u64>, chunked: bool) {
        self.length.set(length);
        self.chunked.set(chunked);
    }

    /// Asks for [`Event::Drained`] when all that was written has been taken.
    pub(crate) fn notify(&self) {
        self.notify.set(true);
    }

    /// What a piece counts for.
    fn weight(&self, chunk: &Bytes) -> usize {
        match chunk.len() {
            0 => 0,
            length if self.chunked.get() => length + 4 + (length.ilog2() / 4 + 1) as usize,
            length => length,
        }
    }

    /// Queues a piece; returns the bytes that wait now. Where nobody takes any more, that is the largest number: the writer is to wait for
    /// the word that the connection is gone.
    pub(crate) fn push(&self, chunk: Bytes) -> usize {
        if self.finished.get() {
            return usize::MAX;
        }
        if self.complete.get() {
            return 0;
        }
        self.size.set(self.size.get() + self.weight(&chunk));
        if !chunk.is_empty() {
            self.chunks.borrow_mut().push_back(chunk);
        }
        self.wake();
        self.size.get()
    }

    /// The end, perhaps with the lines of trailers. `true` when hyper need not be told.
    pub(crate) fn end(&self, trailers: Option<Bytes>) -> bool {
        *self.trailers.borrow_mut() = trailers;
        self.ended.set(true);
        self.wake();
        self.complete.get() && !self.finished.replace(true)
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.ended.get()
    }

    fn polled_to_length(&self) -> bool {
        self.length.get().is_some_and(|length| self.given.get() >= length)
    }

    /// Whether everything has gone to hyper that was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.size.get() == 0
    }

    fn wake(&self) {
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }
}

impl StreamBody {
    pub(crate) fn new(exchange: Rc<Exchange>) -> StreamBody {
        StreamBody { exchange }
    }

    fn queue(&self) -> &BodyQueue {
        self.exchange.queue()
    }

    fn finish(&self) {
        let queue = self.queue();
        if queue.finished.replace(true) {
            return;
        }
        if let Some(trailers) = queue.trailers.borrow_mut().take() {
            self.exchange.conn().outbound.borrow_mut().set_trailers(trailers);
        }
        self.exchange.sent();
        self.exchange.tell(Event::Finished);
    }
}

impl Drop for StreamBody {
    fn drop(&mut self) {
        let queue = self.queue();
        if queue.finished.get() {
            return;
        }
        if queue.polled_to_length() {
            queue.complete.set(true);
            queue.size.set(0);
            queue.chunks.borrow_mut().clear();
            if queue.ended.get() {
                self.finish();
            } else {
                self.exchange.sent();
            }
        } else {
            queue.finished.set(true);
            self.exchange.abort(Event::Aborted);
        }
    }
}

impl Body for OutBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let stream = match self.get_mut() {
            OutBody::Full(bytes) | OutBody::Unsized(bytes) => {
                return Poll::Ready(bytes.take().map(|b| Ok(Frame::data(b))));
            }
            OutBody::Stream(stream) => stream,
        };
        let queue = stream.queue();
        queue.polled.set(true);
        let chunk = queue.chunks.borrow_mut().pop_front();
        if let Some(chunk) = chunk {
            queue.size.set(queue.size.get() - queue.weight(&chunk));
            queue.given.set(queue.given.get() + chunk.len() as u64);
            if queue.is_empty() && !queue.ended.get() && queue.notify.replace(false) {
                stream.exchange.tell(Event::Drained);
            }
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        if !queue.ended.get() {
            *queue.waker.borrow_mut() = Some(cx.waker().clone());
            return Poll::Pending;
        }
        stream.finish();
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        match self {
            OutBody::Full(bytes) => bytes.is_none(),
            // An empty one still has its last chunk.
            OutBody::Unsized(_) => false,
            OutBody::Stream(stream) => {
                let queue = stream.queue();
                // An empty one of unknown length is no empty message: it has its last chunk.
                let framed = queue.length.get().is_some() || queue.polled.get();
                let ended = queue.ended.get() && queue.is_empty() && framed;
                if ended {
                    stream.finish();
                }
                ended
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            OutBody::Unsized(_) => SizeHint::default(),
            OutBody::Full(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |b| b.len() as u64)),
            OutBody::Stream(stream) => match stream.queue().length.get() {
                Some(length) => SizeHint::with_exact(length),
                None => SizeHint::default(),
            },
        }
    }
}
