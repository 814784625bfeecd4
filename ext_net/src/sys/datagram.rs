//! Datagrams: receiving several in one call, sending gathered ones, and the options of multicast.

use std::io;
use std::mem::MaybeUninit;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use super::{RawAddress, check, check_len};

/// The most that a datagram can have, and then some.
pub(crate) const LARGEST: usize = 64 * 1024;
/// The most datagrams that one call brings.
pub(crate) const BATCH: usize = 32;

/// A non-blocking, close-on-exec datagram socket.
pub(crate) fn socket(family: libc::c_int) -> io::Result<OwnedFd> {
    let kind = libc::SOCK_DGRAM | libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC;
    // SAFETY: no pointers; the result is checked and owned by nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(check(libc::socket(family, kind, 0))?) })
}

/// Room for a number of datagrams. Memory that none has reached yet is not there: a system that clears pages on first use gives them one by one.
pub(crate) struct Batch {
    memory: Box<[MaybeUninit<u8>]>,
    received: Vec<Received>,
    next: usize,
}

struct Received {
    length: usize,
    cut: bool,
    from: RawAddress,
}

impl Batch {
    pub(crate) fn new() -> Batch {
        Batch {
            memory: Box::new_uninit_slice(LARGEST * BATCH),
            received: Vec::with_capacity(BATCH),
            next: 0,
        }
    }

    /// Receives up to `most` of what has come, forgetting what is here. Whether there may be more.
    pub(crate) fn receive(&mut self, fd: BorrowedFd<'_>, most: usize) -> io::Result<bool> {
        let most = most.min(BATCH);
        self.received.clear();
        self.next = 0;
        let mut addresses: [RawAddress; BATCH] = std::array::from_fn(|_| RawAddress::empty());
        // SAFETY: all-zero bytes are valid for these plain C structs. Every pointer below is to memory of this function or of `self.memory`, whose
        // pieces do not overlap and are as long as their vectors say; all live through the call.
        let (count, headers) = unsafe {
            let mut vectors: [libc::iovec; BATCH] = std::mem::zeroed();
            let mut headers: [libc::mmsghdr; BATCH] = std::mem::zeroed();
            for i in 0..most {
                vectors[i].iov_base = self.memory[i * LARGEST..].as_mut_ptr().cast();
                vectors[i].iov_len = LARGEST;
                let header = &mut headers[i].msg_hdr;
                header.msg_iov = &raw mut vectors[i];
                header.msg_iovlen = 1;
                header.msg_name = (&raw mut addresses[i].storage).cast();
                header.msg_namelen = addresses[i].length;
            }
            let flags = libc::MSG_DONTWAIT as _;
            let count = libc::recvmmsg(
                fd.as_raw_fd(),
                headers.as_mut_ptr(),
                most as libc::c_uint,
                flags,
                std::ptr::null_mut(),
            );
            (check_len(count as libc::ssize_t)?, headers)
        };
        for (header, mut from) in headers[..count].iter().zip(addresses) {
            from.length = header.msg_hdr.msg_namelen;
            self.received.push(Received {
                length: header.msg_len as usize,
                cut: header.msg_hdr.msg_flags & libc::MSG_TRUNC != 0,
                from,
            });
        }
        Ok(count == most)
    }

    /// The next of those that have been received: its bytes, where it came from, and whether it was cut.
    pub(crate) fn take(&mut self) -> Option<(&[u8], &RawAddress, bool)> {
        let received = self.received.get(self.next)?;
        let start = self.next * LARGEST;
        self.next += 1;
        let part = &self.memory[start..start + received.length.min(LARGEST)];
        // SAFETY: the kernel has written this many bytes there; MaybeUninit<u8> has u8's layout.
        let bytes = unsafe { std::slice::from_raw_parts(part.as_ptr().cast(), part.len()) };
        Some((bytes, &received.from, received.cut))
    }

    /// Whether all have been taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.next >= self.received.len()
    }

    /// Forgets those that nobody wants any more.
    pub(crate) fn clear(&mut self) {
        self.received.clear();
    }
}

/// Sends one datagram, to `to` or to the peer that the socket is connected to.
///
/// # Safety
/// The vectors' memory stays allocated through the call.
pub(crate) unsafe fn send(fd: BorrowedFd<'_>, vectors: &[libc::iovec], to: Option<&RawAddress>) -> io::Result<usize> {
    // SAFETY: all-zero bytes are a valid msghdr; the address lives through the call; for the vectors' memory the caller vouches.
    check_len(unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = vectors.as_ptr().cast_mut();
        message.msg_iovlen = vectors.len();
        if let Some(to) = to {
            message.msg_name = (&raw const to.storage).cast_mut().cast();
            message.msg_namelen = to.length;
        }
        libc::sendmsg(fd.as_raw_fd(), &raw const message, libc::MSG_NOSIGNAL)
    })
}

