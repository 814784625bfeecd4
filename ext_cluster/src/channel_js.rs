//! `ops.Channel`: the channel as JavaScript has it. What a message or a handle means is decided there.

use std::os::fd::{IntoRawFd, OwnedFd};
use std::rc::{Rc, Weak};

use deno_core::{GarbageCollected, OpState, op2, v8};
use rtjs_core::{EventLoop, Scope, invoke};

use rtjs_net::{StreamHandle, new_connected_handle};

use crate::channel::{ChannelCore, Front};
use crate::channel_io;
use crate::frame::Mode;
use crate::message::{self, BufferClass, SendError};
use crate::outbox::{Frame, Kind};

/// Messages that JavaScript gets in one turn.
const MESSAGES_PER_TURN: u32 = 1024;
/// A serialized message of at most this many bytes is copied to the others that wait; the buffer it was made in is used again.
const KEPT_SCRATCH: usize = 4 << 10;
/// Unwritten bytes from which on `send` asks its caller to wait, as Node's does.
const BACK_OFF: usize = 128 << 10;

// What `send` returns.
const WRITTEN: i32 = 0;
const QUEUED: i32 = 1;
const QUEUED_BACK_OFF: i32 = 2;

/// The functions that a channel calls, with `owner` as `this`.
pub(crate) struct JsSide {
    owner: v8::Global<v8::Object>,
    /// `()`: there are messages for `next`.
    readable: v8::Global<v8::Function>,
    /// `(fault)`: there will be no more; `fault` is a text when the peer's bytes were no messages.
    ended: v8::Global<v8::Function>,
    /// `(count, errno)`: so many tracked messages more are written, or lost if `errno` is not 0.
    written: v8::Global<v8::Function>,
    /// `(lost)`: so many handles did not reach the peer; or the last one has been answered, see `awaitHandles`.
    handled: v8::Global<v8::Function>,
}

impl ChannelCore {
    pub(crate) fn deliver(&self, scope: &mut Scope<'_, '_>) {
        self.budget.set(MESSAGES_PER_TURN);
        self.call(scope, |js| &js.readable, |_| Vec::new());
    }

    pub(crate) fn end(&self, scope: &mut Scope<'_, '_>, fault: Option<&str>) {
        self.stop();
        self.call(
            scope,
            |js| &js.ended,
            |scope| {
                fault
                    .and_then(|f| v8::String::new(scope, f))
                    .map(Into::into)
                    .into_iter()
                    .collect()
            },
        );
    }

    pub(crate) fn report_written(&self, scope: &mut Scope<'_, '_>) {
        let (count, errno) = (self.completed.take(), self.write_error.take());
        if count > 0 || errno != 0 {
            self.call(
                scope,
                |js| &js.written,
                |scope| {
                    vec![
                        v8::Integer::new_from_unsigned(scope, count).into(),
                        v8::Integer::new(scope, errno).into(),
                    ]
                },
            );
        }
    }

    pub(crate) fn report_handles(&self, scope: &mut Scope<'_, '_>) {
        if let Some(lost) = self.settled_handles() {
            self.call(
                scope,
                |js| &js.handled,
                |scope| vec![v8::Integer::new_from_unsigned(scope, lost).into()],
            );
        }
    }

    fn call<'s>(
        &self,
        scope: &mut Scope<'s, '_>,
        pick: impl Fn(&JsSide) -> &v8::Global<v8::Function>,
        args: impl FnOnce(&mut Scope<'s, '_>) -> Vec<v8::Local<'s, v8::Value>>,
    ) {
        let (function, owner) = match &*self.js.borrow() {
            Some(js) => (v8::Local::new(scope, pick(js)), v8::Local::new(scope, &js.owner)),
            None => return,
        };
        let args = args(scope);
        invoke(scope, function.into(), owner.into(), &args);
    }
}

/// The channels of a runtime, to write out what they have gathered before the process ends or stands still.
#[derive(Default)]
struct Channels(Vec<Weak<ChannelCore>>);

