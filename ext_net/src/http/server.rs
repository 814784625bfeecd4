//! One HTTP server: its connections, and the requests that wait for the next turn of the loop. `sweep.rs` ends connections that take too long.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::os::fd::{AsFd, OwnedFd};
use std::rc::{Rc, Weak};
use std::time::Duration;

use deno_core::{GarbageCollected, op2, v8};
use rtjs_core::{EventLoop, Scope};
use rtjs_tls::TlsConnection;

use super::callbacks;
use super::client::text;
use super::conn::{Conn, Side};
use super::conn_task::{ConnTask, Engine};
use super::engine::Engines;
use super::exchange::{Event, Exchange};
use super::head_parser::{Kind, Limits};
use super::inbound::{Failure, Inbound};
use super::pipe::{HttpPipe, PipeTransport};
use super::secure::Secure;
use super::socket_handle::{HttpSocket, set_keep_alive};
use super::transport::{Descriptor, Transport};
use crate::accept::ConnectionSink;
use crate::address::Address;
use crate::socket::Family;
use crate::stream_handle::StreamHandle;
use crate::sys;

/// An HTTP server without a listener: connections come to its [`ConnectionSink`].
pub struct HttpServer {
    pub(crate) core: Rc<ServerCore>,
}

// SAFETY: no traced members; the owner is a Global, held as long as the server has connections or listens.
unsafe impl GarbageCollected for HttpServer {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"HttpServer"
    }
}

impl HttpServer {
    /// Where a listener, or the cluster's fake one, sends its connections.
    pub fn sink(&self) -> Rc<dyn ConnectionSink> {
        self.core.clone()
    }
}

#[op2]
impl HttpServer {
    #[constructor]
    #[cppgc]
    fn new(isolate: &mut v8::Isolate) -> HttpServer {
        HttpServer {
            core: ServerCore::new(EventLoop::from_isolate(isolate)),
        }
    }

    /// The object that the request and event callbacks get as `this`; held until `close`.
    fn set_owner(&self, #[scoped] owner: v8::Global<v8::Object>) {
        *self.core.owner.borrow_mut() = Some(owner);
    }

