//! A channel's turn on the loop: what the kernel takes is written, what it has is read and delivered.

use std::io;
use std::os::fd::AsFd;
use std::rc::Rc;
use std::task::{Context, Poll};

use rtjs_core::{IoSource, Registration, Scope};
use tokio::io::Interest;

use super::{ChannelCore, Front};
use crate::channel_io::{self, Received};

/// Reads in one turn, so that a fast peer does not starve everything else.
const READS_PER_TURN: usize = 16;
/// So many bytes in one turn are probably not the last.
const A_LOT: usize = 8 << 10;
/// Descriptors that came without a frame to claim them; a peer that sends more means no good.
const MAX_UNCLAIMED: usize = 2 * channel_io::MAX_FDS;
/// Answers to handles that a peer has not read; it has sent more than anybody sends who waits for them.
const MAX_UNREAD_ANSWERS: usize = 1024;

impl ChannelCore {
    /// Writes what the kernel takes, and has the loop called when it takes more.
    fn flush_ready(&self, cx: &mut Context<'_>) {
        while self.unwritten() > 0 {
            if !self.write_blocked.get() {
                self.flush_noting_error();
                continue;
            }
            if self.watch_room().is_err() {
                // No descriptor to wait with: look again in the next turn.
                self.write_blocked.set(false);
                self.wake();
                return;
            }
            let room = self.room.borrow();
            let Some(Poll::Ready(Ok(mut guard))) = room.as_ref().map(|io| io.poll_write_ready(cx)) else {
                return;
            };
            self.write_blocked.set(false);
            self.flush_noting_error();
            if self.write_blocked.get() {
                guard.clear_ready();
            }
        }
        self.room.borrow_mut().take();
    }

    fn watch_room(&self) -> io::Result<()> {
        let mut room = self.room.borrow_mut();
        if room.is_none() {
            let second = channel_io::duplicate(self.raw_fd())?;
            *room = Some(crate::reap::watch(second, Interest::WRITABLE)?);
        }
        Ok(())
    }

    fn flush_noting_error(&self) {
        if let Err(error) = self.flush() {
            self.write_error.set(rtjs_core::errno(&error));
        }
    }

    /// One read. `Pending` when there is nothing; `Ready(false)` at the end of the stream.
    fn read_once(&self, cx: &mut Context<'_>) -> Poll<bool> {
        let io = self.io.borrow();
        let Some(io) = io.as_ref() else { return Poll::Pending };
        loop {
            let mut guard = match io.poll_read_ready(cx) {
                Poll::Ready(Ok(guard)) => guard,
                Poll::Ready(Err(_)) => return Poll::Ready(false),
                Poll::Pending => return Poll::Pending,
            };
            let mut decoder = self.decoder.borrow_mut();
            let mut fds = Vec::new();
            let space = decoder.space();
            let room = space.len();
            match channel_io::receive(io.get_ref().as_fd(), space, &mut fds) {
                Ok(Received { count, lost }) => {
                    let stopped = lost || !fds.is_empty();
                    decoder.filled(count);
                    self.received.set(self.received.get() + count);
                    // As long as there may be frames whose descriptors are lost, those that come may be taken for theirs: their senders send them again.
                    if !fds.is_empty() && !self.losing.get() {
                        self.arrived.borrow_mut().push_back(fds);
                    }
                    self.losing.set((lost || self.losing.get()) && count == room);
                    // A read stops short of its room only at descriptors or when there is no more.
                    if !stopped && count > 0 && count < room {
                        guard.clear_ready();
                    }
                    return Poll::Ready(count > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A reset is an end like any other: the peer died.
                Err(_) => return Poll::Ready(false),
            }
        }
    }

    fn read_ready(&self, cx: &mut Context<'_>, scope: &mut Scope<'_, '_>) {
        for _ in 0..READS_PER_TURN {
            let front = self.settle();
            match front {
                _ if !self.reading.get() => return,
                Front::Broken(error) => return self.end(scope, Some(&error.to_string())),
                Front::Message if self.posted.get() => return self.wake(),
                Front::Message => {
                    self.deliver(scope);
                    if let Some(fault) = self.fault.take() {
                        return self.end(scope, Some(&fault));
                    }
                    // JavaScript leaves some for the next turn when there are many, or when one of its listeners throws.
                    if self.is_open() && matches!(self.settle(), Front::Message) {
                        self.wake();
                        return;
                    }
                }
                Front::Empty if self.ended.get() => return self.end(scope, None),
                Front::Empty => {}
            }
            if self.ended.get() {
                continue;
            }
            if self.arrived.borrow().iter().map(Vec::len).sum::<usize>() > MAX_UNCLAIMED {
                return self.end(scope, Some("IPC peer sends descriptors without messages"));
            }
            if self.outbox.borrow().unwritten_answers() > MAX_UNREAD_ANSWERS {
                return self.end(scope, Some("IPC peer sends handles and does not read the answers"));
            }
            match self.read_once(cx) {
                Poll::Ready(more) => self.ended.set(!more),
                Poll::Pending => return,
            }
        }
        self.wake();
    }

    /// A message just answered is often followed by the next, and so is a lot of messages by more.
    fn expect_more(&self) {
        let (sent, received) = (self.sent.replace(false), self.received.take());
        if self.reading.get() && (sent && received > 0 || received >= A_LOT) {
            rtjs_core::linger::expect(self.raw_fd());
        }
    }
}

impl IoSource for ChannelCore {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        let Some(waker) = self.registration.borrow().as_ref().map(Registration::begin) else {
            return;
        };
        let mut cx = Context::from_waker(&waker);
        self.in_turn.set(true);
        self.gathering.set(false);
        self.posted.set(false);
        self.flush_ready(&mut cx);
        self.report_written(scope);
        if self.reading.get() {
            self.read_ready(&mut cx, scope);
        }
        // What the messages just delivered were answered with.
        self.gathering.set(false);
        self.flush_ready(&mut cx);
        self.report_written(scope);
        self.report_handles(scope);
        self.in_turn.set(false);
        self.expect_more();
        // The callbacks of what was written have sent more.
        if self.unwritten() > 0 && (!self.write_blocked.get() || self.room.borrow().is_none()) {
            self.wake();
        }
        self.finish_if_drained();
    }
}
