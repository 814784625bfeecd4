//! The IPC channel: one AF_UNIX socket between a parent and its child, with frames and descriptors in both directions.
//!
//! [`ChannelCore`] is shared by JavaScript's `ops.Channel` (`channel_js.rs`) and by Rust code that talks over the same channel without
//! entering JavaScript ([`InternalHandler`], [`ChannelCore::send_message`], [`ChannelCore::send_handle`]). Frames are handled strictly in the
//! order in which they came, whoever they are for.

mod turn;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd, RawFd};
use std::rc::Rc;

use rtjs_core::{EventLoop, KeepAlive, Registration};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::channel_io;
use crate::channel_js::JsSide;
use crate::frame::{Decoder, FrameError, Mode};
use crate::internal::{Fields, Head, write_message};
use crate::outbox::{Answered, Frame, Kind, Outbox};

/// What is gathered for the end of the turn is written at once from here on.
const GATHER: usize = 64 << 10;
/// How many handles this end takes before it has answered the first.
const WINDOW: u64 = 32;

/// Whether an [`InternalHandler`] dealt with a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handled {
    /// It did; JavaScript never hears of the message.
    Yes,
    /// It did not; the message goes to JavaScript as 'internalMessage'.
    No,
}

/// Rust code that deals with internal messages before JavaScript sees them.
pub trait InternalHandler {
    /// An internal message other than `NODE_HANDLE_ACK` and `NODE_HANDLE_NACK`. Called in order with what JavaScript gets; may send on this
    /// channel or any other, and may close it.
    fn on_internal(&self, delivery: &Delivery<'_>) -> Handled;

    /// No message comes any more, and none can be sent: the peer is gone, or this side disconnected. Called once.
    fn on_closed(&self) {}
}

/// An internal message that has just arrived; see [`InternalHandler`].
pub struct Delivery<'a> {
    channel: &'a ChannelCore,
    head: &'a Head<'a>,
}

impl<'a> Delivery<'a> {
    /// What the message says.
    pub fn head(&self) -> &'a Head<'a> {
        self.head
    }

    /// The channel that it came over.
    pub fn channel(&self) -> &'a ChannelCore {
        self.channel
    }

    /// Something that came with the message was posted to JavaScript: it is to see that before the channel's next message.
    pub fn posted(&self) {
        self.channel.posted.set(true);
    }

    /// Takes the descriptors that came with the message, which says that there are `count`; others when not so many arrived. For a `NODE_HANDLE`,
    /// which has one, this also tells the sender whether it arrived, as Node does before it looks at the message, so call it once and only for a
    /// message that you handle.
    pub fn claim(&self, count: usize) -> Vec<OwnedFd> {
        if self.head.carries_handle() {
            self.channel.claim_handle().into_iter().collect()
        } else {
            self.channel.take_arrived(count)
        }
    }
}

/// What is at the front of the bytes that were read.
#[derive(Debug)]
pub(crate) enum Front {
    /// A frame for JavaScript.
    Message,
    /// No whole frame.
    Empty,
    /// Bytes that are no frames.
    Broken(FrameError),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Without a socket yet.
    New,
    Open,
    /// Disconnected by this side; what is still to be written is written.
    Draining,
    Closed,
}

