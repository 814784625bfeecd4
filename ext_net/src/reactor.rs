//! The descriptors that JavaScript's sockets wait for, and the way of their events into JavaScript.
//!
//! All sockets of a runtime are in one epoll set of their own, which is itself one descriptor of the I/O driver. When it is ready the loop calls
//! [`Reactor`] in its poll phase: it asks the set what is ready and calls one JavaScript function, the pump (`js/internal/net/pump.js`). The pump asks
//! `NetPump.next` for one event after the other until there is none, so V8 is entered once for all events of a turn, without a task, a waker or an
//! allocation for any of them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use deno_core::v8;
use rtjs_core::{EventLoop, IoSource, Registration, Scope};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::numbers::{self, Numbers};
use crate::pool::Block;
use crate::sys;
use crate::sys::datagram::Batch;
use crate::sys::epoll::{self, Events, Readiness};

/// An event for JavaScript; `js/internal/net/pump.js` has the same numbers under the same names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub(crate) enum Event {
    /// Nothing is left in this turn.
    None = 0,
    /// Bytes have come: they are in [`Reactor::scratch`] until the next event is asked for.
    Read = 1,
    /// Bytes have come into the buffer that the user gave.
    UserBuffer = 2,
    /// The end of the stream, or an error of reading.
    ReadEnd = 3,
    /// What waited to be written is written, or never will be.
    Written = 4,
    /// The end of a connect.
    Connected = 5,
    /// A connection: the pump takes a handle for it.
    Accepted = 6,
    /// Accepting has failed.
    AcceptFailed = 7,
    /// A datagram; its address stands beside it.
    Message = 8,
    /// Receiving datagrams has failed.
    MessageFailed = 9,
    /// A datagram that waited is sent, or never will be.
    Sent = 10,
}

/// What became of one step of a source.
pub(crate) enum Step {
    /// Nothing to do until the next readiness.
    Idle,
    /// Something was done that JavaScript need not know; there may be more.
    Again,
    /// For JavaScript: the event and its status.
    Deliver(Event, i32),
}

/// A socket in the set.
pub(crate) trait Source {
    /// Its place in the set.
    fn place(&self) -> &Place;
    /// Whether it has a use for what it is ready for.
    fn wants_turn(&self) -> bool;
    /// Whether Rust alone deals with what comes, so that JavaScript need not be entered.
    fn is_native(&self) -> bool {
        false
    }
    /// Does the next thing that can be done without waiting.
    fn step(self: Rc<Self>, reactor: &Reactor) -> Step;
    /// How many events it may deliver in one turn, so that others get theirs.
    fn events_per_turn(&self) -> u32;
}

/// What every source keeps for the reactor.
#[derive(Default)]
pub(crate) struct Place {
    id: Cell<Option<u32>>,
    queued: Cell<bool>,
    registered: Cell<bool>,
    /// Room to write is reported too.
    room: Cell<bool>,
    /// Others may have the same open file: closing ours does not end its place in the set.
    pub(crate) shared: Cell<bool>,
    pub(crate) readable: Cell<bool>,
    pub(crate) writable: Cell<bool>,
    pub(crate) closed: Cell<bool>,
}

struct Slot {
    source: Option<Weak<dyn Source>>,
    /// Tells an event of a former source from one of this.
    generation: u32,
}

#[derive(Default)]
struct Slots {
    all: Vec<Slot>,
    free: Vec<u32>,
    /// Closed, but their owners are still in JavaScript's table.
    stale: Vec<u32>,
}

/// What JavaScript has given: the function to call, and the table of owners.
struct Pump {
    function: v8::Global<v8::Function>,
    owners: v8::Global<v8::Array>,
}

/// See the module.
pub(crate) struct Reactor {
    door: EventLoop,
    set: AsyncFd<OwnedFd>,
    registration: RefCell<Option<Registration>>,
    slots: RefCell<Slots>,
    events: RefCell<Events>,
    queue: RefCell<VecDeque<Rc<dyn Source>>>,
    /// Those whose turn is over although there is more to do.
    later: RefCell<Vec<Rc<dyn Source>>>,
    current: RefCell<Option<(Rc<dyn Source>, u32)>>,
    pump: RefCell<Option<Pump>>,
    /// What an event has to say beside its kind.
    pub(crate) numbers: Numbers,
    /// What the last read has filled.
    pub(crate) scratch: RefCell<Option<Block>>,
    /// Room for datagrams that no socket uses now.
    pub(crate) spare_batch: RefCell<Option<Batch>>,
    /// What the last accept has given, and whether it is a unix socket.
    pub(crate) accepted: RefCell<Option<(OwnedFd, crate::socket::Family)>>,
}

/// How many events one look at the set brings.
const EVENTS: usize = 512;