/// Writes what the channels of this runtime have gathered, as far as the kernel takes it. For the end of the process and for everything that
/// stops the loop for a while.
pub fn flush_channels(state: &mut OpState) {
    if let Some(Channels(list)) = state.try_borrow_mut::<Channels>() {
        list.retain(|weak| {
            let channel = weak.upgrade();
            // An error shows when the loop goes on; if it does not, nobody asks.
            channel.map(|c| drop(c.flush())).is_some()
        });
    }
}

/// One end of an IPC channel. Methods return 0 or more, or a negative errno.
pub struct Channel {
    core: Rc<ChannelCore>,
    buffer_class: BufferClass,
}

// SAFETY: no traced members; the callbacks are Globals, which close() drops.
unsafe impl GarbageCollected for Channel {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"Channel"
    }
}

impl Channel {
    /// What Rust code uses of the channel.
    pub fn core(&self) -> &Rc<ChannelCore> {
        &self.core
    }

    /// Queues a frame, and says what `send` returns.
    fn push(&self, frame: Frame<Rc<OwnedFd>>) -> i32 {
        let tracked = frame.tracked;
        self.core.outbox.borrow_mut().push(frame);
        self.pushed(tracked)
    }

    fn pushed(&self, tracked: bool) -> i32 {
        let waiting = self.core.outbox.borrow().waiting();
        if waiting > 0 {
            return if waiting == 1 { QUEUED } else { QUEUED_BACK_OFF };
        }
        let result = match self.core.pushed() {
            Ok(true) => WRITTEN,
            Ok(false) if self.core.unwritten() >= BACK_OFF => return QUEUED_BACK_OFF,
            Ok(false) => return QUEUED,
            Err(error) => rtjs_core::errno(&error),
        };
        if tracked {
            let completed = &self.core.completed;
            if result == WRITTEN && completed.get() > 1 {
                // It went out together with earlier ones whose callbacks come first.
                self.core.wake();
                return QUEUED;
            }
            // The caller sees how this one went, and is not told again.
            completed.set(completed.get().saturating_sub(1));
        }
        if result < 0 && self.core.completed.get() > 0 {
            // Earlier ones were lost with it.
            self.core.write_error.set(result);
            self.core.wake();
        }
        result
    }
}

impl Channel {
    /// Sends a message that is nothing but a view, as `send` does: its bytes are copied straight to what is to be written. `None`: it is not as usual.
    fn send_view<'s>(
        &self,
        scope: &mut Scope<'s, '_>,
        view: v8::Local<'s, v8::ArrayBufferView>,
        tracked: bool,
    ) -> Option<i32> {
        let kind = match message::view_kind(scope, &self.buffer_class, view) {
            Ok(kind) => kind?,
            Err(error) => return Some(refused(error)),
        };
        if !self.core.is_open() {
            return Some(-libc::EPIPE);
        }
        let mut small = [0; v8::TYPED_ARRAY_MAX_SIZE_IN_HEAP];
        let contents = view.get_contents(&mut small);
        let head = message::view_head(kind, contents.len())?;
        self.core.outbox.borrow_mut().push_pieces(&[&head, contents], tracked);
        Some(self.pushed(tracked))
    }

    /// Sends a message with the descriptor that `take` gives once the message is known to be good.
    fn send_with<'s>(
        &self,
        scope: &mut Scope<'s, '_>,
        value: v8::Local<'s, v8::Value>,
        tracked: bool,
        take: impl FnOnce() -> std::io::Result<OwnedFd>,
    ) -> i32 {
        if !self.core.is_open() {
            return -libc::EPIPE;
        }
        let mut bytes = Vec::new();
        if let Err(error) = message::write(scope, self.core.mode(), &self.buffer_class, value, &mut bytes) {
            return refused(error);
        }
        if !self.core.is_open() {
            return -libc::EPIPE;
        }
        match take() {
            Ok(fd) => self.push(Frame {
                bytes,
                fds: vec![Rc::new(fd)],
                kind: Kind::Handle,
                tracked,
            }),
            Err(error) => rtjs_core::errno(&error),
        }
    }
}

