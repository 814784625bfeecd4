//! Outgoing bodies: what JavaScript writes becomes the body that hyper asks for. A piece counts as waiting until the connection has taken all of it, and its
//! memory is JavaScript's own where it is large.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use bytes::{Buf, Bytes};
use hyper::body::{Body, Frame, SizeHint};

use super::exchange::{Event, Exchange};
use super::raw::Local;

/// The body of an outgoing message.
pub(crate) enum OutBody {
    /// There is none for hyper.
    None,
    /// Written piece by piece.
    Stream(StreamBody),
}

/// The reading end of an exchange's [`BodyQueue`]; dropping it before the end aborts the message.
pub(crate) struct StreamBody {
    exchange: Rc<Exchange>,
}

/// A piece of a body in hyper's hands.
pub(crate) struct Piece {
    bytes: Bytes,
    /// Whose it is, and what it counts for there.
    origin: Local<(Rc<Exchange>, usize)>,
}

impl Buf for Piece {
    fn remaining(&self) -> usize {
        self.bytes.len()
    }

    fn chunk(&self) -> &[u8] {
        &self.bytes
    }

    fn advance(&mut self, count: usize) {
        self.bytes.advance(count);
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let (exchange, weight) = self.origin.get();
        let queue = exchange.queue();
        queue.size.set(queue.size.get() - weight);
        if queue.size.get() > 0 {
            return;
        }
        if queue.ended.get() {
            queue.settle(exchange);
        } else if self.bytes.is_empty() && queue.notify.replace(false) {
            exchange.tell(Event::Drained);
        }
    }
}

/// What JavaScript has written and the connection has not yet taken.
#[derive(Default)]
pub(crate) struct BodyQueue {
    /// What hyper has not asked for yet.
    chunks: RefCell<VecDeque<Bytes>>,
    size: Cell<usize>,
    trailers: RefCell<Option<Bytes>>,
    ended: Cell<bool>,
    /// hyper takes no more: it has the end, or has given the message up.
    over: Cell<bool>,
    /// The end was told.
    told: Cell<bool>,
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

    pub(crate) fn is_chunked(&self) -> bool {
        self.chunked.get()
    }

    /// What a piece counts for.
    pub(crate) fn weight(&self, chunk: &Bytes) -> usize {
        match chunk.len() {
            0 => 0,
            length if self.chunked.get() => length + 4 + (length.ilog2() / 4 + 1) as usize,
            length => length,
        }
    }

    /// Queues a piece; returns the bytes that wait now. Where nobody takes any more, that is the largest number: the writer is to wait for
    /// the word that the connection is gone.
    pub(crate) fn push(&self, chunk: Bytes) -> usize {
        if self.over.get() {
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

    /// The end, perhaps with the lines of trailers.
    pub(crate) fn end(&self, exchange: &Rc<Exchange>, trailers: Option<Bytes>) {
        *self.trailers.borrow_mut() = trailers;
        self.ended.set(true);
        self.wake();
        if self.complete.get() {
            self.over.set(true);
            self.settle(exchange);
        }
    }

    /// Tells of the end once the connection has everything, or, as Node does, is gone.
    fn settle(&self, exchange: &Rc<Exchange>) {
        if self.over.get() && self.size.get() == 0 && !self.told.replace(true) {
            exchange.tell(Event::Finished);
        }
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.ended.get()
    }

    fn polled_to_length(&self) -> bool {
        self.length.get().is_some_and(|length| self.given.get() >= length)
    }

    /// What hyper has not asked for never goes out.
    fn drop_rest(&self) {
        let rest = std::mem::take(&mut *self.chunks.borrow_mut());
        let weight: usize = rest.iter().map(|chunk| self.weight(chunk)).sum();
        self.size.set(self.size.get() - weight);
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

    /// hyper has been given the end.
    fn finish(&self) {
        let queue = self.queue();
        if queue.over.replace(true) {
            return;
        }
        if let Some(trailers) = queue.trailers.borrow_mut().take() {
            self.exchange.conn().outbound.borrow_mut().set_trailers(trailers);
        }
        self.exchange.sent();
        queue.settle(&self.exchange);
    }
}

impl Drop for StreamBody {
    fn drop(&mut self) {
        let queue = self.queue();
        if queue.over.get() {
            return;
        }
        if queue.polled_to_length() {
            queue.complete.set(true);
            queue.drop_rest();
            if queue.ended.get() {
                self.finish();
            } else {
                self.exchange.sent();
                if queue.size.get() == 0 && queue.notify.replace(false) {
                    self.exchange.tell(Event::Drained);
                }
            }
        } else {
            queue.over.set(true);
            queue.told.set(true);
            self.exchange.abort(Event::Aborted);
        }
    }
}

impl Body for OutBody {
    type Data = Piece;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Piece>, Infallible>>> {
        let OutBody::Stream(stream) = self.get_mut() else {
            return Poll::Ready(None);
        };
        let queue = stream.queue();
        queue.polled.set(true);
        let chunk = queue.chunks.borrow_mut().pop_front();
        if let Some(chunk) = chunk {
            queue.given.set(queue.given.get() + chunk.len() as u64);
            let origin = Local::new((stream.exchange.clone(), queue.weight(&chunk)));
            return Poll::Ready(Some(Ok(Frame::data(Piece { bytes: chunk, origin }))));
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
            OutBody::None => true,
            OutBody::Stream(stream) => {
                let queue = stream.queue();
                // An empty one of unknown length is no empty message: it has its last chunk.
                let framed = queue.length.get().is_some() || queue.polled.get();
                let ended = queue.ended.get() && queue.chunks.borrow().is_empty() && framed;
                if ended {
                    stream.finish();
                }
                ended
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            OutBody::None => SizeHint::with_exact(0),
            OutBody::Stream(stream) => match stream.queue().length.get() {
                Some(length) => SizeHint::with_exact(length),
                None => SizeHint::default(),
            },
        }
    }
}
