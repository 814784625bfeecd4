//! Reading into memory that is not initialised, and values that stay on their thread: all `unsafe` of HTTP's I/O is here.

use std::io;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::os::fd::{AsRawFd, BorrowedFd};
use std::thread::ThreadId;

/// Reads into spare memory; `Ok(0)` is the end of the stream.
pub(crate) fn recv(fd: BorrowedFd<'_>, buffer: &mut [MaybeUninit<u8>]) -> io::Result<usize> {
    // SAFETY: the pointer and length are those of a live slice, which is only written to.
    let count = unsafe { libc::read(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len()) };
    usize::try_from(count).map_err(|_| io::Error::last_os_error())
}

/// The number of bytes, 1 at most, that a read would give.
pub(crate) fn peek(fd: BorrowedFd<'_>) -> io::Result<usize> {
    let mut byte = 0u8;
    // SAFETY: the pointer is that of a live byte.
    let count = unsafe {
        libc::recv(
            fd.as_raw_fd(),
            (&raw mut byte).cast(),
            1,
            libc::MSG_PEEK | libc::MSG_DONTWAIT,
        )
    };
    usize::try_from(count).map_err(|_| io::Error::last_os_error())
}

/// Says that the first `count` bytes of an empty vector's memory have been written.
pub(crate) fn set_filled(buffer: &mut Vec<u8>, count: usize) {
    assert!(buffer.is_empty() && count <= buffer.capacity());
    // SAFETY: the caller has had `count` bytes written from the start of the spare capacity, which is all there is.
    unsafe { buffer.set_len(count) };
}

/// A value that stays on the thread that made it, for hyper's client, which asks for data that could go elsewhere. Ours runs on the loop's thread only.
pub(crate) struct Local<T> {
    value: ManuallyDrop<T>,
    thread: ThreadId,
}

// SAFETY: the value is reached, and dropped, on the thread that made it only; on another it is leaked.
unsafe impl<T> Send for Local<T> {}

impl<T> Local<T> {
    pub(crate) fn new(value: T) -> Local<T> {
        Local {
            value: ManuallyDrop::new(value),
            thread: std::thread::current().id(),
        }
    }

    /// # Panics
    /// On another thread.
    pub(crate) fn get(&self) -> &T {
        assert_eq!(self.thread, std::thread::current().id());
        &self.value
    }
}

impl<T> Drop for Local<T> {
    fn drop(&mut self) {
        if self.thread == std::thread::current().id() {
            // SAFETY: this is the one drop of it.
            unsafe { ManuallyDrop::drop(&mut self.value) };
        }
    }
}
