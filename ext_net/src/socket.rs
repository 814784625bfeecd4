//! The core of a stream socket: its descriptor, its place on the event loop, and which of its abilities is at work.
//!
//! It is reference-counted: JavaScript's handle holds it, and so may the cluster's dispatcher or an HTTP server.

use std::cell::{Cell, RefCell};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::rc::Rc;

use rtjs_core::{EventLoop, KeepAlive};

use crate::accept::ConnectionSink;
use crate::chunk::Chunks;
use crate::reactor::{Event, Place, Reactor, Source, Step};
use crate::read::UserBuffer;
use crate::sys;

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
    pub(crate) reactor: Rc<Reactor>,
    pub(crate) place: Place,
    pub(crate) fd: RefCell<Option<OwnedFd>>,
    pub(crate) keep_alive: KeepAlive,
    pub(crate) request_alive: KeepAlive,
    pub(crate) mode: Cell<Mode>,
    pub(crate) reading: Cell<bool>,
    /// The size class of the next read; see `read.rs`.
    pub(crate) read_class: Cell<usize>,
    pub(crate) user_buffer: RefCell<Option<UserBuffer>>,
    /// The descriptor is a pipe or the like, which recv(2) does not read.
    pub(crate) plain: Cell<bool>,
    pub(crate) pending: RefCell<Chunks>,
    /// An error that a system call reported at once, to be reported as if it had come later.
    pub(crate) deferred: Cell<i32>,
    pub(crate) sink: RefCell<Option<Rc<dyn ConnectionSink>>>,
    /// The path that a unix socket was bound to, which goes away with it.
    pub(crate) bound_path: RefCell<Option<Vec<u8>>>,
    pub(crate) bytes_read: Cell<u64>,
    pub(crate) bytes_written: Cell<u64>,
}

impl Socket {
    /// A socket without a descriptor.
    pub(crate) fn new(door: EventLoop, reactor: Rc<Reactor>, family: Family) -> Rc<Socket> {
        Rc::new(Socket {
            family,
            keep_alive: door.keep_alive(),
            request_alive: door.keep_alive(),
            door,
            reactor,
            place: Place::default(),
            fd: RefCell::default(),
            mode: Cell::default(),
            reading: Cell::new(false),
            read_class: Cell::new(0),
            user_buffer: RefCell::default(),
            plain: Cell::new(false),
            pending: RefCell::default(),
            deferred: Cell::new(0),
            sink: RefCell::default(),
            bound_path: RefCell::default(),
            bytes_read: Cell::new(0),
            bytes_written: Cell::new(0),
        })
    }

    /// A connected socket of a descriptor that is already non-blocking.
    pub(crate) fn connected(door: EventLoop, reactor: Rc<Reactor>, family: Family, fd: OwnedFd) -> Rc<Socket> {
        let socket = Socket::new(door, reactor, family);
        socket.attach(fd);
        socket.mode.set(Mode::Connected);
        socket
    }

    /// Gives the socket its descriptor.
    pub(crate) fn attach(&self, fd: OwnedFd) {
        self.place.start();
        *self.fd.borrow_mut() = Some(fd);
    }

    /// Makes this the socket of a descriptor that came from elsewhere. With an error the descriptor comes back, if it was taken at all.
    pub(crate) fn open(self: &Rc<Self>, fd: OwnedFd) -> Result<(), (io::Error, Option<OwnedFd>)> {
        if let Err(error) = sys::adopt(fd.as_fd()) {
            return Err((error, Some(fd)));
        }
        let listening = sys::get_option(fd.as_fd(), libc::SOL_SOCKET, libc::SO_ACCEPTCONN).unwrap_or(0) != 0;
        let plain = sys::get_option(fd.as_fd(), libc::SOL_SOCKET, libc::SO_TYPE).is_err();
        let connected = plain || sys::peer_address(fd.as_fd()).is_ok();
        self.attach(fd);
        self.plain.set(plain);
        // Whoever gave the number may have the same open file elsewhere.
        self.place.shared.set(true);
        // A bound or listening socket waits for listen(); one without a peer for connect().
        if !connected || listening {
            self.mode.set(Mode::Idle);
            return Ok(());
        }
        self.mode.set(Mode::Connected);
        // What cannot be waited for, such as a file, shows here.
        self.watch().map_err(|error| (error, self.take_fd()))
    }

