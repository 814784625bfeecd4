//! Bytes and descriptors over an AF_UNIX socket: recvmsg and sendmsg. All `unsafe` of the channel's I/O is here.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use rtjs_net::Family;

/// The kernel's bound on descriptors in one message.
pub(crate) const MAX_FDS: usize = 253;

/// What the kernel is asked to hold once a peer has been slower than this side, in bytes.
const SEND_BUFFER: usize = 256 << 10;

const CONTROL_BYTES: usize = 1056;

// Control messages hold C structs, and so need their alignment.
#[repr(C, align(8))]
struct Control([MaybeUninit<u8>; CONTROL_BYTES]);

/// What a read has brought.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Received {
    /// So many bytes; 0 is the end of the stream.
    pub count: usize,
    /// The last of the descriptors, or all, are lost, because this process has no room for them.
    pub lost: bool,
}

/// Reads into `buffer` without blocking; the descriptors that came along are appended to `fds`, close-on-exec.
pub(crate) fn receive(socket: BorrowedFd<'_>, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<Received> {
    let mut control = Control([MaybeUninit::uninit(); CONTROL_BYTES]);
    let mut part = libc::iovec {
        iov_base: buffer.as_mut_ptr().cast(),
        iov_len: buffer.len(),
    };
    // SAFETY: all-zero bytes are a valid msghdr.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &raw mut part;
    message.msg_iovlen = 1;
    message.msg_control = (&raw mut control).cast();
    message.msg_controllen = CONTROL_BYTES;
    let flags = libc::MSG_CMSG_CLOEXEC | libc::MSG_DONTWAIT;
    // SAFETY: `message` points to `part` and `control`, which live through the call and have the stated lengths.
    let count = unsafe { libc::recvmsg(socket.as_raw_fd(), &raw mut message, flags) };
    let count = usize::try_from(count).map_err(|_| io::Error::last_os_error())?;
    // SAFETY: the kernel filled `control` up to `msg_controllen`; the macros stay within it. The descriptors in it are new and nobody else's.
    unsafe {
        let mut header = libc::CMSG_FIRSTHDR(&raw const message);
        while !header.is_null() {
            if (*header).cmsg_level == libc::SOL_SOCKET && (*header).cmsg_type == libc::SCM_RIGHTS {
                let bytes = (*header).cmsg_len - libc::CMSG_LEN(0) as usize;
                let numbers = libc::CMSG_DATA(header).cast::<RawFd>();
                for index in 0..bytes / size_of::<RawFd>() {
                    fds.push(OwnedFd::from_raw_fd(numbers.add(index).read_unaligned()));
                }
            }
            header = libc::CMSG_NXTHDR(&raw const message, header);
        }
    }
    let lost = message.msg_flags & libc::MSG_CTRUNC != 0;
    Ok(Received { count, lost })
}

/// Writes without blocking and without SIGPIPE; `fds` go along with the first byte.
///
/// # Errors
/// `EINVAL` for more than [`MAX_FDS`] descriptors; what sendmsg says.
pub(crate) fn send(socket: BorrowedFd<'_>, pieces: &[IoSlice<'_>], fds: &[impl AsRawFd]) -> io::Result<usize> {
    let flags = libc::MSG_NOSIGNAL | libc::MSG_DONTWAIT;
    if let ([bytes], []) = (pieces, fds) {
        // SAFETY: the pointer and length are those of a live slice.
        let count = unsafe { libc::send(socket.as_raw_fd(), bytes.as_ptr().cast(), bytes.len(), flags) };
        return usize::try_from(count).map_err(|_| io::Error::last_os_error());
    }
    if fds.len() > MAX_FDS {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    let mut control = Control([MaybeUninit::zeroed(); CONTROL_BYTES]);
    let payload = (fds.len() * size_of::<RawFd>()) as u32;
    // SAFETY: an IoSlice has the layout of an iovec, and sendmsg only reads what `message` points to. `control` has room for MAX_FDS descriptors
    // and their header; the macros and writes stay within `msg_controllen`.
    let count = unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = pieces.as_ptr().cast_mut().cast();
        message.msg_iovlen = pieces.len();
        if !fds.is_empty() {
            message.msg_control = (&raw mut control).cast();
            message.msg_controllen = libc::CMSG_SPACE(payload) as usize;
            let header = libc::CMSG_FIRSTHDR(&raw const message);
            (*header).cmsg_level = libc::SOL_SOCKET;
            (*header).cmsg_type = libc::SCM_RIGHTS;
            (*header).cmsg_len = libc::CMSG_LEN(payload) as usize;
            let numbers = libc::CMSG_DATA(header).cast::<RawFd>();
            for (index, fd) in fds.iter().enumerate() {
                numbers.add(index).write_unaligned(fd.as_raw_fd());
            }
        }
        libc::sendmsg(socket.as_raw_fd(), &raw const message, flags)
    };
    usize::try_from(count).map_err(|_| io::Error::last_os_error())
}

