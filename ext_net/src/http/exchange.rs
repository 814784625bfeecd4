//! One request and its response. Nothing is converted for JavaScript before somebody asks.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use deno_core::{GarbageCollected, op2, v8};
use hyper::body::{Body, Incoming};
use hyper::header::{CONNECTION, HeaderValue, TRANSFER_ENCODING};
use hyper::{HeaderMap, Request, Response, StatusCode, Version};
use rtjs_core::Scope;

use super::body::{BodyEvent, BodyQueue, OutBody};
use super::head_capture::Framing;
use super::server::{Conn, HttpCallbacks, callbacks};
use crate::address::Address;
use crate::read::UV_EOF;
use crate::stream_handle::status;
use crate::sys;

/// What the event callback is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i32)]
pub(crate) enum Event {
    Drained = 1,
    Finished = 2,
    Aborted = 3,
    ConnectionClosed = 4,
    ConnectionsGone = 5,
}

/// Bits of the flags of `respond` and `start`; js/internal/http/flags.js has the same. The connection ends with this response.
const CLOSE: u32 = 1;
/// The body goes out in chunks.
const CHUNKED: u32 = 2;
/// The body goes out as it is and the end of the connection ends it.
const RAW: u32 = 4;

/// Bits of what `flags` says of a request.
const REQUEST_KEEP_ALIVE: u32 = 1;
const REQUEST_HTTP_1_1: u32 = 2;
const REQUEST_HEAD: u32 = 4;
const REQUEST_BODY: u32 = 8;
const REQUEST_EXPECT: u32 = 16;
const REQUEST_UPGRADE: u32 = 32;

/// One request with its response, on hyper's side.
pub(crate) struct Exchange {
    conn: Rc<Conn>,
    head: Vec<u8>,
    flags: u32,
    incoming: RefCell<Option<Incoming>>,
    reading: Cell<bool>,
    read_waker: RefCell<Option<Waker>>,
    reply: RefCell<Option<(Bytes, Response<OutBody>)>>,
    reply_waker: RefCell<Option<Waker>>,
    replied: Cell<bool>,
    body: Rc<BodyQueue>,
    owner: RefCell<Option<v8::Global<v8::Object>>>,
}

impl Exchange {
    pub(crate) fn new(conn: Rc<Conn>, request: Request<Incoming>) -> Rc<Exchange> {
        let (parts, incoming) = request.into_parts();
        let head = {
            let mut inbound = conn.heads.inbound.borrow_mut();
            let head = inbound.take().unwrap_or_default();
            inbound.body(framing(&parts.headers, &parts.method, &incoming));
            head
        };
        let has_body = !incoming.is_end_stream();
        let flag = |bit: u32, set: bool| if set { bit } else { 0 };
        let flags = flag(REQUEST_KEEP_ALIVE, keeps_alive(parts.version, &parts.headers))
            | flag(REQUEST_HTTP_1_1, parts.version == Version::HTTP_11)
            | flag(REQUEST_HEAD, parts.method == hyper::Method::HEAD)
            | flag(REQUEST_BODY, has_body)
            | flag(REQUEST_EXPECT, parts.headers.contains_key(hyper::header::EXPECT))
            | flag(REQUEST_UPGRADE, parts.headers.contains_key(hyper::header::UPGRADE));
        Rc::new(Exchange {
            flags,
            conn,
            head,
            incoming: RefCell::new(has_body.then_some(incoming)),
            reading: Cell::new(false),
            read_waker: RefCell::default(),
            reply: RefCell::default(),
            reply_waker: RefCell::default(),
            replied: Cell::new(false),
            body: Rc::default(),
            owner: RefCell::default(),
        })
    }

