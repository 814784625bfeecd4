//! A connection's bytes on their way from the kernel and to it: reads for the inbound stream, writes of what is hyper's and what is not.

use std::cell::RefCell;
use std::io::{self, IoSlice};
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use super::conn::{Closing, Conn, Side};
use super::exchange::{Event, Exchange};
use super::inbound::Fill;
use super::raw;

/// The size of one read, as libuv's.
const READ_SIZE: usize = 64 * 1024;

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Conn {
    pub(crate) fn at_eof(&self) -> bool {
        self.eof.get()
    }

    pub(crate) fn set_eof(&self) {
        self.eof.set(true);
        let inbound = &mut *self.inbound.borrow_mut();
        if matches!(self.side, Side::Server(_)) && inbound.mid_message() {
            inbound.fail_at_eof();
        }
    }

    pub(crate) fn poll_recv(
        &self,
        cx: &mut Context<'_>,
        buffer: &mut [std::mem::MaybeUninit<u8>],
    ) -> Poll<io::Result<usize>> {
        let result = self.transport.poll_recv(cx, buffer);
        if self.transport.take_news() {
            self.tell(Event::News, 0, None);
        }
        let result = ready!(result);
        Poll::Ready(self.note_error(result))
    }

    /// Reads once into the inbound stream; 0 at the end.
    pub(crate) fn poll_receive(&self, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.clear();
            scratch.reserve(READ_SIZE);
            let count = ready!(self.poll_recv(cx, &mut scratch.spare_capacity_mut()[..READ_SIZE]))?;
            raw::set_filled(scratch, count);
            if count > 0 {
                self.received(scratch);
                self.inbound.borrow_mut().receive(scratch);
            } else {
                self.set_eof();
            }
            Poll::Ready(Ok(count))
        })
    }

    /// Reads a server's requests, as far as they may be read ahead: `Ready` at the end of the connection.
    pub(crate) fn poll_requests(self: &Rc<Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.closing.get() == Closing::Now {
            // A request that is read now would never be answered.
            return Poll::Pending;
        }
        loop {
            let fill = self.next_request();
            self.give_back();
            match fill {
                Fill::Wrote => continue,
                // What the end means before an answer, or in a message, is for the task to say.
                Fill::Body => return Poll::Pending,
                Fill::Starved if self.at_eof() && !self.is_serving() => return Poll::Ready(Ok(())),
                Fill::Starved | Fill::Blocked if self.at_eof() => return Poll::Pending,
                Fill::Blocked if !self.inbound.borrow().wants_input() => return Poll::Pending,
                Fill::Starved | Fill::Blocked => {}
            }
            if (self.untold.get() || self.has_answer()) && self.transport.is_drained() {
                // The answer may be the end of the connection: `told` wakes the task, and hyper is run next.
                return Poll::Pending;
            }
            ready!(self.poll_receive(cx))?;
        }
    }

    /// Writes what the program wrote itself, and ends the writing side.
    pub(crate) fn poll_end(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.outbound.borrow_mut().release_raw();
        ready!(self.poll_own(cx))?;
        self.transport.poll_shutdown(cx)
    }

    /// Gives memory back that the inbound stream does not need.
    pub(crate) fn give_back(&self) {
        SCRATCH.with_borrow_mut(|scratch| self.inbound.borrow_mut().give_back(scratch));
    }

    /// Bytes came.
    pub(crate) fn received(&self, bytes: &[u8]) {
        self.times.moved();
        if self.tee.get() {
            self.tell(Event::Read, 0, Some(bytes.to_vec()));
        }
    }

    pub(crate) fn poll_send(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let result = ready!(self.transport.poll_send(cx, slices));
        self.times.moved();
        Poll::Ready(self.note_error(result))
    }

    fn note_error<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            let errno = rtjs_core::errno(error);
            // What cannot be sent any more is not why the connection is gone.
            if errno != -libc::EPIPE || self.error.get() == 0 {
                self.error.set(errno);
            }
        }
        result
    }

    /// Writes our bytes that stand before hyper's next ones, and has the transport send what it took.
    pub(crate) fn poll_own(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let count = {
                let outbound = self.outbound.borrow();
                let pending = outbound.pending();
                if pending.is_empty() {
                    let result = ready!(self.transport.poll_flush(cx));
                    return Poll::Ready(self.note_error(result));
                }
                ready!(self.poll_send(cx, &[IoSlice::new(pending)]))?
            };
            self.outbound.borrow_mut().advance(count);
        }
    }

    /// A piece of a body that hyper does not frame; the bytes that wait now.
    pub(crate) fn write_unframed(&self, bytes: &[u8]) -> usize {
        let mut outbound = self.outbound.borrow_mut();
        outbound.push_raw(bytes);
        self.count_given(bytes.len());
        self.wake();
        outbound.waiting()
    }

    pub(crate) fn tell_when_written(&self, exchange: Rc<Exchange>, event: Event) {
        self.written.borrow_mut().push((exchange, event));
        self.wake();
    }

    /// Writes what the program wrote to the socket itself, once hyper has nothing to write; `true` when all is gone.
    pub(crate) fn poll_raw(&self, cx: &mut Context<'_>) -> bool {
        let nothing = !self.raw_writes.get() && !self.shutdown.get() && self.written.borrow().is_empty();
        if nothing && self.outbound.borrow().waiting() == 0 {
            return self.poll_own(cx).is_ready();
        }
        self.outbound.borrow_mut().release_raw();
        match self.poll_own(cx) {
            Poll::Ready(Ok(())) if self.outbound.borrow().is_empty() => {}
            Poll::Ready(Err(_)) => {
                self.raw_writes.set(false);
                self.abort();
                return true;
            }
            Poll::Pending | Poll::Ready(Ok(())) => return false,
        }
        if self.raw_writes.replace(false) {
            self.tell(Event::Written, 0, None);
        }
        for (exchange, event) in self.written.take() {
            exchange.tell(event);
        }
        if self.shutdown.get() {
            if self.transport.poll_shutdown(cx).is_pending() {
                return false;
            }
            self.shutdown.set(false);
            self.tell(Event::Written, 0, None);
        }
        true
    }
}