fn refused(error: SendError) -> i32 {
    match error {
        SendError::NoText => -libc::EINVAL,
        SendError::TooLong => -libc::EMSGSIZE,
        SendError::Thrown => 0,
    }
}

#[op2]
impl Channel {
    /// A channel without a socket. `advanced` messages name the Buffer class: its constructor and prototype.
    #[constructor]
    #[cppgc]
    fn new(
        isolate: &mut v8::Isolate,
        advanced: bool,
        #[scoped] constructor: v8::Global<v8::Function>,
        #[scoped] prototype: v8::Global<v8::Object>,
    ) -> Channel {
        let mode = if advanced { Mode::Advanced } else { Mode::Json };
        let core = ChannelCore::new(EventLoop::from_isolate(isolate), mode);
        let buffer_class = BufferClass::new(constructor, prototype);
        let state = deno_core::JsRuntime::op_state_from(isolate);
        let mut state = state.borrow_mut();
        if !state.has::<Channels>() {
            state.put(Channels::default());
        }
        let Channels(list) = state.borrow_mut::<Channels>();
        list.retain(|weak| weak.strong_count() > 0);
        list.push(Rc::downgrade(&core));
        Channel { core, buffer_class }
    }

    /// Takes over the socket with descriptor number `fd`. 0 or a negative errno.
    #[fast]
    fn open(&self, fd: i32) -> i32 {
        self.core.attach(fd).map_or_else(|e| rtjs_core::errno(&e), |()| 0)
    }

    /// Starts reading. See `JsSide` for what is called.
    fn start(
        &self,
        #[scoped] owner: v8::Global<v8::Object>,
        #[scoped] readable: v8::Global<v8::Function>,
        #[scoped] ended: v8::Global<v8::Function>,
        #[scoped] written: v8::Global<v8::Function>,
        #[scoped] handled: v8::Global<v8::Function>,
    ) {
        self.core.start(JsSide {
            owner,
            readable,
            ended,
            written,
            handled,
        });
    }

