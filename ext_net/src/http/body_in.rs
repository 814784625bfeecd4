//! Bodies that come in: they are read from the connection and given to JavaScript while that wants them, and hyper knows nothing of them.
//!
//! Large pieces are read into blocks of the pool, which JavaScript gets without a copy. A body that has come with its head is given in the same turn of
//! the loop, and the end of a body together with its last piece.

use std::io;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use deno_core::v8;
use rtjs_core::Scope;

use super::callbacks;
use super::conn::Conn;
use super::exchange::Exchange;
use super::inbound::{Failure, Part, Room};
use super::server;
use crate::pool::{self, Block};
use crate::read::UV_EOF;

/// So many bytes may be on their way to JavaScript, which can say that it wants no more only once it has them.
const UNDER_WAY: usize = 1024 * 1024;

/// What JavaScript is told of a body.
pub(crate) enum Arrival {
    Copied {
        bytes: Vec<u8>,
        last: bool,
    },
    Block {
        block: Block,
        last: bool,
    },
    End,
    /// The connection has ended in the middle.
    Cut,
}

/// Why nothing arrived.
enum Missing {
    /// Nothing will.
    All,
    /// More must be read; so many bytes of that need not be looked at.
    Input(u64),
}

impl Arrival {
    pub(crate) fn len(&self) -> usize {
        match self {
            Arrival::Copied { bytes, .. } => bytes.len(),
            Arrival::Block { block, .. } => block.filled().len(),
            Arrival::End | Arrival::Cut => 0,
        }
    }

    pub(crate) fn is_last(&self) -> bool {
        match self {
            Arrival::Copied { last, .. } | Arrival::Block { last, .. } => *last,
            Arrival::End | Arrival::Cut => true,
        }
    }

    /// The bytes for JavaScript.
    fn into_buffer<'s>(self, scope: &mut Scope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match self {
            Arrival::Copied { bytes, .. } => rtjs_core::array_buffer(scope, bytes).into(),
            Arrival::Block { block, .. } => {
                rtjs_core::external_memory_grows(scope, block.filled().len());
                block.into_array_buffer(scope).into()
            }
            Arrival::End | Arrival::Cut => v8::undefined(scope).into(),
        }
    }

    /// Calls JavaScript; `behind` tells what is wrong behind the last of a response's.
    pub(crate) fn give(self, scope: &mut Scope<'_, '_>, id: u32, behind: Option<Behind>) {
        let status = match &self {
            Arrival::End => UV_EOF,
            Arrival::Cut => -libc::ECONNRESET,
            piece => i32::try_from(piece.len()).unwrap_or(i32::MAX),
        };
        let last = v8::Boolean::new(scope, self.is_last()).into();
        let buffer = self.into_buffer(scope);
        let id = v8::Integer::new_from_unsigned(scope, id).into();
        let status = v8::Integer::new(scope, status).into();
        match behind {
            None => callbacks::call_exchange(scope, |c| &c.body, &[id, status, buffer, last]),
            Some(behind) => {
                let behind = behind.into_value(scope);
                callbacks::call_exchange(scope, |c| &c.body, &[id, status, buffer, last, behind]);
            }
        }
    }
}

/// What follows a response and is nobody's.
pub(crate) enum Behind {
    Failure(Failure),
    /// A response that was not asked for.
    Unasked,
}

impl Behind {
    /// The details of a failure, or `true`.
    fn into_value<'s>(self, scope: &mut Scope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match self {
            Behind::Failure(failure) => server::details(scope, failure),
            Behind::Unasked => v8::Boolean::new(scope, true).into(),
        }
    }
}

/// Nothing is for hyper now.
struct NoRoom;

impl Room for NoRoom {
    fn room(&self) -> usize {
        0
    }

    fn put(&mut self, _head: &[u8], _last: bool) {}
}

impl Conn {
    /// The exchange whose body is coming in.
    pub(crate) fn receiving(&self) -> Option<Rc<Exchange>> {
        self.receiving.borrow().clone()
    }

    pub(crate) fn is_receiving(&self, exchange: &Exchange) -> bool {
        let receiving = self.receiving.borrow();
        receiving
            .as_ref()
            .is_some_and(|e| std::ptr::eq(&raw const **e, exchange))
    }

    /// Takes what there is of the body, while JavaScript wants it, and posts it. `true` when something came.
    pub(crate) fn poll_body(&self, cx: &mut Context<'_>) -> bool {
        let mut progress = false;
        while let Some(exchange) = self.receiving()
            && exchange.wants_body()
            && exchange.under_way() < UNDER_WAY
        {
            let arrival = match self.take_body(&exchange) {
                Ok(arrival) => Some(arrival),
                Err(Missing::All) => break,
                Err(Missing::Input(_)) if self.at_eof() => {
                    let ends = self.inbound.borrow_mut().ends_with_connection();
                    if !ends && !self.is_client() {
                        // What that means is for the task to say.
                        break;
                    }
                    Some(if ends { Arrival::End } else { Arrival::Cut })
                }
                Err(Missing::Input(direct)) => match self.poll_read_body(cx, &exchange, direct) {
                    Poll::Pending => break,
                    Poll::Ready(Ok(arrival)) => arrival,
                    Poll::Ready(Err(_)) => {
                        self.abort();
                        if !self.is_client() {
                            return true;
                        }
                        Some(Arrival::Cut)
                    }
                },
            };
            progress = true;
            if let Some(arrival) = arrival {
                self.settle_body(&exchange, &arrival);
                exchange.post_body(arrival, UNDER_WAY);
            }
        }
        if progress {
            self.follow_message();
        }
        progress
    }

