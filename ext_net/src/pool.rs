//! Blocks of memory that the kernel fills and JavaScript gets without a copy. When an ArrayBuffer over a block dies, the block comes back
//! here, so that its pages need not be mapped and cleared again.
//!
//! All `unsafe` of reading without a copy is in this file.

use std::ffi::c_void;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::BorrowedFd;
use std::sync::Mutex;
use std::task::{Poll, ready};

use deno_core::v8;

use crate::sys;

/// The smallest block, as libuv's reads.
pub(crate) const SMALLEST: usize = 64 * 1024;
/// The number of sizes: each is twice the one before.
pub(crate) const SIZES: usize = 4;
/// What is kept for later, in bytes for each size.
const KEPT: usize = 4 * 1024 * 1024;

/// The memory of one block, uninitialised until the kernel fills it.
type Memory = Box<[MaybeUninit<u8>]>;

static FREE: [Mutex<Vec<Memory>>; SIZES] = [const { Mutex::new(Vec::new()) }; SIZES];

/// The bytes of a block of this size class.
pub(crate) const fn size_of_class(class: usize) -> usize {
    SMALLEST << class
}

/// A block that is ours alone.
pub(crate) struct Block {
    memory: Memory,
    class: usize,
    /// How many bytes at the start the kernel has written.
    filled: usize,
}

impl Block {
    /// A block of [`size_of_class`]`(class)` bytes.
    pub(crate) fn take(class: usize) -> Block {
        let kept = FREE[class]
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .pop();
        Block {
            memory: kept.unwrap_or_else(|| Box::new_uninit_slice(size_of_class(class))),
            class,
            filled: 0,
        }
    }

    /// Its size class.
    pub(crate) fn class(&self) -> usize {
        self.class
    }

    /// Reads from a descriptor, which is a socket or `plain`; what the block had before is gone.
    pub(crate) fn fill_from(&mut self, fd: BorrowedFd<'_>, plain: bool) -> io::Result<usize> {
        self.filled = 0;
        let read = if plain { sys::read } else { sys::recv };
        self.filled = sys::retry(|| read(fd, &mut self.memory))?;
        Ok(self.filled)
    }

    /// As [`Block::fill_from`], with whatever `read` reads from: it writes to the start of the memory and says how much.
    pub(crate) fn poll_fill(
        &mut self,
        read: impl FnOnce(&mut [MaybeUninit<u8>]) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        self.filled = 0;
        let count = ready!(read(&mut self.memory))?;
        assert!(count <= self.memory.len());
        self.filled = count;
        Poll::Ready(Ok(count))
    }

    /// Leaves the first `count` bytes of what was read last.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.filled = self.filled.min(count);
    }

    /// Copies `bytes` here, as if they had been read; what does not fit is left out.
    pub(crate) fn fill_with(&mut self, bytes: &[u8]) {
        self.filled = bytes.len().min(self.memory.len());
        // SAFETY: both are at least this long, and memory of ours alone overlaps nothing.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.memory.as_mut_ptr().cast(), self.filled) };
    }

    /// What was read last.
    pub(crate) fn filled(&self) -> &[u8] {
        let part = &self.memory[..self.filled];
        // SAFETY: the kernel has written these bytes; MaybeUninit<u8> has u8's layout.
        unsafe { std::slice::from_raw_parts(part.as_ptr().cast(), part.len()) }
    }

    /// Gives what was read last to JavaScript.
    pub(crate) fn into_array_buffer<'s>(self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::ArrayBuffer> {
        let class = self.class;
        let data = Box::into_raw(self.memory);
        // SAFETY: `data` stays allocated until `give_back` gets it, which V8 calls once, on whatever thread; the pool is behind a lock. Only
        // the bytes that the kernel has written can be seen.
        let store = unsafe {
            v8::ArrayBuffer::new_backing_store_from_ptr(data.cast(), self.filled, give_back, class as *mut c_void)
        };
        v8::ArrayBuffer::with_backing_store(scope, &store.make_shared())
    }

    /// Keeps the block for another one's read.
    pub(crate) fn put_back(self) {
        keep(self.memory, self.class);
    }
}

fn keep(memory: Memory, class: usize) {
    let mut free = FREE[class].lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if (free.len() + 1) * size_of_class(class) <= KEPT {
        free.push(memory);
    }
}

unsafe extern "C" fn give_back(data: *mut c_void, _length: usize, class: *mut c_void) {
    let class = class as usize;
    let whole = std::ptr::slice_from_raw_parts_mut(data.cast::<MaybeUninit<u8>>(), size_of_class(class));
    // SAFETY: `into_array_buffer` made `data` of a box of this class's size, and this is the one call for it.
    keep(unsafe { Box::from_raw(whole) }, class);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_comes_back() {
        let block = Block::take(3);
        let address = block.memory.as_ptr();
        block.put_back();
        let again = Block::take(3);
        assert_eq!(again.memory.as_ptr(), address);
        assert_eq!(again.memory.len(), size_of_class(3));
    }

    #[test]
    fn a_block_shows_what_was_read_last() {
        use std::io::Write;
        use std::os::fd::AsFd;
        let (ours, mut theirs) = std::os::unix::net::UnixStream::pair().expect("a pair");
        let mut block = Block::take(0);
        assert!(block.filled().is_empty());
        theirs.write_all(b"hello").expect("written");
        assert_eq!(block.fill_from(ours.as_fd(), false).expect("read"), 5);
        assert_eq!(block.filled(), b"hello");
        theirs.write_all(b"you").expect("written");
        block.fill_from(ours.as_fd(), true).expect("read");
        assert_eq!(block.filled(), b"you");
    }
}
