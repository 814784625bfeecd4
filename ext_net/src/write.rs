//! Writing: the socket is tried at once; what it does not take waits here, and one callback says when all is gone.

use std::io::{self, IoSlice};
use std::os::fd::AsFd;
use std::rc::Rc;
use std::task::{Context, Poll};

use deno_core::v8;
use rtjs_core::Scope;

use crate::callbacks;
use crate::socket::{Mode, Socket};
use crate::sys;

/// All was written.
pub(crate) const WRITTEN: i32 = 0;
/// The rest is queued; the write callback comes when it is gone.
pub(crate) const QUEUED: i32 = 1;

/// Bytes that the socket has not taken yet.
pub(crate) struct PendingWrite {
    bytes: Vec<u8>,
    written: usize,
}

impl Socket {
    /// The bytes that wait.
    pub fn write_queue_size(&self) -> usize {
        self.pending_write
            .borrow()
            .as_ref()
            .map_or(0, |w| w.bytes.len() - w.written)
    }

    /// Writes all of `slices`: [`WRITTEN`], [`QUEUED`], or a negative errno.
    pub(crate) fn write(self: &Rc<Self>, slices: &[&[u8]]) -> i32 {
        match self.try_write(slices) {
            Ok(code) => code,
            Err(error) => rtjs_core::errno(&error),
        }
    }

    fn try_write(self: &Rc<Self>, slices: &[&[u8]]) -> io::Result<i32> {
        if let Some(pending) = &mut *self.pending_write.borrow_mut() {
            for slice in slices {
                pending.bytes.extend_from_slice(slice);
            }
            return Ok(QUEUED);
        }
        if self.mode.get() != Mode::Connected {
            return Err(io::Error::from_raw_os_error(libc::EPIPE));
        }
        let total: usize = slices.iter().map(|s| s.len()).sum();
        let written = self.with_fd(|fd| write_now(fd, slices, total))?;
        self.bytes_written.set(self.bytes_written.get() + written as u64);
        if written == total {
            return Ok(WRITTEN);
        }
        let mut rest = Vec::with_capacity(total - written);
        let mut skip = written;
        for slice in slices {
            let from = skip.min(slice.len());
            rest.extend_from_slice(&slice[from..]);
            skip -= from;
        }
        *self.pending_write.borrow_mut() = Some(PendingWrite {
            bytes: rest,
            written: 0,
        });
        self.update_liveness();
        self.watch();
        Ok(QUEUED)
    }

    pub(crate) fn write_ready(self: &Rc<Self>, cx: &mut Context<'_>, scope: &mut Scope<'_, '_>) {
        let status = match self.flush(cx) {
            None => return,
            Some(Ok(())) => 0,
            Some(Err(error)) => rtjs_core::errno(&error),
        };
        self.pending_write.borrow_mut().take();
        self.update_liveness();
        let Some(owner) = self.owner.borrow().clone() else {
            return;
        };
        let status = v8::Integer::new(scope, status).into();
        callbacks::call(scope, &owner, |c| &c.write, &[status]);
    }

    /// Writes what waits; `None` while there is nothing to report.
    fn flush(&self, cx: &mut Context<'_>) -> Option<io::Result<()>> {
        let io = self.io.borrow();
        let io = io.as_ref()?;
        let mut pending = self.pending_write.borrow_mut();
        let pending = pending.as_mut()?;
        while pending.written < pending.bytes.len() {
            let mut guard = match io.poll_write_ready(cx) {
                Poll::Pending => return None,
                Poll::Ready(Err(error)) => return Some(Err(error)),
                Poll::Ready(Ok(guard)) => guard,
            };
            match sys::send(io.get_ref().as_fd(), &pending.bytes[pending.written..]) {
                Ok(count) => {
                    pending.written += count;
                    self.bytes_written.set(self.bytes_written.get() + count as u64);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(()))
    }
}

/// Writes until all is gone or the descriptor would block; the number of bytes taken.
fn write_now(fd: std::os::fd::BorrowedFd<'_>, slices: &[&[u8]], total: usize) -> io::Result<usize> {
    // What IOV_MAX is on Linux.
    const MAX_SLICES: usize = 1024;
    let mut written = 0;
    while written < total {
        let result = if let [slice] = slices {
            sys::send(fd, &slice[written..])
        } else {
            let mut skip = written;
            let rest: Vec<IoSlice<'_>> = slices
                .iter()
                .filter_map(|slice| {
                    let from = skip.min(slice.len());
                    skip -= from;
                    (from < slice.len()).then(|| IoSlice::new(&slice[from..]))
                })
                .take(MAX_SLICES)
                .collect();
            sys::send_vectored(fd, &rest)
        };
        match result {
            Ok(count) => written += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}
