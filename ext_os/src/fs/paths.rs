//! Ops of one system call on one or two paths or a descriptor.

use deno_core::{op2, v8};

use super::args::path;
use super::outcome::Outcome;
use super::requests::{status, value};
use super::sys;

/// Whether `path` names something that this process can reach.
#[op2(fast)]
pub fn op_fs_exists(isolate: &mut v8::Isolate, name: v8::Local<v8::Value>) -> bool {
    sys::access(&path(isolate, name), libc::F_OK) == 0
}

/// `access(2)`.
#[op2(fast)]
pub fn op_fs_access(isolate: &mut v8::Isolate, request: u32, name: v8::Local<v8::Value>, mode: i32) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || sys::access(&name, mode))
}

/// `open(2)`: the descriptor, closed on exec.
#[op2(fast)]
pub fn op_fs_open(isolate: &mut v8::Isolate, request: u32, name: v8::Local<v8::Value>, flags: i32, mode: u32) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || sys::open(&name, flags, mode))
}

/// `close(2)`.
#[op2(fast)]
pub fn op_fs_close(isolate: &mut v8::Isolate, request: u32, fd: i32) -> i32 {
    status(isolate, request, move || sys::close(fd))
}

/// `chmod(2)`.
#[op2(fast)]
pub fn op_fs_chmod(isolate: &mut v8::Isolate, request: u32, name: v8::Local<v8::Value>, mode: u32) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || sys::chmod(&name, mode))
}

/// `fchmod(2)`.
#[op2(fast)]
pub fn op_fs_fchmod(isolate: &mut v8::Isolate, request: u32, fd: i32, mode: u32) -> i32 {
    status(isolate, request, move || sys::fchmod(fd, mode))
}

/// `chown(2)`, or `lchown(2)` where links are not followed.
#[op2(fast)]
pub fn op_fs_chown(
    isolate: &mut v8::Isolate,
    request: u32,
    name: v8::Local<v8::Value>,
    uid: u32,
    gid: u32,
    follow: bool,
) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || {
        if follow {
            sys::chown(&name, uid, gid)
        } else {
            sys::lchown(&name, uid, gid)
        }
    })
}

/// `fchown(2)`.
#[op2(fast)]
pub fn op_fs_fchown(isolate: &mut v8::Isolate, request: u32, fd: i32, uid: u32, gid: u32) -> i32 {
    status(isolate, request, move || sys::fchown(fd, uid, gid))
}

/// `fsync(2)`, or `fdatasync(2)` where only the data matters.
#[op2(fast)]
pub fn op_fs_sync(isolate: &mut v8::Isolate, request: u32, fd: i32, only_data: bool) -> i32 {
    status(isolate, request, move || {
        if only_data { sys::fdatasync(fd) } else { sys::fsync(fd) }
    })
}

/// `ftruncate(2)`.
#[op2(fast)]
pub fn op_fs_ftruncate(isolate: &mut v8::Isolate, request: u32, fd: i32, length: f64) -> i32 {
    status(isolate, request, move || sys::ftruncate(fd, length as i64))
}

/// Sets access and modification time, seconds since 1970, of a path.
#[op2(fast)]
pub fn op_fs_utimes(
    isolate: &mut v8::Isolate,
    request: u32,
    name: v8::Local<v8::Value>,
    atime: f64,
    mtime: f64,
    follow: bool,
) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || sys::utimes(&name, atime, mtime, follow))
}

/// Sets access and modification time, seconds since 1970, of an open file.
#[op2(fast)]
pub fn op_fs_futimes(isolate: &mut v8::Isolate, request: u32, fd: i32, atime: f64, mtime: f64) -> i32 {
    status(isolate, request, move || sys::futimes(fd, atime, mtime))
}

/// `link(2)`.
#[op2(fast)]
pub fn op_fs_link(
    isolate: &mut v8::Isolate,
    request: u32,
    from: v8::Local<v8::Value>,
    to: v8::Local<v8::Value>,
) -> i32 {
    let (from, to) = (path(isolate, from), path(isolate, to));
    status(isolate, request, move || sys::link(&from, &to))
}

/// `symlink(2)`.
#[op2(fast)]
pub fn op_fs_symlink(
    isolate: &mut v8::Isolate,
    request: u32,
    target: v8::Local<v8::Value>,
    name: v8::Local<v8::Value>,
) -> i32 {
    let (target, name) = (path(isolate, target), path(isolate, name));
    status(isolate, request, move || sys::symlink(&target, &name))
}

/// `rename(2)`.
#[op2(fast)]
pub fn op_fs_rename(
    isolate: &mut v8::Isolate,
    request: u32,
    from: v8::Local<v8::Value>,
    to: v8::Local<v8::Value>,
) -> i32 {
    let (from, to) = (path(isolate, from), path(isolate, to));
    status(isolate, request, move || sys::rename(&from, &to))
}

/// `unlink(2)`.
#[op2(fast)]
pub fn op_fs_unlink(isolate: &mut v8::Isolate, request: u32, name: v8::Local<v8::Value>) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || sys::unlink(&name))
}

/// `rmdir(2)`.
#[op2(fast)]
pub fn op_fs_rmdir(isolate: &mut v8::Isolate, request: u32, name: v8::Local<v8::Value>) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || sys::rmdir(&name))
}

/// `mkdir(2)`.
#[op2(fast)]
pub fn op_fs_mkdir(isolate: &mut v8::Isolate, request: u32, name: v8::Local<v8::Value>, mode: u32) -> i32 {
    let name = path(isolate, name);
    status(isolate, request, move || sys::mkdir(&name, mode))
}

/// Makes a directory named `prefix` and six random characters; its path.
#[op2]
pub fn op_fs_mkdtemp<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    prefix: v8::Local<'s, v8::Value>,
    as_bytes: bool,
) -> v8::Local<'s, v8::Value> {
    let prefix = path(scope, prefix);
    value(scope, request, move || {
        sys::mkdtemp(&prefix).map(|path| Outcome::path(path, as_bytes)).into()
    })
}

/// What the link `path` says.
#[op2]
pub fn op_fs_readlink<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    name: v8::Local<'s, v8::Value>,
    as_bytes: bool,
) -> v8::Local<'s, v8::Value> {
    let name = path(scope, name);
    value(scope, request, move || {
        sys::readlink(&name).map(|path| Outcome::path(path, as_bytes)).into()
    })
}

/// `path` without links and dots.
#[op2]
pub fn op_fs_realpath<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    name: v8::Local<'s, v8::Value>,
    as_bytes: bool,
) -> v8::Local<'s, v8::Value> {
    let name = path(scope, name);
    value(scope, request, move || {
        sys::realpath(&name).map(|path| Outcome::path(path, as_bytes)).into()
    })
}
