//! Copying a file's contents and mode.

use std::ffi::CStr;

use deno_core::{op2, v8};

use super::args::path;
use super::requests::status;
use super::sys;

/// Fail where the target exists.
const EXCLUSIVE: u32 = 1;
/// Share blocks where the file system can.
const CLONE: u32 = 2;
/// Share blocks or fail.
const FORCE_CLONE: u32 = 4;

const CHUNK: usize = 1 << 30;

struct Closing(i32);

impl Drop for Closing {
    fn drop(&mut self) {
        sys::close(self.0);
    }
}

fn open(path: &CStr, flags: i32, mode: u32) -> Result<Closing, i32> {
    match sys::open(path, flags, mode) {
        fd if fd >= 0 => Ok(Closing(fd)),
        errno => Err(errno),
    }
}

fn ok(result: i32) -> Result<(), i32> {
    if result < 0 { Err(result) } else { Ok(()) }
}

fn copy(from: &CStr, to: &CStr, options: u32) -> Result<(), i32> {
    let source = open(from, libc::O_RDONLY, 0)?;
    let stat = sys::statx(source.0, c"", libc::AT_EMPTY_PATH)?;
    let mode = u32::from(stat.stx_mode) & 0o7777;
    let exclusive = if options & EXCLUSIVE == 0 { 0 } else { libc::O_EXCL };
    let target = open(to, libc::O_WRONLY | libc::O_CREAT | exclusive, mode)?;
    let existing = sys::statx(target.0, c"", libc::AT_EMPTY_PATH)?;
    let place = |stat: &libc::statx| (stat.stx_dev_major, stat.stx_dev_minor, stat.stx_ino);
    if place(&stat) == place(&existing) {
        return Ok(());
    }
    let result = fill(&source, &target, mode, options, stat.stx_size);
    if result.is_err() && existing.stx_size == 0 {
        sys::unlink(to);
    }
    result
}

fn fill(source: &Closing, target: &Closing, mode: u32, options: u32, size: u64) -> Result<(), i32> {
    // Not with O_TRUNC: the target may have been the source.
    ok(sys::ftruncate(target.0, 0))?;
    match sys::fchmod(target.0, mode) {
        // Some network file systems have no modes.
        errno if errno == -libc::EPERM => {}
        result => ok(result)?,
    }
    if options & (CLONE | FORCE_CLONE) != 0 {
        let result = sys::clone_file(source.0, target.0);
        if result >= 0 {
            return Ok(());
        }
        if options & FORCE_CLONE != 0 {
            return Err(result);
        }
    }
    let mut copied = 0u64;
    loop {
        match sys::copy_range(source.0, target.0, CHUNK) {
            // Files of /proc look empty to the kernel's own copying.
            Ok(0) if copied == 0 && size == 0 => return by_hand(source, target),
            Ok(0) => return Ok(()),
            Ok(count) => copied += count as u64,
            Err(errno) if copied == 0 && errno != -libc::ENOSPC && errno != -libc::EIO => {
                return by_hand(source, target);
            }
            Err(errno) => return Err(errno),
        }
    }
}

fn by_hand(source: &Closing, target: &Closing) -> Result<(), i32> {
    let mut buffer: Vec<u8> = Vec::with_capacity(64 * 1024);
    loop {
        buffer.clear();
        let count = sys::read(source.0, buffer.spare_capacity_mut(), -1)?;
        if count == 0 {
            return Ok(());
        }
        // SAFETY: `read` has filled `count` bytes of the spare capacity.
        unsafe { buffer.set_len(count) };
        let mut rest = buffer.as_slice();
        while !rest.is_empty() {
            let count = sys::write(target.0, rest, -1)?;
            rest = &rest[count..];
        }
    }
}

/// Copies the file `from` to `to`, with its mode; `options` as Node's `COPYFILE_*`. 0.
#[op2(fast)]
pub fn op_fs_copy_file(
    isolate: &mut v8::Isolate,
    request: u32,
    from: v8::Local<v8::Value>,
    to: v8::Local<v8::Value>,
    options: u32,
) -> i32 {
    let (from, to) = (path(isolate, from), path(isolate, to));
    status(isolate, request, move || match copy(&from, &to, options) {
        Ok(()) => 0,
        Err(errno) => errno,
    })
}