    fn set_reply(&self, head: &[u8], status: u32, flags: u32, body: OutBody) -> bool {
        if self.replied.replace(true) {
            return false;
        }
        let mut response = Response::new(body);
        *response.status_mut() = u16::try_from(status)
            .ok()
            .and_then(|s| StatusCode::from_u16(s).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if flags & RAW != 0 {
            // Framed by the connection's end, which hyper does for this version only; the head that goes out is the program's.
            *response.version_mut() = Version::HTTP_10;
        }
        if flags & CLOSE != 0 {
            response
                .headers_mut()
                .insert(CONNECTION, HeaderValue::from_static("close"));
        }
        *self.reply.borrow_mut() = Some((Bytes::copy_from_slice(head), response));
        if let Some(waker) = self.reply_waker.borrow_mut().take() {
            waker.wake();
        }
        true
    }

    /// Calls one of the table's functions in the next turn.
    fn post(
        self: &Rc<Self>,
        pick: impl Fn(&HttpCallbacks) -> &v8::Global<v8::Function> + 'static,
        status: i32,
        chunk: Option<Bytes>,
    ) {
        let exchange = self.clone();
        self.conn.door().post(move |scope| {
            let Some(callbacks) = callbacks(scope) else { return };
            let Some(owner) = exchange.owner.borrow().clone() else {
                return;
            };
            let function = v8::Local::new(scope, pick(&callbacks));
            let owner = v8::Local::new(scope, &owner);
            let status = v8::Integer::new(scope, status).into();
            let chunk = match chunk {
                Some(chunk) => {
                    rtjs_core::external_memory_grows(scope, chunk.len());
                    let store = v8::ArrayBuffer::new_backing_store_from_vec(chunk.into()).make_shared();
                    v8::ArrayBuffer::with_backing_store(scope, &store).into()
                }
                None => v8::undefined(scope).into(),
            };
            rtjs_core::invoke(scope, function.into(), owner.into(), &[status, chunk]);
        });
    }

    fn tell(self: &Rc<Self>, event: Event) {
        self.post(|c| &c.event, event as i32, None);
    }

    /// Starts or goes on delivering the request's body.
    fn read_start(self: &Rc<Self>) {
        self.reading.set(true);
        if let Some(waker) = self.read_waker.borrow_mut().take() {
            waker.wake();
        }
        self.pump(false);
    }

    /// Starts the task that reads the body, once. With `ahead` it asks hyper for the first piece before JavaScript does, which makes hyper
    /// send `100 Continue`.
    fn pump(self: &Rc<Self>, ahead: bool) {
        let Some(mut incoming) = self.incoming.borrow_mut().take() else {
            return;
        };
        let exchange = self.clone();
        self.conn.door().spawn(async move {
            let mut ahead = ahead;
            loop {
                if !ahead {
                    exchange.wanted().await;
                }
                let frame = std::future::poll_fn(|cx| Pin::new(&mut incoming).poll_frame(cx)).await;
                if std::mem::take(&mut ahead) {
                    exchange.wanted().await;
                }
                match frame {
                    None => return exchange.post(|c| &c.body, UV_EOF, None),
                    Some(Ok(frame)) => {
                        if let Ok(data) = frame.into_data() {
                            exchange.post(|c| &c.body, i32::try_from(data.len()).unwrap_or(i32::MAX), Some(data));
                        }
                    }
                    Some(Err(_)) => return exchange.post(|c| &c.body, -libc::ECONNRESET, None),
                }
            }
        });
    }

    async fn wanted(&self) {
        std::future::poll_fn(|cx| {
            if self.reading.get() {
                return Poll::Ready(());
            }
            *self.read_waker.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// Method, target and version of the start line.
    fn start_line(&self) -> (&[u8], &[u8]) {
        let line = self
            .head
            .split(|b| *b == b'\r' || *b == b'\n')
            .next()
            .unwrap_or_default();
        let mut words = line.split(|b| *b == b' ').filter(|w| !w.is_empty());
        (words.next().unwrap_or_default(), words.next().unwrap_or_default())
    }
}

/// What hyper waits for after a request: the response.
pub(crate) struct Reply {
    exchange: Rc<Exchange>,
    done: bool,
}

impl Reply {
    pub(crate) fn new(exchange: Rc<Exchange>) -> Reply {
        Reply { exchange, done: false }
    }
}

impl Future for Reply {
    type Output = Result<Response<OutBody>, std::convert::Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let reply = self.exchange.reply.borrow_mut().take();
        match reply {
            Some((head, response)) => {
                self.done = true;
                // Now, and not earlier: the rewriter counts on the order in which hyper asks.
                self.exchange.conn.heads.outbound.borrow_mut().push(head);
                self.exchange.conn.set_idle();
                Poll::Ready(Ok(response))
            }
            None => {
                *self.exchange.reply_waker.borrow_mut() = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        if !self.done {
            self.exchange.tell(Event::Aborted);
        }
    }
}

/// How hyper frames this request's body.
fn framing(headers: &HeaderMap, method: &hyper::Method, incoming: &Incoming) -> Framing {
    if method == hyper::Method::CONNECT {
        return Framing::Rest;
    }
    if headers.contains_key(TRANSFER_ENCODING) {
        return Framing::Chunked;
    }
    Framing::Length(incoming.size_hint().exact().unwrap_or(0))
}

/// Whether the client wants the connection kept, by version and Connection header.
fn keeps_alive(version: Version, headers: &HeaderMap) -> bool {
    let says = |word: &str| {
        headers
            .get_all(CONNECTION)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(','))
            .any(|v| v.trim().eq_ignore_ascii_case(word))
    };
    if version == Version::HTTP_11 {
        !says("close")
    } else {
        says("keep-alive")
    }
}

/// What JavaScript sees of an exchange.
pub struct HttpExchange {
    exchange: Rc<Exchange>,
}

// SAFETY: no traced members; the owner is a Global that `release` drops.
unsafe impl GarbageCollected for HttpExchange {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"HttpExchange"
    }
}

impl HttpExchange {
    pub(crate) fn new(exchange: Rc<Exchange>) -> HttpExchange {
        HttpExchange { exchange }
    }
}

fn full(body: Option<Bytes>, flags: u32) -> OutBody {
    if flags & (CHUNKED | RAW) != 0 {
        OutBody::Chunked(body)
    } else {
        OutBody::Full(body)
    }
}

fn one_byte<'s>(scope: &mut Scope<'s, '_>, bytes: &[u8]) -> v8::Local<'s, v8::Value> {
    v8::String::new_from_one_byte(scope, bytes, v8::NewStringType::Normal)
        .map_or_else(|| v8::undefined(scope).into(), Into::into)
}

#[op2]
impl HttpExchange {
    /// The object that the body and event callbacks get as `this`; held until `release`.
    fn set_owner(&self, #[scoped] owner: v8::Global<v8::Object>) {
        *self.exchange.owner.borrow_mut() = Some(owner);
    }

    /// Drops the owner: no callback comes any more.
    #[fast]
    fn release(&self) {
        self.exchange.owner.borrow_mut().take();
    }

    /// The request's method.
    #[getter]
    fn method<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        one_byte(scope, self.exchange.start_line().0)
    }

    /// The request's target as it was sent.
    #[getter]
    fn url<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        one_byte(scope, self.exchange.start_line().1)
    }

    /// What the request is like, in bits; see the constants above.
    #[fast]
    #[getter]
    fn flags(&self) -> u32 {
        self.exchange.flags
    }

    /// The JavaScript socket of the connection, if it has one.
    fn get_socket<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match &*self.exchange.conn.js_socket.borrow() {
            Some(socket) => v8::Local::new(scope, socket).into(),
            None => v8::undefined(scope).into(),
        }
    }