    /// The next message, or undefined when there is none for now.
    fn next<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let nothing = v8::undefined(scope).into();
        let budget = self.core.budget.get();
        if budget == 0
            || !self.core.is_open()
            || !matches!(self.core.settle(), Front::Message)
            || self.core.posted.get()
        {
            return nothing;
        }
        self.core.budget.set(budget - 1);
        v8::tc_scope!(let scope, scope);
        let read = {
            let mut decoder = self.core.decoder.borrow_mut();
            let read = match decoder.peek() {
                Ok(Some(frame)) => message::read(scope, self.core.mode(), &self.buffer_class, frame),
                _ => None,
            };
            decoder.consume();
            read
        };
        if let Some(value) = read.filter(|v| !v.is_undefined()) {
            return value;
        }
        let fault = match scope.exception() {
            Some(exception) => format!("IPC message: {}", exception.to_rust_string_lossy(scope)),
            None => "IPC message is not a serialized value".to_owned(),
        };
        scope.reset();
        self.core.budget.set(0);
        self.core.fault.replace(Some(fault));
        nothing
    }

    /// Sends a message: 0 when it is written, 1 when it is queued, 2 when it is queued and the caller should wait. A `tracked` message that is
    /// queued is counted when it is written. `EINVAL`: the value has no JSON text; `EMSGSIZE`: it is too long.
    #[nofast]
    #[reentrant]
    fn send<'s>(&self, scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>, tracked: bool) -> i32 {
        if !self.core.is_open() {
            return -libc::EPIPE;
        }
        if self.core.mode() == Mode::Advanced
            && let Ok(view) = v8::Local::<v8::ArrayBufferView>::try_from(value)
            && let Some(status) = self.send_view(scope, view, tracked)
        {
            return status;
        }
        // Serializing can run JavaScript (toJSON, getters), which may send on this very channel or close it.
        let mut bytes = self.core.scratch.take();
        bytes.clear();
        let written = message::write(scope, self.core.mode(), &self.buffer_class, value, &mut bytes);
        if let Err(error) = written {
            return refused(error);
        }
        if !self.core.is_open() {
            return -libc::EPIPE;
        }
        if bytes.len() > KEPT_SCRATCH {
            return self.push(Frame {
                bytes,
                fds: Vec::new(),
                kind: Kind::Message,
                tracked,
            });
        }
        self.core.outbox.borrow_mut().push_pieces(&[&bytes], tracked);
        self.core.scratch.replace(bytes);
        self.pushed(tracked)
    }

    /// Sends a message that carries a descriptor, of which the channel keeps a copy until the peer has acknowledged it. Returns as `send` does.
    #[nofast]
    #[reentrant]
    fn send_handle<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        value: v8::Local<'s, v8::Value>,
        fd: i32,
        tracked: bool,
    ) -> i32 {
        match channel_io::duplicate(fd) {
            Ok(fd) => self.send_with(scope, value, tracked, || Ok(fd)),
            Err(error) => rtjs_core::errno(&error),
        }
    }

    /// As `sendHandle`, for a `Tcp` or `Pipe` that this process needs no more: it is closed when it was sent.
    #[nofast]
    #[reentrant]
    fn send_socket<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        value: v8::Local<'s, v8::Value>,
        handle: v8::Local<'s, v8::Value>,
        tracked: bool,
    ) -> i32 {
        let Some(socket) = StreamHandle::socket_of(scope, handle) else {
            return -libc::EBADF;
        };
        self.send_with(scope, value, tracked, || {
            // What it still has to write goes out by itself; the copy is the peer's.
            if socket.write_queue_size() > 0 {
                return socket.duplicate();
            }
            socket
                .take_fd()
                .ok_or_else(|| std::io::Error::from_raw_os_error(libc::EBADF))
        })
    }

    /// For a `NODE_HANDLE` message: the descriptor that came with it, which the caller owns, or -1 (and the sender sends it again).
    #[fast]
    fn claim_handle(&self) -> i32 {
        self.core.claim_handle().map_or(-1, IntoRawFd::into_raw_fd)
    }

    /// For a `NODE_HANDLE` message of a connected socket: a `Tcp` or `Pipe` for it, undefined when no descriptor came (the sender sends it again),
    /// or a negative errno.
    fn claim_socket<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let Some(fd) = self.core.claim_handle() else {
            return v8::undefined(scope).into();
        };
        let made = channel_io::prepare_stream(&fd).and_then(|family| new_connected_handle(scope, family, fd));
        match made {
            Ok(handle) => handle.into(),
            Err(error) => v8::Integer::new(scope, rtjs_core::errno(&error)).into(),
        }
    }

    /// For a `NODE_HANDLE_ACK` (`arrived`) or `NODE_HANDLE_NACK` message that Rust did not recognise.
    #[fast]
    fn handle_answered(&self, arrived: bool) {
        self.core.handle_answered(arrived, None);
    }

    /// Whether handles wait to be acknowledged; if so, the `handled` callback comes when none does any more.
    #[fast]
    fn await_handles(&self) -> bool {
        let pending = self.core.outbox.borrow().pending() > 0;
        self.core.awaiting_handles.set(pending);
        pending
    }

    /// Bytes that the kernel has not taken yet.
    #[fast]
    #[getter]
    fn write_queue_size(&self) -> f64 {
        self.core.unwritten() as f64
    }

    /// The descriptor's number, or -1.
    #[fast]
    #[getter]
    fn fd(&self) -> i32 {
        self.core.raw_fd()
    }

    /// Keeps the loop alive while messages may come.
    #[fast]
    #[rename("ref")]
    fn reference(&self) {
        self.core.keep_alive.set_ref(true);
    }

    /// Lets the loop end although messages may come.
    #[fast]
    fn unref(&self) {
        self.core.keep_alive.set_ref(false);
    }

    /// Whether the channel keeps the loop alive while messages may come.
    #[fast]
    fn has_ref(&self) -> bool {
        self.core.is_open() && self.core.keep_alive.has_ref()
    }

    /// Disconnects. No callback comes any more; what was sent is still written.
    #[fast]
    fn close(&self) {
        self.core.close();
    }
}
