//! `stat` in its forms, into memory that JavaScript shares, so that a call makes no object.

use deno_core::{op2, v8};

use super::args::path;
use super::outcome::Outcome;
use super::requests::{SYNC, later};
use super::sys;
use crate::buffer::memory::bytes_mut;

/// Follow the last link of the path; else it is `lstat`.
const FOLLOW: u32 = 1;
/// 64-bit integers in place of numbers.
const BIGINT: u32 = 2;

/// The slots of js/internal/fs/stats.js, in order: dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, then seconds and nanoseconds of
/// access, modification, change and birth. `statfs` uses the first seven: type, bsize, blocks, bfree, bavail, files, ffree.
pub(crate) struct Values([i64; 18]);

impl Values {
    /// Fills `array`, of numbers or of 64-bit integers.
    pub(crate) fn store(&self, array: v8::Local<v8::Value>) {
        let bigint = array.is_big_int64_array();
        let Some(memory) = bytes_mut(array) else {
            return;
        };
        for (slot, value) in memory.as_chunks_mut::<8>().0.iter_mut().zip(self.0) {
            *slot = if bigint {
                value.to_ne_bytes()
            } else {
                (value as f64).to_ne_bytes()
            };
        }
    }
}

impl From<libc::statx> for Values {
    fn from(stat: libc::statx) -> Values {
        let birth = if stat.stx_mask & libc::STATX_BTIME == 0 {
            stat.stx_ctime
        } else {
            stat.stx_btime
        };
        // Inode and device numbers use all 64 bits; a negative one is the same bits, as in Node's bigints.
        Values([
            libc::makedev(stat.stx_dev_major, stat.stx_dev_minor).cast_signed(),
            stat.stx_mode.into(),
            stat.stx_nlink.into(),
            stat.stx_uid.into(),
            stat.stx_gid.into(),
            libc::makedev(stat.stx_rdev_major, stat.stx_rdev_minor).cast_signed(),
            stat.stx_blksize.into(),
            stat.stx_ino.cast_signed(),
            stat.stx_size.cast_signed(),
            stat.stx_blocks.cast_signed(),
            stat.stx_atime.tv_sec,
            stat.stx_atime.tv_nsec.into(),
            stat.stx_mtime.tv_sec,
            stat.stx_mtime.tv_nsec.into(),
            stat.stx_ctime.tv_sec,
            stat.stx_ctime.tv_nsec.into(),
            birth.tv_sec,
            birth.tv_nsec.into(),
        ])
    }
}

impl From<libc::statfs64> for Values {
    fn from(stat: libc::statfs64) -> Values {
        let mut values = [0; 18];
        values[..7].copy_from_slice(&[
            stat.f_type,
            stat.f_bsize,
            stat.f_blocks.cast_signed(),
            stat.f_bfree.cast_signed(),
            stat.f_bavail.cast_signed(),
            stat.f_files.cast_signed(),
            stat.f_ffree.cast_signed(),
        ]);
        Values(values)
    }
}

fn answer<T: Into<Values>>(
    isolate: &v8::Isolate,
    request: u32,
    array: v8::Local<v8::Value>,
    bigint: bool,
    work: impl FnOnce() -> Result<T, i32> + Send + 'static,
) -> i32 {
    if request == SYNC {
        return match work() {
            Ok(found) => {
                found.into().store(array);
                0
            }
            Err(errno) => errno,
        };
    }
    later(isolate, request, move || match work() {
        Ok(found) => Outcome::Stat {
            values: found.into(),
            bigint,
        },
        Err(errno) => Outcome::Status(errno),
    });
    0
}

/// `stat(2)` or `lstat(2)` by [`FOLLOW`], into `array` of numbers or by [`BIGINT`] of 64-bit integers.
#[op2(fast)]
pub fn op_fs_stat(
    isolate: &mut v8::Isolate,
    request: u32,
    name: v8::Local<v8::Value>,
    options: u32,
    array: v8::Local<v8::Value>,
) -> i32 {
    let name = path(isolate, name);
    let flags = if options & FOLLOW == 0 {
        libc::AT_SYMLINK_NOFOLLOW
    } else {
        0
    };
    answer(isolate, request, array, options & BIGINT != 0, move || {
        sys::statx(libc::AT_FDCWD, &name, flags)
    })
}

/// `fstat(2)`; see [`op_fs_stat`].
#[op2(fast)]
pub fn op_fs_fstat(isolate: &mut v8::Isolate, request: u32, fd: i32, options: u32, array: v8::Local<v8::Value>) -> i32 {
    answer(isolate, request, array, options & BIGINT != 0, move || {
        sys::statx(fd, c"", libc::AT_EMPTY_PATH)
    })
}

/// `statfs(2)`; see [`op_fs_stat`].
#[op2(fast)]
pub fn op_fs_statfs(
    isolate: &mut v8::Isolate,
    request: u32,
    name: v8::Local<v8::Value>,
    options: u32,
    array: v8::Local<v8::Value>,
) -> i32 {
    let name = path(isolate, name);
    answer(isolate, request, array, options & BIGINT != 0, move || {
        sys::statfs(&name)
    })
}

/// The type bits of `path`'s mode without following a last link, or a negative errno.
#[op2(fast)]
pub fn op_fs_file_type(isolate: &mut v8::Isolate, name: v8::Local<v8::Value>, follow: bool) -> i32 {
    let name = path(isolate, name);
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    match sys::statx(libc::AT_FDCWD, &name, flags) {
        Ok(stat) => i32::from(stat.stx_mode) & libc::S_IFMT.cast_signed(),
        Err(errno) => errno,
    }
}
