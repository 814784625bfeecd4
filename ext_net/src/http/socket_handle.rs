//! The handle of a net.Socket whose connection is HTTP's: it has a stream handle's methods, which reach the connection.
//!
//! Methods return 0 or a negative errno. js/internal/http/driven_socket.js is the other half.

use std::io;
use std::os::fd::BorrowedFd;
use std::rc::Rc;

use deno_core::{GarbageCollected, op2, v8};

use super::conn::Conn;
use crate::socket::Family;
use crate::stream_handle::{new_connected_handle, status};
use crate::sys;

/// See the module.
pub struct HttpSocket {
    conn: Rc<Conn>,
}

// SAFETY: no traced members; the connection's owner is a Global that is dropped with its end.
unsafe impl GarbageCollected for HttpSocket {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"HttpSocket"
    }
}

impl HttpSocket {
    pub(crate) fn new(conn: Rc<Conn>) -> HttpSocket {
        HttpSocket { conn }
    }

    fn with_fd<T>(&self, f: impl FnOnce(BorrowedFd<'_>) -> io::Result<T>) -> io::Result<T> {
        match self.conn.transport.descriptor() {
            Some(descriptor) => descriptor.with_fd(f),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        }
    }

    fn end(&self) {
        self.conn.set_owner(None);
        self.conn.abort();
    }

    fn address<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>, peer: bool) -> i32 {
        let Some(descriptor) = self.conn.transport.descriptor() else {
            return -libc::EBADF;
        };
        if descriptor.family == Family::Unix {
            return -libc::EINVAL;
        }
        status(
            descriptor
                .address(peer)
                .map(|address| crate::tcp::fill(scope, out, &address)),
        )
    }
}

#[op2]
impl HttpSocket {
    /// The socket that the connection's events go to; held until its end.
    fn set_owner(&self, #[scoped] owner: v8::Global<v8::Object>) {
        self.conn.set_owner(Some(owner));
    }

    /// Shows what comes to the owner, while it is on its way to hyper.
    #[fast]
    fn read_start(&self) -> i32 {
        self.conn.show_reads(true);
        0
    }

    /// Does so no longer.
    #[fast]
    fn read_stop(&self) -> i32 {
        self.conn.show_reads(false);
        0
    }

    /// Whether it does.
    #[getter]
    fn reading(&self) -> bool {
        self.conn.shows_reads()
    }

    /// Bytes that count as if the peer had sent them.
    #[fast]
    fn inject(&self, #[buffer] bytes: &[u8]) {
        self.conn.received(bytes);
        self.conn.inbound.borrow_mut().receive(&mut bytes.to_vec());
        self.conn.wake();
    }

    /// Writes bytes behind everything that hyper has: 1, for the event that says that they are gone, or a negative errno.
    #[fast]
    fn write_buffer(&self, #[buffer] bytes: &[u8]) -> i32 {
        self.conn.write(bytes)
    }

    /// Ends the writing side once everything is written: `true`, for the event that says so, or `false` when the connection is gone.
    #[fast]
    fn shutdown(&self) -> bool {
        if self.conn.is_over() {
            return false;
        }
        self.conn.shutdown.set(true);
        self.conn.shut.set(!self.conn.is_client());
        self.conn.wake();
        true
    }

    /// Ends the connection; no event comes any more.
    #[fast]
    fn close(&self) {
        self.end();
    }

    /// Ends it with a reset.
    #[fast]
    fn reset(&self) -> i32 {
        let result = status(self.with_fd(sys::linger_zero));
        self.end();
        result
    }

    /// Keeps the loop alive while the connection is open.
    #[fast]
    #[rename("ref")]
    fn reference(&self) {
        if let Some(descriptor) = self.conn.transport.descriptor() {
            descriptor.keep_alive.set_ref(true);
        }
    }

    /// Lets the loop end although the connection is open.
    #[fast]
    fn unref(&self) {
        if let Some(descriptor) = self.conn.transport.descriptor() {
            descriptor.keep_alive.set_ref(false);
        }
    }

    /// Whether it keeps the loop alive.
    #[fast]
    fn has_ref(&self) -> bool {
        self.conn.transport.descriptor().is_some_and(|d| d.keep_alive.has_ref())
    }

    /// The descriptor's number, or -1.
    #[getter]
    fn fd(&self) -> i32 {
        self.conn.transport.descriptor().and_then(|d| d.raw_fd()).unwrap_or(-1)
    }

    /// Bytes received.
    #[getter]
    fn bytes_read(&self) -> f64 {
        self.conn.transport.moved().0 as f64
    }

    /// Bytes that the kernel took, or TLS.
    #[getter]
    fn bytes_written(&self) -> f64 {
        self.conn.transport.moved().1 as f64
    }

    /// Bytes that wait for the kernel, wherever they are.
    #[getter]
    fn write_queue_size(&self) -> f64 {
        self.conn.unwritten() as f64
    }

    /// Milliseconds since bytes last moved.
    #[fast]
    fn idle_time(&self) -> f64 {
        self.conn.times.active.get().elapsed().as_secs_f64() * 1000.0
    }

    /// Turns Nagle's algorithm off or on.
    #[fast]
    fn set_no_delay(&self, enable: bool) -> i32 {
        status(match self.conn.transport.descriptor() {
            Some(descriptor) => descriptor.set_no_delay(enable),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        })
    }

    /// Turns keep-alive probes on or off; `delay` is in seconds before the first.
    #[fast]
    fn set_keep_alive(&self, enable: bool, delay: u32) -> i32 {
        status(self.with_fd(|fd| set_keep_alive(fd, enable, delay)))
    }

    /// Fills `out` with this end's address.
    #[fast]
    fn getsockname<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        self.address(scope, out, false)
    }

    /// Fills `out` with the peer's.
    #[fast]
    fn getpeername<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        self.address(scope, out, true)
    }

    /// Gives the connection up: a stream handle of its descriptor, or undefined when that is gone.
    fn release<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let undefined = v8::undefined(scope).into();
        let Some(descriptor) = self.conn.transport.descriptor() else {
            return undefined;
        };
        let (family, has_ref) = (descriptor.family, descriptor.keep_alive.has_ref());
        let Some(fd) = self.conn.transport.release() else {
            return undefined;
        };
        self.conn.released();
        match new_connected_handle(scope, family, fd) {
            Ok(handle) if has_ref => handle.into(),
            Ok(handle) => {
                let name = v8::String::new(scope, "unref").map_or(undefined, Into::into);
                if let Some(Ok(unref)) = handle.get(scope, name).map(v8::Local::<v8::Function>::try_from) {
                    unref.call(scope, handle.into(), &[]);
                }
                handle.into()
            }
            Err(_) => undefined,
        }
    }
}

/// Turns keep-alive probes on or off, as libuv does; `delay` is in seconds before the first.
pub(crate) fn set_keep_alive(fd: BorrowedFd<'_>, enable: bool, delay: u32) -> io::Result<()> {
    sys::set_option(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE, i32::from(enable))?;
    if enable && delay > 0 {
        sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_KEEPIDLE, delay as i32)?;
        sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_KEEPINTVL, 1)?;
        sys::set_option(fd, libc::IPPROTO_TCP, libc::TCP_KEEPCNT, 10)?;
    }
    Ok(())
}
