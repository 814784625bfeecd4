//! What the module loaders ask of the file system. Resolution itself, and what an answer means, is in js/internal/modules.

use deno_core::{op2, v8};

/// 0 for a file (or anything that is not a folder), 1 for a folder, a negative errno when there is nothing.
#[op2(fast)]
pub fn op_runtime_module_stat(#[string] path: &str) -> i32 {
    match std::fs::metadata(path) {
        Ok(found) => i32::from(found.is_dir()),
        Err(error) => negative_errno(&error),
    }
}

/// The text of a file without a byte-order mark, bytes that are no UTF-8 replaced; a negative errno as a number when it cannot be read.
#[op2]
pub fn op_runtime_module_read<'s>(scope: &mut v8::PinScope<'s, '_>, #[string] path: &str) -> v8::Local<'s, v8::Value> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return v8::Integer::new(scope, negative_errno(&error)).into(),
    };
    match text_of(scope, bytes) {
        Some(text) => text.into(),
        None => v8::Integer::new(scope, -libc::EFBIG).into(),
    }
}

/// The path without symbolic links, as realpath(3) has it; a negative errno as a number when there is no such file.
#[op2]
pub fn op_runtime_module_realpath<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[string] path: &str,
) -> v8::Local<'s, v8::Value> {
    let real = match std::fs::canonicalize(path) {
        Ok(real) => real,
        Err(error) => return v8::Integer::new(scope, negative_errno(&error)).into(),
    };
    match v8::String::new(scope, &real.to_string_lossy()) {
        Some(text) => text.into(),
        None => v8::Integer::new(scope, -libc::ENAMETOOLONG).into(),
    }
}

/// The working directory; the empty string when it has been removed.
#[op2]
#[string]
pub fn op_runtime_module_cwd() -> String {
    std::env::current_dir().map_or_else(|_| String::new(), |path| path.to_string_lossy().into_owned())
}

/// All of standard input as text, for a script that comes from there; a negative errno as a number when it cannot be read.
#[op2]
pub fn op_runtime_module_read_stdin<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock();
    while let Err(error) = std::io::Read::read_to_end(&mut input, &mut bytes) {
        // A pipe that its other end has made non-blocking: the script is needed whole before anything else can happen.
        if error.kind() != std::io::ErrorKind::WouldBlock || wait_until_readable(libc::STDIN_FILENO).is_err() {
            return v8::Integer::new(scope, negative_errno(&error)).into();
        }
    }
    match text_of(scope, bytes) {
        Some(text) => text.into(),
        None => v8::Integer::new(scope, -libc::EFBIG).into(),
    }
}

fn wait_until_readable(fd: i32) -> std::io::Result<()> {
    let mut entry = libc::pollfd {
        fd,
        events: libc::POLLIN,
        revents: 0,
    };
    // SAFETY: one entry, valid for the whole call.
    match unsafe { libc::poll(&raw mut entry, 1, -1) } {
        -1 => Err(std::io::Error::last_os_error()),
        _ => Ok(()),
    }
}

fn negative_errno(error: &std::io::Error) -> i32 {
    match error.raw_os_error() {
        Some(errno) => -errno,
        // The standard library's own refusal of a path with a NUL byte in it.
        None => -libc::ENOENT,
    }
}

/// A V8 string of file contents. Plain ASCII, the usual case, is handed over without a copy.
fn text_of<'s>(scope: &mut v8::PinScope<'s, '_>, mut bytes: Vec<u8>) -> Option<v8::Local<'s, v8::String>> {
    const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    if bytes.is_empty() {
        return Some(v8::String::empty(scope));
    }
    if bytes.is_ascii() {
        return v8::String::new_external_onebyte(scope, bytes.into_boxed_slice());
    }
    v8::String::new_from_utf8(scope, &bytes, v8::NewStringType::Normal)
}
