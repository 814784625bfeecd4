//! A connection's messages: the heads that come, whose turn it is, and what hyper is to hear of them.

use std::rc::Rc;

use super::callbacks;
use super::conn::{Closing, Conn, Side};
use super::exchange::{Event, Exchange};
use super::head::{Framing, Head};
use super::inbound::{Fill, Found, Room};
use super::times::Moment;

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
    /// Whether a request is under way, from its head to the last of its response.
    pub(crate) fn is_busy(&self) -> bool {
        self.serving.get() || !self.waiting.borrow().is_empty()
    }

    /// Of a server: whether the client is not owed anything.
    pub(crate) fn is_idle(&self) -> bool {
        let is_given_up = self.closing.get() == Closing::Released || self.upgrade.borrow().is_some();
        !self.is_busy()
            && self.is_settled()
            && !is_given_up
            && self.receiving().is_none()
            && !self.inbound.borrow().mid_message()
            && !self.transport.has_unread()
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
}
