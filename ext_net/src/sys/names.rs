//! The system's own resolver: names to addresses and back. Both calls block.

use std::ffi::{CStr, CString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::address::Address;

struct List(*mut libc::addrinfo);

impl Drop for List {
    fn drop(&mut self) {
        // SAFETY: the pointer came from getaddrinfo and is freed once.
        unsafe { libc::freeaddrinfo(self.0) };
    }
}

/// The addresses of `host`, by getaddrinfo(3); `family` is 0, 4 or 6, `hints` are its flags. An error is an EAI code.
pub(crate) fn addresses(host: &str, family: i32, hints: i32) -> Result<Vec<IpAddr>, i32> {
    let name = CString::new(host).map_err(|_| libc::EAI_NONAME)?;
    // SAFETY: all-zero bytes are a valid addrinfo; the pointers given to getaddrinfo live through the call; the list that it returns is walked
    // by its own links and each address is read as the family says.
    unsafe {
        let mut request: libc::addrinfo = std::mem::zeroed();
        request.ai_family = match family {
            4 => libc::AF_INET,
            6 => libc::AF_INET6,
            _ => libc::AF_UNSPEC,
        };
        request.ai_socktype = libc::SOCK_STREAM;
        request.ai_flags = hints;
        let mut head = std::ptr::null_mut();
        let code = libc::getaddrinfo(name.as_ptr(), std::ptr::null(), &raw const request, &raw mut head);
        if code != 0 {
            return Err(code);
        }
        let list = List(head);
        let mut addresses = Vec::new();
        let mut next = list.0;
        while let Some(entry) = next.as_ref() {
            match entry.ai_family {
                libc::AF_INET => {
                    let address = &*entry.ai_addr.cast::<libc::sockaddr_in>();
                    addresses.push(IpAddr::V4(Ipv4Addr::from(address.sin_addr.s_addr.to_ne_bytes())));
                }
                libc::AF_INET6 => {
                    let address = &*entry.ai_addr.cast::<libc::sockaddr_in6>();
                    addresses.push(IpAddr::V6(Ipv6Addr::from(address.sin6_addr.s6_addr)));
                }
                _ => {}
            }
            next = entry.ai_next;
        }
        Ok(addresses)
    }
}

/// The names of an address and of the service at its port, by getnameinfo(3). An address without a name is an error. An error is an EAI code.
pub(crate) fn names(address: SocketAddr) -> Result<(String, String), i32> {
    let raw = Address::Ip(address).to_raw();
    let mut host = [0u8; libc::NI_MAXHOST as usize];
    /// NI_MAXSERV, which the crate libc does not have.
    const SERVICE: usize = 32;
    let mut service = [0u8; SERVICE];
    // SAFETY: the pointers and lengths are those of live values.
    let code = unsafe {
        libc::getnameinfo(
            (&raw const raw.storage).cast(),
            raw.length,
            host.as_mut_ptr().cast(),
            host.len() as libc::socklen_t,
            service.as_mut_ptr().cast(),
            service.len() as libc::socklen_t,
            libc::NI_NAMEREQD,
        )
    };
    if code != 0 {
        return Err(code);
    }
    let text = |bytes: &[u8]| {
        CStr::from_bytes_until_nul(bytes).map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
    };
    Ok((text(&host), text(&service)))
}
