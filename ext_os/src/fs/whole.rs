//! Whole files: open, read or write everything, close, in one piece of work.

use deno_core::{op2, v8};

use super::args::{SharedBytes, Target, target};
use super::outcome::{Outcome, Syscall};
use super::requests::{SYNC, later, value};
use super::sys;
use crate::buffer::memory::bytes;
use crate::buffer::text::{Encoding, with_encoded};

/// Node reads no more than this at once.
const MAX_SIZE: u64 = 0x7fff_ffff;
/// How much room a file whose size is not known gets first.
const FIRST_CHUNK: usize = 8 * 1024;
const LAST_CHUNK: usize = 512 * 1024;

/// An open file that is closed at the end, unless the caller gave its descriptor.
struct Open {
    fd: i32,
    ours: bool,
}

impl Open {
    fn new(target: &Target, flags: i32, mode: u32) -> Result<Open, i32> {
        match target {
            Target::Fd(fd) => Ok(Open { fd: *fd, ours: false }),
            Target::Path(path) => match sys::open(path, flags, mode) {
                fd if fd >= 0 => Ok(Open { fd, ours: true }),
                errno => Err(Syscall::Open.failed(errno)),
            },
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.ours {
            sys::close(self.fd);
        }
    }
}

fn read_whole(target: &Target, flags: i32, as_utf8: bool) -> Outcome {
    let read = || {
        let file = Open::new(target, flags, 0o666)?;
        let stat = sys::statx(file.fd, c"", libc::AT_EMPTY_PATH).map_err(|errno| Syscall::Fstat.failed(errno))?;
        let regular = u32::from(stat.stx_mode) & libc::S_IFMT == libc::S_IFREG;
        let size = if regular { stat.stx_size } else { 0 };
        if size > MAX_SIZE {
            return Ok(Outcome::TooLarge(size as f64));
        }
        let data = if size == 0 {
            read_to_end(file.fd)
        } else {
            read_size(file.fd, size as usize)
        };
        let data = data.map_err(|errno| Syscall::Read.failed(errno))?;
        Ok(if as_utf8 {
            Outcome::Utf8(data)
        } else {
            Outcome::Bytes(data)
        })
    };
    read().into()
}

fn read_size(fd: i32, size: usize) -> Result<Vec<u8>, i32> {
    rtjs_core::allocator::expect_block(size);
    let mut data = Vec::with_capacity(size);
    while data.len() < size {
        let room = size - data.len();
        let count = sys::read(fd, &mut data.spare_capacity_mut()[..room], -1)?;
        if count == 0 {
            break;
        }
        // SAFETY: `read` has filled `count` bytes of the spare capacity.
        unsafe { data.set_len(data.len() + count) };
    }
    Ok(data)
}

/// For pipes, devices, and files of /proc, which have more in them than they say.
fn read_to_end(fd: i32) -> Result<Vec<u8>, i32> {
    let mut data = Vec::new();
    let mut chunk = FIRST_CHUNK;
    loop {
        if data.capacity() == data.len() {
            data.reserve(chunk);
            chunk = (chunk * 2).min(LAST_CHUNK);
        }
        let count = sys::read(fd, data.spare_capacity_mut(), -1)?;
        if count == 0 {
            return Ok(data);
        }
        // SAFETY: `read` has filled `count` bytes of the spare capacity.
        unsafe { data.set_len(data.len() + count) };
    }
}

/// The contents of a path, or of an open file from where it stands: an ArrayBuffer, or a string where `as_utf8`. A number of zero or more
/// is the size of a file that is too large.
#[op2]
pub fn op_fs_read_file<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    file: v8::Local<'s, v8::Value>,
    flags: i32,
    as_utf8: bool,
) -> v8::Local<'s, v8::Value> {
    let file = target(scope, file);
    value(scope, request, move || read_whole(&file, flags, as_utf8))
}

fn write_whole(target: &Target, data: &[u8], flags: i32, mode: u32, flush: bool) -> i32 {
    let file = match Open::new(target, flags, mode) {
        Ok(file) => file,
        Err(errno) => return errno,
    };
    let mut rest = data;
    while !rest.is_empty() {
        match sys::write(file.fd, rest, -1) {
            Ok(count) => rest = &rest[count..],
            Err(errno) => return Syscall::Write.failed(errno),
        }
    }
    if flush {
        let result = sys::fsync(file.fd);
        if result < 0 {
            return Syscall::Fsync.failed(result);
        }
    }
    0
}

/// Writes a string in `encoding`, or the bytes of a view, to a path, or to an open file where it stands; `flush` has it reach the disk. 0.
#[op2(fast)]
#[allow(
    clippy::too_many_arguments,
    reason = "one call from JavaScript with everything that writeFile takes"
)]
pub fn op_fs_write_file(
    scope: &mut v8::PinScope<'_, '_>,
    request: u32,
    file: v8::Local<v8::Value>,
    data: v8::Local<v8::Value>,
    encoding: u32,
    flags: i32,
    mode: u32,
    flush: bool,
) -> i32 {
    let file = target(scope, file);
    let encoding = Encoding::from_code(encoding);
    if request == SYNC {
        return match bytes(data) {
            Some(data) => write_whole(&file, data, flags, mode, flush),
            None => with_encoded(scope, data, encoding, |data| {
                write_whole(&file, data, flags, mode, flush)
            }),
        };
    }
    if data.is_array_buffer_view() {
        let data = SharedBytes::new(scope, data, 0, usize::MAX);
        later(scope, request, move || {
            Outcome::Status(write_whole(&file, data.as_slice(), flags, mode, flush))
        });
    } else {
        let data = with_encoded(scope, data, encoding, <[u8]>::to_vec);
        later(scope, request, move || {
            Outcome::Status(write_whole(&file, &data, flags, mode, flush))
        });
    }
    0
}
