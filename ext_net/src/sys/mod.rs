//! The system calls that nix does not wrap as needed here. All `unsafe` of the socket code is in this folder.

pub(crate) mod datagram;
pub(crate) mod epoll;
pub(crate) mod names;

use std::cell::Cell;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

fn check(result: libc::c_int) -> io::Result<libc::c_int> {
    if result < 0 {
        Err(io::Error::last_os_error())
    } else {
        Ok(result)
    }
}

fn check_len(result: libc::ssize_t) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

/// A non-blocking, close-on-exec stream socket.
pub(crate) fn stream_socket(family: libc::c_int) -> io::Result<OwnedFd> {
    let kind = libc::SOCK_STREAM | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: no pointers; the result is checked and owned by nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(check(libc::socket(family, kind, 0))?) })
}

/// Accepts a connection, non-blocking and close-on-exec.
pub(crate) fn accept(listener: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let flags = libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: null address pointers are allowed; the result is checked and owned by nobody else.
    unsafe {
        let fd = check(libc::accept4(
            listener.as_raw_fd(),
            std::ptr::null_mut(),
            std::ptr::null_mut(),
            flags,
        ))?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// Reads into memory that need not be initialised; the first `Ok(n)` bytes are afterwards. `Ok(0)` is the end of the stream.
pub(crate) fn read(fd: BorrowedFd<'_>, buffer: &mut [MaybeUninit<u8>]) -> io::Result<usize> {
    // SAFETY: the pointer and length are those of a live slice, which the kernel only writes to.
    check_len(unsafe { libc::read(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len()) })
}

/// As [`read`], from a socket.
pub(crate) fn recv(fd: BorrowedFd<'_>, buffer: &mut [MaybeUninit<u8>]) -> io::Result<usize> {
    // SAFETY: as for `read`.
    check_len(unsafe { libc::recv(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len(), 0) })
}

/// Reads into memory that JavaScript may see meanwhile, from a socket or a `plain` descriptor.
pub(crate) fn read_into_cells(fd: BorrowedFd<'_>, cells: &[Cell<u8>], plain: bool) -> io::Result<usize> {
    let memory = cells.as_ptr().cast_mut().cast();
    // SAFETY: the pointer and length are those of a live slice of cells, which may be written to.
    check_len(unsafe {
        if plain {
            libc::read(fd.as_raw_fd(), memory, cells.len())
        } else {
            libc::recv(fd.as_raw_fd(), memory, cells.len(), 0)
        }
    })
}

/// Repeats what a signal has interrupted.
pub(crate) fn retry<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Writes without raising SIGPIPE. Descriptors that are no sockets are written with write(2).
pub(crate) fn send(fd: BorrowedFd<'_>, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the pointer and length are those of a live slice.
    let sent = check_len(unsafe { libc::send(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), libc::MSG_NOSIGNAL) });
    match sent {
        Err(error) if error.raw_os_error() == Some(libc::ENOTSOCK) => {
            // SAFETY: as above.
            check_len(unsafe { libc::write(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len()) })
        }
        sent => sent,
    }
}

/// Writes several slices in one call, without raising SIGPIPE.
pub(crate) fn send_vectored(fd: BorrowedFd<'_>, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    if let [only] = slices {
        // The kernel has less to copy and to check.
        return send(fd, only);
    }
    // SAFETY: IoSlice has the layout of iovec, and the slices live through the call.
    unsafe { send_raw(fd, std::slice::from_raw_parts(slices.as_ptr().cast(), slices.len())) }
}

