//! `dns.lookup` and `dns.lookupService`: getaddrinfo(3) and getnameinfo(3) on a thread of tokio's pool.

use std::net::SocketAddr;

use deno_core::{OpState, op2, v8};
use rtjs_core::{EventLoop, Scope};

use crate::address::Address;
use crate::sys::names;

/// Runs `work` on another thread, then `callback(status, ...values)` in the loop: status 0 or libuv's EAI number.
fn start<T: Send + 'static>(
    state: &OpState,
    callback: v8::Global<v8::Function>,
    work: impl FnOnce() -> Result<T, i32> + Send + 'static,
    to_js: impl for<'s> FnOnce(&mut Scope<'s, '_>, T) -> [v8::Local<'s, v8::Value>; 2] + 'static,
) {
    let door = EventLoop::from_state(state);
    let alive = door.keep_alive();
    alive.set_active(true);
    let to_loop = door.clone();
    door.spawn(async move {
        let result = tokio::task::spawn_blocking(work).await.unwrap_or(Err(libc::EAI_FAIL));
        to_loop.post(move |scope| {
            drop(alive);
            let function = v8::Local::new(scope, &callback).into();
            let undefined = v8::undefined(scope).into();
            match result {
                Ok(value) => {
                    let zero = v8::Integer::new(scope, 0).into();
                    let [first, second] = to_js(scope, value);
                    rtjs_core::invoke(scope, function, undefined, &[zero, first, second]);
                }
                Err(code) => {
                    let status = v8::Integer::new(scope, uv_code(code)).into();
                    rtjs_core::invoke(scope, function, undefined, &[status]);
                }
            }
        });
    });
}

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
    let work = move || {
        let host = super::message::to_ascii(&host).ok_or(libc::EAI_NONAME)?;
        names::addresses(&host, family, hints)
    };
    start(state, callback, work, |scope, addresses| {
        let texts: Vec<v8::Local<v8::Value>> = addresses
            .iter()
            .filter_map(|a| v8::String::new(scope, &a.to_string()))
            .map(Into::into)
            .collect();
        let list = v8::Array::new_with_elements(scope, &texts).into();
        [list, v8::undefined(scope).into()]
    });
}

/// Looks up the names of an IP address and a port's service and calls `callback(status, host, service)`. Without an error; an address that is none is 0.0.0.0.
#[op2]
pub fn op_net_dns_lookup_service(
    state: &mut OpState,
    #[string] address: String,
    port: u32,
    #[scoped] callback: v8::Global<v8::Function>,
) {
    let address = match Address::ip(&address, port as u16) {
        Ok(Address::Ip(address)) => address,
        _ => SocketAddr::from(([0, 0, 0, 0], port as u16)),
    };
    let work = move || names::names(address);
    start(state, callback, work, |scope, (host, service)| {
        [host, service].map(|text| match v8::String::new(scope, &text) {
            Some(text) => text.into(),
            None => v8::undefined(scope).into(),
        })
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
        libc::EAI_OVERFLOW => -3009,
        libc::EAI_SERVICE => -3010,
        libc::EAI_SOCKTYPE => -3011,
        libc::EAI_SYSTEM => -libc::EIO,
        _ => -3004,
    }
}
