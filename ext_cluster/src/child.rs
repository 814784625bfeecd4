//! A worker's side of round robin: the handle that stands for the primary's listener, and the descriptors that come for it. They go straight to
//! the handle's owner: a net server's accept queue, or an HTTP server in Rust.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::os::fd::OwnedFd;
use std::rc::{Rc, Weak};

use deno_core::{GarbageCollected, JsRuntime, op2, v8};
use rtjs_core::{EventLoop, KeepAlive};
use rtjs_net::{ConnectionSink, Family, HttpServer, JsSink};

use crate::channel::{ChannelCore, Delivery, Handled, InternalHandler};
use crate::channel_js::Channel;

/// The handles of one process by the key that the primary knows them by.
#[derive(Default)]
struct Handles {
    by_key: RefCell<HashMap<String, Weak<Fake>>>,
}

impl InternalHandler for Handles {
    fn on_internal(&self, delivery: &Delivery<'_>) -> Handled {
        let Some(head) = delivery.head().cluster() else {
            return Handled::No;
        };
        if !matches!(head.act.as_deref(), Some("newconn" | "newconns")) {
            return Handled::No;
        }
        let count = head.connections();
        let fds = delivery.claim(count);
        let Some(seq) = head.seq.filter(|s| *s >= 0.0) else {
            return Handled::Yes;
        };
        let fake = head
            .key
            .as_deref()
            .and_then(|key| self.by_key.borrow().get(key)?.upgrade());
        // A descriptor that was lost on the way counts as refused, as a `newconn` without handle does in Node.
        let (taken, full) = match fake {
            Some(fake) if fds.len() == count => fake.take(fds),
            _ => (0, false),
        };
        // The primary is gone when this fails; so will this worker be.
        let answer = |first: usize, count: usize, accepted: bool| {
            let _ = delivery.channel().send_message(Vec::new(), |m| {
                let m = m
                    .text("cmd", "NODE_CLUSTER")
                    .number("ack", (seq as u64).saturating_add(first as u64))
                    .bool("accepted", accepted);
                // An rtjs primary, which sent a count, knows these words.
                match head.count {
                    Some(_) if accepted => m.number("count", count as u64),
                    Some(_) => m.number("count", count as u64).bool("full", full),
                    None => m,
                }
            });
        };
        if taken > 0 {
            delivery.posted();
            answer(0, taken, true);
        }
        if taken < count {
            answer(taken, count - taken, false);
        }
        Handled::Yes
    }
}

struct Fake {
    key: String,
    family: Family,
    door: EventLoop,
    handles: Rc<Handles>,
    sink: RefCell<Option<Rc<dyn ConnectionSink>>>,
    owner: RefCell<Option<v8::Global<v8::Object>>>,
    keep_alive: KeepAlive,
    open: Cell<bool>,
    /// The server's `maxConnections`, and what counts against it.
    limit: Cell<Option<usize>>,
    connections: Cell<usize>,
    /// The primary waits to hear that there is room again.
    full: Cell<bool>,
    channel: Weak<ChannelCore>,
}

impl Fake {
    /// Gives the server as many connections as it takes. Returns how many these are, and whether it says when it takes more.
    fn take(&self, fds: Vec<OwnedFd>) -> (usize, bool) {
        let Some(sink) = self.sink.borrow().clone() else {
            return (0, false);
        };
        let taken = fds.len().min(self.room());
        let left = taken < fds.len();
        self.connections.set(self.connections.get() + taken);
        // They are non-blocking already: that is a property of the open socket, set by the primary's accept. What is not taken is closed
        // here; the primary has it still.
        for fd in fds.into_iter().take(taken) {
            sink.clone().connection(fd, self.family);
        }
        // One that has failed already will not make room by ending.
        let full = left && self.room() == 0;
        self.full.set(full);
        (taken, full)
    }

    /// How many connections the server takes now.
    fn room(&self) -> usize {
        let limit = self.limit.get().unwrap_or(usize::MAX);
        let sinks = self.sink.borrow().as_ref().map_or(0, |sink| sink.room());
        limit.saturating_sub(self.connections.get()).min(sinks)
    }

    /// Tells the primary, when it waits for that, that there is room.
    fn tell_room(&self) {
        if self.room() == 0 || !self.full.replace(false) {
            return;
        }
        if let Some(channel) = self.channel.upgrade() {
            // It is gone when this fails.
            let _ = channel.send_message(Vec::new(), |m| {
                m.text("cmd", "NODE_CLUSTER").text("act", "room").text("key", &self.key)
            });
        }
    }
}

