//! One HTTP server: its connections, and the requests that wait for the next turn of the loop.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use deno_core::{GarbageCollected, OpState, op2, v8};
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use rtjs_core::{EventLoop, KeepAlive, Scope};

use super::conn_io::{ConnIo, Heads};
use super::exchange::{Event, Exchange, HttpExchange, Reply};
use crate::accept::ConnectionSink;
use crate::socket::Family;
use crate::stream_handle::StreamHandle;
use crate::sys;

/// The JavaScript functions of HTTP servers, one table for a runtime.
pub(crate) struct HttpCallbacks {
    /// `(exchange)`, `this` is the server's owner.
    pub request: v8::Global<v8::Function>,
    /// `(status, buffer)`, `this` is the exchange's owner: a piece of the request's body, its end, or an errno.
    pub body: v8::Global<v8::Function>,
    /// `(kind)`, `this` is the exchange's owner: what became of the response.
    pub event: v8::Global<v8::Function>,
}

/// Sets the functions that HTTP servers call.
#[op2]
pub fn op_net_http_callbacks_set(
    state: &mut OpState,
    #[scoped] request: v8::Global<v8::Function>,
    #[scoped] body: v8::Global<v8::Function>,
    #[scoped] event: v8::Global<v8::Function>,
) {
    state.put(Rc::new(HttpCallbacks { request, body, event }));
}

pub(crate) fn callbacks(isolate: &v8::Isolate) -> Option<Rc<HttpCallbacks>> {
    let state = deno_core::JsRuntime::op_state_from(isolate);
    let state = state.borrow();
    state.try_borrow::<Rc<HttpCallbacks>>().cloned()
}

/// An HTTP server without a listener: connections come to its [`ConnectionSink`].
pub struct HttpServer {
    core: Rc<ServerCore>,
}

// SAFETY: no traced members; the owner is a Global that `close` drops.
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
            core: Rc::new(ServerCore {
                door: EventLoop::from_isolate(isolate),
                owner: RefCell::default(),
                ready: RefCell::default(),
                connections: RefCell::default(),
                next_id: Cell::new(0),
                keep_alive_timeout: Cell::new(Duration::ZERO),
                sweeping: Cell::new(false),
                closing: Cell::new(false),
            }),
        }
    }

    /// The object that the request callback gets as `this`; held until `close`.
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

    /// Serves a connection that has a handle: its descriptor is taken out of it, and `js_socket` is told of its end. 0 or
    /// a negative errno.
    fn serve<'s>(
        &self,
        isolate: &mut v8::Isolate,
        handle: v8::Local<'s, v8::Value>,
        #[scoped] js_socket: v8::Global<v8::Object>,
    ) -> i32 {
        let Some(socket) = StreamHandle::socket_of(isolate, handle) else {
            return -libc::EINVAL;
        };
        match socket.take_fd() {
            Some(fd) => {
                self.core.clone().serve(fd, socket.family, Some(js_socket));
                0
            }
            None => -libc::EBADF,
        }
    }

    /// How long an idle connection is kept, in milliseconds; 0 keeps it forever.
    #[fast]
    fn set_keep_alive_timeout(&self, milliseconds: f64) {
        self.core
            .keep_alive_timeout
            .set(Duration::from_millis(milliseconds.clamp(0.0, 1e12) as u64));
        self.core.start_sweeping();
    }

    /// Closes the connections that have no request under way.
    #[fast]
    fn close_idle_connections(&self) {
        self.core.closing.set(true);
        for conn in self.core.live() {
            if conn.idle_since.get().is_some() {
                conn.abort();
            } else {
                conn.close_when_idle();
            }
        }
    }

    /// Closes all connections at once.
    #[fast]
    fn close_all_connections(&self) {
        for conn in self.core.live() {
            conn.abort();
        }
    }

    /// The number of open connections.
    #[fast]
    fn connections(&self) -> u32 {
        self.core.connections.borrow().len() as u32
    }
}

