//! The core of a datagram socket: what comes is received in batches and given to JavaScript one by one; what goes is sent at once, or waits in order.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::rc::Rc;

use rtjs_core::KeepAlive;

use crate::address::Address;
use crate::chunk::Chunks;
use crate::numbers;
use crate::pool::Block;
use crate::reactor::{Event, Place, Reactor, Source, Step};
use crate::sys;
use crate::sys::RawAddress;
use crate::sys::datagram::{self, Batch};

/// A datagram that waits for the kernel.
struct Waiting {
    chunks: Chunks,
    size: usize,
    to: Option<RawAddress>,
}

/// A datagram socket.
pub(crate) struct UdpSocket {
    pub(crate) reactor: Rc<Reactor>,
    place: Place,
    fd: RefCell<Option<OwnedFd>>,
    pub(crate) keep_alive: KeepAlive,
    closed: Cell<bool>,
    receiving: Cell<bool>,
    batch: RefCell<Option<Batch>>,
    waiting: RefCell<VecDeque<Waiting>>,
    waiting_bytes: Cell<usize>,
    /// Where the datagram that JavaScript looks at came from.
    pub(crate) last_from: RefCell<Option<Address>>,
}

impl UdpSocket {
    /// A socket without a descriptor.
    pub(crate) fn new(keep_alive: KeepAlive, reactor: Rc<Reactor>) -> Rc<UdpSocket> {
        Rc::new(UdpSocket {
            reactor,
            place: Place::default(),
            fd: RefCell::default(),
            keep_alive,
            closed: Cell::new(false),
            receiving: Cell::new(false),
            batch: RefCell::default(),
            waiting: RefCell::default(),
            waiting_bytes: Cell::new(0),
            last_from: RefCell::default(),
        })
    }

