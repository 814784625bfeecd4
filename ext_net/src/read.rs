//! Reading: what the kernel has goes to JavaScript as soon as the loop sees it, while JavaScript wants it.

use std::cell::RefCell;
use std::io;
use std::os::fd::AsFd;
use std::rc::Rc;
use std::task::{Context, Poll};

use deno_core::v8;
use rtjs_core::Scope;

use crate::callbacks;
use crate::socket::{Mode, Socket};
use crate::sys;

/// libuv's end of file.
pub(crate) const UV_EOF: i32 = -4095;

/// The size of one read, as libuv's.
const READ_SIZE: usize = 64 * 1024;
/// Above this a read's buffer is handed over; below, its bytes are copied into an exact one and the buffer is used again.
const HAND_OVER: usize = READ_SIZE / 2;
/// Reads of one socket in one turn, so that a fast sender does not starve the others.
const READS_PER_TURN: usize = 16;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Socket {
    /// Starts delivering bytes. 0 or a negative errno.
    pub(crate) fn read_start(self: &Rc<Self>) -> i32 {
        if self.mode.get() != Mode::Connected {
            return -libc::ENOTCONN;
        }
        if !self.reading.replace(true) {
            self.update_liveness();
            self.watch();
        }
        0
    }

    /// Stops delivering bytes: the kernel's buffer fills, and the sender waits.
    pub(crate) fn read_stop(&self) {
        self.reading.set(false);
        self.update_liveness();
    }

    pub(crate) fn read_ready(self: &Rc<Self>, cx: &mut Context<'_>, scope: &mut Scope<'_, '_>) {
        for turn in 0.. {
            if !self.reading.get() {
                return;
            }
            if turn == READS_PER_TURN {
                cx.waker().wake_by_ref();
                return;
            }
            let Some((result, drained)) = self.read_once(cx) else {
                return;
            };
            match result {
                Ok(0) => {
                    self.read_stop();
                    self.deliver(scope, UV_EOF, None);
                    return;
                }
                Ok(count) => {
                    self.bytes_read.set(self.bytes_read.get() + count as u64);
                    let buffer = take_scratch(scope, count);
                    self.deliver(scope, i32::try_from(count).unwrap_or(i32::MAX), Some(buffer));
                    if drained && self.rearm(cx) {
                        return;
                    }
                }
                Err(error) => {
                    self.read_stop();
                    self.deliver(scope, rtjs_core::errno(&error), None);
                    return;
                }
            }
        }
    }

    /// One read into the scratch buffer: `None` when it would block (the waker is registered then). The flag says that the
    /// kernel's buffer is probably empty: a read that came up short.
    fn read_once(&self, cx: &mut Context<'_>) -> Option<(io::Result<usize>, bool)> {
        let io = self.io.borrow();
        let io = io.as_ref()?;
        loop {
            let mut guard = match io.poll_read_ready(cx) {
                Poll::Pending => return None,
                Poll::Ready(Err(error)) => return Some((Err(error), true)),
                Poll::Ready(Ok(guard)) => guard,
            };
            let result = SCRATCH.with_borrow_mut(|scratch| {
                scratch.resize(READ_SIZE, 0);
                sys::recv(io.get_ref().as_fd(), scratch)
            });
            match result {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => {
                    let short = result.as_ref().is_ok_and(|n| *n < READ_SIZE);
                    return Some((result, short));
                }
            }
        }
    }

    /// After a short read: waits for the next readiness instead of reading once more for `EAGAIN`, as libuv does. A level-triggered
    /// check is not needed: bytes that came meanwhile raise a new edge. `false` when more is known to be there.
    fn rearm(&self, cx: &mut Context<'_>) -> bool {
        let io = self.io.borrow();
        let Some(io) = io.as_ref() else { return true };
        match io.poll_read_ready(cx) {
            // An end of file or an error was announced with the last bytes: that gives no further edge.
            Poll::Ready(Ok(mut guard)) if !guard.ready().is_read_closed() && !guard.ready().is_error() => {
                guard.clear_ready();
                drop(guard);
                io.poll_read_ready(cx).is_pending()
            }
            Poll::Pending => true,
            Poll::Ready(_) => false,
        }
    }

    fn deliver(&self, scope: &mut Scope<'_, '_>, status: i32, buffer: Option<v8::Global<v8::ArrayBuffer>>) {
        let Some(owner) = self.owner.borrow().clone() else {
            return;
        };
        let status = v8::Integer::new(scope, status).into();
        let buffer = match buffer {
            Some(buffer) => v8::Local::new(scope, &buffer).into(),
            None => v8::undefined(scope).into(),
        };
        callbacks::call(scope, &owner, |c| &c.read, &[status, buffer]);
    }
}

/// The first `count` bytes of the scratch buffer as an ArrayBuffer of that length.
fn take_scratch(scope: &mut Scope<'_, '_>, count: usize) -> v8::Global<v8::ArrayBuffer> {
    let bytes = SCRATCH.with_borrow_mut(|scratch| {
        if count >= HAND_OVER {
            let mut bytes = std::mem::take(scratch);
            bytes.truncate(count);
            bytes
        } else {
            scratch[..count].to_vec()
        }
    });
    rtjs_core::external_memory_grows(scope, bytes.len());
    let store = v8::ArrayBuffer::new_backing_store_from_vec(bytes).make_shared();
    let buffer = v8::ArrayBuffer::with_backing_store(scope, &store);
    v8::Global::new(scope, buffer)
}
