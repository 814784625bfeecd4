//! Whole trees: directories with their missing parents, and removing everything below a path.

use std::ffi::{CStr, CString, OsStr};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

use deno_core::{op2, v8};

use super::args::path;
use super::outcome::{Outcome, Syscall};
use super::requests::value;
use super::sys::{self, terminated};

fn is_directory(path: &CStr, flags: i32) -> Result<bool, i32> {
    let stat = sys::statx(libc::AT_FDCWD, path, flags)?;
    Ok(u32::from(stat.stx_mode) & libc::S_IFMT == libc::S_IFDIR)
}

/// The first directory that had to be made, if any.
fn make_all(target: &[u8], mode: u32) -> Outcome {
    let mut first = None;
    let mut waiting = vec![target.to_vec()];
    while let Some(next) = waiting.last() {
        let name = terminated(next.as_slice());
        let result = sys::mkdir(&name, mode);
        match -result {
            errno if errno <= 0 => {
                first.get_or_insert_with(|| next.clone());
                waiting.pop();
            }
            libc::ENOENT => {
                let parent = Path::new(OsStr::from_bytes(next)).parent();
                match parent.map(|parent| parent.as_os_str().as_bytes()) {
                    Some(parent) if !parent.is_empty() && parent != next.as_slice() => waiting.push(parent.to_vec()),
                    // The working directory is gone, or the path is empty.
                    _ => return Outcome::Status(result),
                }
            }
            libc::EACCES | libc::ENOSPC | libc::ENOTDIR | libc::EPERM => {
                return failed(result, next, target);
            }
            _ => match is_directory(&name, 0) {
                Ok(true) => {
                    waiting.pop();
                }
                // Something else is in the way: of the directory itself, or of one on the way to it.
                Ok(false) if waiting.len() == 1 => return failed(result, next, target),
                Ok(false) => return failed(-libc::ENOTDIR, target, target),
                Err(errno) => return failed(errno, next, target),
            },
        }
    }
    first.map_or(Outcome::Nothing, Outcome::Text)
}

fn failed(errno: i32, path: &[u8], target: &[u8]) -> Outcome {
    if path == target {
        Outcome::Status(errno)
    } else {
        Outcome::FailedAt {
            errno,
            path: path.to_vec(),
        }
    }
}

/// Makes the directory `path` and what is missing of its parents. The first one made, `undefined` where there was nothing to make, or
/// `[errno, path]` of the one that failed.
#[op2]
pub fn op_fs_mkdir_all<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    name: v8::Local<'s, v8::Value>,
    mode: u32,
) -> v8::Local<'s, v8::Value> {
    let name = path(scope, name);
    value(scope, request, move || make_all(name.as_bytes(), mode))
}

enum Step {
    Look(CString),
    RemoveEmpty(CString),
}

/// Removes `path` and everything below it, links not followed.
fn remove_all(path: CString) -> Result<(), (i32, CString)> {
    let mut steps = vec![Step::Look(path)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Look(path) => match is_directory(&path, libc::AT_SYMLINK_NOFOLLOW) {
                Ok(true) => match children(&path) {
                    Ok(children) => {
                        steps.push(Step::RemoveEmpty(path));
                        steps.extend(children.into_iter().map(Step::Look));
                    }
                    Err(errno) if errno == -libc::ENOENT => {}
                    Err(errno) => return Err((Syscall::Scandir.failed(errno), path)),
                },
                Ok(false) => gone(sys::unlink(&path), Syscall::Unlink, path)?,
                Err(errno) => gone(errno, Syscall::Lstat, path)?,
            },
            Step::RemoveEmpty(path) => gone(sys::rmdir(&path), Syscall::Rmdir, path)?,
        }
    }
    Ok(())
}

// Somebody else may have removed it meanwhile, which is as good.
fn gone(result: i32, syscall: Syscall, path: CString) -> Result<(), (i32, CString)> {
    if result >= 0 || result == -libc::ENOENT {
        return Ok(());
    }
    Err((syscall.failed(result), path))
}

fn children(path: &CStr) -> Result<Vec<CString>, i32> {
    let path = Path::new(OsStr::from_bytes(path.to_bytes()));
    let error = |error: std::io::Error| rtjs_core::errno(&error);
    std::fs::read_dir(path)
        .map_err(error)?
        .map(|entry| Ok(terminated(entry.map_err(error)?.path().into_os_string().into_vec())))
        .collect()
}

/// Removes `path` and everything below it. 0, or `[errno, path]` of what could not be removed.
#[op2]
pub fn op_fs_remove_all<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    name: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let name = path(scope, name);
    value(scope, request, move || match remove_all(name) {
        Ok(()) => Outcome::Status(0),
        Err((errno, path)) => Outcome::FailedAt {
            errno,
            path: path.into_bytes(),
        },
    })
}