/// See the module. JavaScript's `ops.Channel` makes it.
pub struct ChannelCore {
    mode: Mode,
    door: EventLoop,
    state: Cell<State>,
    io: RefCell<Option<AsyncFd<OwnedFd>>>,
    // A second descriptor of the socket, there while the kernel has no room: a unix socket that is watched for room wakes its writer each time
    // that the peer has read something.
    room: RefCell<Option<AsyncFd<OwnedFd>>>,
    registration: RefCell<Option<Registration>>,
    pub(crate) decoder: RefCell<Decoder>,
    // Some were lost, and the frames that they came with have not all been read.
    losing: Cell<bool>,
    // Descriptors in the groups in which they came.
    arrived: RefCell<VecDeque<Vec<OwnedFd>>>,
    pub(crate) outbox: RefCell<Outbox<Rc<OwnedFd>>>,
    handler: RefCell<Option<Rc<dyn InternalHandler>>>,
    pub(crate) js: RefCell<Option<JsSide>>,
    // Messages that JavaScript may still take in this turn.
    pub(crate) budget: Cell<u32>,
    // An internal message of this turn has become something that is posted to JavaScript, and is not there yet.
    pub(crate) posted: Cell<bool>,
    // Handles that the peer never got, and that JavaScript has not heard of.
    given_up: Cell<u32>,
    // JavaScript waits for the last handle to be answered.
    pub(crate) awaiting_handles: Cell<bool>,
    // What is wrong with the peer's bytes.
    pub(crate) fault: RefCell<Option<String>>,
    pub(crate) scratch: RefCell<Vec<u8>>,
    // The peer will send no more.
    ended: Cell<bool>,
    write_blocked: Cell<bool>,
    // The kernel was asked for more room.
    enlarged: Cell<bool>,
    // Something was written since the loop last looked: what follows is gathered until it looks again.
    gathering: Cell<bool>,
    // The loop is looking, and writes what is gathered when it has looked.
    in_turn: Cell<bool>,
    // Since the loop last looked.
    sent: Cell<bool>,
    received: Cell<usize>,
    reading: Cell<bool>,
    // Tracked frames that were written, or lost, and that JavaScript has not been told of.
    pub(crate) completed: Cell<u32>,
    pub(crate) write_error: Cell<i32>,
    pub(crate) keep_alive: KeepAlive,
    write_alive: KeepAlive,
}

impl ChannelCore {
    /// A channel without a socket.
    pub(crate) fn new(door: EventLoop, mode: Mode) -> Rc<ChannelCore> {
        let core = Rc::new(ChannelCore {
            mode,
            state: Cell::new(State::New),
            io: RefCell::default(),
            room: RefCell::default(),
            registration: RefCell::default(),
            decoder: RefCell::new(Decoder::new(mode)),
            losing: Cell::new(false),
            arrived: RefCell::default(),
            outbox: RefCell::default(),
            handler: RefCell::default(),
            js: RefCell::default(),
            budget: Cell::new(0),
            posted: Cell::new(false),
            given_up: Cell::new(0),
            awaiting_handles: Cell::new(false),
            fault: RefCell::default(),
            scratch: RefCell::default(),
            ended: Cell::new(false),
            write_blocked: Cell::new(false),
            enlarged: Cell::new(false),
            gathering: Cell::new(false),
            in_turn: Cell::new(false),
            sent: Cell::new(false),
            received: Cell::new(0),
            reading: Cell::new(false),
            completed: Cell::new(0),
            write_error: Cell::new(0),
            keep_alive: door.keep_alive(),
            write_alive: door.keep_alive(),
            door,
        });
        *core.registration.borrow_mut() = Some(core.door.register(&core));
        core
    }

    /// Takes over the socket `fd`, which somebody has named and gives away.
    ///
    /// # Errors
    /// `EBADF`, `ENOTSOCK`; `EALREADY` when there is a socket.
    pub(crate) fn attach(&self, fd: RawFd) -> io::Result<()> {
        if self.state.get() != State::New {
            return Err(io::Error::from_raw_os_error(libc::EALREADY));
        }
        let fd = channel_io::adopt_socket(fd)?;
        let io = crate::reap::watch(fd, Interest::READABLE)?;
        *self.io.borrow_mut() = Some(io);
        self.state.set(State::Open);
        Ok(())
    }

    /// Starts reading; from here on the channel keeps the loop alive, unless it is unreferenced.
    pub(crate) fn start(&self, js: JsSide) {
        *self.js.borrow_mut() = Some(js);
        self.reading.set(true);
        self.keep_alive.set_active(true);
        self.wake();
    }

    /// Nothing is read any more.
    pub(crate) fn stop(&self) {
        self.reading.set(false);
        self.keep_alive.set_active(false);
    }

    /// The format of the channel's frames.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether messages can be sent.
    pub fn is_open(&self) -> bool {
        self.state.get() == State::Open
    }

    /// The number of the socket's descriptor, or -1.
    pub fn raw_fd(&self) -> RawFd {
        self.io.borrow().as_ref().map_or(-1, AsRawFd::as_raw_fd)
    }

