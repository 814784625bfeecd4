//! The file system's calls, each as a safe function: zero or more, or a negative errno.
//!
//! The `unsafe` of this folder that is not about V8 is here. Paths are terminated strings, descriptors plain numbers, as JavaScript gives
//! them: a wrong one is an error of the call.

use std::ffi::{CStr, CString};
use std::mem::MaybeUninit;

use crate::errno::{check, last, retry};

/// A descriptor as JavaScript holds it.
pub(crate) type Fd = i32;

pub(crate) fn access(path: &CStr, mode: i32) -> i32 {
    // SAFETY: `path` is terminated.
    check(unsafe { libc::access(path.as_ptr(), mode) })
}

pub(crate) fn chmod(path: &CStr, mode: u32) -> i32 {
    // SAFETY: `path` is terminated.
    check(unsafe { libc::chmod(path.as_ptr(), mode) })
}

pub(crate) fn fchmod(fd: Fd, mode: u32) -> i32 {
    // SAFETY: takes any numbers.
    check(unsafe { libc::fchmod(fd, mode) })
}

pub(crate) fn chown(path: &CStr, uid: u32, gid: u32) -> i32 {
    // SAFETY: `path` is terminated.
    check(unsafe { libc::chown(path.as_ptr(), uid, gid) })
}

pub(crate) fn lchown(path: &CStr, uid: u32, gid: u32) -> i32 {
    // SAFETY: `path` is terminated.
    check(unsafe { libc::lchown(path.as_ptr(), uid, gid) })
}

pub(crate) fn fchown(fd: Fd, uid: u32, gid: u32) -> i32 {
    // SAFETY: takes any numbers.
    check(unsafe { libc::fchown(fd, uid, gid) })
}

pub(crate) fn close(fd: Fd) -> i32 {
    // SAFETY: takes any number. Whose descriptor it is, is the script's business, as in Node.
    match check(unsafe { libc::close(fd) }) {
        // The descriptor is gone; on Linux that is never to be repeated.
        errno if errno == -libc::EINTR || errno == -libc::EINPROGRESS => 0,
        result => result,
    }
}

pub(crate) fn fsync(fd: Fd) -> i32 {
    // SAFETY: takes any number.
    check(unsafe { libc::fsync(fd) })
}

pub(crate) fn fdatasync(fd: Fd) -> i32 {
    // SAFETY: takes any number.
    check(unsafe { libc::fdatasync(fd) })
}

pub(crate) fn ftruncate(fd: Fd, length: i64) -> i32 {
    // SAFETY: takes any numbers.
    check(unsafe { libc::ftruncate(fd, length) })
}

pub(crate) fn link(from: &CStr, to: &CStr) -> i32 {
    // SAFETY: both are terminated.
    check(unsafe { libc::link(from.as_ptr(), to.as_ptr()) })
}

pub(crate) fn symlink(target: &CStr, path: &CStr) -> i32 {
    // SAFETY: both are terminated.
    check(unsafe { libc::symlink(target.as_ptr(), path.as_ptr()) })
}

pub(crate) fn rename(from: &CStr, to: &CStr) -> i32 {
    // SAFETY: both are terminated.
    check(unsafe { libc::rename(from.as_ptr(), to.as_ptr()) })
}

pub(crate) fn unlink(path: &CStr) -> i32 {
    // SAFETY: `path` is terminated.
    check(unsafe { libc::unlink(path.as_ptr()) })
}

pub(crate) fn rmdir(path: &CStr) -> i32 {
    // SAFETY: `path` is terminated.
    check(unsafe { libc::rmdir(path.as_ptr()) })
}

pub(crate) fn mkdir(path: &CStr, mode: u32) -> i32 {
    // SAFETY: `path` is terminated.
    check(unsafe { libc::mkdir(path.as_ptr(), mode) })
}

pub(crate) fn open(path: &CStr, flags: i32, mode: u32) -> i32 {
    loop {
        // SAFETY: `path` is terminated; a mode is there whenever the flags ask for one.
        let result = check(unsafe { libc::open(path.as_ptr(), flags | libc::O_CLOEXEC, mode) });
        if result != -libc::EINTR {
            return result;
        }
    }
}