/// Ends a socket's being connected.
pub(crate) fn disconnect(fd: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: all-zero bytes are a valid sockaddr, which lives through the call; its family is AF_UNSPEC.
    check(unsafe {
        let address: libc::sockaddr = std::mem::zeroed();
        libc::connect(
            fd.as_raw_fd(),
            &raw const address,
            size_of::<libc::sockaddr>() as libc::socklen_t,
        )
    })
    .map(drop)
}

fn set<T>(fd: BorrowedFd<'_>, level: libc::c_int, name: libc::c_int, value: &T) -> io::Result<()> {
    // SAFETY: the pointer and length are those of a live value, a plain C struct in all uses.
    check(unsafe {
        libc::setsockopt(
            fd.as_raw_fd(),
            level,
            name,
            std::ptr::from_ref(value).cast(),
            size_of::<T>() as libc::socklen_t,
        )
    })
    .map(drop)
}

fn in_addr(address: Ipv4Addr) -> libc::in_addr {
    libc::in_addr {
        s_addr: u32::from_ne_bytes(address.octets()),
    }
}

fn in6_addr(address: Ipv6Addr) -> libc::in6_addr {
    libc::in6_addr {
        s6_addr: address.octets(),
    }
}

/// Joins or leaves a group on the interface with an address.
pub(crate) fn membership_v4(fd: BorrowedFd<'_>, group: Ipv4Addr, interface: Ipv4Addr, join: bool) -> io::Result<()> {
    let request = libc::ip_mreq {
        imr_multiaddr: in_addr(group),
        imr_interface: in_addr(interface),
    };
    let name = if join {
        libc::IP_ADD_MEMBERSHIP
    } else {
        libc::IP_DROP_MEMBERSHIP
    };
    set(fd, libc::IPPROTO_IP, name, &request)
}

/// Joins or leaves a group on the interface with an index; 0 lets the system choose.
pub(crate) fn membership_v6(fd: BorrowedFd<'_>, group: Ipv6Addr, interface: u32, join: bool) -> io::Result<()> {
    let request = libc::ipv6_mreq {
        ipv6mr_multiaddr: in6_addr(group),
        ipv6mr_interface: interface,
    };
    let name = if join {
        libc::IPV6_ADD_MEMBERSHIP
    } else {
        libc::IPV6_DROP_MEMBERSHIP
    };
    set(fd, libc::IPPROTO_IPV6, name, &request)
}

/// Joins or leaves what one source sends to a group.
pub(crate) fn source_membership_v4(
    fd: BorrowedFd<'_>,
    source: Ipv4Addr,
    group: Ipv4Addr,
    interface: Ipv4Addr,
    join: bool,
) -> io::Result<()> {
    let request = libc::ip_mreq_source {
        imr_multiaddr: in_addr(group),
        imr_interface: in_addr(interface),
        imr_sourceaddr: in_addr(source),
    };
    let name = if join {
        libc::IP_ADD_SOURCE_MEMBERSHIP
    } else {
        libc::IP_DROP_SOURCE_MEMBERSHIP
    };
    set(fd, libc::IPPROTO_IP, name, &request)
}

/// As [`source_membership_v4`], on the interface with an index.
pub(crate) fn source_membership_v6(
    fd: BorrowedFd<'_>,
    source: Ipv6Addr,
    group: Ipv6Addr,
    interface: u32,
    join: bool,
) -> io::Result<()> {
    /// The kernel's `struct group_source_req`.
    #[repr(C)]
    struct Request {
        interface: u32,
        group: libc::sockaddr_storage,
        source: libc::sockaddr_storage,
    }
    const MCAST_JOIN_SOURCE_GROUP: libc::c_int = 46;
    const MCAST_LEAVE_SOURCE_GROUP: libc::c_int = 47;
    let storage = |address: Ipv6Addr| {
        crate::address::Address::Ip(SocketAddr::new(address.into(), 0))
            .to_raw()
            .storage
    };
    let request = Request {
        interface,
        group: storage(group),
        source: storage(source),
    };
    let name = if join {
        MCAST_JOIN_SOURCE_GROUP
    } else {
        MCAST_LEAVE_SOURCE_GROUP
    };
    set(fd, libc::IPPROTO_IPV6, name, &request)
}

/// Chooses the interface that multicasts leave by.
pub(crate) fn multicast_interface_v4(fd: BorrowedFd<'_>, interface: Ipv4Addr) -> io::Result<()> {
    set(fd, libc::IPPROTO_IP, libc::IP_MULTICAST_IF, &in_addr(interface))
}

/// As [`multicast_interface_v4`], by index.
pub(crate) fn multicast_interface_v6(fd: BorrowedFd<'_>, interface: u32) -> io::Result<()> {
    set(fd, libc::IPPROTO_IPV6, libc::IPV6_MULTICAST_IF, &interface)
}
