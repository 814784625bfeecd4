//! The half of an exchange that comes in: its body's way to JavaScript.

use std::rc::Rc;

use deno_core::v8;
use rtjs_core::Scope;

use super::body_in::Arrival;
use super::callbacks;
use super::exchange::{Event, Exchange, Reading};
use super::exchange_table::UNKNOWN;

impl Exchange {
    pub(crate) fn read_start(&self) {
        if matches!(self.reading.get(), Reading::Unasked | Reading::Paused) {
            self.reading.set(Reading::Flowing);
            self.conn.wake();
        }
    }

    pub(crate) fn read_stop(&self) {
        if self.reading.get() == Reading::Flowing {
            self.reading.set(Reading::Paused);
        }
    }

    /// Throws the rest of the body away, so that the connection can go on.
    pub(crate) fn dump(&self) {
        self.reading.set(Reading::Dumped);
        self.conn.wake();
    }

    /// Whether there is a body that somebody still has to read.
    pub(crate) fn has_unread_body(&self) -> bool {
        self.conn.is_receiving(self)
    }

    /// Whether JavaScript is being given a body that has not ended, or is about to.
    pub(crate) fn is_reading(&self) -> bool {
        matches!(self.reading.get(), Reading::Unasked | Reading::Flowing) && self.has_unread_body()
    }

    /// Whether what came behind the body has to wait until JavaScript has that; `in_body` says that there is no more of it.
    pub(crate) fn holds_back(&self, in_body: bool) -> bool {
        self.has_unread_body() && (!in_body || self.reading.get() == Reading::Unasked)
    }

    pub(crate) fn wants_body(&self) -> bool {
        matches!(self.reading.get(), Reading::Flowing | Reading::Dumped)
    }

    pub(crate) fn is_dumped(&self) -> bool {
        self.reading.get() == Reading::Dumped
    }

    pub(crate) fn under_way(&self) -> usize {
        self.under_way.get()
    }

    pub(crate) fn set_trailers(&self, lines: Option<Box<[u8]>>) {
        *self.trailers.borrow_mut() = lines;
    }

    /// Gives JavaScript a part of the body in the next turn; then the task may go on that stopped because `limit` bytes were under way.
    pub(crate) fn post_body(self: &Rc<Self>, arrival: Arrival, limit: usize) {
        let exchange = self.clone();
        let length = arrival.len();
        let ends = arrival.is_last() && self.conn.is_client();
        if ends {
            self.conn.telling.set(true);
        }
        self.under_way.set(self.under_way.get() + length);
        callbacks::post(self.conn.door(), move |scope| {
            let before = exchange.under_way.get();
            exchange.under_way.set(before - length);
            if ends {
                exchange.conn.telling.set(false);
            }
            exchange.give_body(scope, arrival);
            if before >= limit {
                exchange.conn.wake();
            }
        });
    }

    pub(crate) fn give_body(&self, scope: &mut Scope<'_, '_>, arrival: Arrival) {
        let behind = if arrival.is_last() && self.conn.is_client() {
            self.conn.look_behind()
        } else {
            None
        };
        if self.id.get() != UNKNOWN {
            arrival.give(scope, self.id.get(), behind);
        }
    }

    /// Tells of the response; `rest` is what has come behind its head.
    pub(crate) fn give_response<'s>(&self, scope: &mut Scope<'s, '_>, rest: v8::Local<'s, v8::Value>) {
        if self.id.get() == UNKNOWN {
            return;
        }
        let (status, flags) = self.head().map_or((0, 0), |h| (u32::from(h.status), h.flags));
        let id = v8::Integer::new_from_unsigned(scope, self.id.get()).into();
        let kind = v8::Integer::new(scope, Event::Response as i32).into();
        let status = v8::Integer::new_from_unsigned(scope, status).into();
        let flags = v8::Integer::new_from_unsigned(scope, flags).into();
        callbacks::call_exchange(scope, |c| &c.exchange_event, &[id, kind, status, flags, rest]);
    }
}
