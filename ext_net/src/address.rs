//! Addresses: the kernel's form, and the text and numbers that Node shows.

use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use crate::sys::RawAddress;

/// An address of a stream socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// An internet address and port.
    Ip(SocketAddr),
    /// A unix socket's path; an abstract name starts with NUL; empty when unnamed.
    Unix(Vec<u8>),
}

const UNIX_PATH_OFFSET: usize = 2;
/// The longest path of a unix socket, without the final NUL.
pub(crate) const UNIX_PATH_MAX: usize = 107;

impl Address {
    /// Parses what JavaScript gives: an address without brackets, perhaps with `%zone`.
    pub(crate) fn ip(text: &str, port: u16) -> io::Result<Address> {
        let invalid = || io::Error::from_raw_os_error(libc::EINVAL);
        let (host, zone) = match text.split_once('%') {
            Some((host, zone)) => (host, Some(zone)),
            None => (text, None),
        };
        let ip: IpAddr = host.parse().map_err(|_| invalid())?;
        let scope = match (zone, ip) {
            // As libuv: an interface that is not there is no interface in particular.
            (Some(zone), IpAddr::V6(_)) => zone
                .parse()
                .unwrap_or_else(|_| nix::net::if_::if_nametoindex(zone).unwrap_or(0)),
            (Some(_), IpAddr::V4(_)) => return Err(invalid()),
            (None, _) => 0,
        };
        Ok(Address::Ip(match ip {
            IpAddr::V4(ip) => SocketAddr::V4(SocketAddrV4::new(ip, port)),
            IpAddr::V6(ip) => SocketAddr::V6(SocketAddrV6::new(ip, port, 0, scope)),
        }))
    }

    /// A unix path; `EINVAL` where it does not fit.
    pub(crate) fn unix(path: &[u8]) -> io::Result<Address> {
        let limit = if path.first() == Some(&0) {
            UNIX_PATH_MAX + 1
        } else {
            UNIX_PATH_MAX
        };
        if path.len() > limit {
            return Err(io::Error::from_raw_os_error(libc::EINVAL));
        }
        Ok(Address::Unix(path.to_vec()))
    }

    pub(crate) fn to_raw(&self) -> RawAddress {
        let mut bytes = Vec::with_capacity(128);
        match self {
            Address::Ip(SocketAddr::V4(a)) => {
                bytes.extend_from_slice(&(libc::AF_INET as u16).to_ne_bytes());
                bytes.extend_from_slice(&a.port().to_be_bytes());
                bytes.extend_from_slice(&a.ip().octets());
                bytes.extend_from_slice(&[0; 8]);
            }
            Address::Ip(SocketAddr::V6(a)) => {
                bytes.extend_from_slice(&(libc::AF_INET6 as u16).to_ne_bytes());
                bytes.extend_from_slice(&a.port().to_be_bytes());
                bytes.extend_from_slice(&a.flowinfo().to_be_bytes());
                bytes.extend_from_slice(&a.ip().octets());
                bytes.extend_from_slice(&a.scope_id().to_ne_bytes());
            }
            Address::Unix(path) => {
                bytes.extend_from_slice(&(libc::AF_UNIX as u16).to_ne_bytes());
                bytes.extend_from_slice(path);
                if path.first() != Some(&0) {
                    bytes.push(0);
                }
            }
        }
        RawAddress::from_bytes(&bytes)
    }

    pub(crate) fn from_raw(raw: &RawAddress) -> io::Result<Address> {
        let bytes = raw.bytes();
        let family = bytes.first_chunk::<2>().map_or(0, |b| u16::from_ne_bytes(*b));
        let port = || u16::from_be_bytes([bytes[2], bytes[3]]);
        match i32::from(family) {
            libc::AF_INET if bytes.len() >= 8 => {
                let ip = IpAddr::from([bytes[4], bytes[5], bytes[6], bytes[7]]);
                Ok(Address::Ip(SocketAddr::new(ip, port())))
            }
            libc::AF_INET6 if bytes.len() >= 28 => {
                let octets: [u8; 16] = bytes[8..24].try_into().expect("16 bytes");
                let scope = u32::from_ne_bytes(bytes[24..28].try_into().expect("4 bytes"));
                Ok(Address::Ip(SocketAddr::V6(SocketAddrV6::new(
                    Ipv6Addr::from(octets),
                    port(),
                    0,
                    scope,
                ))))
            }
            libc::AF_UNIX => {
                let path = &bytes[UNIX_PATH_OFFSET.min(bytes.len())..];
                let end = match path.first() {
                    Some(0) | None => path.len(),
                    Some(_) => path.iter().position(|b| *b == 0).unwrap_or(path.len()),
                };
                Ok(Address::Unix(path[..end].to_vec()))
            }
            _ => Err(io::Error::from_raw_os_error(libc::EAFNOSUPPORT)),
        }
    }

    /// The text that Node shows: an IP without port or brackets, or a path.
    pub(crate) fn text(&self) -> String {
        match self {
            Address::Ip(SocketAddr::V4(a)) => a.ip().to_string(),
            Address::Ip(SocketAddr::V6(a)) => {
                if a.scope_id() == 0 {
                    a.ip().to_string()
                } else {
                    let name = nix::net::if_::if_indextoname(a.scope_id())
                        .map_or_else(|_| a.scope_id().to_string(), |n| n.to_string_lossy().into_owned());
                    format!("{}%{name}", a.ip())
                }
            }
            Address::Unix(path) => String::from_utf8_lossy(path).into_owned(),
        }
    }

    /// 4 or 6, or 0 for a unix socket.
    pub(crate) fn version(&self) -> u32 {
        match self {
            Address::Ip(SocketAddr::V4(_)) => 4,
            Address::Ip(SocketAddr::V6(_)) => 6,
            Address::Unix(_) => 0,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        match self {
            Address::Ip(a) => a.port(),
            Address::Unix(_) => 0,
        }
    }

    pub(crate) fn domain(&self) -> libc::c_int {
        match self {
            Address::Ip(SocketAddr::V4(_)) => libc::AF_INET,
            Address::Ip(SocketAddr::V6(_)) => libc::AF_INET6,
            Address::Unix(_) => libc::AF_UNIX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(address: Address) {
        assert_eq!(Address::from_raw(&address.to_raw()).expect("a known family"), address);
    }

    #[test]
    fn addresses_survive_the_kernels_form() {
        round_trip(Address::ip("127.0.0.1", 8000).expect("IPv4"));
        round_trip(Address::ip("::1", 65535).expect("IPv6"));
        round_trip(Address::ip("fe80::1%1", 1).expect("IPv6 with a zone"));
        round_trip(Address::unix(b"/tmp/a.sock").expect("a path"));
        round_trip(Address::unix(b"\0abstract").expect("an abstract name"));
    }

    #[test]
    fn a_path_of_108_bytes_is_too_long() {
        assert!(Address::unix(&[b'a'; 107]).is_ok());
        let error = Address::unix(&[b'a'; 108]).expect_err("too long");
        assert_eq!(error.raw_os_error(), Some(libc::EINVAL));
    }

    #[test]
    fn garbage_is_einval() {
        for text in ["", "localhost", "1.2.3", "::g", "1.2.3.4%1"] {
            assert!(Address::ip(text, 1).is_err(), "{text}");
        }
    }
}
