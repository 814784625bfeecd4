//! What JavaScript sees of every stream socket: the base class of `Tcp` and `Pipe`. Methods return 0 or a negative errno.

use std::io;
use std::os::fd::{IntoRawFd, OwnedFd};
use std::rc::Rc;

use deno_core::{CppgcBase, GarbageCollected, op2, v8};
use deno_error::JsErrorBox;
use rtjs_core::{EventLoop, Scope};

use crate::chunk::Chunk;
use crate::pipe::Pipe;
use crate::reactor::Reactor;
use crate::read::UserBuffer;
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
    pub(crate) fn new(isolate: &v8::Isolate, family: Family) -> Result<StreamHandle, JsErrorBox> {
        let reactor = Reactor::from_isolate(isolate).map_err(|e| JsErrorBox::generic(e.to_string()))?;
        Ok(StreamHandle {
            socket: Socket::new(EventLoop::from_isolate(isolate), reactor, family),
        })
    }

    /// The socket behind a JavaScript value, if that is a handle of this class or of one that inherits from it.
    pub fn socket_of<'s>(isolate: &mut v8::Isolate, value: v8::Local<'s, v8::Value>) -> Option<Rc<Socket>> {
        let handle = deno_core::cppgc::try_unwrap_cppgc_base_object::<StreamHandle>(isolate, value)?;
        Some(handle.socket.clone())
    }

    /// Takes the descriptor of `value`'s socket away from it, to be another's; the socket's owner is no longer known by it.
    pub(crate) fn take_socket<'s>(
        scope: &mut v8::PinScope<'s, '_>,
        value: v8::Local<'s, v8::Value>,
    ) -> Option<(OwnedFd, Family)> {
        let socket = StreamHandle::socket_of(scope, value)?;
        let fd = socket.take_fd()?;
        socket.reactor.forget_stale(scope);
        Some((fd, socket.family))
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
    let reactor = Reactor::from_isolate(scope)?;
    let socket = Socket::connected(EventLoop::from_isolate(scope), reactor, family, fd);
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
    /// The object that gets the handle's events. It is held strongly until `close`.
    #[nofast]
    fn set_owner<'s>(&self, scope: &mut v8::PinScope<'s, '_>, owner: v8::Local<'s, v8::Object>) {
        self.socket.reactor.set_owner(scope, &self.socket, owner);
    }

    /// Starts delivering what comes.
    #[fast]
    fn read_start(&self) -> i32 {
        self.socket.read_start()
    }

    /// Stops delivering what comes.
    #[fast]
    fn read_stop(&self) -> i32 {
        self.socket.read_stop();
        0
    }

    /// Has what comes read into the view's memory from now on.
    #[fast]
    fn use_user_buffer<'s>(&self, view: v8::Local<'s, v8::ArrayBufferView>) {
        *self.socket.user_buffer.borrow_mut() = UserBuffer::of_view(&view);
    }

    /// Writes the bytes: 0 when all are written, 1 when an event will say so, or a negative errno.
    #[fast]
    fn write_buffer<'s>(&self, view: v8::Local<'s, v8::ArrayBufferView>) -> i32 {
        let mut storage = [0; v8::TYPED_ARRAY_MAX_SIZE_IN_HEAP];
        let bytes = view.get_contents(&mut storage);
        self.socket.write(&[bytes], |_, start| Chunk::of_view(&view, start))
    }

    /// Writes the bytes that the event in hand is about, which JavaScript need not see for that: how many of them are written, or a negative errno.
    /// The rest does not wait here.
    #[fast]
    fn forward(&self) -> i32 {
        match self.socket.forward() {
            Ok(count) => i32::try_from(count).unwrap_or(i32::MAX),
            Err(error) => rtjs_core::errno(&error),
        }
    }

    /// As `writeBuffer`, for a string in UTF-8.
    #[fast]
    fn write_utf8(&self, #[string] text: &str) -> i32 {
        let bytes = text.as_bytes();
        self.socket
            .write(&[bytes], |_, start| Chunk::owned(bytes[start..].to_vec(), 0))
    }

    /// As `writeBuffer`, for a string of characters up to U+00FF, one byte each.
    #[fast]
    fn write_latin1(&self, #[string(onebyte)] text: std::borrow::Cow<'_, [u8]>) -> i32 {
        self.socket
            .write(&[&text], |_, start| Chunk::owned(text[start..].to_vec(), 0))
    }

    /// As `writeBuffer`, for an array of views, in one system call where that suffices.
    #[fast]
    fn writev<'s>(&self, scope: &mut v8::PinScope<'s, '_>, chunks: v8::Local<'s, v8::Array>) -> i32 {
        let mut views = Vec::with_capacity(chunks.length() as usize);
        for index in 0..chunks.length() {
            let chunk = chunks.get_index(scope, index);
            let Some(view) = chunk.and_then(|c| v8::Local::<v8::ArrayBufferView>::try_from(c).ok()) else {
                return -libc::EINVAL;
            };
            views.push(view);
        }
        // Small views may live where the collector moves things; those are copied.
        let mut storage = vec![[0; v8::TYPED_ARRAY_MAX_SIZE_IN_HEAP]; views.len()];
        let slices: Vec<&[u8]> = views
            .iter()
            .zip(&mut storage)
            .map(|(view, room)| view.get_contents(room))
            .collect();
        self.socket
            .write(&slices, |index, start| Chunk::of_view(&views[index], start))
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

    /// Closes the descriptor; no event comes afterwards.
    #[nofast]
    fn close(&self, scope: &mut v8::PinScope<'_, '_>) {
        self.socket.close();
        self.socket.reactor.forget_stale(scope);
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

    /// Whether what comes is delivered.
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

    /// Makes a socket of this descriptor number, which the handle owns from then on unless it returns an errno.
    #[fast]
    fn open(&self, fd: i32) -> i32 {
        status(sys::own(fd).and_then(|fd| {
            self.socket.open(fd).map_err(|(error, fd)| {
                // It stays the caller's.
                let _ = fd.map(IntoRawFd::into_raw_fd);
                error
            })
        }))
    }
}