impl Reactor {
    /// The reactor of the runtime that `isolate` belongs to, made on first use.
    ///
    /// # Errors
    /// What epoll_create(2) says, `EMFILE` for one.
    pub(crate) fn from_isolate(isolate: &v8::Isolate) -> io::Result<Rc<Reactor>> {
        let state = deno_core::JsRuntime::op_state_from(isolate);
        let mut state = state.borrow_mut();
        if let Some(reactor) = state.try_borrow::<Rc<Reactor>>() {
            return Ok(reactor.clone());
        }
        let reactor = Reactor::new(EventLoop::from_state(&state))?;
        state.put(reactor.clone());
        Ok(reactor)
    }

    fn new(door: EventLoop) -> io::Result<Rc<Reactor>> {
        let set = sys::watch_for(epoll::create()?, Interest::READABLE)?;
        let reactor = Rc::new(Reactor {
            door,
            set,
            registration: RefCell::default(),
            slots: RefCell::default(),
            events: RefCell::new(Events::with_capacity(EVENTS)),
            queue: RefCell::default(),
            later: RefCell::default(),
            current: RefCell::default(),
            pump: RefCell::default(),
            numbers: Numbers::default(),
            scratch: RefCell::default(),
            spare_batch: RefCell::default(),
            accepted: RefCell::default(),
        });
        let registration = reactor.door.register(&reactor);
        // The first look registers interest in the set itself.
        registration.wake();
        *reactor.registration.borrow_mut() = Some(registration);
        Ok(reactor)
    }

    /// Takes the pump and what it shares: see `NetPump`.
    pub(crate) fn set_pump(&self, function: v8::Global<v8::Function>, owners: v8::Global<v8::Array>) {
        *self.pump.borrow_mut() = Some(Pump { function, owners });
    }

    /// Gives `source` an id.
    pub(crate) fn identify(&self, source: &Rc<impl Source + 'static>) -> u32 {
        if let Some(id) = source.place().id.get() {
            return id;
        }
        let weak: Weak<dyn Source> = Rc::downgrade(&(source.clone() as Rc<dyn Source>));
        let mut slots = self.slots.borrow_mut();
        let id = match slots.free.pop() {
            Some(id) => {
                slots.all[id as usize].source = Some(weak);
                id
            }
            None => {
                slots.all.push(Slot {
                    source: Some(weak),
                    generation: 0,
                });
                (slots.all.len() - 1) as u32
            }
        };
        source.place().id.set(Some(id));
        id
    }

