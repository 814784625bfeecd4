//! What kind of thing a descriptor number is.

use deno_core::op2;
use nix::sys::stat::{SFlag, fstat};

/// `TCP`, `UDP`, `PIPE`, `TTY`, `FILE` or `UNKNOWN`, as libuv guesses it.
#[op2]
#[string]
pub fn op_net_fd_type(fd: i32) -> &'static str {
    let Ok(fd) = crate::sys::borrow_number(fd) else {
        return "UNKNOWN";
    };
    if nix::unistd::isatty(fd).unwrap_or(false) {
        return "TTY";
    }
    let Ok(stat) = fstat(fd) else { return "UNKNOWN" };
    match SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT {
        SFlag::S_IFREG | SFlag::S_IFCHR => "FILE",
        SFlag::S_IFIFO => "PIPE",
        SFlag::S_IFSOCK => {
            let option = |name| crate::sys::get_option(fd, libc::SOL_SOCKET, name).unwrap_or(-1);
            match (option(libc::SO_DOMAIN), option(libc::SO_TYPE)) {
                (libc::AF_INET | libc::AF_INET6, libc::SOCK_STREAM) => "TCP",
                (libc::AF_INET | libc::AF_INET6, libc::SOCK_DGRAM) => "UDP",
                (libc::AF_UNIX, libc::SOCK_STREAM) => "PIPE",
                _ => "UNKNOWN",
            }
        }
        _ => "UNKNOWN",
    }
}
