//! Reading and writing open files: one piece of memory, or several with one call.

use deno_core::{op2, v8};

use super::args::{SharedBytes, position, shared_list};
use super::outcome::Outcome;
use super::requests::{SYNC, later};
use super::sys;
use crate::buffer::memory::{bytes, bytes_mut};
use crate::buffer::text::{Encoding, with_encoded};

fn count(result: Result<usize, i32>) -> i32 {
    match result {
        Ok(count) => i32::try_from(count).unwrap_or(i32::MAX),
        Err(errno) => errno,
    }
}

/// Reads up to `length` bytes into `buffer` at `offset`. `place` is a position in the file, or negative. How many were read.
#[op2(fast)]
pub fn op_fs_read_sync(fd: i32, buffer: v8::Local<v8::Value>, offset: f64, length: f64, place: f64) -> i32 {
    let memory = bytes_mut(buffer).unwrap_or_default();
    let offset = (offset as usize).min(memory.len());
    let memory = &mut memory[offset..];
    let length = (length as usize).min(memory.len());
    let memory = &mut memory[..length];
    let (data, length) = (memory.as_mut_ptr().cast(), memory.len());
    // SAFETY: the bytes are initialized, and the call only writes bytes to them.
    let memory = unsafe { std::slice::from_raw_parts_mut(data, length) };
    count(sys::read(fd, memory, position(place)))
}

/// [`op_fs_read_sync`] on the pool.
#[op2(fast)]
pub fn op_fs_read(
    scope: &mut v8::PinScope<'_, '_>,
    request: u32,
    fd: i32,
    buffer: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
    place: f64,
) {
    let mut memory = SharedBytes::new(scope, buffer, offset as usize, length as usize);
    let place = position(place);
    later(scope, request, move || {
        Outcome::Status(count(sys::read(fd, memory.as_uninit(), place)))
    });
}

/// Writes up to `length` bytes of `buffer` from `offset` with one call. How many were written.
#[op2(fast)]
pub fn op_fs_write_sync(fd: i32, buffer: v8::Local<v8::Value>, offset: f64, length: f64, place: f64) -> i32 {
    let memory = bytes(buffer).unwrap_or_default();
    let offset = (offset as usize).min(memory.len());
    let length = (length as usize).min(memory.len() - offset);
    count(sys::write(fd, &memory[offset..offset + length], position(place)))
}

/// [`op_fs_write_sync`] on the pool.
#[op2(fast)]
pub fn op_fs_write(
    scope: &mut v8::PinScope<'_, '_>,
    request: u32,
    fd: i32,
    buffer: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
    place: f64,
) {
    let memory = SharedBytes::new(scope, buffer, offset as usize, length as usize);
    let place = position(place);
    later(scope, request, move || {
        Outcome::Status(count(sys::write(fd, memory.as_slice(), place)))
    });
}

/// Writes a string in `encoding` (the numbers of js/internal/buffer/encodings.js) with one call. How many bytes were written.
#[op2(fast)]
pub fn op_fs_write_text(
    isolate: &mut v8::Isolate,
    request: u32,
    fd: i32,
    text: v8::Local<v8::Value>,
    place: f64,
    encoding: u32,
) -> i32 {
    let place = position(place);
    let encoding = Encoding::from_code(encoding);
    if request == SYNC {
        return with_encoded(isolate, text, encoding, |data| count(sys::write(fd, data, place)));
    }
    let data = with_encoded(isolate, text, encoding, <[u8]>::to_vec);
    later(isolate, request, move || {
        Outcome::Status(count(sys::write(fd, &data, place)))
    });
    0
}

fn vectored(fd: i32, views: &[SharedBytes], place: i64, writes: bool) -> i32 {
    let pieces: Vec<libc::iovec> = views.iter().map(SharedBytes::as_piece).collect();
    // SAFETY: the pieces are those of `views`, which keep their memory valid until the call is over.
    count(unsafe {
        if writes {
            sys::writev(fd, &pieces, place)
        } else {
            sys::readv(fd, &pieces, place)
        }
    })
}

/// Reads into (or, by `writes`, writes from) all views of a list with one call. How many bytes it was.
#[op2(nofast)]
pub fn op_fs_vectored<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    fd: i32,
    views: v8::Local<'s, v8::Array>,
    place: f64,
    writes: bool,
) -> i32 {
    let views = shared_list(scope, views);
    let place = position(place);
    if request == SYNC {
        return vectored(fd, &views, place, writes);
    }
    later(scope, request, move || {
        Outcome::Status(vectored(fd, &views, place, writes))
    });
    0
}
