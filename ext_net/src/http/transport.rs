//! What carries a connection's bytes: a descriptor, one with TLS before it (`secure.rs`), or a JavaScript stream (`pipe.rs`).

use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::task::{Context, Poll, ready};

use rtjs_core::{EventLoop, KeepAlive};
use tokio::io::unix::AsyncFd;

use super::raw;
use crate::address::Address;
use crate::socket::Family;
use crate::sys;

/// See the module. A closed transport fails with `EBADF`.
pub(crate) trait Transport {
    /// Fills the start of `buffer`; the number of bytes, 0 at the end.
    fn poll_recv(&self, cx: &mut Context<'_>, buffer: &mut [MaybeUninit<u8>]) -> Poll<io::Result<usize>>;
    /// Takes bytes from the start of `slices`.
    fn poll_send(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>>;
    /// Sends what was taken and is not on its way yet.
    fn poll_flush(&self, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
    /// Ends the writing side.
    fn poll_shutdown(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>>;
    /// There is something to do for the connection's task: the loop must not end before it has run.
    fn stir(&self) {}
    /// The task has run.
    fn rest(&self) {}
    /// Whether all that has come was read, and the next poll would have more of it announced: an effort that a connection which is about to end can save.
    fn is_drained(&self) -> bool {
        false
    }
    /// The task has ended.
    fn close(&self);
    /// The descriptor, where there is one.
    fn descriptor(&self) -> Option<&Descriptor> {
        None
    }
    /// Bytes that came, and that were taken, as the connection has them.
    fn moved(&self) -> (u64, u64) {
        (0, 0)
    }
    /// Whether bytes have come that nobody has read.
    fn has_unread(&self) -> bool;
    /// Whether there is [`Event::News`](super::exchange::Event), once.
    fn take_news(&self) -> bool {
        false
    }
    /// Takes the descriptor out for somebody else, who goes on where this leaves off.
    fn release(&self) -> Option<OwnedFd> {
        None
    }
}

/// A connected socket.
pub(crate) struct Descriptor {
    io: RefCell<Option<Io>>,
    /// It was not yet watched, and a read has emptied it.
    drained: Cell<bool>,
    pub(crate) family: Family,
    bytes_read: Cell<u64>,
    bytes_written: Cell<u64>,
    pub(crate) keep_alive: KeepAlive,
    /// Nagle's algorithm is to be off before it can hold anything back, which is not before the second write.
    no_delay: Cell<bool>,
}

enum Io {
    /// Nobody has had to wait for it: many connections come with their request, and end with its answer.
    New(OwnedFd),
    Watched(AsyncFd<OwnedFd>),
}

impl Io {
    fn fd(&self) -> &OwnedFd {
        match self {
            Io::New(fd) => fd,
            Io::Watched(io) => io.get_ref(),
        }
    }
}

impl Descriptor {
    pub(crate) fn new(door: &EventLoop, fd: OwnedFd, family: Family) -> Descriptor {
        let keep_alive = door.keep_alive();
        keep_alive.set_active(true);
        Descriptor {
            io: RefCell::new(Some(Io::New(fd))),
            drained: Cell::new(false),
            family,
            bytes_read: Cell::new(0),
            bytes_written: Cell::new(0),
            keep_alive,
            no_delay: Cell::new(false),
        }
    }

    /// Turns Nagle's algorithm off, when it matters.
    pub(crate) fn set_no_delay_later(&self) {
        self.no_delay.set(true);
    }

    /// Turns it off or on, now.
    pub(crate) fn set_no_delay(&self, enable: bool) -> io::Result<()> {
        self.no_delay.set(false);
        self.with_fd(|fd| sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_NODELAY, i32::from(enable)))
    }

    fn settle_no_delay(&self) {
        if self.no_delay.get() {
            // What fails on a connection that is gone shows on the next write.
            let _ = self.set_no_delay(true);
        }
    }

    /// From now on its readiness is announced.
    fn watch(&self) -> io::Result<()> {
        let mut io = self.io.borrow_mut();
        if let Some(Io::New(_)) = &*io
            && let Some(Io::New(fd)) = io.take()
        {
            self.drained.set(false);
            *io = Some(Io::Watched(sys::watch(fd)?));
        }
        Ok(())
    }

    /// Whether nobody has had to wait for it.
    fn is_new(&self) -> bool {
        matches!(&*self.io.borrow(), Some(Io::New(_)))
    }

    /// Reads or writes without asking whether it is ready; `None` when that would block.
    fn attempt<T>(&self, mut f: impl FnMut(BorrowedFd<'_>) -> io::Result<T>) -> Option<io::Result<T>> {
        match sys::retry(|| self.with_fd(&mut f)) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
            result => Some(result),
        }
    }

    /// The descriptor's number.
    pub(crate) fn raw_fd(&self) -> Option<RawFd> {
        self.io.borrow().as_ref().map(|io| io.fd().as_raw_fd())
    }

    /// Calls `f` with the descriptor; `EBADF` when it is gone.
    pub(crate) fn with_fd<T>(&self, f: impl FnOnce(BorrowedFd<'_>) -> io::Result<T>) -> io::Result<T> {
        match &*self.io.borrow() {
            Some(io) => f(io.fd().as_fd()),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        }
    }

    fn take_out(&self) -> Option<OwnedFd> {
        self.keep_alive.set_active(false);
        match self.io.borrow_mut().take()? {
            Io::New(fd) => Some(fd),
            Io::Watched(io) => Some(io.into_inner()),
        }
    }

    /// This end's address and the peer's.
    pub(crate) fn address(&self, peer: bool) -> io::Result<Address> {
        let raw = self.with_fd(if peer { sys::peer_address } else { sys::local_address })?;
        Address::from_raw(&raw)
    }
}

fn closed<T>() -> Poll<io::Result<T>> {
    Poll::Ready(Err(io::Error::from_raw_os_error(libc::EBADF)))
}

impl Transport for Descriptor {
    fn poll_recv(&self, cx: &mut Context<'_>, buffer: &mut [MaybeUninit<u8>]) -> Poll<io::Result<usize>> {
        if self.is_new()
            && !self.drained.get()
            && let Some(result) = self.attempt(|fd| raw::recv(fd, buffer))
        {
            if let Ok(count) = result {
                self.drained.set(count > 0 && count < buffer.len());
                self.bytes_read.set(self.bytes_read.get() + count as u64);
            }
            return Poll::Ready(result);
        }
        self.watch()?;
        let io = self.io.borrow();
        let Some(Io::Watched(io)) = io.as_ref() else {
            return closed();
        };
        loop {
            let mut guard = ready!(io.poll_read_ready(cx))?;
            match raw::recv(io.get_ref().as_fd(), buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
                Ok(count) => {
                    // A short read empties the kernel's buffer: waiting for the next edge saves the read that would say so. An end that was
                    // announced with these bytes gives no further edge.
                    let ready = guard.ready();
                    if count > 0 && count < buffer.len() && !ready.is_read_closed() && !ready.is_error() {
                        guard.clear_ready();
                    }
                    self.bytes_read.set(self.bytes_read.get() + count as u64);
                    return Poll::Ready(Ok(count));
                }
            }
        }
    }

    fn poll_send(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        if self.bytes_written.get() > 0 {
            self.settle_no_delay();
        }
        // There is room nearly always, and of a descriptor that has just come to be watched the driver does not know yet.
        if let Some(result) = self.attempt(|fd| sys::send_vectored(fd, slices)) {
            if let Ok(count) = result {
                self.bytes_written.set(self.bytes_written.get() + count as u64);
            }
            return Poll::Ready(result);
        }
        self.watch()?;
        let io = self.io.borrow();
        let Some(Io::Watched(io)) = io.as_ref() else {
            return closed();
        };
        loop {
            let mut guard = ready!(io.poll_write_ready(cx))?;
            match sys::send_vectored(io.get_ref().as_fd(), slices) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
                Ok(count) => {
                    self.bytes_written.set(self.bytes_written.get() + count as u64);
                    return Poll::Ready(Ok(count));
                }
            }
        }
    }

    fn poll_shutdown(&self, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(match self.with_fd(|fd| sys::shutdown(fd, libc::SHUT_WR)) {
            Err(error) if matches!(error.raw_os_error(), Some(libc::ENOTCONN | libc::EBADF)) => Ok(()),
            result => result,
        })
    }

    fn is_drained(&self) -> bool {
        self.drained.get()
    }

    fn close(&self) {
        self.take_out();
    }

    fn descriptor(&self) -> Option<&Descriptor> {
        Some(self)
    }

    fn moved(&self) -> (u64, u64) {
        (self.bytes_read.get(), self.bytes_written.get())
    }

    fn has_unread(&self) -> bool {
        matches!(self.attempt(raw::peek), Some(Ok(count)) if count > 0)
    }

    fn release(&self) -> Option<OwnedFd> {
        self.settle_no_delay();
        self.take_out()
    }
}
