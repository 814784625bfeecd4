//! TCP: what `Tcp` has beside a stream's methods.

use deno_core::{CppgcInherits, GarbageCollected, op2, v8};
use deno_error::JsErrorBox;

use crate::address::Address;
use crate::socket::Family;
use crate::stream_handle::{StreamHandle, status};
use crate::sys;

/// A TCP socket or listener.
#[derive(CppgcInherits)]
#[cppgc_inherits_from(StreamHandle)]
#[repr(C)]
pub struct Tcp {
    pub(crate) base: StreamHandle,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for Tcp {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"Tcp"
    }
}

/// Bits of `bind`'s flags.
const IPV6_ONLY: u32 = 1;
const REUSE_PORT: u32 = 2;

#[op2(inherit = StreamHandle)]
impl Tcp {
    #[constructor]
    #[cppgc]
    fn new(isolate: &mut v8::Isolate) -> Result<Tcp, JsErrorBox> {
        Ok(Tcp {
            base: StreamHandle::new(isolate, Family::Tcp)?,
        })
    }

    /// Binds to an IP address; flags: 1 IPv6 only, 2 SO_REUSEPORT.
    #[fast]
    fn bind(&self, #[string] address: &str, port: u32, flags: u32) -> i32 {
        let socket = &self.base.socket;
        status((|| {
            let address = Address::ip(address, port as u16)?;
            socket.ensure_fd(address.domain())?;
            socket.with_fd(|fd| {
                sys::set_option(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, 1)?;
                if flags & REUSE_PORT != 0 {
                    sys::set_option(fd, libc::SOL_SOCKET, libc::SO_REUSEPORT, 1)?;
                }
                if address.version() == 6 {
                    let only = i32::from(flags & IPV6_ONLY != 0);
                    sys::set_option(fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, only)?;
                }
                match sys::bind(fd, &address.to_raw()) {
                    // Only listening or connecting shows whether somebody else has the port, so that is where libuv reports it.
                    Err(error) if error.raw_os_error() == Some(libc::EADDRINUSE) => {
                        socket.deferred.set(-libc::EADDRINUSE);
                        Ok(())
                    }
                    result => result,
                }
            })
        })())
    }

    /// Starts connecting to an IP address; the connect callback comes unless this returns an errno.
    #[fast]
    fn connect(&self, #[string] address: &str, port: u32) -> i32 {
        status(Address::ip(address, port as u16).and_then(|a| self.base.socket.connect(&a)))
    }

    /// Turns Nagle's algorithm off or on.
    #[fast]
    fn set_no_delay(&self, enable: bool) -> i32 {
        status(
            self.base
                .socket
                .with_fd(|fd| sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_NODELAY, i32::from(enable))),
        )
    }

    /// Turns keep-alive probes on or off; `delay` is in seconds before the first.
    #[fast]
    fn set_keep_alive(&self, enable: bool, delay: u32) -> i32 {
        status(self.base.socket.with_fd(|fd| {
            sys::set_option(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE, i32::from(enable))?;
            if enable && delay > 0 {
                // libuv's interval and count.
                sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_KEEPIDLE, delay as i32)?;
                sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, 1)?;
                sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_KEEPCNT, 10)?;
            }
            Ok(())
        }))
    }

    /// Closes with a reset.
    #[nofast]
    fn reset(&self, scope: &mut v8::PinScope<'_, '_>) -> i32 {
        let result = status(self.base.socket.with_fd(sys::linger_zero));
        self.base.socket.close();
        self.base.socket.reactor.forget_stale(scope);
        result
    }

    /// Sets the type-of-service byte.
    #[fast]
    fn set_type_of_service(&self, value: u32) -> i32 {
        status(self.base.socket.with_fd(|fd| {
            sys::set_option(fd, libc::IPPROTO_IP, libc::IP_TOS, value as i32)
                .or_else(|_| sys::set_option(fd, libc::IPPROTO_IPV6, libc::IPV6_TCLASS, value as i32))
        }))
    }

    /// The type-of-service byte, or a negative errno.
    #[fast]
    fn get_type_of_service(&self) -> i32 {
        self.base
            .socket
            .with_fd(|fd| {
                sys::get_option(fd, libc::IPPROTO_IP, libc::IP_TOS)
                    .or_else(|_| sys::get_option(fd, libc::IPPROTO_IPV6, libc::IPV6_TCLASS))
            })
            .unwrap_or_else(|e| rtjs_core::errno(&e))
    }

    /// Fills `out` with this end's address, family ('IPv4', 'IPv6') and port.
    #[fast]
    fn getsockname<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        let raw = self.base.socket.with_fd(sys::local_address);
        status(
            raw.and_then(|raw| Address::from_raw(&raw))
                .map(|a| fill(scope, out, &a)),
        )
    }

    /// Fills `out` with the peer's address, family and port.
    #[fast]
    fn getpeername<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        let raw = self.base.socket.with_fd(sys::peer_address);
        status(
            raw.and_then(|raw| Address::from_raw(&raw))
                .map(|a| fill(scope, out, &a)),
        )
    }
}

/// Puts an address into a JavaScript object in Node's form.
pub(crate) fn fill<'s>(scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>, address: &Address) {
    let set = |scope: &mut v8::PinScope<'s, '_>, name: &str, value: v8::Local<'s, v8::Value>| {
        if let Some(key) = v8::String::new(scope, name) {
            out.set(scope, key.into(), value);
        }
    };
    if let Some(text) = v8::String::new(scope, &address.text()) {
        set(scope, "address", text.into());
    }
    let family = if address.version() == 6 { "IPv6" } else { "IPv4" };
    if let Some(text) = v8::String::new(scope, family) {
        set(scope, "family", text.into());
    }
    let port = v8::Integer::new(scope, i32::from(address.port())).into();
    set(scope, "port", port);
}
