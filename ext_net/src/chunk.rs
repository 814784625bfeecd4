//! Bytes that wait for the kernel. Those of JavaScript's buffers stay where they are: what is kept is the memory, not a copy.
//!
//! All `unsafe` of writing without a copy is in this file.

use std::collections::VecDeque;
use std::ffi::c_void;
use std::io;
use std::os::fd::BorrowedFd;

use deno_core::v8;

use crate::sys;

/// Chunks of one system call.
const VECTORS: usize = 64;

/// Some bytes that stay where they are for as long as this lives.
pub(crate) struct Chunk {
    memory: Memory,
    start: usize,
    end: usize,
}

enum Memory {
    Owned(Vec<u8>),
    Shared(v8::SharedRef<v8::BackingStore>),
}

impl Chunk {
    /// The bytes from `start` on.
    pub(crate) fn owned(bytes: Vec<u8>, start: usize) -> Chunk {
        Chunk {
            end: bytes.len(),
            start: start.min(bytes.len()),
            memory: Memory::Owned(bytes),
        }
    }

    /// The bytes of a view from `start` on. The program must leave them alone until they are written, as Node says.
    pub(crate) fn of_view(view: &v8::ArrayBufferView, start: usize) -> Chunk {
        let length = view.byte_length();
        match view.get_backing_store() {
            Some(store) if length != 0 && store.data().is_some() => {
                let offset = view.byte_offset();
                Chunk {
                    start: offset + start.min(length),
                    end: offset + length,
                    memory: Memory::Shared(store),
                }
            }
            _ => {
                let mut bytes = vec![0; length];
                view.copy_contents(&mut bytes);
                Chunk::owned(bytes, start)
            }
        }
    }

    /// How many bytes are left.
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }

    /// Where they are, for the kernel to read. They are never looked at from here: another thread may write to shared memory meanwhile.
    fn iovec(&self) -> libc::iovec {
        let base: *mut c_void = match &self.memory {
            Memory::Owned(bytes) => bytes[self.start..].as_ptr().cast_mut().cast(),
            Memory::Shared(store) => match store.data() {
                // SAFETY: `start` is within the store, or was when the view was made; a store that has shrunk since keeps its addresses, and the
                // kernel answers EFAULT for what is not there any more.
                Some(data) => unsafe { data.as_ptr().cast::<u8>().add(self.start).cast() },
                None => std::ptr::null_mut(),
            },
        };
        libc::iovec {
            iov_base: base,
            iov_len: self.len(),
        }
    }
}

/// Chunks in the order of their writing.
#[derive(Default)]
pub(crate) struct Chunks {
    chunks: VecDeque<Chunk>,
    total: usize,
}

impl Chunks {
    /// How many bytes wait.
    pub(crate) fn len(&self) -> usize {
        self.total
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.total == 0
    }

    pub(crate) fn push(&mut self, chunk: Chunk) {
        self.total += chunk.len();
        if chunk.len() > 0 {
            self.chunks.push_back(chunk);
        }
    }

    /// Writes as much as the descriptor takes at once; how many bytes that were.
    pub(crate) fn write_to(&mut self, fd: BorrowedFd<'_>) -> io::Result<usize> {
        let mut vectors = [libc::iovec {
            iov_base: std::ptr::null_mut(),
            iov_len: 0,
        }; VECTORS];
        let count = self.gather(&mut vectors);
        // SAFETY: each vector is the memory of a chunk, which lives until `advance` below; the kernel only reads it.
        let written = unsafe { sys::send_raw(fd, &vectors[..count]) }?;
        self.advance(written);
        Ok(written)
    }

    /// Sends all as one datagram.
    pub(crate) fn send_to(&self, fd: BorrowedFd<'_>, to: Option<&sys::RawAddress>) -> io::Result<usize> {
        let vectors: Vec<libc::iovec> = self.chunks.iter().map(Chunk::iovec).collect();
        // SAFETY: each vector is the memory of a chunk, which lives as long as `self`.
        unsafe { sys::datagram::send(fd, &vectors, to) }
    }

    /// Fills `vectors` with the first chunks; how many there are.
    fn gather(&self, vectors: &mut [libc::iovec]) -> usize {
        let mut count = 0;
        for (vector, chunk) in vectors.iter_mut().zip(&self.chunks) {
            *vector = chunk.iovec();
            count += 1;
        }
        count
    }

    /// Lets go of the first `count` bytes.
    fn advance(&mut self, mut count: usize) {
        debug_assert!(count <= self.total);
        self.total -= count;
        while let Some(first) = self.chunks.front_mut() {
            if count < first.len() {
                first.start += count;
                return;
            }
            count -= first.len();
            self.chunks.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_go_in_order() {
        let mut chunks = Chunks::default();
        chunks.push(Chunk::owned(b"hello".to_vec(), 1));
        chunks.push(Chunk::owned(Vec::new(), 0));
        chunks.push(Chunk::owned(b"world".to_vec(), 0));
        assert_eq!(chunks.len(), 9);
        let mut vectors = [libc::iovec {
            iov_base: std::ptr::null_mut(),
            iov_len: 0,
        }; 4];
        assert_eq!(chunks.gather(&mut vectors), 2);
        assert_eq!((vectors[0].iov_len, vectors[1].iov_len), (4, 5));
        chunks.advance(6);
        assert_eq!(chunks.gather(&mut vectors), 1);
        assert_eq!(vectors[0].iov_len, 3);
        chunks.advance(3);
        assert!(chunks.is_empty());
        assert_eq!(chunks.gather(&mut vectors), 0);
    }
}
