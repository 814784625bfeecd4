//! The process's standard streams: synchronous writes, and reads that wait for the descriptor on the loop.
//!
//! Which stream class a descriptor gets is decided in js/internal/process/stdio.js.

use std::cell::RefCell;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::rc::Rc;
use std::task::{Context, Poll};

use deno_core::{GarbageCollected, OpState, op2, v8};
use rtjs_core::{Callback, EventLoop, IoSource, KeepAlive, Registration, Scope, invoke};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::buffer::memory::bytes;
use crate::buffer::text::{Encoding, with_encoded};
use crate::errno;

/// Bytes asked for in one read, as in Node.
const READ_SIZE: usize = 64 * 1024;

fn poll_fd(fd: RawFd, events: libc::c_short, timeout_ms: i32) -> bool {
    let mut entry = libc::pollfd { fd, events, revents: 0 };
    // SAFETY: `entry` is one valid pollfd for the duration of the call.
    unsafe { libc::poll(&raw mut entry, 1, timeout_ms) > 0 }
}

/// Writes all of `data`; where the descriptor is non-blocking and full, waits until it takes more. Returns the number of bytes.
pub(crate) fn write_all(fd: RawFd, data: &[u8]) -> Result<usize, i32> {
    let mut rest = data;
    while !rest.is_empty() {
        // SAFETY: `rest` is valid for its length during the call.
        match errno::retry(|| unsafe { libc::write(fd, rest.as_ptr().cast(), rest.len()) }) {
            Ok(count) => rest = &rest[count..],
            Err(errno) if errno == -libc::EAGAIN => {
                poll_fd(fd, libc::POLLOUT, -1);
            }
            Err(errno) => return Err(errno),
        }
    }
    Ok(data.len())
}

/// Writes a string (as UTF-8) or the bytes of a view to `fd`, all of it, before it returns. The number of bytes, or a negative errno.
#[op2(fast)]
pub fn op_os_stdio_write(isolate: &mut v8::Isolate, fd: i32, data: v8::Local<v8::Value>) -> i32 {
    let result = match bytes(data) {
        Some(data) => write_all(fd, data),
        None => with_encoded(isolate, data, Encoding::Utf8, |data| write_all(fd, data)),
    };
    match result {
        Ok(count) => i32::try_from(count).unwrap_or(i32::MAX),
        Err(errno) => errno,
    }
}

struct Reader {
    fd: AsyncFd<OwnedFd>,
    registration: RefCell<Option<Registration>>,
    callback: RefCell<Option<Callback>>,
    keep_alive: KeepAlive,
}

impl Reader {
    fn stop(&self) {
        self.callback.take();
        self.keep_alive.set_active(false);
    }
}

impl IoSource for Reader {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        // Nothing stays borrowed: the callback may close the reader.
        let Some(waker) = self.registration.borrow().as_ref().map(Registration::begin) else {
            return;
        };
        if self.callback.borrow().is_none() {
            return;
        }
        let mut context = Context::from_waker(&waker);
        let raw = self.fd.get_ref().as_raw_fd();
        loop {
            let Poll::Ready(Ok(mut guard)) = self.fd.poll_read_ready(&mut context) else {
                return;
            };
            // The descriptor is shared with other processes, so it stays blocking: look before reading.
            if poll_fd(raw, libc::POLLIN, 0) {
                guard.retain_ready();
                break;
            }
            guard.clear_ready();
        }
        let Some(callback) = self.callback.take() else {
            return;
        };
        self.keep_alive.set_active(false);
        let mut data: Vec<u8> = Vec::with_capacity(READ_SIZE);
        // SAFETY: the vector has room for READ_SIZE bytes, and read fills at most that many.
        let result = errno::retry(|| unsafe { libc::read(raw, data.as_mut_ptr().cast(), READ_SIZE) });
        let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
        let args = match result {
            Ok(0) => [v8::Integer::new(scope, 0).into(), undefined],
            Ok(count) => {
                // SAFETY: read has filled `count` bytes.
                unsafe { data.set_len(count) };
                data.shrink_to_fit();
                let status = v8::Integer::new(scope, i32::try_from(count).unwrap_or(i32::MAX));
                [status.into(), rtjs_core::array_buffer(scope, data).into()]
            }
            Err(errno) => [v8::Integer::new(scope, errno).into(), undefined],
        };
        let callback = v8::Local::new(scope, &callback);
        invoke(scope, callback.into(), undefined, &args);
    }
}

