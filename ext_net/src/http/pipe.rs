//! Any JavaScript stream as what carries a connection: JavaScript pushes in what it reads and writes out what it is given.
//!
//! js/internal/http/duplex_link.js is the other half.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use deno_core::{GarbageCollected, op2, v8};
use rtjs_core::{EventLoop, KeepAlive};

use super::callbacks;
use super::exchange::Event;
use super::transport::Transport;

/// Bytes on their way in one direction above which the sender waits.
const HIGH_WATER_MARK: usize = 64 * 1024;

/// See the module.
pub(crate) struct Pipe {
    door: EventLoop,
    owner: RefCell<Option<v8::Global<v8::Object>>>,
    incoming: RefCell<VecDeque<Bytes>>,
    incoming_size: Cell<usize>,
    /// The errno that follows what is incoming; 0 for an end in order.
    end: Cell<Option<i32>>,
    full: Cell<bool>,
    unwritten: Cell<usize>,
    /// A stream's own events keep the loop alive or not; what it gave must be dealt with all the same.
    keep_alive: KeepAlive,
    /// Rust has no more to do with it.
    closed: Cell<bool>,
    reader: RefCell<Option<Waker>>,
    writer: RefCell<Option<Waker>>,
}

impl Pipe {
    pub(crate) fn new(door: EventLoop, owner: v8::Global<v8::Object>) -> Rc<Pipe> {
        Rc::new(Pipe {
            keep_alive: door.keep_alive(),
            closed: Cell::new(false),
            door,
            owner: RefCell::new(Some(owner)),
            incoming: RefCell::default(),
            incoming_size: Cell::new(0),
            end: Cell::new(None),
            full: Cell::new(false),
            unwritten: Cell::new(0),
            reader: RefCell::default(),
            writer: RefCell::default(),
        })
    }

    pub(crate) fn owner(&self) -> Option<v8::Global<v8::Object>> {
        self.owner.borrow().clone()
    }

    fn tell(&self, event: Event, bytes: Option<Vec<u8>>) {
        let Some(owner) = self.owner() else { return };
        callbacks::post(&self.door, move |scope| {
            let kind = v8::Integer::new(scope, event as i32).into();
            let buffer = match bytes {
                Some(bytes) => rtjs_core::array_buffer(scope, bytes).into(),
                None => v8::undefined(scope).into(),
            };
            callbacks::call(scope, &owner, |c| &c.event, &[kind, buffer]);
        });
    }

    fn stir(&self) {
        if !self.closed.get() {
            self.keep_alive.set_active(true);
        }
    }

    fn wake(&self, waker: &RefCell<Option<Waker>>) {
        if let Some(waker) = waker.borrow_mut().take() {
            self.stir();
            waker.wake();
        }
    }
}

/// The transport's view.
pub(crate) struct PipeTransport(pub Rc<Pipe>);

impl Transport for PipeTransport {
    fn poll_recv(&self, cx: &mut Context<'_>, buffer: &mut [MaybeUninit<u8>]) -> Poll<io::Result<usize>> {
        let pipe = &self.0;
        let mut incoming = pipe.incoming.borrow_mut();
        let Some(front) = incoming.front_mut() else {
            return match pipe.end.get() {
                Some(0) => Poll::Ready(Ok(0)),
                Some(errno) => Poll::Ready(Err(io::Error::from_raw_os_error(-errno))),
                None => {
                    *pipe.reader.borrow_mut() = Some(cx.waker().clone());
                    Poll::Pending
                }
            };
        };
        let count = front.len().min(buffer.len());
        let piece = front.split_to(count);
        for (to, from) in buffer.iter_mut().zip(&piece) {
            to.write(*from);
        }
        if front.is_empty() {
            incoming.pop_front();
        }
        pipe.incoming_size.set(pipe.incoming_size.get() - count);
        if pipe.incoming_size.get() < HIGH_WATER_MARK && pipe.full.replace(false) {
            pipe.tell(Event::Resume, None);
        }
        Poll::Ready(Ok(count))
    }

    fn poll_send(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let pipe = &self.0;
        if let Some(errno) = pipe.end.get().filter(|e| *e != 0) {
            return Poll::Ready(Err(io::Error::from_raw_os_error(-errno)));
        }
        if pipe.unwritten.get() >= HIGH_WATER_MARK {
            *pipe.writer.borrow_mut() = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let bytes: Vec<u8> = slices.iter().flat_map(|s| s.iter().copied()).collect();
        let count = bytes.len();
        pipe.unwritten.set(pipe.unwritten.get() + count);
        pipe.tell(Event::Write, Some(bytes));
        Poll::Ready(Ok(count))
    }

    fn poll_shutdown(&self, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.tell(Event::End, None);
        Poll::Ready(Ok(()))
    }

    fn has_unread(&self) -> bool {
        self.0.incoming_size.get() > 0
    }

    fn stir(&self) {
        self.0.stir();
    }

    fn rest(&self) {
        self.0.keep_alive.set_active(false);
    }

    fn close(&self) {
        self.0.closed.set(true);
        self.rest();
    }
}

/// What JavaScript sees of a pipe.
pub struct HttpPipe {
    pipe: Rc<Pipe>,
}

// SAFETY: no traced members; the owner is a Global that `release` drops.
unsafe impl GarbageCollected for HttpPipe {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"HttpPipe"
    }
}

impl HttpPipe {
    pub(crate) fn new(pipe: Rc<Pipe>) -> HttpPipe {
        HttpPipe { pipe }
    }

    pub(crate) fn pipe(&self) -> Rc<Pipe> {
        self.pipe.clone()
    }
}

#[op2]
impl HttpPipe {
    /// Bytes that the stream gave; `false` when it should wait for `Resume`.
    #[fast]
    fn push(&self, #[buffer] bytes: &[u8]) -> bool {
        let pipe = &self.pipe;
        if !bytes.is_empty() {
            pipe.incoming.borrow_mut().push_back(Bytes::copy_from_slice(bytes));
            pipe.incoming_size.set(pipe.incoming_size.get() + bytes.len());
            pipe.wake(&pipe.reader);
        }
        let more = pipe.incoming_size.get() < HIGH_WATER_MARK;
        pipe.full.set(!more);
        more
    }

    /// The stream has ended (0), or failed with a negative errno.
    #[fast]
    fn end(&self, status: i32) {
        self.pipe.end.set(Some(status));
        self.pipe.wake(&self.pipe.reader);
        self.pipe.wake(&self.pipe.writer);
    }

    /// The stream has written so many bytes.
    #[fast]
    fn written(&self, count: u32) {
        let pipe = &self.pipe;
        pipe.unwritten.set(pipe.unwritten.get().saturating_sub(count as usize));
        if pipe.unwritten.get() < HIGH_WATER_MARK {
            pipe.wake(&pipe.writer);
        }
    }

    /// No further callback comes.
    #[fast]
    fn release(&self) {
        self.pipe.owner.borrow_mut().take();
    }
}