/// Asks the kernel to hold more of what this side sends, so that a peer that is slow to wake up has something to read meanwhile. Returns whether it
/// does; the system's administrator has the last word.
pub(crate) fn enlarge(socket: BorrowedFd<'_>) -> bool {
    use nix::sys::socket::{getsockopt, setsockopt, sockopt::SndBuf};
    // The kernel doubles what is asked for, and gives the doubled figure back.
    let Ok(before) = getsockopt(&socket, SndBuf) else {
        return false;
    };
    before < 2 * SEND_BUFFER
        && setsockopt(&socket, SndBuf, &SEND_BUFFER).is_ok()
        && getsockopt(&socket, SndBuf).is_ok_and(|after| after > before)
}

/// Takes ownership of a descriptor number that came from the environment or from JavaScript, and makes it close-on-exec and non-blocking.
///
/// # Errors
/// `EBADF` when it is not open, `ENOTSOCK` when it is no socket.
pub(crate) fn adopt_socket(fd: RawFd) -> io::Result<OwnedFd> {
    let mut kind: libc::c_int = 0;
    let mut length = size_of::<libc::c_int>() as libc::socklen_t;
    let kind_pointer = (&raw mut kind).cast();
    // SAFETY: the pointers are to live integers of the stated size; the calls fail on a number that is not open. Whoever names it gives it away.
    unsafe {
        let asked = libc::getsockopt(fd, libc::SOL_SOCKET, libc::SO_TYPE, kind_pointer, &raw mut length);
        let flags = libc::fcntl(fd, libc::F_GETFL);
        if asked < 0
            || flags < 0
            || libc::fcntl(fd, libc::F_SETFL, flags | libc::O_NONBLOCK) < 0
            || libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) < 0
        {
            return Err(io::Error::last_os_error());
        }
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// The family of a stream socket that came from a peer; makes it non-blocking.
///
/// # Errors
/// `ENOTSOCK`; `EPROTOTYPE` for a socket of another kind.
pub(crate) fn prepare_stream(fd: &OwnedFd) -> io::Result<Family> {
    use nix::fcntl::{FcntlArg, OFlag, fcntl};
    let mut domain: libc::c_int = 0;
    let mut length = size_of::<libc::c_int>() as libc::socklen_t;
    let domain_pointer = (&raw mut domain).cast();
    // SAFETY: the pointers are to live integers of the stated size.
    let asked = unsafe {
        libc::getsockopt(
            fd.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_DOMAIN,
            domain_pointer,
            &raw mut length,
        )
    };
    if asked < 0 {
        return Err(io::Error::last_os_error());
    }
    let flags = OFlag::from_bits_retain(fcntl(fd, FcntlArg::F_GETFL)?);
    if !flags.contains(OFlag::O_NONBLOCK) {
        fcntl(fd, FcntlArg::F_SETFL(flags | OFlag::O_NONBLOCK))?;
    }
    match domain {
        libc::AF_INET | libc::AF_INET6 => Ok(Family::Tcp),
        libc::AF_UNIX => Ok(Family::Unix),
        _ => Err(io::Error::from_raw_os_error(libc::EPROTOTYPE)),
    }
}

/// Takes ownership of a descriptor number that this crate gave to JavaScript.
///
/// # Errors
/// `EBADF` when it is not open.
pub(crate) fn own(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: the number is checked to be open; JavaScript gives back what it was given.
    unsafe {
        if libc::fcntl(fd, libc::F_GETFD) < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(OwnedFd::from_raw_fd(fd))
    }
}

/// A second descriptor of the same thing as `fd`, a number that JavaScript named.
///
/// # Errors
/// `EBADF` when it is not open; `EMFILE`.
pub(crate) fn duplicate(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: the call fails on a number that is not open; its result is new and nobody else's.
    unsafe {
        let copy = libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0);
        if copy < 0 {
            Err(io::Error::last_os_error())
        } else {
            Ok(OwnedFd::from_raw_fd(copy))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::fd::AsFd;

    use nix::sys::socket::{AddressFamily, SockFlag, SockType, socketpair};

    use super::*;

    fn pair() -> (OwnedFd, OwnedFd) {
        socketpair(AddressFamily::Unix, SockType::Stream, None, SockFlag::SOCK_CLOEXEC).unwrap()
    }

    #[test]
    fn descriptors_arrive_with_their_bytes() {
        let (a, b) = pair();
        let files: Vec<OwnedFd> = (0..MAX_FDS).map(|_| pair().0).collect();
        assert_eq!(
            send(
                a.as_fd(),
                &[IoSlice::new(b"no"), IoSlice::new(b"ne")],
                &[] as &[OwnedFd]
            )
            .unwrap(),
            4
        );
        assert_eq!(send(a.as_fd(), &[IoSlice::new(b"all")], &files).unwrap(), 3);
        let mut buffer = [0; 64];
        let mut fds = Vec::new();
        let first = receive(b.as_fd(), &mut buffer, &mut fds).unwrap().count;
        let rest = match first {
            4 => receive(b.as_fd(), &mut buffer[4..], &mut fds).unwrap().count,
            _ => 0,
        };
        assert_eq!(&buffer[..first + rest], b"noneall");
        assert_eq!(fds.len(), MAX_FDS);
        let flags = nix::fcntl::fcntl(&fds[7], nix::fcntl::FcntlArg::F_GETFD).unwrap();
        assert_eq!(flags, libc::FD_CLOEXEC);
    }

    #[test]
    fn too_many_descriptors_are_refused() {
        let (a, _b) = pair();
        let files: Vec<OwnedFd> = (0..=MAX_FDS).map(|_| pair().0).collect();
        assert_eq!(
            send(a.as_fd(), &[IoSlice::new(b"x")], &files)
                .unwrap_err()
                .raw_os_error(),
            Some(libc::EINVAL)
        );
    }

    #[test]
    fn an_empty_socket_and_a_closed_one_are_told_apart() {
        let (a, b) = pair();
        let mut buffer = [0; 8];
        let error = receive(b.as_fd(), &mut buffer, &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock);
        drop(a);
        assert_eq!(receive(b.as_fd(), &mut buffer, &mut Vec::new()).unwrap().count, 0);
        assert_eq!(
            send(b.as_fd(), &[IoSlice::new(b"x")], &[] as &[OwnedFd])
                .unwrap_err()
                .raw_os_error(),
            Some(libc::EPIPE)
        );
    }

    #[test]
    fn only_sockets_are_adopted() {
        assert_eq!(adopt_socket(-1).unwrap_err().raw_os_error(), Some(libc::EBADF));
        let file = std::fs::File::open("/dev/null").unwrap();
        assert_eq!(
            adopt_socket(file.as_raw_fd()).unwrap_err().raw_os_error(),
            Some(libc::ENOTSOCK)
        );
    }
}