/// As [`send_vectored`], for memory that Rust holds no reference to.
///
/// # Safety
/// The vectors' memory stays allocated through the call.
pub(crate) unsafe fn send_raw(fd: BorrowedFd<'_>, vectors: &[libc::iovec]) -> io::Result<usize> {
    // SAFETY: all-zero bytes are a valid msghdr; for the vectors' memory the caller vouches.
    let sent = unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = vectors.as_ptr().cast_mut();
        message.msg_iovlen = vectors.len();
        check_len(libc::sendmsg(fd.as_raw_fd(), &raw const message, libc::MSG_NOSIGNAL))
    };
    match sent {
        Err(error) if error.raw_os_error() == Some(libc::ENOTSOCK) => {
            let count = i32::try_from(vectors.len()).unwrap_or(i32::MAX);
            // SAFETY: as above.
            check_len(unsafe { libc::writev(fd.as_raw_fd(), vectors.as_ptr(), count) })
        }
        sent => sent,
    }
}

/// Shuts down one or both directions (`libc::SHUT_*`).
pub(crate) fn shutdown(fd: BorrowedFd<'_>, how: libc::c_int) -> io::Result<()> {
    // SAFETY: no pointers.
    check(unsafe { libc::shutdown(fd.as_raw_fd(), how) }).map(drop)
}

/// Sets an integer option.
pub(crate) fn set_option(
    fd: BorrowedFd<'_>,
    level: libc::c_int,
    name: libc::c_int,
    value: libc::c_int,
) -> io::Result<()> {
    // SAFETY: the pointer and length are those of a live integer.
    check(unsafe {
        libc::setsockopt(
            fd.as_raw_fd(),
            level,
            name,
            (&raw const value).cast(),
            size_of::<libc::c_int>() as libc::socklen_t,
        )
    })
    .map(drop)
}

/// Reads an integer option.
pub(crate) fn get_option(fd: BorrowedFd<'_>, level: libc::c_int, name: libc::c_int) -> io::Result<libc::c_int> {
    let mut value: libc::c_int = 0;
    let mut length = size_of::<libc::c_int>() as libc::socklen_t;
    // SAFETY: the pointers are to live integers and `length` says how much room there is.
    check(unsafe { libc::getsockopt(fd.as_raw_fd(), level, name, (&raw mut value).cast(), &raw mut length) })?;
    Ok(value)
}

/// Makes close send a reset.
pub(crate) fn linger_zero(fd: BorrowedFd<'_>) -> io::Result<()> {
    let linger = libc::linger {
        l_onoff: 1,
        l_linger: 0,
    };
    // SAFETY: the pointer and length are those of a live struct.
    check(unsafe {
        libc::setsockopt(
            fd.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_LINGER,
            (&raw const linger).cast(),
            size_of::<libc::linger>() as libc::socklen_t,
        )
    })
    .map(drop)
}

/// Makes a descriptor that came from elsewhere non-blocking and close-on-exec.
pub(crate) fn adopt(fd: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: no pointers.
    unsafe {
        let flags = check(libc::fcntl(fd.as_raw_fd(), libc::F_GETFL))?;
        check(libc::fcntl(fd.as_raw_fd(), libc::F_SETFL, flags | libc::O_NONBLOCK))?;
        let flags = check(libc::fcntl(fd.as_raw_fd(), libc::F_GETFD))?;
        check(libc::fcntl(fd.as_raw_fd(), libc::F_SETFD, flags | libc::FD_CLOEXEC))?;
    }
    Ok(())
}

