//! One connection, a server's or a client's: what hyper's side, the exchanges and the JavaScript socket share.
//!
//! A connection has a JavaScript socket only where somebody asked for it (`socket_handle.rs`); what the program writes to that goes out through here.
//! `conn_task.rs` has the task that runs hyper.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Waker};

use deno_core::v8;
use rtjs_core::EventLoop;

use super::callbacks;
use super::client::ClientCore;
use super::exchange::{Event, Exchange};
use super::few::Few;
use super::head::{Framing, Head};
use super::inbound::{Fill, Found, Inbound, Room};
use super::outbound::Outbound;
use super::server::ServerCore;
use super::times::{Moment, Times};
use super::transport::Transport;

/// Whose connection it is.
pub(crate) enum Side {
    Server(Rc<ServerCore>),
    Client(Rc<ClientCore>),
}

/// How the connection is to end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Closing {
    #[default]
    No,
    /// After the response that is under way.
    WhenIdle,
    /// hyper knows.
    Asked,
    /// When everything is written.
    WhenWritten,
    /// The connection is left to JavaScript once the responses before are out.
    Released,
    /// At once.
    Now,
}

/// See the module.
pub(crate) struct Conn {
    pub(crate) id: u64,
    pub(crate) side: Side,
    door: EventLoop,
    pub(crate) transport: Rc<dyn Transport>,
    /// The JavaScript socket, or the link to a stream.
    owner: RefCell<Option<v8::Global<v8::Object>>>,
    pub(crate) inbound: RefCell<Inbound>,
    pub(crate) outbound: RefCell<Outbound>,
    /// Requests that hyper has not been given yet.
    pub(crate) waiting: RefCell<Few<Rc<Exchange>>>,
    /// The exchange that hyper is at.
    pub(crate) current: RefCell<Option<Rc<Exchange>>>,
    /// The exchange whose body is coming in.
    pub(crate) receiving: RefCell<Option<Rc<Exchange>>>,
    /// The size of the next read of a body, as a class of the pool.
    pub(crate) read_class: Cell<usize>,
    /// Of a client: a response's head is there, and JavaScript does not know.
    responded: Cell<bool>,
    /// Of a client: JavaScript is about to be told of a response, or of its end, and of what is wrong behind that.
    pub(crate) telling: Cell<bool>,
    /// A request for another protocol that has not been delivered.
    upgrade: RefCell<Option<Rc<Exchange>>>,
    /// There is a message under way whose answer hyper has not been given whole.
    serving: Cell<bool>,
    /// Of a server: hyper does not know of it.
    fed: Cell<bool>,
    /// Of a server: nothing follows what is under way.
    pub(crate) ends: Cell<bool>,
    /// Of a server: there is a request whose response ends the connection before it is out.
    pub(crate) doomed: Cell<bool>,
    /// Of a server: JavaScript has not been told of the last request yet.
    pub(crate) untold: Cell<bool>,
    pub(super) eof: Cell<bool>,
    pub(crate) error: Cell<i32>,
    pub(crate) closing: Cell<Closing>,
    pub(crate) shutdown: Cell<bool>,
    /// Of a server: the program has ended the writing side itself, and no response goes out any more.
    pub(crate) shut: Cell<bool>,
    pub(super) raw_writes: Cell<bool>,
    /// Who is told when what was written past hyper is gone.
    pub(super) written: RefCell<Vec<(Rc<Exchange>, Event)>>,
    pub(super) tee: Cell<bool>,
    /// The task has ended.
    over: Cell<bool>,
    pub(crate) requests: Cell<u32>,
    /// Bytes that JavaScript has given for the peer, what frames them included.
    given: Cell<u64>,
    pub(crate) times: Times,
    waker: RefCell<Option<Waker>>,
}

/// Takes the head that hyper would get of a request.
struct Taken {
    /// Whether the request is the last one, once there is one.
    last: Option<bool>,
}

impl Room for Taken {
    fn room(&self) -> usize {
        if self.last.is_some() { 0 } else { usize::MAX }
    }

    fn put(&mut self, _head: &[u8], last: bool) {
        self.last = Some(last);
    }
}

