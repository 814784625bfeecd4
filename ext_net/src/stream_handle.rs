//! What JavaScript sees of every stream socket: the base class of `Tcp` and `Pipe`. Methods return 0 or a negative errno.

use std::io;
use std::os::fd::OwnedFd;
use std::rc::Rc;

use deno_core::{CppgcBase, GarbageCollected, op2, v8};
use rtjs_core::{EventLoop, Scope};

use crate::pipe::Pipe;
use crate::socket::{Family, Mode, Socket};
use crate::sys;
use crate::tcp::Tcp;

/// A stream socket or listener as a JavaScript object. Dropping the last one closes the descriptor, but an owner set by `setOwner` keeps
/// it until `close`.
#[derive(CppgcBase)]
#[repr(C)]
pub struct StreamHandle {
    pub(crate) socket: Rc<Socket>,
}

// SAFETY: no traced members; the owner is a Global, which close() drops.
unsafe impl GarbageCollected for StreamHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"StreamHandle"
    }
}

impl StreamHandle {
    pub(crate) fn new(isolate: &v8::Isolate, family: Family) -> StreamHandle {
        StreamHandle {
            socket: Socket::new(EventLoop::from_isolate(isolate), family),
        }
    }

    /// The socket behind a JavaScript value, if that is a handle of this class or of one that inherits from it.
    pub fn socket_of<'s>(isolate: &mut v8::Isolate, value: v8::Local<'s, v8::Value>) -> Option<Rc<Socket>> {
        let handle = deno_core::cppgc::try_unwrap_cppgc_base_object::<StreamHandle>(isolate, value)?;
        Some(handle.socket.clone())
    }
}

/// A handle of the family's class for a connected, non-blocking descriptor.
///
/// # Errors
/// What epoll says of the descriptor.
pub fn new_connected_handle<'s>(
    scope: &mut Scope<'s, '_>,
    family: Family,
    fd: OwnedFd,
) -> io::Result<v8::Local<'s, v8::Object>> {
    let socket = Socket::connected(EventLoop::from_isolate(scope), family, fd)?;
    let base = StreamHandle { socket };
    Ok(match family {
        Family::Tcp => deno_core::cppgc::make_cppgc_object(scope, Tcp { base }),
        Family::Unix => deno_core::cppgc::make_cppgc_object(scope, Pipe { base }),
    })
}

/// 0, or the negative errno.
pub(crate) fn status(result: io::Result<()>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(error) => rtjs_core::errno(&error),
    }
}

#[op2(base)]
impl StreamHandle {
    /// The object that callbacks get as `this`. It is held strongly until `close`.
    fn set_owner(&self, #[scoped] owner: v8::Global<v8::Object>) {
        *self.socket.owner.borrow_mut() = Some(owner);
    }

    /// Starts calling the read callback.
    #[fast]
    fn read_start(&self) -> i32 {
        self.socket.read_start()
    }

    /// Stops calling the read callback.
    #[fast]
    fn read_stop(&self) -> i32 {
        self.socket.read_stop();
        0
    }

    /// Writes the bytes: 0 when all are written, 1 when the write callback will come, or a negative errno.
    #[fast]
    fn write_buffer(&self, #[buffer] bytes: &[u8]) -> i32 {
        self.socket.write(&[bytes])
    }

    /// As `writeBuffer`, for a string in UTF-8.
    #[fast]
    fn write_utf8(&self, #[string] text: &str) -> i32 {
        self.socket.write(&[text.as_bytes()])
    }

    /// As `writeBuffer`, for an array of views, in one system call where that suffices.
    #[fast]
    fn writev<'s>(&self, scope: &mut v8::PinScope<'s, '_>, chunks: v8::Local<'s, v8::Array>) -> i32 {
        let mut copies: Vec<Vec<u8>> = Vec::with_capacity(chunks.length() as usize);
        for index in 0..chunks.length() {
            let chunk = chunks.get_index(scope, index);
            let Some(view) = chunk.and_then(|c| v8::Local::<v8::ArrayBufferView>::try_from(c).ok()) else {
                return -libc::EINVAL;
            };
            let mut bytes = vec![0; view.byte_length()];
            view.copy_contents(&mut bytes);
            copies.push(bytes);
        }
        let slices: Vec<&[u8]> = copies.iter().map(Vec::as_slice).collect();
        self.socket.write(&slices)
    }

    /// Ends the writing side.
    #[fast]
    fn shutdown(&self) -> i32 {
        match self.socket.mode.get() {
            Mode::Connected => status(self.socket.with_fd(|fd| match sys::shutdown(fd, libc::SHUT_WR) {
                // A pipe's or a terminal's end is its close.
                Err(error) if error.raw_os_error() == Some(libc::ENOTSOCK) => Ok(()),
                result => result,
            })),
            _ => -libc::ENOTCONN,
        }
    }

    /// Starts accepting connections.
    #[fast]
    fn listen(&self, backlog: i32) -> i32 {
        status(self.socket.listen(backlog))
    }

    /// Closes the descriptor; no callback comes afterwards.
    #[fast]
    fn close(&self) {
        self.socket.close();
    }

    /// Keeps the loop alive while the handle waits for something.
    #[fast]
    #[rename("ref")]
    fn reference(&self) {
        self.socket.keep_alive.set_ref(true);
    }

    /// Lets the loop end although the handle waits for something.
    #[fast]
    fn unref(&self) {
        self.socket.keep_alive.set_ref(false);
    }

    /// Whether the handle keeps the loop alive while it waits.
    #[fast]
    fn has_ref(&self) -> bool {
        self.socket.mode.get() != Mode::Closed && self.socket.keep_alive.has_ref()
    }

    /// The descriptor's number, or -1.
    #[getter]
    fn fd(&self) -> i32 {
        self.socket.raw_fd().unwrap_or(-1)
    }

    /// Whether the read callback may come.
    #[getter]
    fn reading(&self) -> bool {
        self.socket.reading.get()
    }

    /// Bytes received.
    #[getter]
    fn bytes_read(&self) -> f64 {
        self.socket.bytes_read.get() as f64
    }

    /// Bytes that the kernel took.
    #[getter]
    fn bytes_written(&self) -> f64 {
        self.socket.bytes_written.get() as f64
    }

    /// Bytes that wait for the kernel.
    #[getter]
    fn write_queue_size(&self) -> f64 {
        self.socket.write_queue_size() as f64
    }

    /// Makes a socket of this descriptor number, which the handle then owns.
    #[fast]
    fn open(&self, fd: i32) -> i32 {
        let socket = &self.socket;
        status(sys::own(fd).and_then(|fd| {
            use std::os::fd::AsFd;
            sys::adopt(fd.as_fd())?;
            let listening = sys::get_option(fd.as_fd(), libc::SOL_SOCKET, libc::SO_ACCEPTCONN).unwrap_or(0) != 0;
            let kind = sys::get_option(fd.as_fd(), libc::SOL_SOCKET, libc::SO_TYPE).ok();
            let connected = kind.is_none() || sys::peer_address(fd.as_fd()).is_ok();
            socket.attach(fd)?;
            // A bound or listening socket waits for listen(); one without a peer for connect().
            socket.mode.set(if connected && !listening {
                Mode::Connected
            } else {
                Mode::Idle
            });
            Ok(())
        }))
    }
}
