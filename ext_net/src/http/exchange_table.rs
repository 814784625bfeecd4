//! What JavaScript sees of exchanges, and through them of their connections: each has an id in one table, from the moment that JavaScript
//! hears of it until it lets go. So the end of an exchange frees it, and not a garbage collection later.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use bytes::Bytes;
use deno_core::{GarbageCollected, JsBuffer, op2, v8};

use super::conn::Closing;
use super::exchange::Exchange;
use super::head::{Fields, Head, flat_array, one_byte};
use super::header_shapes::HeaderShapes;
use super::socket_handle::HttpSocket;

/// The id of an exchange that JavaScript does not know.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// The exchanges that JavaScript knows.
#[derive(Default)]
pub(crate) struct Table {
    slots: RefCell<Vec<Option<Rc<Exchange>>>>,
    free: RefCell<Vec<u32>>,
}

impl Table {
    /// Makes `exchange` known; its id.
    pub(crate) fn add(&self, exchange: Rc<Exchange>) -> u32 {
        let mut slots = self.slots.borrow_mut();
        let id = self.free.borrow_mut().pop().unwrap_or(slots.len() as u32);
        exchange.set_id(id);
        match slots.get_mut(id as usize) {
            Some(slot) => *slot = Some(exchange),
            None => slots.push(Some(exchange)),
        }
        id
    }

    fn get(&self, id: u32) -> Option<Rc<Exchange>> {
        self.slots.borrow().get(id as usize)?.clone()
    }

    fn remove(&self, id: u32) -> Option<Rc<Exchange>> {
        let exchange = self.slots.borrow_mut().get_mut(id as usize)?.take()?;
        exchange.set_id(UNKNOWN);
        self.free.borrow_mut().push(id);
        Some(exchange)
    }
}

/// All exchanges of a runtime. An exchange without a request stands for its connection only. An id that is none is passed over.
pub struct HttpExchanges {
    table: Rc<Table>,
    shapes: RefCell<HeaderShapes>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for HttpExchanges {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"HttpExchanges"
    }
}

impl HttpExchanges {
    pub(crate) fn new(table: Rc<Table>) -> HttpExchanges {
        HttpExchanges {
            table,
            shapes: RefCell::default(),
        }
    }
}

