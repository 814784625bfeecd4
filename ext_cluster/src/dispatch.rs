//! The primary's way of a connection: from the listener to a worker's channel, by the decisions of `round_robin_handle.rs`, without entering
//! JavaScript. An unaccepted connection stays open here, so that it can go to another worker.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::os::fd::OwnedFd;
use std::rc::{Rc, Weak};
use std::time::Duration;

use deno_core::{GarbageCollected, JsRuntime, op2, v8};
use rtjs_core::EventLoop;
use rtjs_net::{ConnectionSink, Family, Socket, StreamHandle};

use crate::channel::{ChannelCore, Delivery, Handled, InternalHandler};
use crate::channel_js::Channel;
use crate::round_robin_handle::{Refusing, RoundRobin, RoundRobinHandle, Ticket, WorkerId};

/// A dispatcher's tickets start at its number times this: JavaScript's own message numbers stay below, and 2^53 is far above.
const TICKETS: u64 = 1 << 32;
/// How long a connection that every worker refused waits before they are asked again.
const RETRY: Duration = Duration::from_millis(20);

/// The listeners of one runtime that are shared by turns, and its channels to workers.
#[derive(Default)]
struct Registry {
    dispatchers: HashMap<u64, Weak<Shared>>,
    links: HashMap<WorkerId, Weak<Link>>,
    last_number: u64,
}

/// A channel to a worker: answers of all listeners come over it.
struct Link {
    worker: WorkerId,
    channel: Rc<ChannelCore>,
    registry: Rc<RefCell<Registry>>,
}

impl Link {
    fn dispatcher(&self, ticket: Ticket) -> Option<Rc<Shared>> {
        self.registry.borrow().dispatchers.get(&(ticket / TICKETS))?.upgrade()
    }

    /// The listener that this worker knows by `key`.
    fn dispatcher_of(&self, key: &str) -> Option<Rc<Shared>> {
        let registry = self.registry.borrow();
        let mut dispatchers = registry.dispatchers.values().filter_map(Weak::upgrade);
        dispatchers.find(|d| d.key == key && d.workers.borrow().contains_key(&self.worker))
    }
}

impl InternalHandler for Link {
    fn on_internal(&self, delivery: &Delivery<'_>) -> Handled {
        let head = delivery.head();
        if head.cmd.as_deref() != Some("NODE_CLUSTER") {
            return Handled::No;
        }
        if head.act.as_deref() == Some("room") {
            if let Some(dispatcher) = head.key.as_deref().and_then(|key| self.dispatcher_of(key)) {
                dispatcher.has_room(self.worker);
            }
            return Handled::Yes;
        }
        let Some(ack) = head.ack.filter(|a| *a >= TICKETS as f64) else {
            return Handled::No;
        };
        let first = ack as Ticket;
        if let Some(dispatcher) = self.dispatcher(first) {
            let tickets = first..first.saturating_add(head.connections() as u64);
            dispatcher.answered(
                self.worker,
                tickets,
                head.accepted == Some(true),
                head.full == Some(true),
            );
        }
        Handled::Yes
    }

    fn on_closed(&self) {
        let dispatchers: Vec<Rc<Shared>> = self
            .registry
            .borrow()
            .dispatchers
            .values()
            .filter_map(Weak::upgrade)
            .collect();
        for dispatcher in dispatchers {
            dispatcher.remove(self.worker);
        }
    }
}

struct Worker {
    link: Rc<Link>,
    /// More than one: an rtjs worker, which takes several connections in one message.
    window: usize,
}

struct Shared {
    key: String,
    door: EventLoop,
    listener: Rc<Socket>,
    state: RefCell<RoundRobinHandle<Rc<OwnedFd>>>,
    workers: RefCell<HashMap<WorkerId, Worker>>,
    retrying: Cell<bool>,
    pumping: Cell<bool>,
}

impl ConnectionSink for Shared {
    fn connection(self: Rc<Self>, fd: OwnedFd, _family: Family) {
        self.state.borrow_mut().offer(Rc::new(fd));
        // All that are accepted in this turn go out together.
        if !self.pumping.replace(true) {
            let shared = self.clone();
            self.door.post(move |_| {
                shared.pumping.set(false);
                shared.pump();
            });
        }
    }

    fn wants_more(&self) -> bool {
        self.state.borrow().wants_more()
    }
}

impl Shared {
    /// Sends what waits to workers that have room.
    fn pump(self: &Rc<Self>) {
        let mut batches: BTreeMap<WorkerId, (Ticket, Vec<Rc<OwnedFd>>)> = BTreeMap::new();
        {
            let mut state = self.state.borrow_mut();
            while let Some((assignment, fd)) = state.assign() {
                let (_, fds) = batches
                    .entry(assignment.worker)
                    .or_insert_with(|| (assignment.ticket, Vec::new()));
                fds.push(fd.clone());
            }
        }
        for (worker, (first, fds)) in batches {
            let sent = match self.workers.borrow().get(&worker) {
                Some(worker) => self.send(worker, first, fds),
                None => true,
            };
            if !sent {
                // The channel is gone; what it was to carry goes to the others.
                self.remove(worker);
            }
        }
        if self.state.borrow().is_refused() && !self.retrying.replace(true) {
            let shared = Rc::downgrade(self);
            self.door.spawn(async move {
                tokio::time::sleep(RETRY).await;
                if let Some(shared) = shared.upgrade() {
                    shared.retrying.set(false);
                    shared.state.borrow_mut().retry();
                    shared.pump();
                }
            });
        }
        if self.state.borrow().wants_more() {
            self.listener.resume_accepting();
        }
    }