impl Conn {
    pub(crate) fn new(id: u64, side: Side, door: EventLoop, transport: Rc<dyn Transport>, inbound: Inbound) -> Conn {
        Conn {
            id,
            side,
            door,
            transport,
            owner: RefCell::default(),
            inbound: RefCell::new(inbound),
            outbound: RefCell::default(),
            waiting: RefCell::default(),
            current: RefCell::default(),
            receiving: RefCell::default(),
            read_class: Cell::new(0),
            responded: Cell::new(false),
            telling: Cell::new(false),
            upgrade: RefCell::default(),
            serving: Cell::new(false),
            fed: Cell::new(false),
            ends: Cell::new(false),
            doomed: Cell::new(false),
            untold: Cell::new(false),
            eof: Cell::new(false),
            error: Cell::new(0),
            closing: Cell::default(),
            shutdown: Cell::new(false),
            shut: Cell::new(false),
            raw_writes: Cell::new(false),
            written: RefCell::default(),
            tee: Cell::new(false),
            over: Cell::new(false),
            requests: Cell::new(0),
            given: Cell::new(0),
            times: Times::new(),
            waker: RefCell::default(),
        }
    }

    pub(crate) fn door(&self) -> &EventLoop {
        &self.door
    }

    /// The JavaScript object of what carries the connection, if there is one.
    pub(crate) fn owner(&self) -> Option<v8::Global<v8::Object>> {
        self.owner.borrow().clone()
    }

    pub(crate) fn set_owner(&self, owner: Option<v8::Global<v8::Object>>) {
        *self.owner.borrow_mut() = owner;
        if self.over.get() {
            // Somebody asked for the socket of a connection that is gone.
            self.tell_end();
        }
    }

    /// Calls the event callback with the owner as `this`, in the next turn.
    pub(crate) fn tell(&self, event: Event, status: i32, bytes: Option<Vec<u8>>) {
        let Some(owner) = self.owner() else { return };
        callbacks::post(&self.door, move |scope| {
            let kind = v8::Integer::new(scope, event as i32).into();
            let status = v8::Integer::new(scope, status).into();
            let buffer = match bytes {
                Some(bytes) => rtjs_core::array_buffer(scope, bytes).into(),
                None => v8::undefined(scope).into(),
            };
            callbacks::call(scope, &owner, |c| &c.event, &[kind, status, buffer]);
        });
    }

    // The task.

    pub(crate) fn set_waker(&self, cx: &Context<'_>) {
        let mut waker = self.waker.borrow_mut();
        if !waker.as_ref().is_some_and(|w| w.will_wake(cx.waker())) {
            *waker = Some(cx.waker().clone());
        }
    }

    pub(crate) fn wake(&self) {
        self.transport.stir();
        if let Some(waker) = &*self.waker.borrow() {
            waker.wake_by_ref();
        }
    }

    pub(crate) fn close(&self, how: Closing) {
        self.closing.set(how);
        self.wake();
    }

    /// Ends the connection at once; what hyper has been given still goes out where the kernel takes it.
    pub(crate) fn abort(&self) {
        self.close(Closing::Now);
    }

    /// Whether a response is on its way whose head has gone out already.
    pub(crate) fn is_answering(&self) -> bool {
        self.serving.get() && self.current.borrow().as_ref().is_some_and(|e| e.is_started())
    }

    pub(crate) fn close_when_idle(&self) {
        if self.closing.get() == Closing::No {
            self.close(Closing::WhenIdle);
        }
    }

    pub(crate) fn count_given(&self, count: usize) {
        self.given.set(self.given.get() + count as u64);
    }

    /// Bytes that were given and that the kernel has not taken.
    pub(crate) fn unwritten(&self) -> u64 {
        let written = self.transport.descriptor().map(|d| d.bytes_written.get());
        written.map_or(0, |written| self.given.get().saturating_sub(written))
    }

    // Messages.

    /// Whether a request is under way, from its head to the last of its response.
    pub(crate) fn is_busy(&self) -> bool {
        self.serving.get() || !self.waiting.borrow().is_empty()
    }

    /// Of a server: whether hyper has a request that it has not been given the whole answer to.
    pub(crate) fn is_serving(&self) -> bool {
        self.serving.get()
    }

    pub(crate) fn is_current(&self, exchange: &Exchange) -> bool {
        self.current
            .borrow()
            .as_ref()
            .is_some_and(|c| std::ptr::eq(&raw const **c, exchange))
            && self.serving.get()
    }

    /// Of a server: takes the next request, if there is one and its turn has come.
    pub(crate) fn next_request(self: &Rc<Self>) -> Fill {
        let mut taken = Taken { last: None };
        let fill = self.fill(&mut taken);
        if let Some(last) = taken.last {
            self.fed.set(true);
            self.ends.set(last);
            let exchange = self.waiting.borrow_mut().pop_front();
            *self.current.borrow_mut() = exchange.clone();
            if let Some(exchange) = exchange {
                exchange.release_interim();
            }
        }
        fill
    }

    /// JavaScript has been told of a request. If it has not answered that, the connection is worth watching from now on.
    pub(crate) fn told(&self) {
        self.untold.set(false);
        if self.transport.is_drained() {
            self.wake();
        }
    }

