//! Names to addresses by getaddrinfo(3), off the loop's thread.

use std::ffi::CString;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use deno_core::{OpState, op2, v8};
use rtjs_core::EventLoop;

/// Looks `host` up and calls `callback(status, addresses)`: status 0 or libuv's EAI number, addresses as text.
/// `family` is 0, 4 or 6; `hints` are getaddrinfo's flags.
#[op2]
pub fn op_net_dns_lookup(
    state: &mut OpState,
    #[string] host: String,
    family: i32,
    hints: i32,
    #[scoped] callback: v8::Global<v8::Function>,
) {
    let door = EventLoop::from_state(state);
    let alive = door.keep_alive();
    alive.set_active(true);
    let to_loop = door.clone();
    door.spawn(async move {
        let result = tokio::task::spawn_blocking(move || lookup(&host, family, hints))
            .await
            .unwrap_or(Err(libc::EAI_FAIL));
        to_loop.post(move |scope| {
            drop(alive);
            let (status, addresses) = match result {
                Ok(addresses) => (0, addresses),
                Err(code) => (uv_code(code), Vec::new()),
            };
            let status = v8::Integer::new(scope, status).into();
            let texts: Vec<v8::Local<v8::Value>> = addresses
                .iter()
                .filter_map(|a| v8::String::new(scope, &a.to_string()))
                .map(Into::into)
                .collect();
            let list = v8::Array::new_with_elements(scope, &texts).into();
            let function = v8::Local::new(scope, &callback);
            let undefined = v8::undefined(scope).into();
            rtjs_core::invoke(scope, function.into(), undefined, &[status, list]);
        });
    });
}

/// libuv's number for an EAI code of the system.
fn uv_code(code: i32) -> i32 {
    match code {
        libc::EAI_AGAIN => -3001,
        libc::EAI_BADFLAGS => -3002,
        libc::EAI_FAIL => -3004,
        libc::EAI_FAMILY => -3005,
        libc::EAI_MEMORY => -3006,
        libc::EAI_NODATA => -3007,
        libc::EAI_NONAME => -3008,
        libc::EAI_SERVICE => -3010,
        libc::EAI_SOCKTYPE => -3011,
        libc::EAI_SYSTEM => -libc::EIO,
        _ => -3004,
    }
}

struct List(*mut libc::addrinfo);

impl Drop for List {
    fn drop(&mut self) {
        // SAFETY: the pointer came from getaddrinfo and is freed once.
        unsafe { libc::freeaddrinfo(self.0) };
    }
}

fn lookup(host: &str, family: i32, hints: i32) -> Result<Vec<IpAddr>, i32> {
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
