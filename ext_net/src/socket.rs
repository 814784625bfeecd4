//! The core of a stream socket: its descriptor, its place on the event loop, and which of its abilities is at work.
//!
//! It is reference-counted: JavaScript's handle holds it, and so may the cluster's dispatcher or an HTTP server.

use std::cell::{Cell, RefCell};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::rc::Rc;
use std::task::Context;

use deno_core::v8;
use rtjs_core::{EventLoop, IoSource, KeepAlive, Registration, Scope};
use tokio::io::unix::AsyncFd;

use crate::accept::ConnectionSink;
use crate::sys;
use crate::write::PendingWrite;

/// The address family of a socket's handles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// TCP over IPv4 or IPv6.
    Tcp,
    /// A unix socket, or a pipe that was adopted by its descriptor.
    Unix,
}

/// What the socket waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Mode {
    /// Nothing yet.
    #[default]
    Idle,
    /// Connections.
    Listening,
    /// The end of its own connect.
    Connecting,
    /// Bytes.
    Connected,
    /// Nothing any more.
    Closed,
}

/// A stream socket or listener.
pub struct Socket {
    pub(crate) family: Family,
    pub(crate) door: EventLoop,
    pub(crate) io: RefCell<Option<AsyncFd<OwnedFd>>>,
    pub(crate) registration: RefCell<Option<Registration>>,
    pub(crate) keep_alive: KeepAlive,
    pub(crate) request_alive: KeepAlive,
    pub(crate) owner: RefCell<Option<v8::Global<v8::Object>>>,
    pub(crate) mode: Cell<Mode>,
    pub(crate) reading: Cell<bool>,
    pub(crate) pending_write: RefCell<Option<PendingWrite>>,
    pub(crate) sink: RefCell<Option<Rc<dyn ConnectionSink>>>,
    pub(crate) bytes_read: Cell<u64>,
    pub(crate) bytes_written: Cell<u64>,
}

impl Socket {
    /// A socket without a descriptor.
    pub fn new(door: EventLoop, family: Family) -> Rc<Socket> {
        Rc::new(Socket {
            family,
            keep_alive: door.keep_alive(),
            request_alive: door.keep_alive(),
            door,
            io: RefCell::default(),
            registration: RefCell::default(),
            owner: RefCell::default(),
            mode: Cell::default(),
            reading: Cell::new(false),
            pending_write: RefCell::default(),
            sink: RefCell::default(),
            bytes_read: Cell::new(0),
            bytes_written: Cell::new(0),
        })
    }

    /// A connected socket of a descriptor that is already non-blocking.
    ///
    /// # Errors
    /// What epoll says of the descriptor (`EPERM` for a regular file).
    pub fn connected(door: EventLoop, family: Family, fd: OwnedFd) -> io::Result<Rc<Socket>> {
        let socket = Socket::new(door, family);
        socket.attach(fd)?;
        socket.mode.set(Mode::Connected);
        Ok(socket)
    }

    /// Gives the socket its descriptor.
    pub(crate) fn attach(&self, fd: OwnedFd) -> io::Result<()> {
        *self.io.borrow_mut() = Some(sys::watch(fd)?);
        Ok(())
    }

    /// The descriptor's number.
    pub fn raw_fd(&self) -> Option<RawFd> {
        self.io.borrow().as_ref().map(AsRawFd::as_raw_fd)
    }

    /// A second descriptor of the same socket, for another process.
    ///
    /// # Errors
    /// `EBADF` when the socket is closed; what dup(2) says.
    pub fn duplicate(&self) -> io::Result<OwnedFd> {
        self.with_fd(|fd| fd.try_clone_to_owned())
    }

    /// Takes the descriptor out; the socket is closed afterwards.
    pub fn take_fd(&self) -> Option<OwnedFd> {
        let fd = self.io.borrow_mut().take().map(AsyncFd::into_inner);
        self.finish();
        fd
    }

    /// Calls `f` with the descriptor; `EBADF` when there is none.
    pub(crate) fn with_fd<T>(&self, f: impl FnOnce(BorrowedFd<'_>) -> io::Result<T>) -> io::Result<T> {
        match &*self.io.borrow() {
            Some(io) => f(io.get_ref().as_fd()),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        }
    }

    /// Makes the loop look at the socket in its next turn, so that interest in the descriptor gets registered.
    pub(crate) fn watch(self: &Rc<Self>) {
        let mut registration = self.registration.borrow_mut();
        registration.get_or_insert_with(|| self.door.register(self)).wake();
    }

    /// Brings the liveness count in line with what the socket waits for.
    pub(crate) fn update_liveness(&self) {
        let active = match self.mode.get() {
            Mode::Listening => true,
            Mode::Connected => self.reading.get(),
            Mode::Idle | Mode::Connecting | Mode::Closed => false,
        };
        self.keep_alive.set_active(active);
        // A request (connect, write) keeps the loop alive whether or not its handle is referenced, as in libuv.
        let requested = self.mode.get() == Mode::Connecting || self.pending_write.borrow().is_some();
        self.request_alive.set_active(requested);
    }

    /// Closes the descriptor. What was still to be written is lost; no callback comes any more.
    pub fn close(&self) {
        self.io.borrow_mut().take();
        self.finish();
    }

    fn finish(&self) {
        self.mode.set(Mode::Closed);
        self.reading.set(false);
        self.pending_write.borrow_mut().take();
        self.sink.borrow_mut().take();
        self.owner.borrow_mut().take();
        self.registration.borrow_mut().take();
        self.update_liveness();
    }
}

impl IoSource for Socket {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        let waker = match &*self.registration.borrow() {
            Some(registration) => {
                registration.begin();
                registration.waker().clone()
            }
            None => return,
        };
        let mut cx = Context::from_waker(&waker);
        match self.mode.get() {
            Mode::Listening => self.accept_ready(&mut cx, scope),
            Mode::Connecting => self.connect_ready(&mut cx, scope),
            Mode::Connected => {
                self.write_ready(&mut cx, scope);
                if self.mode.get() == Mode::Connected {
                    self.read_ready(&mut cx, scope);
                }
            }
            Mode::Idle | Mode::Closed => {}
        }
    }
}