    /// The descriptor's number. Whoever asks may share the open file with somebody else.
    pub fn raw_fd(&self) -> Option<RawFd> {
        self.place.shared.set(true);
        self.fd.borrow().as_ref().map(AsRawFd::as_raw_fd)
    }

    /// A second descriptor of the same socket, for another process.
    ///
    /// # Errors
    /// `EBADF` when the socket is closed; what dup(2) says.
    pub fn duplicate(&self) -> io::Result<OwnedFd> {
        self.place.shared.set(true);
        self.with_fd(|fd| fd.try_clone_to_owned())
    }

    /// Takes the descriptor out; the socket is closed afterwards.
    pub fn take_fd(&self) -> Option<OwnedFd> {
        let fd = self.fd.borrow_mut().take();
        self.reactor.remove(&self.place, fd.as_ref().map(AsFd::as_fd));
        self.finish();
        fd
    }

    /// Calls `f` with the descriptor; `EBADF` when there is none.
    pub(crate) fn with_fd<T>(&self, f: impl FnOnce(BorrowedFd<'_>) -> io::Result<T>) -> io::Result<T> {
        match &*self.fd.borrow() {
            Some(fd) => f(fd.as_fd()),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        }
    }

    /// Waits for the descriptor's readiness from now on.
    pub(crate) fn watch(self: &Rc<Self>) -> io::Result<()> {
        self.with_fd(|fd| self.reactor.add(self, fd))?;
        if self.wants_turn() {
            self.reactor.schedule(self.clone());
        }
        Ok(())
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
        let requested = self.mode.get() == Mode::Connecting || !self.pending.borrow().is_empty();
        self.request_alive.set_active(requested);
    }

    /// Closes the descriptor. What was still to be written is lost; no event comes any more.
    pub fn close(&self) {
        let fd = self.fd.borrow_mut().take();
        let still_open = fd.as_ref().filter(|_| self.place.shared.get());
        self.reactor.remove(&self.place, still_open.map(AsFd::as_fd));
        drop(fd);
        if let Some(path) = self.bound_path.borrow_mut().take() {
            use std::os::unix::ffi::OsStrExt;
            // Somebody may have taken it away already.
            let _ = std::fs::remove_file(std::ffi::OsStr::from_bytes(&path));
        }
        self.finish();
    }

    fn finish(&self) {
        self.mode.set(Mode::Closed);
        self.reading.set(false);
        *self.pending.borrow_mut() = Chunks::default();
        self.user_buffer.borrow_mut().take();
        self.sink.borrow_mut().take();
        self.update_liveness();
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.close();
    }
}

impl Source for Socket {
    fn place(&self) -> &Place {
        &self.place
    }

    fn wants_turn(&self) -> bool {
        match self.mode.get() {
            Mode::Listening => self.place.readable.get() && self.sink.borrow().as_ref().is_none_or(|s| s.wants_more()),
            Mode::Connecting => self.place.writable.get() || self.deferred.get() != 0,
            Mode::Connected => {
                (self.reading.get() && self.place.readable.get())
                    || (self.place.writable.get() && !self.pending.borrow().is_empty())
            }
            Mode::Idle | Mode::Closed => false,
        }
    }

    fn is_native(&self) -> bool {
        self.sink.borrow().is_some()
    }

    fn step(self: Rc<Self>, reactor: &Reactor) -> Step {
        match self.mode.get() {
            Mode::Listening => self.accept_step(reactor),
            Mode::Connecting => self.connect_step(),
            Mode::Connected => match self.write_step() {
                Some(status) => Step::Deliver(Event::Written, status),
                None => self.read_step(reactor),
            },
            Mode::Idle | Mode::Closed => Step::Idle,
        }
    }

    fn events_per_turn(&self) -> u32 {
        /// Connections of one listener in one turn.
        const CONNECTIONS: u32 = 64;
        /// Reads of one socket in one turn.
        const READS: u32 = 16;
        match self.mode.get() {
            Mode::Listening => CONNECTIONS,
            _ => READS,
        }
    }
}
