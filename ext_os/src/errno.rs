//! System call results as libuv reports them on Linux: zero or more, or a negative errno.

/// The error of the system call that has just failed on this thread, negative.
pub(crate) fn last() -> i32 {
    -std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO)
}

/// `result` of a C function: itself, or the negative errno when it is -1.
pub(crate) fn check(result: i32) -> i32 {
    if result == -1 { last() } else { result }
}

/// Calls `f` again while a signal interrupts it.
pub(crate) fn retry(mut f: impl FnMut() -> isize) -> Result<usize, i32> {
    loop {
        if let Ok(count) = usize::try_from(f()) {
            return Ok(count);
        }
        let errno = last();
        if errno != -libc::EINTR {
            return Err(errno);
        }
    }
}
