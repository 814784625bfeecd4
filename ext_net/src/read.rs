//! Reading: what the kernel has goes to JavaScript as soon as the loop sees it, while JavaScript wants it.
//!
//! Bytes are read into a block of the pool. Many are handed over with the block; of few, a copy of their own size is, and the block is used again. The
//! size of a socket's reads grows while they fill their block, so that a stream in full flow costs few system calls and events.

use std::io;
use std::os::fd::BorrowedFd;
use std::rc::Rc;

use deno_core::v8;

use crate::pool::{self, Block};
use crate::reactor::{Event, Reactor, Step};
use crate::socket::{Mode, Socket};
use crate::sys;

/// libuv's end of file.
pub(crate) const UV_EOF: i32 = -4095;

/// The memory of the `onread` option, which is read into directly.
pub(crate) struct UserBuffer {
    store: v8::SharedRef<v8::BackingStore>,
    offset: usize,
    length: usize,
}

impl UserBuffer {
    /// The memory of `view`; `None` where it has none.
    pub(crate) fn of_view(view: &v8::ArrayBufferView) -> Option<UserBuffer> {
        let store = view.get_backing_store()?;
        store.data()?;
        Some(UserBuffer {
            offset: view.byte_offset(),
            length: view.byte_length(),
            store,
        })
    }

    fn fill_from(&self, fd: BorrowedFd<'_>, plain: bool) -> io::Result<usize> {
        // A resizable buffer may have shrunk since.
        let end = (self.offset + self.length).min(self.store.len());
        let cells = self.store.get(self.offset..end).unwrap_or_default();
        sys::retry(|| sys::read_into_cells(fd, cells, plain))
    }
}

impl Socket {
    /// Starts delivering bytes. 0 or a negative errno.
    pub(crate) fn read_start(self: &Rc<Self>) -> i32 {
        if self.mode.get() != Mode::Connected {
            return -libc::ENOTCONN;
        }
        if !self.reading.replace(true) {
            self.update_liveness();
            if let Err(error) = self.watch() {
                return rtjs_core::errno(&error);
            }
        }
        0
    }

    /// Stops delivering bytes: the kernel's buffer fills, and the sender waits.
    pub(crate) fn read_stop(&self) {
        self.reading.set(false);
        self.update_liveness();
    }

    pub(crate) fn read_step(&self, reactor: &Reactor) -> Step {
        if !self.reading.get() || !self.place.readable.get() {
            return Step::Idle;
        }
        let (event, result, room) = self.read_once(reactor);
        match result {
            Ok(0) => {
                self.read_stop();
                Step::Deliver(Event::ReadEnd, UV_EOF)
            }
            Ok(count) => {
                self.bytes_read.set(self.bytes_read.get() + count as u64);
                // A short read has emptied the kernel's buffer: what comes next raises a new edge, but for an end that is there already.
                if count < room && !self.place.is_closed() {
                    self.place.readable.set(false);
                }
                Step::Deliver(event, i32::try_from(count).unwrap_or(i32::MAX))
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.place.readable.set(false);
                Step::Idle
            }
            Err(error) => {
                self.read_stop();
                Step::Deliver(Event::ReadEnd, rtjs_core::errno(&error))
            }
        }
    }

    /// One read: the event that tells of it, its result, and how much there was room for.
    fn read_once(&self, reactor: &Reactor) -> (Event, io::Result<usize>, usize) {
        let plain = self.plain.get();
        if let Some(user) = &*self.user_buffer.borrow() {
            let result = self.with_fd(|fd| user.fill_from(fd, plain));
            return (Event::UserBuffer, result, user.length);
        }
        let class = self.read_class.get();
        let mut scratch = reactor.scratch.borrow_mut();
        let mut block = match scratch.take() {
            Some(block) if block.class() == class => block,
            other => {
                if let Some(block) = other {
                    block.put_back();
                }
                Block::take(class)
            }
        };
        let room = pool::size_of_class(class);
        let result = self.with_fd(|fd| block.fill_from(fd, plain));
        let count = block.filled().len();
        if count == room {
            self.read_class.set((class + 1).min(pool::SIZES - 1));
        } else if count > 0 && count < room / 4 {
            self.read_class.set(class.saturating_sub(1));
        }
        *scratch = Some(block);
        (Event::Read, result, room)
    }
}

/// What the last read has brought, as an ArrayBuffer of its size.
pub(crate) fn take_scratch<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    reactor: &Reactor,
) -> Option<v8::Local<'s, v8::ArrayBuffer>> {
    let block = reactor.scratch.borrow_mut().take()?;
    if block.filled().len() >= pool::size_of_class(block.class()) / 2 {
        rtjs_core::external_memory_grows(scope, block.filled().len());
        return Some(block.into_array_buffer(scope));
    }
    let bytes = block.filled().to_vec();
    *reactor.scratch.borrow_mut() = Some(block);
    Some(rtjs_core::array_buffer(scope, bytes))
}

/// Copies what the last read has brought into `target`.
pub(crate) fn copy_scratch(reactor: &Reactor, target: &mut [u8]) {
    if let Some(block) = &*reactor.scratch.borrow() {
        let bytes = block.filled();
        let count = bytes.len().min(target.len());
        target[..count].copy_from_slice(&bytes[..count]);
    }
}