    fn send(&self, worker: &Worker, first: Ticket, fds: Vec<Rc<OwnedFd>>) -> bool {
        let channel = &worker.link.channel;
        if worker.window > 1 {
            let count = fds.len() as u64;
            return channel
                .send_message(fds, |m| {
                    m.text("cmd", "NODE_CLUSTER")
                        .text("act", "newconns")
                        .text("key", &self.key)
                        .number("seq", first)
                        .number("count", count)
                })
                .is_ok();
        }
        fds.into_iter().zip(first..).all(|(fd, ticket)| {
            channel
                .send_handle(fd, "net.Native", |m| {
                    m.text("cmd", "NODE_CLUSTER")
                        .text("act", "newconn")
                        .text("key", &self.key)
                        .number("seq", ticket)
                })
                .is_ok()
        })
    }

    /// `full`: the worker is at its limit, and says so when it is not any more.
    fn answered(self: &Rc<Self>, worker: WorkerId, tickets: std::ops::Range<Ticket>, accepted: bool, full: bool) {
        {
            let mut state = self.state.borrow_mut();
            if accepted {
                for ticket in tickets {
                    state.accepted(worker, ticket);
                }
            } else {
                let how = if full { Refusing::UntilItSays } else { Refusing::ForNow };
                state.refused(worker, tickets, how);
            }
        }
        self.pump();
    }

    fn has_room(self: &Rc<Self>, worker: WorkerId) {
        self.state.borrow_mut().has_room(worker);
        self.pump();
    }

    fn retire(&self, worker: WorkerId) {
        self.state.borrow_mut().retire(worker);
    }

    fn remove(self: &Rc<Self>, worker: WorkerId) {
        self.workers.borrow_mut().remove(&worker);
        if self.state.borrow_mut().remove(worker) {
            self.pump();
        }
    }
}

/// Gives the connections of a listener to workers by turns.
pub struct Dispatcher {
    shared: Rc<Shared>,
    registry: Rc<RefCell<Registry>>,
    number: u64,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for Dispatcher {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"Dispatcher"
    }
}

fn registry(isolate: &v8::Isolate) -> Rc<RefCell<Registry>> {
    let state = JsRuntime::op_state_from(isolate);
    let mut state = state.borrow_mut();
    if let Some(registry) = state.try_borrow::<Rc<RefCell<Registry>>>() {
        return registry.clone();
    }
    let registry = Rc::<RefCell<Registry>>::default();
    state.put(registry.clone());
    registry
}

#[op2]
impl Dispatcher {
    /// Takes the connections of `listener` (a `Tcp` or `Pipe` that listens), which workers know as `key`.
    #[constructor]
    #[cppgc]
    fn new<'s>(
        isolate: &mut v8::Isolate,
        #[string] key: String,
        listener: v8::Local<'s, v8::Value>,
    ) -> Result<Dispatcher, deno_error::JsErrorBox> {
        let listener = StreamHandle::socket_of(isolate, listener)
            .ok_or_else(|| deno_error::JsErrorBox::type_error("a listening handle is wanted"))?;
        let registry = registry(isolate);
        let number = {
            let mut registry = registry.borrow_mut();
            registry.last_number += 1;
            registry.last_number
        };
        let shared = Rc::new(Shared {
            key,
            door: EventLoop::from_isolate(isolate),
            listener: listener.clone(),
            state: RefCell::new(RoundRobinHandle::new(RoundRobin::default(), number * TICKETS)),
            workers: RefCell::default(),
            retrying: Cell::new(false),
            pumping: Cell::new(false),
        });
        registry.borrow_mut().dispatchers.insert(number, Rc::downgrade(&shared));
        listener.set_sink(Some(shared.clone()));
        Ok(Dispatcher {
            shared,
            registry,
            number,
        })
    }

    /// Adds a worker, reached over `channel`, which takes `window` connections before it has answered the first.
    #[fast]
    fn add(&self, worker: u32, #[cppgc] channel: &Channel, window: u32) {
        let core = channel.core();
        let mut registry = self.registry.borrow_mut();
        let known = registry.links.get(&worker).and_then(Weak::upgrade);
        let link = match known {
            Some(link) => link,
            None => {
                let link = Rc::new(Link {
                    worker,
                    channel: core.clone(),
                    registry: self.registry.clone(),
                });
                core.set_handler(Some(link.clone()));
                registry.links.insert(worker, Rc::downgrade(&link));
                link
            }
        };
        drop(registry);
        let window = window.clamp(1, 128) as usize;
        self.shared.workers.borrow_mut().insert(worker, Worker { link, window });
        self.shared.state.borrow_mut().add(worker, window);
        self.shared.pump();
    }

    /// Takes a worker out; connections that it does not accept go to others.
    #[fast]
    fn remove(&self, worker: u32) {
        let link = self.shared.workers.borrow().get(&worker).map(|w| w.link.clone());
        match link {
            // It may take those that are on their way to it, and says so.
            Some(link) if link.channel.is_open() => self.shared.retire(worker),
            _ => self.shared.remove(worker),
        }
    }

    /// Takes no connections any more; those that wait are closed.
    #[fast]
    fn close(&self) {
        self.shared.listener.set_sink(None);
        self.registry.borrow_mut().dispatchers.remove(&self.number);
    }
}