    /// Sets the JavaScript socket of the connection, which is told of its end.
    fn set_socket(&self, #[scoped] socket: v8::Global<v8::Object>) {
        *self.exchange.conn.js_socket.borrow_mut() = Some(socket);
    }

    /// Names and values as they were sent, in turns.
    #[getter]
    fn raw_headers<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Array> {
        let mut flat: Vec<v8::Local<v8::Value>> = Vec::new();
        let mut room = 64;
        loop {
            let mut headers = vec![httparse::EMPTY_HEADER; room];
            let mut request = httparse::Request::new(&mut headers);
            match request.parse(&self.exchange.head) {
                Err(httparse::Error::TooManyHeaders) => room *= 4,
                Ok(_) => {
                    for header in request.headers.iter() {
                        flat.push(one_byte(scope, header.name.as_bytes()));
                        flat.push(one_byte(scope, header.value));
                    }
                    break;
                }
                Err(_) => break,
            }
        }
        v8::Array::new_with_elements(scope, &flat)
    }

    /// Answers with a whole response: `head` from status line to empty line, and the body as text. `false` when it was answered already.
    #[fast]
    fn respond_text(
        &self,
        #[string(onebyte)] head: std::borrow::Cow<'_, [u8]>,
        status: u32,
        flags: u32,
        #[string] body: &str,
    ) -> bool {
        let body = if body.is_empty() {
            None
        } else {
            Some(Bytes::copy_from_slice(body.as_bytes()))
        };
        self.exchange.set_reply(&head, status, flags, full(body, flags))
    }