fn timespec(seconds: f64) -> libc::timespec {
    let whole = seconds.floor();
    // Microseconds are what a number of this size can tell; rounding keeps what was written the same when it is read back.
    let nanoseconds = ((seconds - whole) * 1e6).round() * 1e3;
    let (whole, nanoseconds) = if nanoseconds >= 1e9 {
        (whole + 1.0, 0.0)
    } else {
        (whole, nanoseconds)
    };
    libc::timespec {
        tv_sec: whole as i64,
        tv_nsec: nanoseconds as i64,
    }
}

/// Sets access and modification time, in seconds since 1970. `follow`: of what a link points to.
pub(crate) fn utimes(path: &CStr, atime: f64, mtime: f64, follow: bool) -> i32 {
    let times = [timespec(atime), timespec(mtime)];
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: `path` is terminated, and there are two times.
    check(unsafe { libc::utimensat(libc::AT_FDCWD, path.as_ptr(), times.as_ptr(), flags) })
}

pub(crate) fn futimes(fd: Fd, atime: f64, mtime: f64) -> i32 {
    let times = [timespec(atime), timespec(mtime)];
    // SAFETY: there are two times.
    check(unsafe { libc::futimens(fd, times.as_ptr()) })
}

/// Reads up to `buffer.len()` bytes, at `position` or (negative) where the descriptor stands.
pub(crate) fn read(fd: Fd, buffer: &mut [MaybeUninit<u8>], position: i64) -> Result<usize, i32> {
    let (data, length) = (buffer.as_mut_ptr().cast(), buffer.len());
    // SAFETY: there is room for `length` bytes at `data`.
    retry(|| unsafe {
        if position < 0 {
            libc::read(fd, data, length)
        } else {
            libc::pread(fd, data, length, position)
        }
    })
}

/// Writes with one call, at `position` or (negative) where the descriptor stands.
pub(crate) fn write(fd: Fd, data: &[u8], position: i64) -> Result<usize, i32> {
    // SAFETY: there are `data.len()` bytes at `data`.
    retry(|| unsafe {
        if position < 0 {
            libc::write(fd, data.as_ptr().cast(), data.len())
        } else {
            libc::pwrite(fd, data.as_ptr().cast(), data.len(), position)
        }
    })
}

/// The most pieces that one readv or writev takes.
const MAX_PIECES: usize = 1024;

/// Reads into the pieces in order with one call.
///
/// # Safety
/// Each piece is a pointer to as many bytes as its length says, valid and free to be written to for the duration of the call.
pub(crate) unsafe fn readv(fd: Fd, pieces: &[libc::iovec], position: i64) -> Result<usize, i32> {
    let count = pieces.len().min(MAX_PIECES) as i32;
    // SAFETY: the caller vouches for the pieces.
    retry(|| unsafe {
        if position < 0 {
            libc::readv(fd, pieces.as_ptr(), count)
        } else {
            libc::preadv(fd, pieces.as_ptr(), count, position)
        }
    })
}

/// Writes the pieces in order with one call.
///
/// # Safety
/// Each piece is a pointer to as many bytes as its length says, valid for the duration of the call.
pub(crate) unsafe fn writev(fd: Fd, pieces: &[libc::iovec], position: i64) -> Result<usize, i32> {
    let count = pieces.len().min(MAX_PIECES) as i32;
    // SAFETY: the caller vouches for the pieces.
    retry(|| unsafe {
        if position < 0 {
            libc::writev(fd, pieces.as_ptr(), count)
        } else {
            libc::pwritev(fd, pieces.as_ptr(), count, position)
        }
    })
}

/// Makes a directory whose name is `prefix` and six random characters, and returns its path.
pub(crate) fn mkdtemp(prefix: &CStr) -> Result<Vec<u8>, i32> {
    let mut template = prefix.to_bytes().to_vec();
    template.extend(b"XXXXXX\0");
    // SAFETY: the template is terminated, and mkdtemp changes only its six last characters.
    if unsafe { libc::mkdtemp(template.as_mut_ptr().cast()) }.is_null() {
        return Err(last());
    }
    template.pop();
    Ok(template)
}