/// A listener that is not one: its connections come over the channel. It has a handle's listen, close, ref and unref and nothing else.
pub struct FakeHandle {
    fake: Rc<Fake>,
}

// SAFETY: no traced members; the owner is a Global that `close` drops.
unsafe impl GarbageCollected for FakeHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"FakeHandle"
    }
}

#[op2]
impl FakeHandle {
    /// Stands for the listener `key` of the primary at the other end of `channel`; `unix` says that it is a unix socket.
    #[constructor]
    #[cppgc]
    fn new(isolate: &mut v8::Isolate, #[cppgc] channel: &Channel, #[string] key: String, unix: bool) -> FakeHandle {
        let state = JsRuntime::op_state_from(isolate);
        let mut state = state.borrow_mut();
        let handles = match state.try_borrow::<Rc<Handles>>() {
            Some(handles) => handles.clone(),
            None => {
                let handles = Rc::<Handles>::default();
                channel.core().set_handler(Some(handles.clone()));
                state.put(handles.clone());
                handles
            }
        };
        let door = EventLoop::from_state(&state);
        let fake = Rc::new(Fake {
            key,
            family: if unix { Family::Unix } else { Family::Tcp },
            handles,
            sink: RefCell::default(),
            owner: RefCell::default(),
            keep_alive: door.keep_alive(),
            open: Cell::new(true),
            limit: Cell::new(None),
            connections: Cell::new(0),
            full: Cell::new(false),
            channel: Rc::downgrade(channel.core()),
            door,
        });
        fake.handles
            .by_key
            .borrow_mut()
            .insert(fake.key.clone(), Rc::downgrade(&fake));
        FakeHandle { fake }
    }

    /// The server that gets the connections.
    fn set_owner(&self, #[scoped] owner: v8::Global<v8::Object>) {
        *self.fake.sink.borrow_mut() = Some(JsSink::new(self.fake.door.clone(), owner.clone()));
        *self.fake.owner.borrow_mut() = Some(owner);
    }

    /// The server that gets the connections, or undefined.
    #[getter]
    fn owner<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match &*self.fake.owner.borrow() {
            Some(owner) => v8::Local::new(scope, owner).into(),
            None => v8::undefined(scope).into(),
        }
    }

    /// Sends the connections straight to an HTTP server.
    #[fast]
    fn serve_http(&self, #[cppgc] server: &HttpServer) {
        let sink = server.sink();
        let fake = Rc::downgrade(&self.fake);
        sink.tell_room(Box::new(move || {
            if let Some(fake) = fake.upgrade() {
                fake.tell_room();
            }
        }));
        *self.fake.sink.borrow_mut() = Some(sink);
    }

    /// The primary listens already. Always 0.
    #[fast]
    fn listen(&self, _backlog: i32) -> i32 {
        self.fake.keep_alive.set_active(self.fake.open.get());
        0
    }

    /// Sets the server's `maxConnections`; negative for none.
    #[fast]
    fn set_limit(&self, limit: f64) {
        self.fake.limit.set((limit >= 0.0).then_some(limit as usize));
        self.fake.tell_room();
    }

    /// A connection that came over this handle has ended.
    #[fast]
    fn connection_closed(&self) {
        self.fake.connections.set(self.fake.connections.get().saturating_sub(1));
        self.fake.tell_room();
    }

    /// Takes no connections any more.
    #[fast]
    fn close(&self) {
        let fake = &self.fake;
        if fake.open.replace(false) {
            fake.handles.by_key.borrow_mut().remove(&fake.key);
            fake.sink.borrow_mut().take();
            fake.owner.borrow_mut().take();
            fake.keep_alive.set_active(false);
        }
    }

    /// Keeps the loop alive while the handle is open.
    #[fast]
    #[rename("ref")]
    fn reference(&self) {
        self.fake.keep_alive.set_ref(true);
    }

    /// Lets the loop end although the handle is open.
    #[fast]
    fn unref(&self) {
        self.fake.keep_alive.set_ref(false);
    }

    /// Whether the handle keeps the loop alive.
    #[fast]
    fn has_ref(&self) -> bool {
        self.fake.open.get() && self.fake.keep_alive.has_ref()
    }
}