    /// Takes the connections of a listening handle from now on. 0 or a negative errno.
    #[fast]
    fn attach<'s>(&self, isolate: &mut v8::Isolate, handle: v8::Local<'s, v8::Value>) -> i32 {
        match StreamHandle::socket_of(isolate, handle) {
            Some(socket) => {
                socket.set_sink(Some(self.sink()));
                0
            }
            None => -libc::EINVAL,
        }
    }

    /// Gives the connections of a listening handle back to JavaScript.
    #[fast]
    fn detach<'s>(&self, isolate: &mut v8::Isolate, handle: v8::Local<'s, v8::Value>) {
        if let Some(socket) = StreamHandle::socket_of(isolate, handle) {
            socket.set_sink(None);
        }
    }

    /// Serves a connected socket: its descriptor is taken from its handle, `ahead` is what was read of it already. The handle that it gets instead,
    /// or `null`.
    #[cppgc]
    fn serve<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        handle: v8::Local<'s, v8::Value>,
        #[buffer] ahead: &[u8],
    ) -> Option<HttpSocket> {
        let (fd, family) = StreamHandle::take_socket(scope, handle)?;
        let descriptor = Descriptor::new(&self.core.door, fd, family);
        Some(self.core.serve_socket(Rc::new(descriptor), ahead))
    }

    /// The same of a socket that carries TLS and whose handshake is over: `tls` is its connection.
    #[cppgc]
    fn serve_secure<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        handle: v8::Local<'s, v8::Value>,
        #[cppgc] tls: &TlsConnection,
    ) -> Option<HttpSocket> {
        let (fd, family) = StreamHandle::take_socket(scope, handle)?;
        let descriptor = Descriptor::new(&self.core.door, fd, family);
        Some(
            self.core
                .serve_socket(Rc::new(Secure::new(descriptor, tls.codec())), &[]),
        )
    }

    /// Serves a JavaScript stream; `keeps_time` where it has timers of its own.
    #[fast]
    fn serve_pipe(&self, #[cppgc] pipe: &HttpPipe, keeps_time: bool) {
        let pipe = pipe.pipe();
        let conn = self.core.serve(Rc::new(PipeTransport(pipe.clone())), &[]);
        conn.times.own.set(keeps_time);
        conn.set_owner(pipe.owner());
    }

    /// Timeouts in milliseconds, 0 for none: how long an idle connection is kept (with Node's allowance), how long one may be silent.
    #[fast]
    fn set_timeouts(&self, keep_alive: f64, silence: f64) {
        let core = &self.core;
        let duration = |ms: f64| Duration::from_secs_f64(ms.clamp(0.0, 1e12) / 1000.0);
        core.keep_alive_timeout.set(duration(keep_alive));
        core.silence_timeout.set(duration(silence));
        core.start_sweeping();
    }

    /// How large a request's head may be, how many header lines it may have, how many connections there may be (negative: no limit), whether those
    /// above are dropped although another worker may have room, and whether requests are answered whose client has ended its side.
    #[fast]
    fn set_limits(&self, max_head: u32, max_fields: u32, max_connections: f64, drop_above: bool, half_open: bool) {
        self.core.head_limits.set(Limits {
            size: max_head as usize,
            fields: max_fields as usize,
        });
        self.core
            .max_connections
            .set((max_connections >= 0.0).then_some(max_connections as usize));
        self.core.drop_above.set(drop_above);
        self.core.half_open.set(half_open);
        self.core.room_made();
    }

    /// Options of accepted sockets.
    #[fast]
    fn set_socket_options(&self, no_delay: bool, keep_alive: bool, keep_alive_delay: u32) {
        self.core.no_delay.set(no_delay);
        self.core.keep_alive.set(keep_alive.then_some(keep_alive_delay));
    }

    /// Tells of requests whose head or whole takes longer than this; both in milliseconds, 0 for no limit.
    #[fast]
    fn check_requests(&self, head: f64, whole: f64) {
        self.core.check_requests(head, whole);
    }

    /// Closes the connections that have no request under way, and none that has come and was not read.
    #[fast]
    fn close_idle_connections(&self) {
        for conn in self.core.live() {
            if conn.is_idle() {
                conn.abort();
            }
        }
    }

    /// Tells the owner when the last connection has ended. What ends them is what their responses say, or the timeouts.
    #[fast]
    fn close(&self) {
        self.core.closing.set(true);
    }

    /// Closes all connections at once.
    #[fast]
    fn close_all_connections(&self) {
        for conn in self.core.live() {
            conn.abort();
        }
    }

    /// The JavaScript object of what carries a connection, a handle for one, or `undefined` when the connection is gone.
    fn socket<'s>(&self, scope: &mut v8::PinScope<'s, '_>, connection: f64) -> v8::Local<'s, v8::Value> {
        let conn = self
            .core
            .connections
            .borrow()
            .get(&(connection as u64))
            .and_then(Weak::upgrade);
        match conn.map(|conn| (conn.owner(), conn)) {
            Some((Some(owner), _)) => v8::Local::new(scope, &owner).into(),
            Some((None, conn)) => {
                conn.times.own.set(true);
                deno_core::cppgc::make_cppgc_object(scope, HttpSocket::new(conn)).into()
            }
            None => v8::undefined(scope).into(),
        }
    }

    /// The number of open connections.
    #[fast]
    fn connections(&self) -> u32 {
        self.core.connections.borrow().len() as u32
    }
}

pub(crate) struct ServerCore {
    pub(crate) door: EventLoop,
    owner: RefCell<Option<v8::Global<v8::Object>>>,
    ready: RefCell<Vec<Rc<Exchange>>>,
    pub(crate) engines: Engines,
    pub(crate) connections: RefCell<HashMap<u64, Weak<Conn>>>,
    next_id: Cell<u64>,
    pub(crate) keep_alive_timeout: Cell<Duration>,
    pub(crate) silence_timeout: Cell<Duration>,
    head_limits: Cell<Limits>,
    max_connections: Cell<Option<usize>>,
    drop_above: Cell<bool>,
    half_open: Cell<bool>,
    no_delay: Cell<bool>,
    keep_alive: Cell<Option<u32>>,
    pub(crate) sweeping: Cell<bool>,
    pub(crate) sweeps: Cell<u32>,
    /// Somebody waits for the last connection to end.
    closing: Cell<bool>,
    /// See [`ConnectionSink::tell_room`].
    tell_room: RefCell<Option<Box<dyn Fn()>>>,
}