    /// Gives JavaScript what has come already of the body that it has just been told of.
    pub(crate) fn give_body(&self, scope: &mut Scope<'_, '_>, exchange: &Rc<Exchange>) {
        while self.is_receiving(exchange)
            && exchange.wants_body()
            && exchange.under_way() == 0
            && let Ok(arrival) = self.take_body(exchange)
        {
            self.settle_body(exchange, &arrival);
            v8::scope!(let scope, scope);
            exchange.give_body(scope, arrival);
        }
    }

    /// Tells of a response's head, together with what has come of its body already: as in Node, nothing runs between the two.
    pub(crate) fn give_response(self: &Rc<Self>, scope: &mut Scope<'_, '_>, exchange: &Rc<Exchange>) {
        let mut pieces = Vec::new();
        while self.is_receiving(exchange)
            && let Ok(arrival) = self.take_body(exchange)
        {
            self.settle_body(exchange, &arrival);
            pieces.push(arrival);
        }
        let ended = pieces.last().is_some_and(Arrival::is_last);
        let goes_on = self.is_receiving(exchange) && !self.inbound.borrow().has_failed();
        let behind = if goes_on { None } else { self.look_behind() };
        if !pieces.is_empty() {
            // There is room for more, or something for hyper.
            self.wake();
        }
        v8::scope!(let scope, scope);
        let rest = if pieces.is_empty() && behind.is_none() {
            v8::undefined(scope).into()
        } else {
            let mut items = vec![v8::Boolean::new(scope, ended).into()];
            items.push(match behind {
                Some(behind) => behind.into_value(scope),
                None => v8::undefined(scope).into(),
            });
            for piece in pieces {
                if piece.len() > 0 {
                    items.push(piece.into_buffer(scope));
                }
            }
            v8::Array::new_with_elements(scope, &items).into()
        };
        exchange.give_response(scope, rest);
    }

    /// Of a client, whose response has ended: what is wrong behind it.
    pub(crate) fn look_behind(self: &Rc<Self>) -> Option<Behind> {
        self.fill(&mut NoRoom);
        let mut inbound = self.inbound.borrow_mut();
        let failure = inbound.take_failure().map(Behind::Failure);
        failure.or_else(|| inbound.take_unasked().then_some(Behind::Unasked))
    }

    fn settle_body(&self, exchange: &Exchange, arrival: &Arrival) {
        if arrival.is_last() {
            exchange.set_trailers(self.inbound.borrow_mut().take_trailers());
            *self.receiving.borrow_mut() = None;
        }
    }

    /// What of the body has been read with what was before it.
    fn take_body(&self, exchange: &Exchange) -> Result<Arrival, Missing> {
        let mut inbound = self.inbound.borrow_mut();
        loop {
            let bytes = match inbound.body() {
                Part::End => return Ok(Arrival::End),
                Part::Starved(direct) => return Err(Missing::Input(direct)),
                Part::Nothing => return Err(Missing::All),
                Part::Bytes(_) if exchange.is_dumped() => continue,
                Part::Bytes(bytes) => bytes.to_vec(),
            };
            let last = inbound.ends_now();
            return Ok(Arrival::Copied { bytes, last });
        }
    }

    /// Reads once, past the parser where `direct` bytes are the body's for sure.
    fn poll_read_body(
        &self,
        cx: &mut Context<'_>,
        exchange: &Exchange,
        direct: u64,
    ) -> Poll<io::Result<Option<Arrival>>> {
        if direct == 0 {
            ready!(self.poll_receive(cx))?;
            return Poll::Ready(Ok(None));
        }
        let class = self.read_class.get();
        let room = pool::size_of_class(class);
        let mut block = Block::take(class);
        let result = block.poll_fill(|memory| self.poll_recv(cx, memory));
        let count = match result {
            Poll::Ready(Ok(count)) if count > 0 => count,
            other => {
                block.put_back();
                ready!(other)?;
                self.set_eof();
                return Poll::Ready(Ok(None));
            }
        };
        self.received(block.filled());
        let ours = usize::try_from(direct).unwrap_or(usize::MAX).min(count);
        let last = {
            let mut inbound = self.inbound.borrow_mut();
            if ours < count {
                inbound.receive_behind(block.filled(), ours);
                block.truncate(ours);
            }
            inbound.passed(ours as u64);
            inbound.ends_now()
        };
        if count == room && direct > room as u64 {
            self.read_class.set((class + 1).min(pool::SIZES - 1));
        } else if count < room / 4 {
            self.read_class.set(class.saturating_sub(1));
        }
        Poll::Ready(Ok(if exchange.is_dumped() {
            block.put_back();
            last.then_some(Arrival::End)
        } else if ours >= room / 2 {
            Some(Arrival::Block { block, last })
        } else {
            let bytes = block.filled().to_vec();
            block.put_back();
            Some(Arrival::Copied { bytes, last })
        }))
    }
}
