//! The client's side: one connection, and the requests that go over it one after the other.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use deno_core::{GarbageCollected, op2, v8};
use rtjs_core::EventLoop;
use rtjs_tls::TlsConnection;

use super::conn::{Conn, Side};
use super::conn_task::{ConnTask, Engine};
use super::engine::ClientEngine;
use super::exchange::{Event, Exchange};
use super::exchange_table::UNKNOWN;
use super::head::one_byte;
use super::head_parser::{Kind, Limits};
use super::inbound::{Failure, Inbound};
use super::pipe::{HttpPipe, Pipe, PipeTransport};
use super::secure::Secure;
use super::socket_handle::HttpSocket;
use super::transport::{Descriptor, Transport};
use super::{callbacks, server};
use crate::stream_handle::StreamHandle;

/// The requests that wait for the connection.
#[derive(Default)]
pub(crate) struct ClientCore {
    queue: RefCell<VecDeque<Rc<Exchange>>>,
}

impl ClientCore {
    pub(crate) fn queue(&self, exchange: Rc<Exchange>) {
        self.queue.borrow_mut().push_back(exchange);
    }

    pub(crate) fn has_queued(&self) -> bool {
        !self.queue.borrow().is_empty()
    }

    pub(crate) fn next(&self) -> Option<Rc<Exchange>> {
        self.queue.borrow_mut().pop_front()
    }

    /// The server sent a response that no request waits for.
    pub(crate) fn unasked(&self, conn: &Conn) {
        conn.tell(Event::Unasked, 0, None);
    }

    /// What the server sent is no response.
    pub(crate) fn refused(&self, conn: &Rc<Conn>, failure: Failure) {
        let Some(owner) = conn.owner() else { return };
        callbacks::post(conn.door(), move |scope| {
            let kind = v8::Integer::new(scope, Event::Refused as i32).into();
            let details = server::details(scope, failure);
            callbacks::call(scope, &owner, |c| &c.event, &[kind, details]);
        });
    }
}

/// One connection of a client.
pub struct HttpClient {
    conn: Rc<Conn>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for HttpClient {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"HttpClient"
    }
}

fn start(isolate: &v8::Isolate, transport: Rc<dyn Transport>, max_head: u32) -> HttpClient {
    let door = EventLoop::from_isolate(isolate);
    // As in Node, what is more than the request's `maxHeadersCount` is not shown, but no error.
    let limits = Limits::of_size(max_head as usize);
    let inbound = Inbound::new(Kind::Response, limits);
    let conn = Rc::new(Conn::new(
        0,
        Side::Client(Rc::default()),
        door.clone(),
        transport,
        inbound,
    ));
    if let Some(engine) = ClientEngine::new(&conn) {
        conn.transport.stir();
        door.drive(ConnTask::new(Engine::Client(engine), conn.clone()));
    }
    HttpClient { conn }
}

#[op2]
impl HttpClient {
    /// Over a connected socket, whose descriptor is taken from its handle.
    #[static_method]
    #[cppgc]
    fn over_socket<'s>(
        scope: &mut v8::PinScope<'s, '_>,
        handle: v8::Local<'s, v8::Value>,
        max_head: u32,
    ) -> Option<HttpClient> {
        let (fd, family) = StreamHandle::take_socket(scope, handle)?;
        let descriptor = Descriptor::new(&EventLoop::from_isolate(scope), fd, family);
        Some(start(scope, Rc::new(descriptor), max_head))
    }

    /// The same of a socket that carries TLS and whose handshake is over: `tls` is its connection.
    #[static_method]
    #[cppgc]
    fn over_secure<'s>(
        scope: &mut v8::PinScope<'s, '_>,
        handle: v8::Local<'s, v8::Value>,
        #[cppgc] tls: &TlsConnection,
        max_head: u32,
    ) -> Option<HttpClient> {
        let (fd, family) = StreamHandle::take_socket(scope, handle)?;
        let descriptor = Descriptor::new(&EventLoop::from_isolate(scope), fd, family);
        Some(start(scope, Rc::new(Secure::new(descriptor, tls.codec())), max_head))
    }

    /// Over a JavaScript stream.
    #[static_method]
    #[cppgc]
    fn over_pipe(isolate: &mut v8::Isolate, #[cppgc] pipe: &HttpPipe, max_head: u32) -> HttpClient {
        let pipe = pipe.pipe();
        let client = start(isolate, Rc::new(PipeTransport(pipe.clone())), max_head);
        client.conn.set_owner(pipe.owner());
        client
    }

    /// The handle of its socket.
    #[cppgc]
    fn handle(&self) -> HttpSocket {
        HttpSocket::new(self.conn.clone())
    }

    /// The id of a request to come, and its response.
    #[fast]
    fn exchange(&self, isolate: &mut v8::Isolate) -> u32 {
        self.conn.inbound.borrow_mut().promise();
        let exchange = Exchange::new(self.conn.clone(), None);
        callbacks::of(isolate).map_or(UNKNOWN, |c| c.table.add(exchange))
    }

    /// How large a response's head may be.
    #[fast]
    fn set_max_head(&self, size: u32) {
        self.conn.inbound.borrow_mut().set_max_head(size as usize);
    }
}

/// A pipe for a JavaScript stream whose events go to `owner`.
#[op2]
#[cppgc]
pub fn op_net_http_pipe(isolate: &mut v8::Isolate, #[scoped] owner: v8::Global<v8::Object>) -> HttpPipe {
    HttpPipe::new(Pipe::new(EventLoop::from_isolate(isolate), owner))
}

/// The reason phrases and codes that go to JavaScript are latin-1.
pub(crate) fn text<'s>(scope: &rtjs_core::Scope<'s, '_>, text: &str) -> v8::Local<'s, v8::Value> {
    one_byte(scope, text.as_bytes())
}
