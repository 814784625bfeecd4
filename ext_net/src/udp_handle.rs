//! Datagram sockets as JavaScript has them. Methods return 0 or a negative errno where nothing else is said.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::fd::IntoRawFd;
use std::rc::Rc;

use deno_core::{GarbageCollected, op2, v8};
use deno_error::JsErrorBox;
use rtjs_core::EventLoop;

use crate::address::Address;
use crate::chunk::{Chunk, Chunks};
use crate::reactor::Reactor;
use crate::stream_handle::status;
use crate::sys;
use crate::sys::datagram;
use crate::tcp::fill;
use crate::udp::UdpSocket;

/// A datagram socket. It is closed when it is collected, but an owner set by `setOwner` keeps it until `close`.
pub struct Udp {
    socket: Rc<UdpSocket>,
}

// SAFETY: no traced members; its owner is in the reactor's table, which close() takes it out of.
unsafe impl GarbageCollected for Udp {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"Udp"
    }
}

/// Bits of `bind`'s flags, as libuv has them.
const IPV6_ONLY: u32 = 1;
const REUSE_ADDR: u32 = 4;
const REUSE_PORT: u32 = 8;

fn invalid() -> io::Error {
    io::Error::from_raw_os_error(libc::EINVAL)
}

fn ip(text: &str) -> io::Result<SocketAddr> {
    match Address::ip(text, 0)? {
        Address::Ip(address) => Ok(address),
        Address::Unix(_) => Err(invalid()),
    }
}

/// The IPv4 address of an interface; '' is any.
fn interface_v4(text: &str) -> io::Result<Ipv4Addr> {
    if text.is_empty() {
        return Ok(Ipv4Addr::UNSPECIFIED);
    }
    text.parse().map_err(|_| invalid())
}

/// The index of an interface that is named by an IPv6 address with a zone; '' is any.
fn interface_v6(text: &str) -> io::Result<u32> {
    if text.is_empty() {
        return Ok(0);
    }
    match ip(text)? {
        SocketAddr::V6(address) => Ok(address.scope_id()),
        SocketAddr::V4(_) => Err(invalid()),
    }
}

impl Udp {
    /// Sets an option that IPv4 and IPv6 have under different names.
    fn set_either(&self, v4: libc::c_int, v6: libc::c_int, value: i32) -> i32 {
        status(self.socket.domain().and_then(|domain| {
            self.socket.with_fd(|fd| {
                if domain == libc::AF_INET6 {
                    sys::set_option(fd, libc::IPPROTO_IPV6, v6, value)
                } else {
                    sys::set_option(fd, libc::IPPROTO_IP, v4, value)
                }
            })
        }))
    }

    /// A socket that nobody has bound is bound to any port, so that others can have the same later.
    fn bind_if_new(&self, domain: libc::c_int) -> io::Result<()> {
        if self.socket.has_fd() {
            return Ok(());
        }
        let any = if domain == libc::AF_INET6 { "::" } else { "0.0.0.0" };
        self.bind_to(any, 0, REUSE_ADDR)
    }

    fn bind_to(&self, address: &str, port: u32, flags: u32) -> io::Result<()> {
        let address = Address::ip(address, port as u16)?;
        if flags & IPV6_ONLY != 0 && address.version() == 4 {
            return Err(invalid());
        }
        self.socket.ensure_fd(address.domain())?;
        self.socket.with_fd(|fd| {
            if flags & REUSE_ADDR != 0 {
                sys::set_option(fd, libc::SOL_SOCKET, libc::SO_REUSEADDR, 1)?;
            }
            if flags & REUSE_PORT != 0 {
                sys::set_option(fd, libc::SOL_SOCKET, libc::SO_REUSEPORT, 1)?;
            }
            if flags & IPV6_ONLY != 0 {
                sys::set_option(fd, libc::IPPROTO_IPV6, libc::IPV6_V6ONLY, 1)?;
            }
            sys::bind(fd, &address.to_raw())
        })
    }

    fn membership(&self, group: &str, interface: &str, join: bool) -> io::Result<()> {
        match ip(group)? {
            SocketAddr::V4(group) => {
                self.bind_if_new(libc::AF_INET)?;
                let interface = interface_v4(interface)?;
                self.socket
                    .with_fd(|fd| datagram::membership_v4(fd, *group.ip(), interface, join))
            }
            SocketAddr::V6(group) => {
                self.bind_if_new(libc::AF_INET6)?;
                let interface = interface_v6(interface)?;
                self.socket
                    .with_fd(|fd| datagram::membership_v6(fd, *group.ip(), interface, join))
            }
        }
    }