/// Reads from a pipe, terminal or socket that the process was started with. It neither owns nor changes the descriptor.
pub struct StdioReader {
    inner: RefCell<Option<Rc<Reader>>>,
}

// SAFETY: nothing in it is managed by V8's collector; the callback is held by a Global.
unsafe impl GarbageCollected for StdioReader {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"StdioReader"
    }
}

impl Drop for StdioReader {
    fn drop(&mut self) {
        self.close_inner();
    }
}

impl StdioReader {
    fn with<R>(&self, f: impl FnOnce(&Reader) -> R) -> Option<R> {
        self.inner.borrow().as_ref().map(|inner| f(inner))
    }

    fn close_inner(&self) {
        if let Some(inner) = self.inner.take() {
            inner.stop();
            inner.registration.take();
        }
    }
}

/// A descriptor of our own for what `fd` stands for, registered with the I/O driver.
fn watch(fd: RawFd) -> Option<AsyncFd<OwnedFd>> {
    // SAFETY: takes any numbers.
    let copy = unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 3) };
    if copy < 0 {
        return None;
    }
    // SAFETY: `copy` is new and nobody else's.
    let copy = unsafe { OwnedFd::from_raw_fd(copy) };
    // SAFETY: the descriptor is owned by what is registered, and stays the same until that is dropped.
    unsafe { AsyncFd::register_with_interest(copy, Interest::READABLE) }.ok()
}

#[op2]
impl StdioReader {
    /// A reader for `fd`. It is unusable (`valid()` is false) where the descriptor cannot be waited for, as with a plain file.
    #[constructor]
    #[cppgc]
    fn constructor(state: &mut OpState, fd: i32) -> StdioReader {
        let inner = watch(fd).map(|fd| {
            let door = EventLoop::from_state(state);
            let inner = Rc::new(Reader {
                fd,
                registration: RefCell::new(None),
                callback: RefCell::new(None),
                keep_alive: door.keep_alive(),
            });
            inner.registration.replace(Some(door.register(&inner)));
            inner
        });
        StdioReader {
            inner: RefCell::new(inner),
        }
    }

    /// Whether the descriptor can be waited for.
    #[fast]
    fn valid(&self) -> bool {
        self.inner.borrow().is_some()
    }

    /// Reads once, as soon as there is something, and calls `callback(count, arrayBuffer)`: 0 at the end, a negative errno on failure.
    /// Keeps the loop alive until then. A second call before that replaces the callback.
    fn read(&self, #[scoped] callback: v8::Global<v8::Function>) -> i32 {
        let started = self.with(|inner| {
            inner.callback.replace(Some(callback));
            inner.keep_alive.set_active(true);
            if let Some(registration) = &*inner.registration.borrow() {
                registration.wake();
            }
        });
        started.map_or(-libc::EBADF, |()| 0)
    }

    /// Stops waiting; what arrives stays with the descriptor.
    #[fast]
    fn stop(&self) {
        self.with(Reader::stop);
    }

    /// Stops for good. The descriptor stays open.
    #[fast]
    fn close(&self) {
        self.close_inner();
    }

    /// Lets a pending read keep the loop alive, or not.
    #[fast]
    #[rename("setRef")]
    fn set_ref(&self, refed: bool) {
        self.with(|inner| inner.keep_alive.set_ref(refed));
    }

    /// Whether a pending read keeps the loop alive.
    #[fast]
    #[rename("hasRef")]
    fn has_ref(&self) -> bool {
        self.with(|inner| inner.keep_alive.has_ref()).unwrap_or(false)
    }
}