    /// Puts `owner` into JavaScript's table: the pump gives it the source's events.
    pub(crate) fn set_owner<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        source: &Rc<impl Source + 'static>,
        owner: v8::Local<'s, v8::Object>,
    ) {
        self.forget_stale(scope);
        let id = self.identify(source);
        if let Some(owners) = self.owners(scope) {
            owners.set_index(scope, id, owner.into());
        }
    }

    fn owners<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> Option<v8::Local<'s, v8::Array>> {
        let pump = self.pump.borrow();
        pump.as_ref().map(|pump| v8::Local::new(scope, &pump.owners))
    }

    /// Empties the places of closed sources in JavaScript's table, and gives them free.
    pub(crate) fn forget_stale(&self, scope: &mut v8::PinScope<'_, '_>) {
        if self.slots.borrow().stale.is_empty() {
            return;
        }
        let stale = std::mem::take(&mut self.slots.borrow_mut().stale);
        if let Some(owners) = self.owners(scope) {
            let undefined = v8::undefined(scope).into();
            for id in &stale {
                owners.set_index(scope, *id, undefined);
            }
        }
        self.slots.borrow_mut().free.extend(stale);
    }

    /// Adds the source's descriptor to the set, once. Room to write is reported from the first time on that there is none.
    pub(crate) fn add(&self, source: &Rc<impl Source + 'static>, fd: BorrowedFd<'_>) -> io::Result<()> {
        let place = source.place();
        let wants_room = !place.writable.get();
        if place.registered.get() && (place.room.get() || !wants_room) {
            return Ok(());
        }
        let id = self.identify(source);
        let generation = self.slots.borrow().all[id as usize].generation;
        let key = u64::from(generation) << 32 | u64::from(id);
        let set = self.set.get_ref().as_fd();
        if place.registered.get() {
            epoll::add_room(set, fd, key)?;
        } else {
            epoll::add(set, fd, key, wants_room)?;
        }
        place.registered.set(true);
        place.room.set(wants_room);
        Ok(())
    }

    /// Ends a source's place. `fd` is its descriptor where that stays open after this.
    pub(crate) fn remove(&self, place: &Place, fd: Option<BorrowedFd<'_>>) {
        let Some(id) = place.id.take() else { return };
        if place.registered.take()
            && let Some(fd) = fd
        {
            epoll::remove(self.set.get_ref().as_fd(), fd);
        }
        let mut slots = self.slots.borrow_mut();
        let slot = &mut slots.all[id as usize];
        slot.source = None;
        slot.generation = slot.generation.wrapping_add(1);
        slots.stale.push(id);
    }

    /// Has the source take a step in the next turn, or later in this one.
    pub(crate) fn schedule(&self, source: Rc<impl Source + 'static>) {
        if !source.place().queued.replace(true) {
            self.later.borrow_mut().push(source);
            self.wake();
        }
    }

    fn wake(&self) {
        if let Some(registration) = &*self.registration.borrow() {
            registration.wake();
        }
    }

    /// The next event. Its numbers are where JavaScript expects them.
    pub(crate) fn next(&self) -> Event {
        loop {
            let taken = self.current.borrow_mut().take();
            let next = taken.or_else(|| self.queue.borrow_mut().pop_front().map(|source| (source, 0)));
            let Some((source, delivered)) = next else {
                return Event::None;
            };
            source.place().queued.set(false);
            if delivered >= source.events_per_turn() {
                source.place().queued.set(true);
                self.later.borrow_mut().push(source);
                continue;
            }
            let id = source.place().id.get();
            match source.clone().step(self) {
                Step::Idle => {}
                Step::Again => *self.current.borrow_mut() = Some((source, delivered + 1)),
                Step::Deliver(event, status) => {
                    *self.current.borrow_mut() = Some((source, delivered + 1));
                    // Without an id it has no owner, so there is nobody to tell.
                    if let Some(id) = id {
                        self.numbers.set(numbers::ID, id as i32);
                        self.numbers.set(numbers::STATUS, status);
                        return event;
                    }
                }
            }
        }
    }

    /// Lets those take their steps that JavaScript has no part in.
    fn run_native(&self) {
        let waiting = self.queue.borrow().len();
        for _ in 0..waiting {
            let Some(source) = self.queue.borrow_mut().pop_front() else {
                return;
            };
            if !source.is_native() {
                self.queue.borrow_mut().push_back(source);
                continue;
            }
            source.place().queued.set(false);
            let mut left = source.events_per_turn();
            while left > 0 && matches!(source.clone().step(self), Step::Again) {
                left -= 1;
            }
            if left == 0 && !source.place().queued.replace(true) {
                self.later.borrow_mut().push(source);
            }
        }
    }

    /// Queues everything that the set says is ready.
    fn look(&self) {
        let mut events = self.events.borrow_mut();
        if epoll::poll(self.set.get_ref().as_fd(), &mut events).is_err() {
            // Only a set that is no set fails here.
            return;
        }
        let mut queue = self.queue.borrow_mut();
        for source in self.later.borrow_mut().drain(..) {
            queue.push_back(source);
        }
        for (key, readiness) in events.iter() {
            let (id, generation) = (key as u32, (key >> 32) as u32);
            let source = match self.slots.borrow().all.get(id as usize) {
                Some(slot) if slot.generation == generation => slot.source.as_ref().and_then(Weak::upgrade),
                _ => None,
            };
            let Some(source) = source else { continue };
            source.place().note(readiness);
            if source.wants_turn() && !source.place().queued.replace(true) {
                queue.push_back(source);
            }
        }
        if events.is_full() {
            self.wake();
        }
    }
}

impl Place {
    fn note(&self, readiness: Readiness) {
        if readiness.readable {
            self.readable.set(true);
        }
        if readiness.writable {
            self.writable.set(true);
        }
        if readiness.closed {
            self.closed.set(true);
        }
    }

    /// Whether nothing more will be announced: reading goes on until it says so itself.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// A new descriptor may be written to until it says otherwise.
    pub(crate) fn start(&self) {
        self.readable.set(false);
        self.writable.set(true);
        self.closed.set(false);
    }
}

impl IoSource for Reactor {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        let Some(waker) = self.registration.borrow().as_ref().map(Registration::begin) else {
            return;
        };
        let mut cx = Context::from_waker(&waker);
        // Cleared before the look: what comes after it is announced again.
        while let Poll::Ready(Ok(mut guard)) = self.set.poll_read_ready(&mut cx) {
            guard.clear_ready();
        }
        self.look();
        self.run_native();
        if self.queue.borrow().is_empty() {
            if !self.later.borrow().is_empty() {
                self.wake();
            }
            return;
        }
        let function = self
            .pump
            .borrow()
            .as_ref()
            .map(|pump| v8::Local::new(scope, &pump.function));
        self.forget_stale(scope);
        if let Some(function) = function {
            // The pump catches what callbacks throw; what is left is termination, which the loop's owner sees by itself.
            v8::tc_scope!(let scope, scope);
            let undefined = v8::undefined(scope).into();
            function.call(scope, undefined, &[]);
        }
        if !self.later.borrow().is_empty() {
            self.wake();
        }
    }
}