impl ConnectionSink for ServerCore {
    fn connection(self: Rc<Self>, fd: OwnedFd, family: Family) {
        if self
            .max_connections
            .get()
            .is_some_and(|max| self.connections.borrow().len() >= max)
        {
            self.dropped(&fd, family);
            return;
        }
        if family == Family::Tcp
            && let Some(delay) = self.keep_alive.get()
        {
            // What fails on a connection that is gone already shows on the first read.
            let _ = set_keep_alive(fd.as_fd(), true, delay);
        }
        let descriptor = Descriptor::new(&self.door, fd, family);
        if family == Family::Tcp && self.no_delay.get() {
            descriptor.set_no_delay_later();
        }
        self.serve(Rc::new(descriptor), &[]);
    }

    fn room(&self) -> usize {
        if self.drop_above.get() {
            return usize::MAX;
        }
        let limit = self.max_connections.get().unwrap_or(usize::MAX);
        limit.saturating_sub(self.connections.borrow().len())
    }

    fn tell_room(&self, tell: Box<dyn Fn()>) {
        *self.tell_room.borrow_mut() = Some(tell);
    }
}

impl ServerCore {
    fn new(door: EventLoop) -> Rc<ServerCore> {
        Rc::new(ServerCore {
            door,
            owner: RefCell::default(),
            ready: RefCell::default(),
            engines: Engines::default(),
            connections: RefCell::default(),
            next_id: Cell::new(0),
            keep_alive_timeout: Cell::default(),
            silence_timeout: Cell::default(),
            head_limits: Cell::new(Limits::of_size(16 * 1024)),
            max_connections: Cell::default(),
            drop_above: Cell::new(false),
            half_open: Cell::new(false),
            no_delay: Cell::new(true),
            keep_alive: Cell::default(),
            sweeping: Cell::new(false),
            sweeps: Cell::new(0),
            closing: Cell::new(false),
            tell_room: RefCell::default(),
        })
    }

    fn serve(self: &Rc<Self>, transport: Rc<dyn Transport>, ahead: &[u8]) -> Rc<Conn> {
        let id = self.next_id.replace(self.next_id.get() + 1);
        let mut inbound = Inbound::new(Kind::Request, self.head_limits.get());
        if !ahead.is_empty() {
            inbound.receive(&mut ahead.to_vec());
        }
        let conn = Rc::new(Conn::new(
            id,
            Side::Server(self.clone()),
            self.door.clone(),
            transport,
            inbound,
        ));
        self.connections.borrow_mut().insert(id, Rc::downgrade(&conn));
        self.start_sweeping();
        conn.transport.stir();
        self.door.drive(ConnTask::new(Engine::Resting, conn.clone()));
        conn
    }

    /// The same of what a net.Socket of JavaScript's has given up: its handle from now on.
    fn serve_socket(self: &Rc<Self>, transport: Rc<dyn Transport>, ahead: &[u8]) -> HttpSocket {
        let conn = self.serve(transport, ahead);
        conn.times.own.set(true);
        HttpSocket::new(conn)
    }

    pub(crate) fn half_open(&self) -> bool {
        self.half_open.get()
    }

    pub(crate) fn live(&self) -> Vec<Rc<Conn>> {
        self.connections.borrow().values().filter_map(Weak::upgrade).collect()
    }

    pub(crate) fn connection_gone(&self, conn: &Conn) {
        self.connections.borrow_mut().remove(&conn.id);
        self.room_made();
        if self.closing.get() && self.connections.borrow().is_empty() {
            self.tell(Event::Gone, None, |_| Vec::new());
        }
    }

    fn room_made(&self) {
        if let Some(tell) = &*self.tell_room.borrow()
            && self.room() > 0
        {
            tell();
        }
    }