#[op2]
impl HttpExchanges {
    /// A request's method.
    fn method<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32) -> v8::Local<'s, v8::Value> {
        self.head(scope, id, |scope, head| {
            let method = &head.bytes[head.method.clone()];
            v8::String::new_from_one_byte(scope, method, v8::NewStringType::Internalized)
                .map_or_else(|| v8::undefined(scope).into(), Into::into)
        })
    }

    /// A request's target as it was sent, a response's reason phrase.
    fn text<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32) -> v8::Local<'s, v8::Value> {
        self.head(scope, id, |scope, head| one_byte(scope, &head.bytes[head.text.clone()]))
    }

    /// The message's version, ten times the major and the minor number.
    #[fast]
    fn version(&self, id: u32) -> u32 {
        let exchange = self.table.get(id);
        exchange
            .as_ref()
            .and_then(|e| e.head())
            .map_or(11, |h| u32::from(h.version.0) * 10 + u32::from(h.version.1))
    }

    /// Names and values as they were sent, in turns; at most `limit` pairs.
    fn raw_headers<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32, limit: u32) -> v8::Local<'s, v8::Value> {
        self.head(scope, id, |scope, head| {
            flat_array(scope, head.fields(), limit as usize).into()
        })
    }

    /// The object `headers`, or `undefined` where it has to be made of [`raw_headers`]: a name comes twice, or these names have not come together before.
    fn headers<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32, limit: u32) -> v8::Local<'s, v8::Value> {
        self.head(scope, id, |scope, head| {
            let made = self.shapes.borrow_mut().headers(scope, head.fields(), limit as usize);
            made.unwrap_or_else(|| v8::undefined(scope).into())
        })
    }

    /// Names and values of the trailers, once the body has ended; `undefined` if there are none.
    fn raw_trailers<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32) -> v8::Local<'s, v8::Value> {
        if let Some(exchange) = self.table.get(id)
            && let Some(lines) = &*exchange.trailers()
        {
            return flat_array(scope, Fields::of(lines), usize::MAX).into();
        }
        v8::undefined(scope).into()
    }

    /// Sends a whole message: `head` from start line to empty line, and the body as text. `false` when there was one already.
    #[fast]
    fn respond_text(&self, id: u32, #[string(onebyte)] head: Cow<'_, [u8]>, flags: u32, #[string] body: &str) -> bool {
        let exchange = self.table.get(id);
        exchange.is_some_and(|e| e.send_whole(&head, flags, body.as_bytes()))
    }

    /// As `respondText`, with the body as bytes.
    #[fast]
    fn respond_buffer(
        &self,
        id: u32,
        #[string(onebyte)] head: Cow<'_, [u8]>,
        flags: u32,
        #[buffer] body: &[u8],
    ) -> bool {
        let exchange = self.table.get(id);
        exchange.is_some_and(|e| e.send_whole(&head, flags, body))
    }

    /// Starts a message whose body follows piece by piece. `length` is the body's, or negative when it is not known.
    #[fast]
    fn start(&self, id: u32, #[string(onebyte)] head: Cow<'_, [u8]>, flags: u32, length: f64) -> bool {
        let length = (length >= 0.0).then_some(length as u64);
        self.table.get(id).is_some_and(|e| e.start(&head, flags, length))
    }

    /// Writes a piece of the body; the bytes that wait now.
    #[fast]
    fn write_text(&self, id: u32, #[string] text: &str) -> u32 {
        self.write(id, Bytes::copy_from_slice(text.as_bytes()))
    }

    /// As `writeText`, with bytes.
    #[fast]
    fn write_buffer(&self, id: u32, #[buffer] bytes: &[u8]) -> u32 {
        self.write(id, Bytes::copy_from_slice(bytes))
    }

    /// As `writeBuffer`, without a copy: the memory stays JavaScript's, and the program leaves it alone until it is written, as Node says.
    fn write_shared(&self, id: u32, #[buffer] bytes: JsBuffer) -> u32 {
        self.write(id, Bytes::from_owner(bytes.into_parts()))
    }

    /// Asks for `DRAINED` when all that was written has been taken.
    #[fast]
    fn notify(&self, id: u32) {
        if let Some(exchange) = self.table.get(id) {
            exchange.notify();
        }
    }

    /// Ends the body; `trailers` are lines with their CRLFs, or empty.
    #[fast]
    fn end(&self, id: u32, #[string(onebyte)] trailers: Cow<'_, [u8]>) {
        if let Some(exchange) = self.table.get(id) {
            exchange.end((!trailers.is_empty()).then(|| Bytes::copy_from_slice(&trailers)));
        }
    }

    /// Sends bytes ahead of the response: interim responses.
    #[fast]
    fn write_interim(&self, id: u32, #[string(onebyte)] bytes: Cow<'_, [u8]>) {
        if let Some(exchange) = self.table.get(id) {
            exchange.write_interim(&bytes);
        }
    }

    /// Starts delivering the body that comes in.
    #[fast]
    fn read_start(&self, id: u32) {
        if let Some(exchange) = self.table.get(id) {
            exchange.read_start();
        }
    }

    /// Stops delivering it: no more is read, and the peer waits.
    #[fast]
    fn read_stop(&self, id: u32) {
        if let Some(exchange) = self.table.get(id) {
            exchange.read_stop();
        }
    }

    /// Throws away what is left of it.
    #[fast]
    fn dump(&self, id: u32) {
        if let Some(exchange) = self.table.get(id) {
            exchange.dump();
        }
    }

    /// Ends the connection at once; behind the responses that come before this one's, where there are any.
    #[fast]
    fn abort(&self, id: u32) {
        if let Some(exchange) = self.table.get(id) {
            exchange.doom();
        }
    }

    /// Writes bytes of no message, unless they would stand in the middle of one, and ends the connection.
    #[fast]
    fn refuse(&self, id: u32, #[string(onebyte)] bytes: Cow<'_, [u8]>) {
        if let Some(exchange) = self.table.get(id) {
            let conn = exchange.conn();
            if conn.is_answering() {
                conn.abort();
                return;
            }
            conn.outbound.borrow_mut().push_raw(&bytes);
            conn.count_given(bytes.len());
            conn.shutdown.set(true);
            conn.close(Closing::WhenWritten);
        }
    }

    /// The message asked for another protocol, but is an ordinary one.
    #[fast]
    fn go_on(&self, id: u32) {
        if let Some(exchange) = self.table.get(id) {
            exchange.conn().go_on(exchange.clone());
        }
    }

    /// Leaves the connection to JavaScript; the bytes that were read behind the head.
    fn take_over<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32) -> v8::Local<'s, v8::Value> {
        let ahead = self.table.get(id).map_or_else(Vec::new, |e| e.conn().release());
        rtjs_core::array_buffer(scope, ahead).into()
    }

    /// The JavaScript object of what carries the connection, if it has one.
    fn get_socket<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32) -> v8::Local<'s, v8::Value> {
        match self.table.get(id).and_then(|e| e.conn().owner()) {
            Some(owner) => v8::Local::new(scope, &owner).into(),
            None => v8::undefined(scope).into(),
        }
    }

    /// A handle for a JavaScript socket to own, which keeps time of its own: the server's limit of silence is not for it.
    #[cppgc]
    fn make_handle(&self, id: u32) -> Option<HttpSocket> {
        let exchange = self.table.get(id)?;
        exchange.conn().times.own.set(true);
        Some(HttpSocket::new(exchange.conn().clone()))
    }

    /// Which connection of its server it came by.
    #[fast]
    fn connection(&self, id: u32) -> f64 {
        self.table.get(id).map_or(-1.0, |e| e.conn().id as f64)
    }

    /// How many requests the connection has had, this one included.
    #[fast]
    fn number(&self, id: u32) -> u32 {
        self.table.get(id).map_or(0, |e| e.number())
    }

    /// Lets go of an exchange: no callback comes any more, and the id is another's. The head that had come up to its empty line, and the trailers
    /// behind it, for whoever may read them later.
    fn release<'s>(&self, scope: &mut v8::PinScope<'s, '_>, id: u32) -> v8::Local<'s, v8::Value> {
        let Some(exchange) = self.table.remove(id) else {
            return v8::undefined(scope).into();
        };
        let Some(head) = exchange.head() else {
            return v8::undefined(scope).into();
        };
        let text = &head.bytes[head.method.start..];
        match &*exchange.trailers() {
            Some(trailers) => one_byte(scope, &[text, trailers].concat()),
            None => one_byte(scope, text),
        }
    }
}

impl HttpExchanges {
    fn write(&self, id: u32, bytes: Bytes) -> u32 {
        self.table
            .get(id)
            .map_or(0, |e| u32::try_from(e.write(bytes)).unwrap_or(u32::MAX))
    }

    fn head<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        id: u32,
        read: impl FnOnce(&mut v8::PinScope<'s, '_>, &Head) -> v8::Local<'s, v8::Value>,
    ) -> v8::Local<'s, v8::Value> {
        let exchange = self.table.get(id);
        match exchange.as_ref().and_then(|e| e.head()) {
            Some(head) => read(scope, head),
            None => v8::undefined(scope).into(),
        }
    }
}

/// Names and values of a head's text, in turns; at most `limit` pairs.
#[op2]
pub fn op_net_http_fields<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[string(onebyte)] head: Cow<'_, [u8]>,
    limit: u32,
) -> v8::Local<'s, v8::Array> {
    let lines = memchr::memchr(b'\n', &head).map_or(0, |end| end + 1);
    flat_array(scope, Fields::of(&head[lines..]), limit as usize)
}