    /// As `respondText`, with the body as bytes.
    #[fast]
    fn respond_buffer(
        &self,
        #[string(onebyte)] head: std::borrow::Cow<'_, [u8]>,
        status: u32,
        flags: u32,
        #[buffer] body: &[u8],
    ) -> bool {
        let body = if body.is_empty() {
            None
        } else {
            Some(Bytes::copy_from_slice(body))
        };
        self.exchange.set_reply(&head, status, flags, full(body, flags))
    }

    /// Starts a response whose body follows piece by piece. `length` is the body's, or negative when it is not known.
    #[fast]
    fn start(&self, #[string(onebyte)] head: std::borrow::Cow<'_, [u8]>, status: u32, flags: u32, length: f64) -> bool {
        let exchange = &self.exchange;
        exchange.body.set_length((length >= 0.0).then_some(length as u64));
        let listener = Rc::downgrade(exchange);
        exchange.body.listen(move |event| {
            if let Some(exchange) = listener.upgrade() {
                exchange.tell(match event {
                    BodyEvent::Drained => Event::Drained,
                    BodyEvent::Finished => Event::Finished,
                    BodyEvent::Aborted => Event::Aborted,
                });
            }
        });
        let body = OutBody::Stream(exchange.body.body());
        exchange.set_reply(&head, status, flags, body)
    }

    /// Writes a piece of the body; the bytes that wait now.
    #[fast]
    fn write_text(&self, #[string] text: &str) -> u32 {
        self.exchange.body.push(Bytes::copy_from_slice(text.as_bytes())) as u32
    }

    /// Writes a piece of the body; the bytes that wait now.
    #[fast]
    fn write_buffer(&self, #[buffer] bytes: &[u8]) -> u32 {
        self.exchange.body.push(Bytes::copy_from_slice(bytes)) as u32
    }

    /// Ends the body, with trailers as names and values in turns.
    fn end(&self, #[serde] trailers: Option<Vec<String>>) {
        let trailers = trailers.map(|flat| {
            let mut map = HeaderMap::new();
            for pair in flat.chunks_exact(2) {
                let name = hyper::header::HeaderName::from_bytes(pair[0].as_bytes());
                if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&pair[1])) {
                    map.append(name, value);
                }
            }
            map
        });
        self.exchange.body.end(trailers);
    }

    /// Starts delivering the request's body.
    #[fast]
    fn read_start(&self) {
        self.exchange.read_start();
    }

    /// Stops delivering it: hyper reads no further, and the client waits.
    #[fast]
    fn read_stop(&self) {
        self.exchange.reading.set(false);
    }

    /// Sends `100 Continue` where the client waits for it.
    #[fast]
    fn write_continue(&self) {
        self.exchange.pump(true);
    }

    /// Ends the connection at once.
    #[fast]
    fn abort(&self) {
        self.exchange.conn.abort();
    }

    /// Fills `out` with the server's end of the connection. 0 or a negative errno.
    #[fast]
    fn getsockname<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        let raw = self.exchange.conn.with_fd(sys::local_address);
        status(
            raw.and_then(|raw| Address::from_raw(&raw))
                .map(|a| crate::tcp::fill(scope, out, &a)),
        )
    }

    /// Fills `out` with the client's end.
    #[fast]
    fn getpeername<'s>(&self, scope: &mut v8::PinScope<'s, '_>, out: v8::Local<'s, v8::Object>) -> i32 {
        let raw = self.exchange.conn.with_fd(sys::peer_address);
        status(
            raw.and_then(|raw| Address::from_raw(&raw))
                .map(|a| crate::tcp::fill(scope, out, &a)),
        )
    }
}