    /// Whether other responses go out before that of `exchange`.
    pub(crate) fn has_waiting(&self, exchange: &Exchange) -> bool {
        let waiting = self.waiting.borrow();
        waiting.iter().any(|e| std::ptr::eq(&raw const **e, exchange))
    }

    /// Whether the connection is to end with what has been written of the current response.
    pub(crate) fn is_doomed(&self) -> bool {
        self.doomed.get() && self.fed.get() && self.current.borrow().as_ref().is_some_and(|e| e.is_doomed())
    }

    /// The exchange that hyper is given.
    pub(crate) fn served(&self) -> Option<Rc<Exchange>> {
        self.current.borrow().clone()
    }

    /// Whether there is a response that hyper does not know of.
    pub(crate) fn has_answer(&self) -> bool {
        self.fed.get() && self.current.borrow().as_ref().is_some_and(|e| e.is_started())
    }

    /// Whether hyper is to hear of a request.
    pub(crate) fn is_fed(&self) -> bool {
        self.fed.get()
    }

    /// The same; it hears of it now.
    pub(crate) fn take_feed(&self) -> bool {
        self.fed.replace(false)
    }

    /// The response is out, and nothing is kept of it for what follows.
    pub(crate) fn forget_served(&self) {
        if self.receiving.borrow().is_none() {
            self.current.borrow_mut().take();
        }
    }

    /// Of a server: whether hyper has nothing to do, and nothing of what it had.
    pub(crate) fn is_settled(&self) -> bool {
        !self.serving.get() && self.outbound.borrow().is_settled()
    }

    /// hyper has the whole outgoing message.
    pub(crate) fn message_sent(&self) {
        if let Side::Server(_) = self.side {
            self.serving.set(false);
            if self.waiting.borrow().is_empty() {
                self.times.idle.set(Some(Moment::now()));
            }
            let inbound = self.inbound.borrow();
            if inbound.has_ahead() || inbound.mid_message() || self.at_eof() {
                // hyper was told to wait, and waits for the descriptor.
                self.wake();
            }
        }
    }

    /// A message is ready to go out.
    pub(crate) fn outgoing_ready(&self, exchange: &Rc<Exchange>) {
        if let Side::Client(client) = &self.side {
            client.queue(exchange.clone());
        }
        self.wake();
    }

    fn found(self: &Rc<Self>, found: Found) {
        self.times.has_head.set(true);
        match (&self.side, found) {
            (Side::Server(server), Found::Message(head)) => {
                let exchange = self.new_exchange(head);
                self.expect_body(&exchange);
                self.waiting.borrow_mut().push_back(exchange.clone());
                self.times.idle.set(None);
                server.deliver(exchange);
            }
            (Side::Server(_), Found::Upgrade(head)) => {
                self.times.idle.set(None);
                // The responses before it go out first: `conn_task.rs` delivers it then.
                *self.upgrade.borrow_mut() = Some(self.new_exchange(head));
            }
            (Side::Client(_), Found::Interim(head)) => {
                if let Some(exchange) = &*self.current.borrow() {
                    exchange.tell_interim(head);
                }
            }
            (Side::Client(_), Found::Message(head)) => {
                if let Some(exchange) = &*self.current.borrow() {
                    exchange.set_head(head);
                    self.expect_body(exchange);
                    self.responded.set(true);
                }
            }
            (Side::Client(_), Found::Upgrade(head)) => {
                if let Some(exchange) = &*self.current.borrow() {
                    let (status, flags) = (u32::from(head.status), head.flags);
                    exchange.set_head(head);
                    exchange.tell_with(Event::Upgrade, status, flags);
                }
            }
            (Side::Server(_), Found::Interim(_)) => {}
        }
    }

    fn expect_body(&self, exchange: &Rc<Exchange>) {
        let framing = exchange.head().map(|head| head.framing).unwrap_or_default();
        if !matches!(framing, Framing::None | Framing::Length(0) | Framing::Unknown) {
            *self.receiving.borrow_mut() = Some(exchange.clone());
        }
    }

    /// Tells a client of the response whose head has come.
    pub(crate) fn tell_response(self: &Rc<Self>) {
        if !self.responded.replace(false) {
            return;
        }
        let Some(exchange) = self.current.borrow().clone() else {
            return;
        };
        self.telling.set(true);
        let conn = self.clone();
        callbacks::post(&self.door, move |scope| {
            conn.telling.set(false);
            conn.give_response(scope, &exchange);
            conn.give_body(scope, &exchange);
        });
    }

    fn new_exchange(self: &Rc<Self>, head: Head) -> Rc<Exchange> {
        self.requests.set(self.requests.get() + 1);
        let exchange = Exchange::new(self.clone(), Some(head));
        exchange.set_number(self.requests.get());
        exchange
    }