/// Takes ownership of a descriptor number that JavaScript named.
pub(crate) fn own(fd: i32) -> io::Result<OwnedFd> {
    if fd < 0 {
        return Err(io::Error::from_raw_os_error(libc::EBADF));
    }
    // SAFETY: the number is checked to be open right here; that nobody else closes it is the caller's word, as with Node's `fd` options.
    unsafe {
        check(libc::fcntl(fd, libc::F_GETFD))?;
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// Types that keep their descriptor open as long as they live.
pub(crate) trait Owning {}
impl Owning for OwnedFd {}

/// Registers a descriptor with the I/O driver.
pub(crate) fn watch<T: Owning + AsRawFd>(fd: T) -> io::Result<AsyncFd<T>> {
    // SAFETY: an owned descriptor is open and stays the same until the AsyncFd, which holds it, is dropped.
    unsafe { AsyncFd::register(fd) }.map_err(|e| e.into_parts().1)
}

/// As [`watch`], for one kind of readiness.
pub(crate) fn watch_for<T: Owning + AsRawFd>(fd: T, interest: Interest) -> io::Result<AsyncFd<T>> {
    // SAFETY: as for `watch`.
    unsafe { AsyncFd::register_with_interest(fd, interest) }.map_err(|e| e.into_parts().1)
}

/// Borrows a descriptor number that JavaScript named, if it is open right now.
pub(crate) fn borrow_number<'a>(fd: i32) -> io::Result<BorrowedFd<'a>> {
    if fd < 0 {
        return Err(io::Error::from_raw_os_error(libc::EBADF));
    }
    // SAFETY: the number is checked to be open; the caller uses it at once, before any JavaScript can close it.
    unsafe {
        check(libc::fcntl(fd, libc::F_GETFD))?;
        Ok(BorrowedFd::borrow_raw(fd))
    }
}

/// A socket address as the kernel has it.
pub(crate) struct RawAddress {
    pub storage: libc::sockaddr_storage,
    pub length: libc::socklen_t,
}

impl RawAddress {
    pub(crate) fn empty() -> RawAddress {
        RawAddress {
            // SAFETY: all-zero bytes are a valid sockaddr_storage.
            storage: unsafe { std::mem::zeroed() },
            length: size_of::<libc::sockaddr_storage>() as libc::socklen_t,
        }
    }

    /// The bytes in use.
    pub(crate) fn bytes(&self) -> &[u8] {
        let length = (self.length as usize).min(size_of::<libc::sockaddr_storage>());
        // SAFETY: the storage is plain bytes and at least `length` long.
        unsafe { std::slice::from_raw_parts((&raw const self.storage).cast(), length) }
    }

    /// An address of these bytes; they must fit.
    pub(crate) fn from_bytes(bytes: &[u8]) -> RawAddress {
        let mut address = RawAddress::empty();
        let length = bytes.len().min(size_of::<libc::sockaddr_storage>());
        // SAFETY: both regions are at least `length` bytes and do not overlap.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), (&raw mut address.storage).cast(), length) };
        address.length = length as libc::socklen_t;
        address
    }
}

pub(crate) fn bind(fd: BorrowedFd<'_>, address: &RawAddress) -> io::Result<()> {
    // SAFETY: the pointer is to a live sockaddr_storage of at least `length` bytes.
    check(unsafe { libc::bind(fd.as_raw_fd(), (&raw const address.storage).cast(), address.length) }).map(drop)
}

pub(crate) fn connect(fd: BorrowedFd<'_>, address: &RawAddress) -> io::Result<()> {
    // SAFETY: as for bind.
    check(unsafe { libc::connect(fd.as_raw_fd(), (&raw const address.storage).cast(), address.length) }).map(drop)
}

pub(crate) fn listen(fd: BorrowedFd<'_>, backlog: i32) -> io::Result<()> {
    // SAFETY: no pointers.
    check(unsafe { libc::listen(fd.as_raw_fd(), backlog) }).map(drop)
}

pub(crate) fn local_address(fd: BorrowedFd<'_>) -> io::Result<RawAddress> {
    let mut address = RawAddress::empty();
    // SAFETY: the pointers are to live storage and its length.
    check(unsafe {
        libc::getsockname(
            fd.as_raw_fd(),
            (&raw mut address.storage).cast(),
            &raw mut address.length,
        )
    })?;
    Ok(address)
}

pub(crate) fn peer_address(fd: BorrowedFd<'_>) -> io::Result<RawAddress> {
    let mut address = RawAddress::empty();
    // SAFETY: the pointers are to live storage and its length.
    check(unsafe {
        libc::getpeername(
            fd.as_raw_fd(),
            (&raw mut address.storage).cast(),
            &raw mut address.length,
        )
    })?;
    Ok(address)
}
