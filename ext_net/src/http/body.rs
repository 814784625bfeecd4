//! Bodies: what JavaScript writes becomes the body that hyper asks for.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use hyper::HeaderMap;
use hyper::body::{Body, Frame, SizeHint};

/// The body of an outgoing message.
pub(crate) enum OutBody {
    /// All of it, known from the start.
    Full(Option<Bytes>),
    /// All of it, but sent as one whose length was not known.
    Chunked(Option<Bytes>),
    /// Written piece by piece.
    Stream(StreamBody),
}

/// The reading end of a [`BodyQueue`]; dropping it before the end aborts the message.
pub(crate) struct StreamBody {
    queue: Rc<BodyQueue>,
}

/// What JavaScript has written and hyper has not yet taken.
#[derive(Default)]
pub(crate) struct BodyQueue {
    chunks: RefCell<VecDeque<Bytes>>,
    size: Cell<usize>,
    trailers: RefCell<Option<HeaderMap>>,
    ended: Cell<bool>,
    finished: Cell<bool>,
    /// So many bytes in all, where the head says so.
    length: Cell<Option<u64>>,
    waker: RefCell<Option<Waker>>,
    /// Called when the queue has become empty, and when the body is dropped before its end.
    listener: RefCell<Option<Listener>>,
}

type Listener = Box<dyn Fn(BodyEvent)>;

/// What happens to a body on hyper's side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BodyEvent {
    /// hyper has taken all that was written.
    Drained,
    /// The end was taken too.
    Finished,
    /// The connection went away first.
    Aborted,
}

impl BodyQueue {
    pub(crate) fn listen(&self, listener: impl Fn(BodyEvent) + 'static) {
        *self.listener.borrow_mut() = Some(Box::new(listener));
    }

    pub(crate) fn set_length(&self, length: Option<u64>) {
        self.length.set(length);
    }

    /// Queues a piece; returns the bytes that wait now.
    pub(crate) fn push(&self, chunk: Bytes) -> usize {
        self.size.set(self.size.get() + chunk.len());
        if !chunk.is_empty() {
            self.chunks.borrow_mut().push_back(chunk);
        }
        self.wake();
        self.size.get()
    }

    pub(crate) fn end(&self, trailers: Option<HeaderMap>) {
        *self.trailers.borrow_mut() = trailers;
        self.ended.set(true);
        self.wake();
    }

    fn wake(&self) {
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    fn tell(&self, event: BodyEvent) {
        if let Some(listener) = &*self.listener.borrow() {
            listener(event);
        }
    }

    pub(crate) fn body(self: &Rc<Self>) -> StreamBody {
        StreamBody { queue: self.clone() }
    }
}

impl Drop for StreamBody {
    fn drop(&mut self) {
        if !self.queue.finished.get() {
            self.queue.tell(BodyEvent::Aborted);
        }
    }
}

impl Body for OutBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let stream = match self.get_mut() {
            OutBody::Full(bytes) | OutBody::Chunked(bytes) => {
                return Poll::Ready(bytes.take().map(|b| Ok(Frame::data(b))));
            }
            OutBody::Stream(stream) => stream,
        };
        let queue = &stream.queue;
        let chunk = queue.chunks.borrow_mut().pop_front();
        if let Some(chunk) = chunk {
            queue.size.set(queue.size.get() - chunk.len());
            if queue.size.get() == 0 {
                queue.tell(BodyEvent::Drained);
            }
            return Poll::Ready(Some(Ok(Frame::data(chunk))));
        }
        if !queue.ended.get() {
            *queue.waker.borrow_mut() = Some(cx.waker().clone());
            return Poll::Pending;
        }
        if let Some(trailers) = queue.trailers.borrow_mut().take() {
            return Poll::Ready(Some(Ok(Frame::trailers(trailers))));
        }
        if !queue.finished.replace(true) {
            queue.tell(BodyEvent::Finished);
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        match self {
            OutBody::Full(bytes) => bytes.is_none(),
            // An empty one still has its last chunk.
            OutBody::Chunked(_) => false,
            OutBody::Stream(stream) => {
                let queue = &stream.queue;
                let ended = queue.ended.get() && queue.size.get() == 0 && queue.trailers.borrow().is_none();
                if ended && !queue.finished.replace(true) {
                    queue.tell(BodyEvent::Finished);
                }
                ended
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            OutBody::Chunked(_) => SizeHint::default(),
            OutBody::Full(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |b| b.len() as u64)),
            OutBody::Stream(stream) => match stream.queue.length.get() {
                Some(length) => SizeHint::with_exact(length),
                None => SizeHint::default(),
            },
        }
    }
}