    fn source_membership(&self, source: &str, group: &str, interface: &str, join: bool) -> io::Result<()> {
        match (ip(source)?.ip(), ip(group)?.ip()) {
            (IpAddr::V4(source), IpAddr::V4(group)) => {
                self.bind_if_new(libc::AF_INET)?;
                let interface = interface_v4(interface)?;
                self.socket
                    .with_fd(|fd| datagram::source_membership_v4(fd, source, group, interface, join))
            }
            (IpAddr::V6(source), IpAddr::V6(group)) => {
                self.bind_if_new(libc::AF_INET6)?;
                let interface = interface_v6(interface)?;
                self.socket
                    .with_fd(|fd| datagram::source_membership_v6(fd, source, group, interface, join))
            }
            _ => Err(invalid()),
        }
    }
}

#[op2]
impl Udp {
    #[constructor]
    #[cppgc]
    fn new(isolate: &mut v8::Isolate) -> Result<Udp, JsErrorBox> {
        let reactor = Reactor::from_isolate(isolate).map_err(|e| JsErrorBox::generic(e.to_string()))?;
        let keep_alive = EventLoop::from_isolate(isolate).keep_alive();
        Ok(Udp {
            socket: UdpSocket::new(keep_alive, reactor),
        })
    }

    /// The object that gets the handle's events. It is held strongly until `close`.
    #[nofast]
    fn set_owner<'s>(&self, scope: &mut v8::PinScope<'s, '_>, owner: v8::Local<'s, v8::Object>) {
        self.socket.reactor.set_owner(scope, &self.socket, owner);
    }

    /// Makes a socket of this descriptor number, which the handle owns from then on unless it returns an errno.
    #[fast]
    fn open(&self, fd: i32) -> i32 {
        status(sys::own(fd).and_then(|fd| {
            self.socket.open(fd).map_err(|(error, fd)| {
                // It stays the caller's.
                let _ = fd.into_raw_fd();
                error
            })
        }))
    }

    /// Binds to an IP address; flags: 1 IPv6 only, 4 SO_REUSEADDR, 8 SO_REUSEPORT.
    #[fast]
    fn bind(&self, #[string] address: &str, port: u32, flags: u32) -> i32 {
        status(self.bind_to(address, port, flags))
    }

    /// Chooses the one peer.
    #[fast]
    fn connect(&self, #[string] address: &str, port: u32) -> i32 {
        status(Address::ip(address, port as u16).and_then(|address| {
            self.bind_if_new(address.domain())?;
            self.socket.with_fd(|fd| sys::connect(fd, &address.to_raw()))
        }))
    }

    /// Takes that choice back.
    #[fast]
    fn disconnect(&self) -> i32 {
        status(self.socket.with_fd(datagram::disconnect))
    }

    /// Starts delivering datagrams.
    #[fast]
    fn recv_start(&self) -> i32 {
        status(self.socket.receive_start())
    }

    /// Stops delivering datagrams.
    #[fast]
    fn recv_stop(&self) -> i32 {
        self.socket.receive_stop();
        0
    }

    /// Sends the views as one datagram, to an address or, where that is '', to the peer. The size plus 1 when it is sent, 0 when an event will say so,
    /// or a negative errno.
    #[nofast]
    fn send<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        views: v8::Local<'s, v8::Array>,
        port: u32,
        #[string] address: &str,
    ) -> i32 {
        let mut chunks = Chunks::default();
        for index in 0..views.length() {
            let view = views.get_index(scope, index);
            let Some(view) = view.and_then(|v| v8::Local::<v8::ArrayBufferView>::try_from(v).ok()) else {
                return -libc::EINVAL;
            };
            chunks.push(Chunk::of_view(&view, 0));
        }
        let sent = if address.is_empty() {
            self.socket.send(chunks, None)
        } else {
            Address::ip(address, port as u16).and_then(|to| {
                self.bind_if_new(to.domain())?;
                self.socket.send(chunks, Some(&to))
            })
        };
        match sent {
            Ok(Some(size)) => i32::try_from(size).unwrap_or(i32::MAX - 1) + 1,
            Ok(None) => 0,
            Err(error) => rtjs_core::errno(&error),
        }
    }

    /// Datagrams that wait for the kernel.
    #[fast]
    fn get_send_queue_count(&self) -> u32 {
        self.socket.send_queue().0 as u32
    }

    /// Their bytes.
    #[fast]
    fn get_send_queue_size(&self) -> f64 {
        self.socket.send_queue().1 as f64
    }

    /// The text of the address that the event's datagram came from.
    #[string]
    fn last_address(&self) -> String {
        self.socket
            .last_from
            .borrow()
            .as_ref()
            .map_or_else(String::new, Address::text)
    }

    /// Fills `out` with this end's address, family ('IPv4', 'IPv6') and port.
    #[nofast]
    fn getsockname<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        let raw = self.socket.with_fd(sys::local_address);
        status(
            raw.and_then(|raw| Address::from_raw(&raw))
                .map(|a| fill(scope, out, &a)),
        )
    }

    /// Fills `out` with the peer's address, family and port.
    #[nofast]
    fn getpeername<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        let raw = self.socket.with_fd(sys::peer_address);
        status(
            raw.and_then(|raw| Address::from_raw(&raw))
                .map(|a| fill(scope, out, &a)),
        )
    }

    /// Allows or forbids sending to broadcast addresses.
    #[fast]
    fn set_broadcast(&self, on: bool) -> i32 {
        status(
            self.socket
                .with_fd(|fd| sys::set_option(fd, libc::SOL_SOCKET, libc::SO_BROADCAST, i32::from(on))),
        )
    }

    /// How many routers a datagram may pass, 1 to 255.
    #[fast]
    fn set_ttl(&self, ttl: i32) -> i32 {
        if !(1..=255).contains(&ttl) {
            return -libc::EINVAL;
        }
        self.set_either(libc::IP_TTL, libc::IPV6_UNICAST_HOPS, ttl)
    }

    /// As `setTtl`, for multicasts, 0 to 255.
    #[fast]
    fn set_multicast_ttl(&self, ttl: i32) -> i32 {
        if !(0..=255).contains(&ttl) {
            return -libc::EINVAL;
        }
        self.set_either(libc::IP_MULTICAST_TTL, libc::IPV6_MULTICAST_HOPS, ttl)
    }

    /// Whether this machine gets its own multicasts.
    #[fast]
    fn set_multicast_loopback(&self, on: bool) -> i32 {
        self.set_either(libc::IP_MULTICAST_LOOP, libc::IPV6_MULTICAST_LOOP, i32::from(on))
    }

    /// Chooses the interface that multicasts leave by: its IPv4 address, or an IPv6 address with its zone.
    #[fast]
    fn set_multicast_interface(&self, #[string] interface: &str) -> i32 {
        status(ip(interface).and_then(|address| {
            self.socket.with_fd(|fd| match address {
                SocketAddr::V4(address) => datagram::multicast_interface_v4(fd, *address.ip()),
                SocketAddr::V6(address) => datagram::multicast_interface_v6(fd, address.scope_id()),
            })
        }))
    }

    /// Joins a group on an interface ('' lets the system choose).
    #[fast]
    fn add_membership(&self, #[string] group: &str, #[string] interface: &str) -> i32 {
        status(self.membership(group, interface, true))
    }

    /// Leaves a group.
    #[fast]
    fn drop_membership(&self, #[string] group: &str, #[string] interface: &str) -> i32 {
        status(self.membership(group, interface, false))
    }

    /// Joins what one source sends to a group.
    #[fast]
    fn add_source_specific_membership(
        &self,
        #[string] source: &str,
        #[string] group: &str,
        #[string] interface: &str,
    ) -> i32 {
        status(self.source_membership(source, group, interface, true))
    }

    /// Leaves that.
    #[fast]
    fn drop_source_specific_membership(
        &self,
        #[string] source: &str,
        #[string] group: &str,
        #[string] interface: &str,
    ) -> i32 {
        status(self.source_membership(source, group, interface, false))
    }

    /// Sets the kernel's buffer for receiving or sending; 0 leaves it. Its size in bytes, or a negative errno.
    #[fast]
    fn buffer_size(&self, size: u32, receiving: bool) -> i32 {
        let name = if receiving { libc::SO_RCVBUF } else { libc::SO_SNDBUF };
        let result = self.socket.with_fd(|fd| {
            if size == 0 {
                return sys::get_option(fd, libc::SOL_SOCKET, name);
            }
            let value = i32::try_from(size).map_err(|_| invalid())?;
            sys::set_option(fd, libc::SOL_SOCKET, name, value)?;
            Ok(value)
        });
        result.unwrap_or_else(|e| rtjs_core::errno(&e))
    }

    /// Closes the descriptor; no event comes afterwards.
    #[nofast]
    fn close(&self, scope: &mut v8::PinScope<'_, '_>) {
        self.socket.close();
        self.socket.reactor.forget_stale(scope);
    }

    /// Keeps the loop alive while the socket receives.
    #[fast]
    #[rename("ref")]
    fn reference(&self) {
        self.socket.keep_alive.set_ref(true);
    }

    /// Lets the loop end although the socket receives.
    #[fast]
    fn unref(&self) {
        self.socket.keep_alive.set_ref(false);
    }

    /// Whether the handle keeps the loop alive.
    #[fast]
    fn has_ref(&self) -> bool {
        self.socket.keep_alive.has_ref()
    }

    /// The descriptor's number, or -1.
    #[getter]
    fn fd(&self) -> i32 {
        self.socket.raw_fd().unwrap_or(-1)
    }
}
