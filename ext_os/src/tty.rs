//! What a descriptor is, and terminals: size and mode.

use std::cell::RefCell;
use std::os::fd::RawFd;

use deno_core::{OpState, op2};

use crate::errno;

/// What a descriptor is, as Node names it in `_type` and handle guesses.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
enum Kind {
    File = 0,
    Pipe = 1,
    Tty = 2,
    Tcp = 3,
    Udp = 4,
    Unknown = 5,
}

fn is_tty(fd: RawFd) -> bool {
    // SAFETY: isatty takes any number.
    fd >= 0 && unsafe { libc::isatty(fd) } == 1
}

fn socket_option(fd: RawFd, option: i32) -> Option<i32> {
    let mut value = 0i32;
    let mut length = size_of::<i32>() as libc::socklen_t;
    // SAFETY: value and length are valid for the call and agree with each other.
    let result = unsafe { libc::getsockopt(fd, libc::SOL_SOCKET, option, (&raw mut value).cast(), &raw mut length) };
    (result == 0).then_some(value)
}

fn kind(fd: RawFd) -> Kind {
    if fd < 0 {
        return Kind::Unknown;
    }
    if is_tty(fd) {
        return Kind::Tty;
    }
    // SAFETY: all-zero bytes are a valid `stat`, which fstat fills.
    let mut stat: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: `stat` is valid for the call; a bad descriptor is an error.
    if unsafe { libc::fstat(fd, &raw mut stat) } != 0 {
        return Kind::Unknown;
    }
    match stat.st_mode & libc::S_IFMT {
        libc::S_IFREG | libc::S_IFCHR => Kind::File,
        libc::S_IFIFO => Kind::Pipe,
        libc::S_IFSOCK => {
            let inet = matches!(socket_option(fd, libc::SO_DOMAIN), Some(libc::AF_INET | libc::AF_INET6));
            match socket_option(fd, libc::SO_TYPE) {
                Some(libc::SOCK_STREAM) if inet => Kind::Tcp,
                Some(libc::SOCK_DGRAM) if inet => Kind::Udp,
                Some(libc::SOCK_STREAM | libc::SOCK_SEQPACKET | libc::SOCK_DGRAM) => Kind::Pipe,
                _ => Kind::Unknown,
            }
        }
        _ => Kind::Unknown,
    }
}

/// What `fd` is: 0 a file (or a device that is read like one), 1 a pipe or local socket, 2 a terminal, 3 a TCP socket, 4 a UDP socket, 5 none of these.
#[op2(fast)]
pub fn op_os_fd_kind(fd: i32) -> i32 {
    kind(fd) as i32
}

/// Whether `fd` is a terminal.
#[op2(fast)]
pub fn op_os_tty_is(fd: i32) -> bool {
    is_tty(fd)
}

/// Columns and rows of the terminal `fd`, into `size`. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_tty_size(fd: i32, #[buffer] size: &mut [u32]) -> i32 {
    // SAFETY: all-zero bytes are a valid `winsize`.
    let mut window: libc::winsize = unsafe { std::mem::zeroed() };
    // SAFETY: TIOCGWINSZ fills a `winsize`; a descriptor that is no terminal is an error.
    let result = errno::check(unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, &raw mut window) });
    if result >= 0
        && let [columns, rows, ..] = size
    {
        *columns = window.ws_col.into();
        *rows = window.ws_row.into();
    }
    result
}

/// The modes of terminals from before they were changed.
#[derive(Default)]
struct SavedModes(RefCell<Vec<(RawFd, libc::termios)>>);

fn set_attributes(fd: RawFd, mode: &libc::termios) -> i32 {
    // SAFETY: `mode` is valid for the call.
    errno::check(unsafe { libc::tcsetattr(fd, libc::TCSADRAIN, mode) })
}

/// Puts the terminal `fd` into raw mode, or back into the mode that it had. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_tty_set_raw(state: &mut OpState, fd: i32, raw: bool) -> i32 {
    if !state.has::<SavedModes>() {
        state.put(SavedModes::default());
    }
    let mut saved = state.borrow::<SavedModes>().0.borrow_mut();
    let before = saved.iter().find(|(known, _)| *known == fd).map(|(_, mode)| *mode);
    let before = match before {
        Some(mode) => mode,
        None if !raw => return 0,
        None => {
            // SAFETY: all-zero bytes are a valid `termios`.
            let mut mode: libc::termios = unsafe { std::mem::zeroed() };
            // SAFETY: `mode` is valid for the call.
            let result = errno::check(unsafe { libc::tcgetattr(fd, &raw mut mode) });
            if result < 0 {
                return result;
            }
            saved.push((fd, mode));
            mode
        }
    };
    if !raw {
        return set_attributes(fd, &before);
    }
    // Keys arrive one by one and unchanged, signals are not made of them; output still turns "\n" into a new line.
    let mut mode = before;
    mode.c_iflag &= !(libc::BRKINT | libc::ICRNL | libc::INPCK | libc::ISTRIP | libc::IXON);
    mode.c_oflag |= libc::ONLCR;
    mode.c_cflag |= libc::CS8;
    mode.c_lflag &= !(libc::ECHO | libc::ICANON | libc::IEXTEN | libc::ISIG);
    mode.c_cc[libc::VMIN] = 1;
    mode.c_cc[libc::VTIME] = 0;
    set_attributes(fd, &mode)
}

/// Puts back the modes of all terminals that were changed. For the end of the process.
#[op2(fast)]
pub fn op_os_tty_restore(state: &mut OpState) {
    if let Some(saved) = state.try_borrow::<SavedModes>() {
        for (fd, mode) in saved.0.borrow().iter() {
            set_attributes(*fd, mode);
        }
    }
}