    /// Puts into `out` what there is for hyper.
    pub(crate) fn fill(self: &Rc<Self>, out: &mut dyn Room) -> Fill {
        let mut open = !self.serving.get() && !self.ends.get();
        let was_open = open;
        let fill = self
            .inbound
            .borrow_mut()
            .fill(out, &mut open, &mut |found| self.found(found));
        if let Side::Server(_) = self.side
            && was_open
            && !open
        {
            self.serving.set(true);
        }
        self.follow_message();
        fill
    }

    /// Keeps the times of the message that is coming in.
    pub(crate) fn follow_message(&self) {
        let inbound = self.inbound.borrow();
        if !inbound.mid_body() && !inbound.mid_message() {
            if self.times.has_head.replace(false) {
                self.times.message.set(None);
            }
        } else if self.times.message.get().is_none() {
            self.times.message.set(Some(Moment::now()));
            self.times.idle.set(None);
            self.times.has_head.set(inbound.mid_body());
        } else if !inbound.mid_body() && self.times.has_head.replace(false) {
            // The next one has begun.
            self.times.message.set(Some(Moment::now()));
        }
    }

    /// The head that was found as an upgrade's is an ordinary request's.
    pub(crate) fn go_on(&self, exchange: Rc<Exchange>) {
        self.expect_body(&exchange);
        self.waiting.borrow_mut().push_back(exchange);
        self.inbound.borrow_mut().go_on();
        self.wake();
    }

    /// A request for another protocol, once everything before it is answered.
    pub(crate) fn take_upgrade(&self) -> Option<Rc<Exchange>> {
        if self.is_busy() || self.outbound.borrow().is_blocked() {
            return None;
        }
        self.upgrade.borrow_mut().take()
    }

    /// Leaves the connection to JavaScript: what was read behind the last head.
    pub(crate) fn release(&self) -> Vec<u8> {
        let rest = self.inbound.borrow_mut().take_rest();
        self.released();
        rest
    }

    /// hyper has no more to do with it.
    pub(crate) fn released(&self) {
        self.set_owner(None);
        self.close(Closing::Released);
    }

    /// Shows what comes to the socket's listeners, or no longer does.
    pub(crate) fn show_reads(&self, show: bool) {
        self.tee.set(show);
    }

    pub(crate) fn shows_reads(&self) -> bool {
        self.tee.get()
    }

    /// What the program writes to the socket itself.
    pub(crate) fn write(&self, bytes: &[u8]) -> i32 {
        if self.is_over() || self.closing.get() == Closing::Now {
            return -libc::EPIPE;
        }
        self.outbound.borrow_mut().push_raw(bytes);
        self.count_given(bytes.len());
        self.raw_writes.set(true);
        self.wake();
        1
    }
}

impl Conn {
    /// Whether the peer has ended its side and nothing that it sent is still on its way to JavaScript.
    pub(crate) fn is_at_end(&self) -> bool {
        let is_coming = |exchange: Rc<Exchange>| exchange.is_reading() && !self.inbound.borrow().failed_in_body();
        self.at_eof() && !self.receiving().is_some_and(is_coming)
    }

    /// The peer has ended its side: requests that are not answered yet are given up, what was written already goes out.
    pub(crate) fn give_up(&self) {
        let current = self.current.borrow().clone().filter(|_| self.serving.get());
        let open: Vec<_> = current
            .into_iter()
            .chain(self.waiting.borrow().iter().cloned())
            .filter(|e| !e.is_answered())
            .collect();
        if open.is_empty() && !self.inbound.borrow().has_failed() {
            self.close_when_idle();
            return;
        }
        open.iter().for_each(|exchange| exchange.abort(Event::Aborted));
        self.abort();
    }

    /// The task has ended.
    pub(crate) fn ended(&self) {
        self.over.set(true);
        if self.closing.get() == Closing::Released {
            return;
        }
        self.tell_end();
        self.transport.close();
    }

    /// Of a server: whether the connection has ended with an error that no socket is there to tell of.
    pub(crate) fn has_broken(&self) -> bool {
        let ours = [0, -libc::EBADF, -libc::EPIPE];
        !ours.contains(&self.error.get()) && self.closing.get() != Closing::Released && self.owner.borrow().is_none()
    }

    pub(crate) fn is_client(&self) -> bool {
        matches!(self.side, Side::Client(_))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over.get()
    }

    fn tell_end(&self) {
        let status = match self.error.get() {
            error if error == -libc::EBADF => 0,
            error => error,
        };
        let end = if self.at_eof() {
            Event::ClosedByPeer
        } else {
            Event::Closed
        };
        self.tell(end, status, None);
        self.owner.borrow_mut().take();
    }
}
