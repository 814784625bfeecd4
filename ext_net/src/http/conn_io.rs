//! The descriptor under hyper: non-blocking reads and gathered writes, with the heads of both directions followed on the way.

use std::cell::RefCell;
use std::io::{self, IoSlice};
use std::os::fd::{AsFd, OwnedFd};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::io::unix::AsyncFd;

use super::head_capture::HeadCapture;
use super::head_rewriter::HeadRewriter;
use crate::sys;

/// What the connection's io and its exchanges share about heads.
#[derive(Default)]
pub(crate) struct Heads {
    pub inbound: RefCell<HeadCapture>,
    pub outbound: RefCell<HeadRewriter>,
}

/// See the module.
pub(crate) struct ConnIo {
    fd: AsyncFd<Rc<OwnedFd>>,
    heads: Rc<Heads>,
}

impl ConnIo {
    pub(crate) fn new(fd: Rc<OwnedFd>, heads: Rc<Heads>) -> io::Result<ConnIo> {
        Ok(ConnIo {
            fd: sys::watch(fd)?,
            heads,
        })
    }

    /// Writes our bytes that stand before hyper's next ones.
    fn poll_own(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let count = {
                let outbound = self.heads.outbound.borrow();
                let pending = outbound.pending();
                if pending.is_empty() {
                    return Poll::Ready(Ok(()));
                }
                std::task::ready!(self.poll_send(cx, &[IoSlice::new(pending)]))?
            };
            self.heads.outbound.borrow_mut().advance(count);
        }
    }

    fn poll_send(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        loop {
            let mut guard = std::task::ready!(self.fd.poll_write_ready(cx))?;
            match sys::send_vectored(self.fd.get_ref().as_fd(), slices) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return Poll::Ready(result),
            }
        }
    }
}

impl Read for ConnIo {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, mut buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut guard = std::task::ready!(self.fd.poll_read_ready(cx))?;
            let room = buffer.remaining();
            match sys::recv_into_cursor(self.fd.get_ref().as_fd(), &mut buffer, |bytes| {
                self.heads.inbound.borrow_mut().feed(bytes)
            }) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
                Ok(count) => {
                    // A short read empties the kernel's buffer: waiting for the next edge saves the read that would say so. An end that was
                    // announced with these bytes gives no further edge.
                    let ready = guard.ready();
                    if count > 0 && count < room && !ready.is_read_closed() && !ready.is_error() {
                        guard.clear_ready();
                    }
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }
}

impl Write for ConnIo {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        std::task::ready!(self.poll_own(cx))?;
        let replaced = self.heads.outbound.borrow_mut().step(slices).replaced;
        if replaced == 0 {
            return self.poll_send(cx, slices);
        }
        // One system call for our head and hyper's body.
        const MAX_SLICES: usize = 65;
        let mut gathered = [IoSlice::new(&[]); MAX_SLICES];
        let (count, own) = {
            let outbound = self.heads.outbound.borrow();
            let own = outbound.pending();
            gathered[0] = IoSlice::new(own);
            let mut used = 1;
            let mut skip = replaced;
            for slice in slices.iter().take(MAX_SLICES - 1) {
                let from = skip.min(slice.len());
                skip -= from;
                if from < slice.len() {
                    gathered[used] = IoSlice::new(&slice[from..]);
                    used += 1;
                }
            }
            match self.poll_send(cx, &gathered[..used]) {
                Poll::Ready(Ok(count)) => (count, own.len()),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                // hyper's head is taken over all the same; ours waits for the next call.
                Poll::Pending => (0, own.len()),
            }
        };
        self.heads.outbound.borrow_mut().advance(count.min(own));
        Poll::Ready(Ok(replaced + count.saturating_sub(own)))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_own(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        std::task::ready!(self.poll_own(cx))?;
        match sys::shutdown(self.fd.get_ref().as_fd(), libc::SHUT_WR) {
            Err(error) if error.raw_os_error() == Some(libc::ENOTCONN) => Poll::Ready(Ok(())),
            result => Poll::Ready(result),
        }
    }
}