/// What the link `path` says.
pub(crate) fn readlink(path: &CStr) -> Result<Vec<u8>, i32> {
    let mut target: Vec<u8> = Vec::with_capacity(256);
    loop {
        // SAFETY: there is room for `capacity` bytes.
        let length = unsafe { libc::readlink(path.as_ptr(), target.as_mut_ptr().cast(), target.capacity()) };
        let Ok(length) = usize::try_from(length) else {
            return Err(last());
        };
        if length < target.capacity() {
            // SAFETY: readlink has filled `length` bytes.
            unsafe { target.set_len(length) };
            return Ok(target);
        }
        target.reserve(target.capacity() * 2);
    }
}

/// The path without links and dots.
pub(crate) fn realpath(path: &CStr) -> Result<Vec<u8>, i32> {
    // SAFETY: `path` is terminated; the result is null or a terminated string of malloc's.
    let found = unsafe { libc::realpath(path.as_ptr(), std::ptr::null_mut()) };
    if found.is_null() {
        return Err(last());
    }
    // SAFETY: as above.
    let copy = unsafe { CStr::from_ptr(found) }.to_bytes().to_vec();
    // SAFETY: it is malloc's, and nobody else has it.
    unsafe { libc::free(found.cast()) };
    Ok(copy)
}

/// Calls `statx`; `path` may be empty for the descriptor itself.
pub(crate) fn statx(fd: Fd, path: &CStr, flags: i32) -> Result<libc::statx, i32> {
    let mut stat = MaybeUninit::<libc::statx>::zeroed();
    let mask = libc::STATX_BASIC_STATS | libc::STATX_BTIME;
    // SAFETY: `path` is terminated and there is room for one result.
    check_ok(unsafe { libc::statx(fd, path.as_ptr(), flags, mask, stat.as_mut_ptr()) })?;
    // SAFETY: the call has filled it, and zeros are valid in what it has not.
    Ok(unsafe { stat.assume_init() })
}

pub(crate) fn statfs(path: &CStr) -> Result<libc::statfs64, i32> {
    let mut stat = MaybeUninit::<libc::statfs64>::zeroed();
    // SAFETY: `path` is terminated and there is room for one result.
    check_ok(unsafe { libc::statfs64(path.as_ptr(), stat.as_mut_ptr()) })?;
    // SAFETY: the call has filled it, and zeros are valid in what it has not.
    Ok(unsafe { stat.assume_init() })
}

/// Shares the blocks of `from` with `to`, where the file system can.
pub(crate) fn clone_file(from: Fd, to: Fd) -> i32 {
    // SAFETY: takes any numbers.
    check(unsafe { libc::ioctl(to, libc::FICLONE, from) })
}

/// Copies up to `length` bytes between two files inside the kernel.
pub(crate) fn copy_range(from: Fd, to: Fd, length: usize) -> Result<usize, i32> {
    // SAFETY: null stands for the descriptors' own positions.
    retry(|| unsafe { libc::copy_file_range(from, std::ptr::null_mut(), to, std::ptr::null_mut(), length, 0) })
}

fn check_ok(result: i32) -> Result<(), i32> {
    match check(result) {
        errno if errno < 0 => Err(errno),
        _ => Ok(()),
    }
}

/// A terminated copy of `path`. JavaScript refuses paths with a NUL in them; one that got here names nothing.
pub(crate) fn terminated(path: impl Into<Vec<u8>>) -> CString {
    CString::new(path).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::timespec;

    #[test]
    fn times_before_1970_count_forward_within_their_second() {
        let time = timespec(-1.5);
        assert_eq!((time.tv_sec, time.tv_nsec), (-2, 500_000_000));
        let time = timespec(1_713_000_000.123);
        assert_eq!((time.tv_sec, time.tv_nsec), (1_713_000_000, 123_000_000));
        let time = timespec(0.999_999_9);
        assert_eq!((time.tv_sec, time.tv_nsec), (1, 0));
    }
}