    /// Bytes that the kernel has not taken yet: a peer that does not read shows here.
    pub fn unwritten(&self) -> usize {
        self.outbox.borrow().unwritten()
    }

    /// Sets who deals with internal messages in Rust; `None` leaves all of them to JavaScript.
    pub fn set_handler(&self, handler: Option<Rc<dyn InternalHandler>>) {
        *self.handler.borrow_mut() = handler;
    }

    /// Sends an internal message, with descriptors that the peer takes without acknowledging them (an rtjs peer only; a Node peer wants
    /// [`ChannelCore::send_handle`]). The channel shares the descriptors until the kernel has them.
    ///
    /// # Errors
    /// `EPIPE` when the channel is not open.
    pub fn send_message(
        &self,
        fds: Vec<Rc<OwnedFd>>,
        fill: impl for<'o> FnOnce(Fields<'o>) -> Fields<'o>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        write_message(self.mode, &mut bytes, fill);
        self.push(Frame {
            bytes,
            fds,
            kind: Kind::Message,
            tracked: false,
        })
    }

    /// Sends `NODE_HANDLE` of `handle_type` (`net.Native`, ...) with a message in it, as Node does: what is sent later waits until the peer has
    /// acknowledged the descriptor, and it is sent again when it did not arrive. The channel shares the descriptor until then.
    ///
    /// # Errors
    /// `EPIPE` when the channel is not open.
    pub fn send_handle(
        &self,
        fd: Rc<OwnedFd>,
        handle_type: &str,
        fill: impl for<'o> FnOnce(Fields<'o>) -> Fields<'o>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        write_message(self.mode, &mut bytes, |m| {
            m.text("cmd", "NODE_HANDLE")
                .text("type", handle_type)
                .object("msg", fill)
        });
        self.push(Frame {
            bytes,
            fds: vec![fd],
            kind: Kind::Handle,
            tracked: false,
        })
    }

    pub(crate) fn push(&self, frame: Frame<Rc<OwnedFd>>) -> io::Result<()> {
        if !self.is_open() {
            return Err(io::Error::from_raw_os_error(libc::EPIPE));
        }
        self.outbox.borrow_mut().push(frame);
        self.pushed().map(drop)
    }

    /// Something was appended to the outbox. The first since the loop last looked is written at once, as a program expects that goes on to
    /// compute or to end; what follows is gathered. Returns whether everything is written.
    pub(crate) fn pushed(&self) -> io::Result<bool> {
        let unwritten = self.unwritten();
        if unwritten == 0 {
            return Ok(true);
        }
        let now = !self.gathering.replace(true) || unwritten >= GATHER;
        let result = if now && !self.write_blocked.get() {
            self.flush()
        } else {
            Ok(())
        };
        let written = self.unwritten() == 0;
        if !written {
            self.write_alive.set_active(true);
            if !self.in_turn.get() {
                self.wake();
            }
        }
        result.map(|()| written)
    }

    /// Writes what the kernel takes.
    ///
    /// # Errors
    /// When the peer is gone; nothing is left to be written then.
    pub(crate) fn flush(&self) -> io::Result<()> {
        let mut completed = 0;
        let result = self.write_out(&mut completed);
        self.completed.set(self.completed.get() + completed);
        let mut outbox = self.outbox.borrow_mut();
        if result.is_err() {
            self.completed.set(self.completed.get() + outbox.clear());
        }
        if outbox.unwritten() == 0 {
            self.write_blocked.set(false);
            self.write_alive.set_active(false);
        }
        result
    }

    fn write_out(&self, completed: &mut u32) -> io::Result<()> {
        let io = self.io.borrow();
        let Some(io) = io.as_ref() else { return Ok(()) };
        let mut outbox = self.outbox.borrow_mut();
        while let Some(write) = outbox.next_write() {
            match channel_io::send(io.get_ref().as_fd(), write.pieces(), write.fds()) {
                Ok(count) => {
                    *completed += outbox.wrote(count);
                    self.sent.set(true);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if !self.enlarged.replace(true) && channel_io::enlarge(io.get_ref().as_fd()) {
                        continue;
                    }
                    self.write_blocked.set(true);
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The next `count` descriptors of those that came together; what there is when these are fewer.
    fn take_arrived(&self, count: usize) -> Vec<OwnedFd> {
        let mut arrived = self.arrived.borrow_mut();
        let Some(group) = arrived.front_mut() else {
            return Vec::new();
        };
        let taken: Vec<OwnedFd> = group.drain(..count.min(group.len())).collect();
        if group.is_empty() {
            arrived.pop_front();
        }
        taken
    }

    /// Takes the descriptor that came for a `NODE_HANDLE` and tells the sender whether there was one.
    pub(crate) fn claim_handle(&self) -> Option<OwnedFd> {
        let fd = self.take_arrived(1).pop();
        let cmd = match fd {
            Some(_) => "NODE_HANDLE_ACK",
            None => "NODE_HANDLE_NACK",
        };
        let mut bytes = Vec::new();
        // A Node peer reads `cmd` only.
        write_message(self.mode, &mut bytes, |m| m.text("cmd", cmd).number("window", WINDOW));
        // A peer that is gone does not need its answer.
        let _ = self.push(Frame {
            bytes,
            fds: Vec::new(),
            kind: Kind::Answer,
            tracked: false,
        });
        fd
    }

    /// The peer answered a handle that was sent; `window` is how many it takes at a time, if it says so.
    pub(crate) fn handle_answered(&self, arrived: bool, window: Option<f64>) {
        let answered = {
            let mut outbox = self.outbox.borrow_mut();
            if let Some(window) = window {
                outbox.set_window(window as usize);
            }
            outbox.answered(arrived)
        };
        if answered == Answered::GaveUp {
            self.given_up.set(self.given_up.get() + 1);
        }
        // What waited goes out at once; an error shows when reading.
        let _ = self.pushed();
    }

    /// Whether JavaScript has to hear of what became of its handles: one was given up, or it waits for the last to be through.
    pub(crate) fn settled_handles(&self) -> Option<u32> {
        let given_up = self.given_up.take();
        let through = self.awaiting_handles.get() && self.outbox.borrow().pending() == 0;
        if through {
            self.awaiting_handles.set(false);
        }
        (through || given_up > 0).then_some(given_up)
    }

    /// Deals with the frames at the front that are Rust's, up to the first one that is not.
    pub(crate) fn settle(&self) -> Front {
        loop {
            let mut decoder = self.decoder.borrow_mut();
            let frame = match decoder.peek() {
                Ok(Some(frame)) => frame,
                Ok(None) => return Front::Empty,
                Err(error) => return Front::Broken(error),
            };
            let Some(head) = Head::read(self.mode, frame) else {
                return Front::Message;
            };
            let handled = match head.cmd.as_deref() {
                Some(cmd @ ("NODE_HANDLE_ACK" | "NODE_HANDLE_NACK")) => {
                    self.handle_answered(cmd == "NODE_HANDLE_ACK", head.window);
                    Handled::Yes
                }
                _ => {
                    let handler = self.handler.borrow().clone();
                    handler.map_or(Handled::No, |h| {
                        h.on_internal(&Delivery {
                            channel: self,
                            head: &head,
                        })
                    })
                }
            };
            if handled == Handled::No {
                return Front::Message;
            }
            decoder.consume();
            if !self.is_open() {
                return Front::Empty;
            }
        }
    }

    /// Stops reading and ends the channel once everything is written. No callback comes any more.
    pub(crate) fn close(&self) {
        if !self.is_open() {
            return;
        }
        let _ = self.flush();
        self.state.set(State::Draining);
        self.stop();
        self.js.borrow_mut().take();
        if let Some(handler) = self.handler.borrow_mut().take() {
            handler.on_closed();
        }
        self.finish_if_drained();
    }

    fn finish_if_drained(&self) {
        if self.state.get() == State::Draining && self.unwritten() == 0 {
            self.state.set(State::Closed);
            self.write_alive.set_active(false);
            self.outbox.borrow_mut().clear();
            self.io.borrow_mut().take();
            self.room.borrow_mut().take();
            self.registration.borrow_mut().take();
            self.arrived.borrow_mut().clear();
        }
    }

    /// Makes the loop look at the channel in its next turn.
    pub(crate) fn wake(&self) {
        if let Some(registration) = &*self.registration.borrow() {
            registration.wake();
        }
    }
}
