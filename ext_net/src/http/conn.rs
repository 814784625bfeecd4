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
use super::inbound::Inbound;
use super::outbound::Outbound;
use super::server::ServerCore;
use super::times::Times;
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
    pub(super) door: EventLoop,
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
    pub(super) responded: Cell<bool>,
    /// Of a client: JavaScript is about to be told of a response, or of its end, and of what is wrong behind that.
    pub(crate) telling: Cell<bool>,
    /// A request for another protocol that has not been delivered.
    pub(super) upgrade: RefCell<Option<Rc<Exchange>>>,
    /// There is a message under way whose answer hyper has not been given whole.
    pub(super) serving: Cell<bool>,
    /// Of a server: hyper does not know of it.
    pub(super) fed: Cell<bool>,
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
        let (_, written) = self.transport.moved();
        self.given.get().saturating_sub(written)
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
