//! The running process: where it is, how it ends, what replaces it, and signals to others.

pub(crate) mod ids;
pub(crate) mod title;
pub(crate) mod usage;

use std::ffi::CString;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;

use deno_core::{op2, v8};

use crate::errno;

fn text<'s>(scope: &mut v8::PinScope<'s, '_>, bytes: &[u8]) -> v8::Local<'s, v8::Value> {
    v8::String::new_from_utf8(scope, bytes, v8::NewStringType::Normal)
        .unwrap_or_else(|| v8::String::empty(scope))
        .into()
}

fn io_errno(error: &std::io::Error) -> i32 {
    rtjs_core::errno(error)
}

/// The working directory, or a negative errno.
#[op2]
pub fn op_os_cwd<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    match std::env::current_dir() {
        Ok(path) => text(scope, path.as_os_str().as_bytes()),
        Err(error) => v8::Integer::new(scope, io_errno(&error)).into(),
    }
}

/// Changes the working directory. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_chdir(#[string] path: &str) -> i32 {
    std::env::set_current_dir(path).map_or_else(|error| io_errno(&error), |()| 0)
}

/// This process.
#[op2(fast)]
pub fn op_os_getpid() -> u32 {
    std::process::id()
}

/// The process that started this one, or that took it over.
#[op2(fast)]
pub fn op_os_getppid() -> u32 {
    std::os::unix::process::parent_id()
}

/// Sends `signal` (0 only asks whether the process is there). 0, or a negative errno.
#[op2(fast)]
pub fn op_os_kill(pid: i32, signal: i32) -> i32 {
    // SAFETY: kill takes any numbers.
    errno::check(unsafe { libc::kill(pid, signal) })
}

/// Ends the process at once with SIGABRT, for a core file.
#[op2(fast)]
pub fn op_os_abort() {
    std::process::abort();
}

/// Replaces this program by `path`. Returns only on failure: a negative errno.
///
/// Standard input, output and error stay; all other descriptors close, as they are close-on-exec.
#[op2]
pub fn op_os_execve(#[string] path: String, #[serde] args: Vec<String>, #[serde] env: Vec<String>) -> i32 {
    let Ok(path) = CString::new(path) else {
        return -libc::EINVAL;
    };
    let (Ok(args), Ok(env)) = (c_strings(args), c_strings(env)) else {
        return -libc::EINVAL;
    };
    for fd in 0..3 {
        // SAFETY: takes any number; a closed descriptor is an error that needs no handling.
        unsafe {
            let flags = libc::fcntl(fd, libc::F_GETFD);
            if flags != -1 {
                libc::fcntl(fd, libc::F_SETFD, flags & !libc::FD_CLOEXEC);
            }
        }
    }
    match nix::unistd::execve(&path, &args, &env) {
        Ok(never) => match never {},
        Err(error) => -(error as i32),
    }
}

fn c_strings(words: Vec<String>) -> Result<Vec<CString>, std::ffi::NulError> {
    words.into_iter().map(CString::new).collect()
}

/// Appends text to a file, making it when it is not there. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_file_append(#[string] path: &str, #[string] data: &str) -> i32 {
    let result = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .and_then(|mut file| file.write_all(data.as_bytes()));
    result.map_or_else(|error| io_errno(&error), |()| 0)
}

/// Node's name for the processor's architecture.
#[op2]
#[string]
pub fn op_os_arch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "x64",
        "x86" => "ia32",
        "aarch64" => "arm64",
        "powerpc64" => "ppc64",
        "loongarch64" => "loong64",
        other => other,
    }
}

/// Node's name for the operating system.
#[op2]
#[string]
pub fn op_os_platform() -> &'static str {
    match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    }
}

/// V8's version.
#[op2]
#[string]
pub fn op_os_v8_version() -> &'static str {
    v8::V8::get_version()
}
