//! One request with its response, on either side of a connection. Nothing is converted for JavaScript before somebody asks.
//!
//! `exchange_table.rs` is what JavaScript sees of it.

use std::cell::{Cell, OnceCell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use deno_core::v8;
use hyper::header::{CONNECTION, HeaderValue, TRANSFER_ENCODING};
use hyper::{Method, Request, Response, Version};
use rtjs_core::Scope;

use super::body::{BodyQueue, OutBody, StreamBody};
use super::callbacks::{self, HttpCallbacks};
use super::conn::Conn;
use super::exchange_table::UNKNOWN;
use super::flags;
use super::head::{Head, flat_array, one_byte};
use super::outbound::LAST_CHUNK;

/// What the event callback is told; js/internal/http/flags.js has the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub(crate) enum Event {
    /// To an exchange: the connection has taken all that was written.
    Drained = 1,
    /// To an exchange: it has taken the end, too.
    Finished = 2,
    /// To an exchange: the connection went away first.
    Aborted = 3,
    /// To a socket: (status) the connection has ended, 0 for an end in order.
    Closed = 4,
    /// To a socket: the same, after its peer had ended its side.
    ClosedByPeer = 15,
    /// To a socket: (0, buffer) bytes have come.
    Read = 16,
    /// To a socket: (status) what it wrote is gone.
    Written = 17,
    /// To a server: the last connection has ended.
    Gone = 5,
    /// To a client's exchange: (status, flags) the response's head is there.
    Response = 6,
    /// To a client's exchange: (status and flags, reason, raw headers) an interim response.
    Interim = 7,
    /// To a client's exchange: (status, flags) the connection becomes another protocol's.
    Upgrade = 8,
    /// To a server or a client's socket: (details, socket) what came is refused; details are code, reason, bytes parsed and packet. To a server also:
    /// (errno, socket) the connection broke.
    Refused = 9,
    /// To a server: (kind, socket) a connection took too long.
    Timeout = 10,
    /// To a server: (addresses) a connection was dropped, there being too many.
    Dropped = 11,
    /// To a pipe: (buffer) bytes for the stream.
    Write = 12,
    /// To a pipe: the stream's writing side ends.
    End = 13,
    /// To a pipe: the stream may be read again.
    Resume = 14,
    /// To a client's socket: a response came that nobody asked for.
    Unasked = 18,
    /// To a socket: TLS has something for it, a session that it may resume or keys.
    News = 19,
}

/// Room for the framing of a chunk, and of the last.
const CHUNK_FRAMING: usize = 32;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Reading {
    /// JavaScript has not been asked yet.
    #[default]
    Unasked,
    Paused,
    Flowing,
    /// Nobody wants it, but it must be out of the way.
    Dumped,
}

/// What goes out, until hyper takes it.
struct Outgoing {
    head: Bytes,
    flags: u32,
    body: OutBody,
}

/// One request with its response.
pub(crate) struct Exchange {
    pub(super) conn: Rc<Conn>,
    head: OnceCell<Head>,
    pub(super) reading: Cell<Reading>,
    /// Bytes of the body that are posted to JavaScript.
    pub(super) under_way: Cell<usize>,
    outgoing: RefCell<Option<Outgoing>>,
    waker: RefCell<Option<Waker>>,
    started: Cell<bool>,
    sent: Cell<bool>,
    unframed: Cell<bool>,
    aborted: Cell<bool>,
    /// The connection ends when its turn comes.
    doomed: Cell<bool>,
    queue: OnceCell<Box<BodyQueue>>,
    interim: RefCell<Vec<u8>>,
    pub(super) trailers: RefCell<Option<Box<[u8]>>>,
    pub(super) id: Cell<u32>,
    number: Cell<u32>,
}

impl Exchange {
    /// For a request that came; a client's exchange starts without a head.
    pub(crate) fn new(conn: Rc<Conn>, head: Option<Head>) -> Rc<Exchange> {
        Rc::new(Exchange {
            conn,
            head: head.map_or_else(OnceCell::new, OnceCell::from),
            reading: Cell::default(),
            under_way: Cell::new(0),
            outgoing: RefCell::default(),
            waker: RefCell::default(),
            started: Cell::new(false),
            sent: Cell::new(false),
            unframed: Cell::new(false),
            aborted: Cell::new(false),
            doomed: Cell::new(false),
            queue: OnceCell::new(),
            interim: RefCell::default(),
            trailers: RefCell::default(),
            id: Cell::new(UNKNOWN),
            number: Cell::new(0),
        })
    }

    pub(crate) fn conn(&self) -> &Rc<Conn> {
        &self.conn
    }

    pub(crate) fn head(&self) -> Option<&Head> {
        self.head.get()
    }

    pub(crate) fn set_head(&self, head: Head) {
        let _ = self.head.set(head);
    }

    pub(crate) fn queue(&self) -> &BodyQueue {
        self.queue.get_or_init(Box::default)
    }

    /// What JavaScript knows it by, or [`UNKNOWN`].
    pub(crate) fn set_id(&self, id: u32) {
        self.id.set(id);
    }