pub(crate) struct ServerCore {
    door: EventLoop,
    owner: RefCell<Option<v8::Global<v8::Object>>>,
    ready: RefCell<Vec<Rc<Exchange>>>,
    connections: RefCell<HashMap<u64, Weak<Conn>>>,
    next_id: Cell<u64>,
    keep_alive_timeout: Cell<Duration>,
    sweeping: Cell<bool>,
    /// Somebody waits for the last connection to end.
    closing: Cell<bool>,
}

impl ConnectionSink for ServerCore {
    fn connection(self: Rc<Self>, fd: OwnedFd, family: Family) {
        self.serve(fd, family, None);
    }
}

impl ServerCore {
    fn serve(self: Rc<Self>, fd: OwnedFd, family: Family, js_socket: Option<v8::Global<v8::Object>>) {
        if family == Family::Tcp {
            // As Node's http server; a connection that is gone already shows on the first read.
            let _ = sys::set_option(fd.as_fd(), libc::IPPROTO_TCP, libc::TCP_NODELAY, 1);
        }
        let fd = Rc::new(fd);
        let heads = Rc::new(Heads::default());
        let Ok(io) = ConnIo::new(fd.clone(), heads.clone()) else {
            return;
        };
        let id = self.next_id.replace(self.next_id.get() + 1);
        let conn = Rc::new(Conn {
            id,
            server: self.clone(),
            heads,
            fd: RefCell::new(Some(fd)),
            idle_since: Cell::new(Some(Instant::now())),
            closing: Cell::default(),
            js_socket: RefCell::new(js_socket),
            waker: RefCell::default(),
            keep_alive: self.door.keep_alive(),
        });
        conn.keep_alive.set_active(true);
        self.connections.borrow_mut().insert(id, Rc::downgrade(&conn));
        self.start_sweeping();
        let hyper = http1::Builder::new()
            .auto_date_header(false)
            .half_close(true)
            .max_buf_size(64 * 1024)
            .serve_connection(io, ConnService { conn: conn.clone() });
        self.door.spawn(ConnTask {
            hyper: Box::pin(hyper),
            conn,
        });
    }
}

impl ServerCore {
    /// Calls the event callback with `owner` as `this`, in the next turn.
    fn tell(&self, owner: v8::Global<v8::Object>, event: Event) {
        self.door.post(move |scope| {
            let Some(callbacks) = callbacks(scope) else { return };
            let function = v8::Local::new(scope, &callbacks.event);
            let owner = v8::Local::new(scope, &owner);
            let kind = v8::Integer::new(scope, event as i32).into();
            rtjs_core::invoke(scope, function.into(), owner.into(), &[kind]);
        });
    }

    fn live(&self) -> Vec<Rc<Conn>> {
        self.connections.borrow().values().filter_map(Weak::upgrade).collect()
    }

    fn queue(self: &Rc<Self>, exchange: Rc<Exchange>) {
        let mut ready = self.ready.borrow_mut();
        ready.push(exchange);
        if ready.len() == 1 {
            let server = self.clone();
            self.door.post(move |scope| server.deliver(scope));
        }
    }

    /// Hands all waiting requests to JavaScript.
    fn deliver(&self, scope: &mut Scope<'_, '_>) {
        let batch = std::mem::take(&mut *self.ready.borrow_mut());
        let Some(callbacks) = callbacks(scope) else { return };
        let Some(owner) = self.owner.borrow().clone() else {
            return;
        };
        for exchange in batch {
            v8::scope!(let scope, scope);
            let handle = deno_core::cppgc::make_cppgc_object(scope, HttpExchange::new(exchange));
            let function = v8::Local::new(scope, &callbacks.request);
            let owner = v8::Local::new(scope, &owner);
            rtjs_core::invoke(scope, function.into(), owner.into(), &[handle.into()]);
        }
    }