    /// Calls `f` with the descriptor; `EBADF` when there is none.
    pub(crate) fn with_fd<T>(&self, f: impl FnOnce(BorrowedFd<'_>) -> io::Result<T>) -> io::Result<T> {
        match &*self.fd.borrow() {
            Some(fd) => f(fd.as_fd()),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        }
    }

    /// Whether there is a descriptor.
    pub(crate) fn has_fd(&self) -> bool {
        self.fd.borrow().is_some()
    }

    /// The descriptor's number. Whoever asks may share the open file with somebody else.
    pub(crate) fn raw_fd(&self) -> Option<i32> {
        use std::os::fd::AsRawFd;
        self.place.shared.set(true);
        self.fd.borrow().as_ref().map(AsRawFd::as_raw_fd)
    }

    /// Takes a descriptor that came from elsewhere; with an error it comes back.
    pub(crate) fn open(&self, fd: OwnedFd) -> Result<(), (io::Error, OwnedFd)> {
        if let Err(error) = sys::adopt(fd.as_fd()) {
            return Err((error, fd));
        }
        self.place.start();
        self.place.shared.set(true);
        *self.fd.borrow_mut() = Some(fd);
        Ok(())
    }

    /// Makes the descriptor on first use.
    pub(crate) fn ensure_fd(&self, domain: libc::c_int) -> io::Result<()> {
        if self.closed.get() {
            return Err(io::Error::from_raw_os_error(libc::EBADF));
        }
        if !self.has_fd() {
            let fd = datagram::socket(domain)?;
            self.place.start();
            *self.fd.borrow_mut() = Some(fd);
        }
        Ok(())
    }

    /// The address family of the descriptor, or `EBADF`.
    pub(crate) fn domain(&self) -> io::Result<libc::c_int> {
        self.with_fd(|fd| sys::get_option(fd, libc::SOL_SOCKET, libc::SO_DOMAIN))
    }

    /// Starts delivering datagrams.
    pub(crate) fn receive_start(self: &Rc<Self>) -> io::Result<()> {
        self.ensure_fd(libc::AF_INET)?;
        self.receiving.set(true);
        self.update_liveness();
        self.watch()
    }

    /// Stops delivering datagrams. Those that have been received already are kept for a later start.
    pub(crate) fn receive_stop(&self) {
        self.receiving.set(false);
        self.update_liveness();
    }

    fn watch(self: &Rc<Self>) -> io::Result<()> {
        self.with_fd(|fd| self.reactor.add(self, fd))?;
        if self.wants_turn() {
            self.reactor.schedule(self.clone());
        }
        Ok(())
    }

    fn update_liveness(&self) {
        let waiting = !self.waiting.borrow().is_empty();
        self.keep_alive.set_active(self.receiving.get() || waiting);
    }

    /// Sends a datagram: its size when that was done at once, `None` when an event will say so.
    pub(crate) fn send(self: &Rc<Self>, chunks: Chunks, to: Option<&Address>) -> io::Result<Option<usize>> {
        let size = chunks.len();
        let to = to.map(Address::to_raw);
        if self.waiting.borrow().is_empty() {
            match self.with_fd(|fd| sys::retry(|| chunks.send_to(fd, to.as_ref()))) {
                Err(error) if would_block(&error) => self.place.writable.set(false),
                result => return result.map(|_| Some(size)),
            }
        }
        self.waiting.borrow_mut().push_back(Waiting { chunks, size, to });
        self.waiting_bytes.set(self.waiting_bytes.get() + size);
        self.update_liveness();
        self.watch()?;
        Ok(None)
    }

    /// How many datagrams wait, and their bytes.
    pub(crate) fn send_queue(&self) -> (usize, usize) {
        (self.waiting.borrow().len(), self.waiting_bytes.get())
    }

    /// Closes the descriptor. What waits is lost; no event comes any more.
    pub(crate) fn close(&self) {
        let fd = self.fd.borrow_mut().take();
        let still_open = fd.as_ref().filter(|_| self.place.shared.get());
        self.reactor.remove(&self.place, still_open.map(AsFd::as_fd));
        self.closed.set(true);
        self.receiving.set(false);
        self.batch.borrow_mut().take();
        self.waiting.borrow_mut().clear();
        self.waiting_bytes.set(0);
        self.update_liveness();
    }

    fn send_step(&self) -> Option<Step> {
        if !self.place.writable.get() {
            return None;
        }
        let result = {
            let waiting = self.waiting.borrow();
            let first = waiting.front()?;
            self.with_fd(|fd| sys::retry(|| first.chunks.send_to(fd, first.to.as_ref())))
        };
        if let Err(error) = &result
            && would_block(error)
        {
            self.place.writable.set(false);
            return None;
        }
        let sent = self.waiting.borrow_mut().pop_front()?;
        self.waiting_bytes.set(self.waiting_bytes.get() - sent.size);
        self.update_liveness();
        let status = match result {
            Ok(_) => i32::try_from(sent.size).unwrap_or(i32::MAX),
            Err(error) => rtjs_core::errno(&error),
        };
        Some(Step::Deliver(Event::Sent, status))
    }

    fn receive_step(&self, reactor: &Reactor) -> Step {
        if !self.receiving.get() {
            return Step::Idle;
        }
        let mut batch = self.batch.borrow_mut();
        if batch.as_ref().is_none_or(Batch::is_empty) {
            if !self.place.readable.get() {
                // An idle socket keeps no memory for what may come.
                if let Some(spare) = batch.take() {
                    reactor.spare_batch.borrow_mut().get_or_insert(spare);
                }
                return Step::Idle;
            }
            let room = batch.get_or_insert_with(|| reactor.spare_batch.borrow_mut().take().unwrap_or_else(Batch::new));
            // Of an open file that others have too we take only what is delivered: a datagram in the batch of a socket that is closed then would be lost to them.
            let most = if self.place.shared.get() { 1 } else { datagram::BATCH };
            match self.with_fd(|fd| sys::retry(|| room.receive(fd, most))) {
                Ok(more) => self.place.readable.set(more),
                Err(error) => {
                    room.clear();
                    if would_block(&error) {
                        self.place.readable.set(false);
                        return Step::Again;
                    }
                    return Step::Deliver(Event::MessageFailed, rtjs_core::errno(&error));
                }
            }
        }
        let Some((bytes, from, cut)) = batch.as_mut().and_then(Batch::take) else {
            return Step::Again;
        };
        let mut scratch = reactor.scratch.borrow_mut();
        let block = scratch.get_or_insert_with(|| Block::take(0));
        block.fill_with(bytes);
        let from = Address::from_raw(from).ok();
        put_address(&reactor.numbers, from.as_ref());
        reactor.numbers.set(numbers::FLAGS, i32::from(cut));
        *self.last_from.borrow_mut() = from;
        Step::Deliver(Event::Message, i32::try_from(bytes.len()).unwrap_or(i32::MAX))
    }
}

/// Where JavaScript can make the address's text of it without a call, in nearly all cases.
fn put_address(to: &numbers::Numbers, address: Option<&Address>) {
    let family = match address {
        Some(Address::Ip(SocketAddr::V4(v4))) => {
            to.set(numbers::PORT, i32::from(v4.port()));
            to.set(numbers::ADDRESS, i32::from_be_bytes(v4.ip().octets()));
            4
        }
        Some(Address::Ip(SocketAddr::V6(v6))) => {
            to.set(numbers::PORT, i32::from(v6.port()));
            6
        }
        _ => {
            to.set(numbers::PORT, 0);
            0
        }
    };
    to.set(numbers::FAMILY, family);
}

fn would_block(error: &io::Error) -> bool {
    // The queue of the interface may be full before the socket's own is.
    error.kind() == io::ErrorKind::WouldBlock || error.raw_os_error() == Some(libc::ENOBUFS)
}

impl Drop for UdpSocket {
    fn drop(&mut self) {
        self.close();
    }
}

impl Source for UdpSocket {
    fn place(&self) -> &Place {
        &self.place
    }

    fn wants_turn(&self) -> bool {
        let more = self.place.readable.get() || self.batch.borrow().as_ref().is_some_and(|b| !b.is_empty());
        (self.receiving.get() && more) || (self.place.writable.get() && !self.waiting.borrow().is_empty())
    }

    fn step(self: Rc<Self>, reactor: &Reactor) -> Step {
        match self.send_step() {
            Some(step) => step,
            None => self.receive_step(reactor),
        }
    }

    fn events_per_turn(&self) -> u32 {
        /// Two batches.
        const DATAGRAMS: u32 = 64;
        DATAGRAMS
    }
}