    /// Calls the event callback with the server's owner as `this`, in the next turn; a connection comes as an exchange without a request.
    pub(crate) fn tell(
        &self,
        event: Event,
        conn: Option<Rc<Conn>>,
        args: impl for<'s> FnOnce(&mut Scope<'s, '_>) -> Vec<v8::Local<'s, v8::Value>> + 'static,
    ) {
        let Some(owner) = self.owner.borrow().clone() else {
            return;
        };
        callbacks::post(&self.door, move |scope| {
            let mut all = vec![v8::Integer::new(scope, event as i32).into()];
            if let (Some(conn), Some(callbacks)) = (conn, callbacks::of(scope)) {
                let id = callbacks.table.add(Exchange::new(conn, None));
                all.push(v8::Integer::new_from_unsigned(scope, id).into());
            }
            all.extend(args(scope));
            callbacks::call(scope, &owner, |c| &c.event, &all);
        });
    }

    /// What came is no request.
    pub(crate) fn refused(&self, conn: Rc<Conn>, failure: Failure) {
        self.tell(Event::Refused, Some(conn), move |scope| vec![details(scope, failure)]);
    }

    /// A connection that JavaScript has no socket of has ended with an error.
    pub(crate) fn broken(&self, conn: Rc<Conn>) {
        let error = conn.error.get();
        self.tell(Event::Refused, Some(conn), move |scope| {
            vec![v8::Integer::new(scope, error).into()]
        });
    }

    fn dropped(&self, fd: &OwnedFd, family: Family) {
        let both = || {
            Some((
                sys::local_address(fd.as_fd()).ok()?,
                sys::peer_address(fd.as_fd()).ok()?,
            ))
        };
        let addresses = if family == Family::Tcp { both() } else { None };
        self.tell(Event::Dropped, None, move |scope| {
            let Some((local, peer)) = addresses else {
                return Vec::new();
            };
            let value = v8::Object::new(scope);
            for (prefix, raw) in [("local", &local), ("remote", &peer)] {
                if let Ok(address) = Address::from_raw(raw) {
                    fill_prefixed(scope, value, prefix, &address);
                }
            }
            vec![value.into()]
        });
    }

    /// A request for JavaScript, in the next turn.
    pub(crate) fn deliver(self: &Rc<Self>, exchange: Rc<Exchange>) {
        exchange.conn().untold.set(true);
        let mut ready = self.ready.borrow_mut();
        ready.push(exchange);
        if ready.len() == 1 {
            let server = self.clone();
            self.door.post(move |scope| server.deliver_all(scope));
        }
    }

    fn deliver_all(&self, scope: &mut Scope<'_, '_>) {
        let batch = std::mem::take(&mut *self.ready.borrow_mut());
        let (Some(owner), Some(callbacks)) = (self.owner.borrow().clone(), callbacks::of(scope)) else {
            batch.iter().for_each(|exchange| exchange.conn().told());
            return;
        };
        for exchange in batch {
            v8::scope!(let scope, scope);
            let conn = exchange.conn().clone();
            let flags = exchange.head().map_or(0, |h| h.flags);
            let id = v8::Integer::new_from_unsigned(scope, callbacks.table.add(exchange.clone())).into();
            let flags = v8::Integer::new_from_unsigned(scope, flags).into();
            callbacks::call(scope, &owner, |c| &c.request, &[id, flags]);
            conn.give_body(scope, &exchange);
            conn.told();
        }
    }
}

/// Puts an address into an object under names such as `localAddress`.
fn fill_prefixed<'s>(scope: &Scope<'s, '_>, out: v8::Local<'s, v8::Object>, prefix: &str, address: &Address) {
    let family = if address.version() == 6 { "IPv6" } else { "IPv4" };
    let port = v8::Integer::new(scope, i32::from(address.port())).into();
    let values = [
        ("Address", text(scope, &address.text())),
        ("Port", port),
        ("Family", text(scope, family)),
    ];
    for (name, value) in values {
        let key = text(scope, &format!("{prefix}{name}"));
        out.set(scope, key, value);
    }
}

/// `[code, reason, bytesParsed, packet]` of a refusal.
pub(crate) fn details<'s>(scope: &mut Scope<'s, '_>, failure: Failure) -> v8::Local<'s, v8::Value> {
    let parsed = v8::Number::new(scope, failure.parsed as f64).into();
    let packet = rtjs_core::array_buffer(scope, failure.packet).into();
    let parts = [
        text(scope, failure.error.code),
        text(scope, failure.error.reason),
        parsed,
        packet,
    ];
    v8::Array::new_with_elements(scope, &parts).into()
}
