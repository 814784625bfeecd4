//! What carries a connection's bytes: a descriptor, or a JavaScript stream (`pipe.rs`).

use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::rc::Rc;
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
    /// Ends the writing side.
    fn shutdown(&self) -> io::Result<()>;
    /// There is something to do for the connection's task: the loop must not end before it has run.
    fn stir(&self) {}
    /// The task has run.
    fn rest(&self) {}
    /// The task has ended.
    fn close(&self);
    /// The descriptor, where it is one.
    fn descriptor(&self) -> Option<&Descriptor> {
        None
    }
}

/// A connected socket.
pub(crate) struct Descriptor {
    io: RefCell<Option<AsyncFd<Rc<OwnedFd>>>>,
    pub(crate) family: Family,
    pub(crate) bytes_read: Cell<u64>,
    pub(crate) bytes_written: Cell<u64>,
    pub(crate) keep_alive: KeepAlive,
}

impl Descriptor {
    pub(crate) fn new(door: &EventLoop, fd: OwnedFd, family: Family) -> io::Result<Descriptor> {
        let keep_alive = door.keep_alive();
        keep_alive.set_active(true);
        Ok(Descriptor {
            io: RefCell::new(Some(sys::watch(Rc::new(fd))?)),
            family,
            bytes_read: Cell::new(0),
            bytes_written: Cell::new(0),
            keep_alive,
        })
    }

    /// The descriptor's number.
    pub(crate) fn raw_fd(&self) -> Option<RawFd> {
        self.io.borrow().as_ref().map(AsRawFd::as_raw_fd)
    }

    /// Calls `f` with the descriptor; `EBADF` when it is gone.
    pub(crate) fn with_fd<T>(&self, f: impl FnOnce(BorrowedFd<'_>) -> io::Result<T>) -> io::Result<T> {
        match &*self.io.borrow() {
            Some(io) => f(io.get_ref().as_fd()),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        }
    }

    /// Takes the descriptor out, or closes it by dropping the result.
    pub(crate) fn take(&self) -> Option<OwnedFd> {
        self.keep_alive.set_active(false);
        let fd = self.io.borrow_mut().take()?.into_inner();
        Rc::into_inner(fd)
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
        let io = self.io.borrow();
        let Some(io) = io.as_ref() else { return closed() };
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
        let io = self.io.borrow();
        let Some(io) = io.as_ref() else { return closed() };
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

    fn shutdown(&self) -> io::Result<()> {
        match self.with_fd(|fd| sys::shutdown(fd, libc::SHUT_WR)) {
            Err(error) if matches!(error.raw_os_error(), Some(libc::ENOTCONN | libc::EBADF)) => Ok(()),
            result => result,
        }
    }

    fn close(&self) {
        self.take();
    }

    fn descriptor(&self) -> Option<&Descriptor> {
        Some(self)
    }
}