    pub(crate) fn set_number(&self, number: u32) {
        self.number.set(number);
    }

    pub(crate) fn number(&self) -> u32 {
        self.number.get()
    }

    pub(crate) fn trailers(&self) -> std::cell::Ref<'_, Option<Box<[u8]>>> {
        self.trailers.borrow()
    }

    // Out.

    /// Gives hyper a whole message, or one whose body follows. `false` when there was one already.
    fn send(self: &Rc<Self>, head: Bytes, flags: u32, body: OutBody) -> bool {
        if self.started.replace(true) || self.aborted.get() || self.conn.shut.get() {
            return false;
        }
        self.conn.count_given(head.len());
        *self.outgoing.borrow_mut() = Some(Outgoing { head, flags, body });
        self.conn.transport.stir();
        match self.waker.borrow_mut().take() {
            Some(waker) => waker.wake(),
            None => self.conn.outgoing_ready(self),
        }
        true
    }

    /// As [`Exchange::send`], with all of the body: hyper need not know of it, it goes out as if it were a part of the head, which is ours.
    pub(crate) fn send_whole(self: &Rc<Self>, head: &[u8], flags: u32, body: &[u8]) -> bool {
        let framing = if flags & flags::CHUNKED == 0 { 0 } else { CHUNK_FRAMING };
        // No more than needed: `Bytes` takes such a vector as it is.
        let mut message = Vec::with_capacity(head.len() + body.len() + framing);
        message.extend_from_slice(head);
        if flags & flags::CHUNKED == 0 {
            message.extend_from_slice(body);
        } else {
            if !body.is_empty() {
                message.extend_from_slice(format!("{:x}\r\n", body.len()).as_bytes());
                message.extend_from_slice(body);
                message.extend_from_slice(b"\r\n");
            }
            message.extend_from_slice(LAST_CHUNK);
        }
        let raw_response = flags & flags::RAW != 0 && !self.conn.is_client();
        let close = if raw_response { flags::CLOSE } else { 0 };
        let flags = flags & !(flags::RAW | flags::CHUNKED) | close;
        self.send(message.into(), flags, OutBody::None)
    }

    /// As [`Exchange::send`], with the body to come.
    pub(crate) fn start(self: &Rc<Self>, head: &[u8], flags: u32, length: Option<u64>) -> bool {
        if flags & flags::RAW != 0 && self.conn.is_client() {
            // hyper frames all requests: the body of one without framing passes it by.
            self.unframed.set(true);
            return self.send(Bytes::copy_from_slice(head), flags & !flags::RAW, OutBody::None);
        }
        self.queue().set_framing(length, flags & flags::CHUNKED != 0);
        let body = OutBody::Stream(StreamBody::new(self.clone()));
        self.send(Bytes::copy_from_slice(head), flags, body)
    }

    /// Writes a piece of the body; the bytes that wait now.
    pub(crate) fn write(self: &Rc<Self>, bytes: Bytes) -> usize {
        if self.unframed.get() {
            return self.conn.write_unframed(&bytes);
        }
        self.conn.transport.stir();
        let queue = self.queue();
        self.conn.count_given(queue.weight(&bytes));
        queue.push(bytes)
    }

    /// Asks for [`Event::Drained`] when all that was written has been taken.
    pub(crate) fn notify(self: &Rc<Self>) {
        if self.unframed.get() {
            self.conn.tell_when_written(self.clone(), Event::Drained);
        } else {
            self.queue().notify();
        }
    }

    /// Ends a body that was written piece by piece.
    pub(crate) fn end(self: &Rc<Self>, trailers: Option<Bytes>) {
        self.conn.transport.stir();
        if self.unframed.get() {
            self.conn.tell_when_written(self.clone(), Event::Finished);
        } else {
            let queue = self.queue();
            if queue.is_chunked() {
                let trailers = trailers.as_ref().map_or(0, Bytes::len);
                self.conn.count_given(LAST_CHUNK.len() + trailers);
            }
            queue.end(self, trailers);
        }
    }

    /// hyper has been given the last of the outgoing message.
    pub(crate) fn sent(&self) {
        if !self.sent.replace(true) {
            self.conn.message_sent();
        }
    }

    /// Whether JavaScript has given the head of the outgoing message.
    pub(crate) fn is_started(&self) -> bool {
        self.started.get()
    }

    /// Whether JavaScript has given the whole outgoing message.
    pub(crate) fn is_answered(&self) -> bool {
        self.started.get() && self.queue.get().is_none_or(|queue| queue.is_ended())
    }

    pub(crate) fn is_sent(&self) -> bool {
        self.sent.get()
    }

    /// Bytes that go out before the head.
    pub(crate) fn write_interim(&self, bytes: &[u8]) {
        if self.started.get() || self.aborted.get() {
            return;
        }
        self.interim.borrow_mut().extend_from_slice(bytes);
        self.conn.count_given(bytes.len());
        if self.conn.is_current(self) {
            self.release_interim();
        }
    }

    /// The earlier messages are out of the way: interim responses may go.
    pub(crate) fn release_interim(&self) {
        let bytes = std::mem::take(&mut *self.interim.borrow_mut());
        if !bytes.is_empty() {
            self.conn.outbound.borrow_mut().push_interim(&bytes);
            self.conn.wake();
        }
    }

    /// A server's answer for hyper.
    fn response(&self) -> Option<Response<OutBody>> {
        let Outgoing { head, flags, body } = self.outgoing.borrow_mut().take()?;
        // Now, and not earlier: the head belongs to the next bytes that hyper writes.
        self.conn.outbound.borrow_mut().push_head(head);
        if !matches!(body, OutBody::Stream(_)) {
            self.sent();
        }
        let mut response = Response::new(body);
        if flags & flags::CLOSE != 0 {
            self.conn.ends.set(true);
        }
        if flags & flags::RAW != 0 {
            // Framed by the connection's end, which hyper does for this version only; the head that goes out is the program's.
            *response.version_mut() = Version::HTTP_10;
            response
                .headers_mut()
                .insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Some(response)
    }

    /// A client's request for hyper.
    pub(crate) fn request(&self) -> Option<Request<OutBody>> {
        let Outgoing { head, flags, body } = self.outgoing.borrow_mut().take()?;
        self.conn.inbound.borrow_mut().expect(flags);
        self.conn.outbound.borrow_mut().push_head(head);
        if !matches!(body, OutBody::Stream(_)) {
            self.sent();
        }
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        if flags & flags::CHUNKED != 0 {
            request
                .headers_mut()
                .insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        }
        Some(request)
    }

    // Events.

    pub(crate) fn tell(self: &Rc<Self>, event: Event) {
        self.tell_with(event, 0, 0);
    }

    pub(crate) fn tell_with(self: &Rc<Self>, event: Event, a: u32, b: u32) {
        self.post(
            |c| &c.exchange_event,
            move |scope| {
                let kind = v8::Integer::new(scope, event as i32).into();
                let a = v8::Integer::new_from_unsigned(scope, a).into();
                let b = v8::Integer::new_from_unsigned(scope, b).into();
                vec![kind, a, b]
            },
        );
    }

    /// An interim response to a client's request.
    pub(crate) fn tell_interim(self: &Rc<Self>, head: Head) {
        self.post(
            |c| &c.exchange_event,
            move |scope| {
                let kind = v8::Integer::new(scope, Event::Interim as i32).into();
                // A call takes five arguments: the flags come in the upper half.
                let status = u32::from(head.status) | head.flags << 16;
                let status = v8::Integer::new_from_unsigned(scope, status).into();
                let reason = one_byte(scope, &head.bytes[head.text.clone()]);
                let fields = flat_array(scope, head.fields(), usize::MAX).into();
                vec![kind, status, reason, fields]
            },
        );
    }

    /// Calls one of the functions with the id and what `args` makes, in the next turn, if JavaScript knows the exchange then.
    fn post(
        self: &Rc<Self>,
        pick: impl Fn(&HttpCallbacks) -> &v8::Global<v8::Function> + 'static,
        args: impl for<'s> FnOnce(&Scope<'s, '_>) -> Vec<v8::Local<'s, v8::Value>> + 'static,
    ) {
        let exchange = self.clone();
        callbacks::post(self.conn.door(), move |scope| {
            let id = exchange.id.get();
            if id == UNKNOWN {
                return;
            }
            let mut all = vec![v8::Integer::new_from_unsigned(scope, id).into()];
            all.extend(args(scope));
            callbacks::call_exchange(scope, pick, &all);
        });
    }

    /// The connection has gone, or goes: nothing more comes or goes.
    pub(crate) fn abort(self: &Rc<Self>, event: Event) {
        if !self.aborted.replace(true) {
            self.outgoing.borrow_mut().take();
            self.tell(event);
        }
    }
}

impl Exchange {
    /// Ends the connection when the responses before it are out.
    pub(crate) fn doom(self: &Rc<Self>) {
        if !self.conn.has_waiting(self) {
            self.conn.abort();
            return;
        }
        self.doomed.set(true);
        self.conn.doomed.set(true);
        if !self.aborted.replace(true) {
            self.tell(Event::Aborted);
        }
        self.conn.wake();
    }

    pub(crate) fn is_doomed(&self) -> bool {
        self.doomed.get()
    }
}

/// What hyper waits for after a request: the response.
pub(crate) struct Reply {
    exchange: Option<Rc<Exchange>>,
}

impl Reply {
    pub(crate) fn new(exchange: Option<Rc<Exchange>>) -> Reply {
        Reply { exchange }
    }
}

impl Future for Reply {
    type Output = Result<Response<OutBody>, std::convert::Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(exchange) = &self.exchange else {
            return Poll::Pending;
        };
        match exchange.response() {
            Some(response) => {
                self.exchange = None;
                Poll::Ready(Ok(response))
            }
            None => {
                *exchange.waker.borrow_mut() = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if let Some(exchange) = self.exchange.take() {
            exchange.abort(Event::Aborted);
        }
    }
}
