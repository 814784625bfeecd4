//! Writing: the socket is tried at once; what it does not take waits here, and one event says when all is gone.

use std::io::{self, IoSlice};
use std::os::fd::BorrowedFd;
use std::rc::Rc;

use crate::chunk::Chunk;
use crate::socket::{Mode, Socket};
use crate::sys;

/// All was written.
pub(crate) const WRITTEN: i32 = 0;
/// The rest is queued; the event comes when it is gone.
pub(crate) const QUEUED: i32 = 1;

impl Socket {
    /// The bytes that wait.
    pub fn write_queue_size(&self) -> usize {
        self.pending.borrow().len()
    }

    /// Writes all of `slices`: [`WRITTEN`], [`QUEUED`], or a negative errno. `keep` is called for what the socket does not take: it gives
    /// the chunk of the slice with that index, from that byte on.
    pub(crate) fn write(self: &Rc<Self>, slices: &[&[u8]], keep: impl FnMut(usize, usize) -> Chunk) -> i32 {
        match self.try_write(slices, keep) {
            Ok(code) => code,
            Err(error) => rtjs_core::errno(&error),
        }
    }

    /// Writes what the reactor has read last; the number of bytes taken.
    pub(crate) fn forward(&self) -> io::Result<usize> {
        let scratch = self.reactor.scratch.borrow();
        match &*scratch {
            Some(block) if self.mode.get() == Mode::Connected && self.pending.borrow().is_empty() => {
                let written = self.with_fd(|fd| write_one(fd, block.filled()))?;
                self.bytes_written.set(self.bytes_written.get() + written as u64);
                Ok(written)
            }
            // Whoever writes the rest finds out why.
            _ => Ok(0),
        }
    }

    fn try_write(self: &Rc<Self>, slices: &[&[u8]], mut keep: impl FnMut(usize, usize) -> Chunk) -> io::Result<i32> {
        match self.mode.get() {
            Mode::Connected => {}
            Mode::Closed => return Err(io::Error::from_raw_os_error(libc::EBADF)),
            _ => return Err(io::Error::from_raw_os_error(libc::EPIPE)),
        }
        let total: usize = slices.iter().map(|s| s.len()).sum();
        // What waits goes first.
        let tried = self.pending.borrow().is_empty();
        let mut written = if tried {
            self.with_fd(|fd| write_now(fd, slices, total))?
        } else {
            0
        };
        self.bytes_written.set(self.bytes_written.get() + written as u64);
        if written == total && self.pending.borrow().is_empty() {
            return Ok(WRITTEN);
        }
        {
            let mut pending = self.pending.borrow_mut();
            for (index, slice) in slices.iter().enumerate() {
                let skip = written.min(slice.len());
                written -= skip;
                if skip < slice.len() {
                    pending.push(keep(index, skip));
                }
            }
        }
        // The kernel announces room from here on, because it has just said that there is none. What it has announced already is not forgotten.
        if tried {
            self.place.writable.set(false);
        }
        self.update_liveness();
        self.watch()?;
        Ok(QUEUED)
    }

    /// Writes what waits. The status that JavaScript hears of, when there is one.
    pub(crate) fn write_step(&self) -> Option<i32> {
        if !self.place.writable.get() || self.pending.borrow().is_empty() {
            return None;
        }
        let result = self.with_fd(|fd| {
            let mut pending = self.pending.borrow_mut();
            while !pending.is_empty() {
                let count = sys::retry(|| pending.write_to(fd))?;
                self.bytes_written.set(self.bytes_written.get() + count as u64);
            }
            Ok(())
        });
        let status = match result {
            Ok(()) => 0,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.place.writable.set(false);
                return None;
            }
            Err(error) => rtjs_core::errno(&error),
        };
        *self.pending.borrow_mut() = crate::chunk::Chunks::default();
        self.update_liveness();
        Some(status)
    }
}

/// Writes until all is gone or the descriptor would block; the number of bytes taken.
fn write_now(fd: BorrowedFd<'_>, slices: &[&[u8]], total: usize) -> io::Result<usize> {
    if let [slice] = slices {
        return write_one(fd, slice);
    }
    // What IOV_MAX is on Linux.
    const MAX_SLICES: usize = 1024;
    let mut written = 0;
    while written < total {
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
        match sys::send_vectored(fd, &rest) {
            Ok(count) => written += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}

fn write_one(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    let mut written = 0;
    while written < bytes.len() {
        match sys::send(fd, &bytes[written..]) {
            Ok(count) => written += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(written)
}
