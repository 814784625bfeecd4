//! What JavaScript sees of an exchange, and through it of its connection.

use std::borrow::Cow;
use std::rc::Rc;

use bytes::Bytes;
use deno_core::{GarbageCollected, op2, v8};

use super::body::OutBody;
use super::callbacks::array_buffer;
use super::conn::Closing;
use super::exchange::Exchange;
use super::flags;
use super::head::{Fields, flat_array, one_byte};
use super::socket_handle::HttpSocket;

/// One request with its response. An exchange without a request stands for its connection only.
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
    if flags & (flags::CHUNKED | flags::RAW) != 0 {
        OutBody::Unsized(body)
    } else {
        OutBody::Full(body)
    }
}

#[op2]
impl HttpExchange {
    /// The object that the body and event callbacks get as `this`; held until `release`.
    fn set_owner(&self, #[scoped] owner: v8::Global<v8::Object>) {
        self.exchange.set_owner(Some(owner));
    }

    /// Drops the owner: no callback comes any more.
    #[fast]
    fn release(&self) {
        self.exchange.set_owner(None);
    }

    /// A request's method.
    #[getter]
    fn method<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match self.exchange.head() {
            Some(head) => {
                let method = &head.bytes[head.method.clone()];
                v8::String::new_from_one_byte(scope, method, v8::NewStringType::Internalized)
                    .map_or_else(|| v8::undefined(scope).into(), Into::into)
            }
            None => v8::undefined(scope).into(),
        }
    }

    /// A request's target as it was sent, a response's reason phrase.
    #[getter]
    fn text<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match self.exchange.head() {
            Some(head) => one_byte(scope, &head.bytes[head.text.clone()]),
            None => v8::undefined(scope).into(),
        }
    }

    /// A response's status.
    #[getter]
    fn status(&self) -> u32 {
        self.exchange.head().map_or(0, |h| u32::from(h.status))
    }

    /// What the message that came is like, in bits; see `flags.rs`.
    #[getter]
    fn flags(&self) -> u32 {
        self.exchange.head().map_or(0, |h| h.flags)
    }

    /// The message's version, ten times the major and the minor number.
    #[getter]
    fn version(&self) -> u32 {
        self.exchange
            .head()
            .map_or(11, |h| u32::from(h.version.0) * 10 + u32::from(h.version.1))
    }

    /// Names and values as they were sent, in turns; at most `limit` pairs.
    fn raw_headers<'s>(&self, scope: &mut v8::PinScope<'s, '_>, limit: u32) -> v8::Local<'s, v8::Array> {
        match self.exchange.head() {
            Some(head) => flat_array(scope, head.fields(), limit as usize),
            None => v8::Array::new(scope, 0),
        }
    }

    /// The same of the trailers, once the body has ended.
    fn raw_trailers<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Array> {
        match &*self.exchange.trailers() {
            Some(lines) => flat_array(scope, Fields::of(lines), usize::MAX),
            None => v8::Array::new(scope, 0),
        }
    }

    /// Sends a whole message: `head` from start line to empty line, and the body as text. `false` when there was one already.
    #[fast]
    fn respond_text(&self, #[string(onebyte)] head: Cow<'_, [u8]>, flags: u32, #[string] body: &str) -> bool {
        let body = if body.is_empty() {
            None
        } else {
            Some(Bytes::copy_from_slice(body.as_bytes()))
        };
        self.exchange.send(&head, flags, full(body, flags))
    }

    /// As `respondText`, with the body as bytes.
    #[fast]
    fn respond_buffer(&self, #[string(onebyte)] head: Cow<'_, [u8]>, flags: u32, #[buffer] body: &[u8]) -> bool {
        let body = if body.is_empty() {
            None
        } else {
            Some(Bytes::copy_from_slice(body))
        };
        self.exchange.send(&head, flags, full(body, flags))
    }

    /// Starts a message whose body follows piece by piece. `length` is the body's, or negative when it is not known.
    #[fast]
    fn start(&self, #[string(onebyte)] head: Cow<'_, [u8]>, flags: u32, length: f64) -> bool {
        self.exchange
            .start(&head, flags, (length >= 0.0).then_some(length as u64))
    }

    /// Writes a piece of the body; the bytes that wait now.
    #[fast]
    fn write_text(&self, #[string] text: &str) -> u32 {
        self.exchange.write(text.as_bytes()) as u32
    }

    /// Writes a piece of the body; the bytes that wait now.
    #[fast]
    fn write_buffer(&self, #[buffer] bytes: &[u8]) -> u32 {
        self.exchange.write(bytes) as u32
    }

    /// Asks for `DRAINED` when all that was written has been taken.
    #[fast]
    fn notify(&self) {
        self.exchange.notify();
    }

    /// Ends the body; `trailers` are lines with their CRLFs, or empty.
    #[fast]
    fn end(&self, #[string(onebyte)] trailers: Cow<'_, [u8]>) {
        let trailers = (!trailers.is_empty()).then(|| Bytes::copy_from_slice(&trailers));
        self.exchange.end(trailers);
    }

    /// Sends bytes ahead of the response: interim responses.
    #[fast]
    fn write_interim(&self, #[string(onebyte)] bytes: Cow<'_, [u8]>) {
        self.exchange.write_interim(&bytes);
    }

    /// Starts delivering the body that comes in.
    #[fast]
    fn read_start(&self) {
        self.exchange.read_start();
    }

    /// Stops delivering it: hyper reads no further, and the peer waits.
    #[fast]
    fn read_stop(&self) {
        self.exchange.read_stop();
    }

    /// Throws away what is left of it.
    #[fast]
    fn dump(&self) {
        self.exchange.dump();
    }

    /// Ends the connection at once.
    #[fast]
    fn abort(&self) {
        self.exchange.conn().abort();
    }

    /// Writes bytes of no message and ends the connection.
    #[fast]
    fn refuse(&self, #[string(onebyte)] bytes: Cow<'_, [u8]>) {
        let conn = self.exchange.conn();
        conn.outbound.borrow_mut().push_raw(&bytes);
        conn.shutdown.set(true);
        conn.close(Closing::WhenWritten);
    }

    /// The message asked for another protocol, but is an ordinary one.
    #[fast]
    fn go_on(&self) {
        self.exchange.conn().go_on(self.exchange.clone());
    }

    /// Leaves the connection to JavaScript; the bytes that were read behind the head.
    fn take_over<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        array_buffer(scope, self.exchange.conn().release())
    }

    /// The JavaScript object of what carries the connection, if it has one.
    fn get_socket<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        match self.exchange.conn().owner() {
            Some(owner) => v8::Local::new(scope, &owner).into(),
            None => v8::undefined(scope).into(),
        }
    }

    /// A handle for a JavaScript socket to own.
    #[cppgc]
    fn make_handle(&self) -> HttpSocket {
        HttpSocket::new(self.exchange.conn().clone())
    }

    /// The JavaScript socket keeps time of its own: the server's limit of silence is not for it.
    #[fast]
    fn own_timeouts(&self) {
        self.exchange.conn().times.own.set(true);
    }

    /// How many requests the connection has had, this one included.
    #[getter]
    fn number(&self) -> u32 {
        self.exchange.number()
    }
}