    /// Starts the task that closes idle connections, while there are any.
    fn start_sweeping(self: &Rc<Self>) {
        if self.keep_alive_timeout.get().is_zero()
            || self.connections.borrow().is_empty()
            || self.sweeping.replace(true)
        {
            return;
        }
        let server = Rc::downgrade(self);
        self.door.spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(500)).await;
                let Some(server) = server.upgrade() else { return };
                let timeout = server.keep_alive_timeout.get();
                if timeout.is_zero() || server.connections.borrow().is_empty() {
                    server.sweeping.set(false);
                    return;
                }
                for conn in server.live() {
                    // Node's own allowance on top, so that a client which keeps to the announced time is not cut off.
                    if conn
                        .idle_since
                        .get()
                        .is_some_and(|since| since.elapsed() > timeout + Duration::from_secs(1))
                    {
                        conn.abort();
                    }
                }
            }
        });
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Closing {
    #[default]
    No,
    WhenIdle,
    Asked,
    Now,
}

/// One connection of a server.
pub(crate) struct Conn {
    id: u64,
    server: Rc<ServerCore>,
    pub(crate) heads: Rc<Heads>,
    fd: RefCell<Option<Rc<OwnedFd>>>,
    idle_since: Cell<Option<Instant>>,
    closing: Cell<Closing>,
    pub(crate) js_socket: RefCell<Option<v8::Global<v8::Object>>>,
    waker: RefCell<Option<Waker>>,
    keep_alive: KeepAlive,
}

impl Conn {
    pub(crate) fn door(&self) -> &EventLoop {
        &self.server.door
    }

    /// Calls `f` with the descriptor; `EBADF` when the connection has ended.
    pub(crate) fn with_fd<T>(&self, f: impl FnOnce(std::os::fd::BorrowedFd<'_>) -> io::Result<T>) -> io::Result<T> {
        match &*self.fd.borrow() {
            Some(fd) => f(fd.as_fd()),
            None => Err(io::Error::from_raw_os_error(libc::EBADF)),
        }
    }

    /// Ends the connection at once.
    pub(crate) fn abort(&self) {
        self.close(Closing::Now);
    }

    fn close_when_idle(&self) {
        if self.closing.get() == Closing::No {
            self.close(Closing::WhenIdle);
        }
    }

    fn close(&self, how: Closing) {
        self.closing.set(how);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    /// A request has been answered: the connection is idle until the next.
    pub(crate) fn set_idle(&self) {
        self.idle_since.set(Some(Instant::now()));
    }
}

struct ConnService {
    conn: Rc<Conn>,
}

impl Service<Request<Incoming>> for ConnService {
    type Response = hyper::Response<super::body::OutBody>;
    type Error = std::convert::Infallible;
    type Future = Reply;

    fn call(&self, request: Request<Incoming>) -> Reply {
        self.conn.idle_since.set(None);
        let exchange = Exchange::new(self.conn.clone(), request);
        self.conn.server.queue(exchange.clone());
        Reply::new(exchange)
    }
}

struct ConnTask {
    hyper: Pin<Box<http1::Connection<ConnIo, ConnService>>>,
    conn: Rc<Conn>,
}

impl Future for ConnTask {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.conn.closing.get() {
            Closing::Now => return Poll::Ready(()),
            Closing::WhenIdle => {
                self.conn.closing.set(Closing::Asked);
                self.hyper.as_mut().graceful_shutdown();
            }
            Closing::No | Closing::Asked => {}
        }
        let result = self.hyper.as_mut().poll(cx);
        if result.is_pending() {
            let mut waker = self.conn.waker.borrow_mut();
            if !waker.as_ref().is_some_and(|w| w.will_wake(cx.waker())) {
                *waker = Some(cx.waker().clone());
            }
        }
        result.map(drop)
    }
}

impl Drop for ConnTask {
    fn drop(&mut self) {
        self.conn.fd.borrow_mut().take();
        self.conn.keep_alive.set_active(false);
        let server = &self.conn.server;
        server.connections.borrow_mut().remove(&self.conn.id);
        if let Some(socket) = self.conn.js_socket.borrow_mut().take() {
            server.tell(socket, Event::ConnectionClosed);
        }
        if server.closing.get() && server.connections.borrow().is_empty() {
            let owner = server.owner.borrow().clone();
            if let Some(owner) = owner {
                server.tell(owner, Event::ConnectionsGone);
            }
        }
    }
}
