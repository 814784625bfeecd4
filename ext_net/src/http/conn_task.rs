//! The task of one connection: it runs hyper, takes bodies out of it for JavaScript, and settles how the connection ends.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use hyper::body::Incoming;
use hyper::client::conn::http1 as client_http;
use hyper::server::conn::http1 as server_http;
use hyper::service::Service;
use hyper::{Request, Response};

use super::body::OutBody;
use super::conn::{Closing, Conn, Side};
use super::conn_io::ConnIo;
use super::exchange::{Event, Exchange, Reply};

/// hyper's server asks here for each request's response.
pub(crate) struct ConnService {
    conn: Rc<Conn>,
}

impl Service<Request<Incoming>> for ConnService {
    type Response = Response<OutBody>;
    type Error = std::convert::Infallible;
    type Future = Reply;

    fn call(&self, _: Request<Incoming>) -> Reply {
        Reply::new(self.conn.next_exchange())
    }
}

type Answer = Pin<Box<dyn Future<Output = hyper::Result<Response<Incoming>>>>>;

pub(crate) struct ClientEngine {
    sender: client_http::SendRequest<OutBody>,
    connection: client_http::Connection<ConnIo, OutBody>,
    answer: Option<Answer>,
}

pub(crate) enum Engine {
    Server(Pin<Box<server_http::Connection<ConnIo, ConnService>>>),
    Client(Box<ClientEngine>),
}

/// hyper's buffers: as much as one read of ours.
const BUFFER: usize = 64 * 1024;

impl Engine {
    pub(crate) fn server(conn: &Rc<Conn>) -> Engine {
        let connection = server_http::Builder::new()
            .auto_date_header(false)
            .max_buf_size(BUFFER)
            .serve_connection(ConnIo::new(conn.clone()), ConnService { conn: conn.clone() });
        Engine::Server(Box::pin(connection))
    }

    pub(crate) fn client(conn: &Rc<Conn>) -> Option<Engine> {
        let mut handshake = std::pin::pin!(
            client_http::Builder::new()
                .max_buf_size(BUFFER)
                .handshake(ConnIo::new(conn.clone()))
        );
        // It has nothing to wait for.
        match handshake
            .as_mut()
            .poll(&mut Context::from_waker(std::task::Waker::noop()))
        {
            Poll::Ready(Ok((sender, connection))) => Some(Engine::Client(Box::new(ClientEngine {
                sender,
                connection,
                answer: None,
            }))),
            _ => None,
        }
    }
}

impl ClientEngine {
    /// `Ready` when hyper is done with the connection.
    fn poll(&mut self, conn: &Rc<Conn>, cx: &mut Context<'_>) -> Poll<()> {
        let Side::Client(client) = &conn.side else {
            return Poll::Ready(());
        };
        loop {
            let done = Pin::new(&mut self.connection).poll(cx);
            conn.tell_response();
            if let Some(answer) = &mut self.answer
                && answer.as_mut().poll(cx).is_ready()
            {
                // JavaScript has it already: hyper hears of a response when that has ended.
                self.answer = None;
            }
            if done.is_ready() {
                return Poll::Ready(());
            }
            if self.answer.is_some()
                || !client.has_queued()
                || !matches!(self.sender.poll_ready(cx), Poll::Ready(Ok(())))
            {
                return Poll::Pending;
            }
            let Some(exchange) = client.next() else {
                return Poll::Pending;
            };
            *conn.current.borrow_mut() = Some(exchange.clone());
            let Some(request) = exchange.request() else { continue };
            self.answer = Some(Box::pin(self.sender.send_request(request)));
        }
    }
}

/// See the module.
pub(crate) struct ConnTask {
    engine: Option<Engine>,
    conn: Rc<Conn>,
    told_eof: bool,
    /// It stopped although there was more to do.
    again: bool,
}

impl ConnTask {
    pub(crate) fn new(engine: Engine, conn: Rc<Conn>) -> ConnTask {
        ConnTask {
            engine: Some(engine),
            conn,
            told_eof: false,
            again: false,
        }
    }

    /// Runs hyper; `true` while it is not done.
    fn run(&mut self, cx: &mut Context<'_>) -> bool {
        let done = match &mut self.engine {
            None => true,
            Some(Engine::Server(connection)) => connection.as_mut().poll(cx).is_ready(),
            Some(Engine::Client(engine)) => engine.poll(&self.conn, cx).is_ready(),
        };
        if done {
            self.engine = None;
        }
        !done
    }

    /// What came is refused, or ended too early: somebody must be told, after the requests before it.
    fn report(&mut self) {
        let conn = &self.conn;
        if let Side::Server(server) = &conn.side
            && let Some(exchange) = conn.take_upgrade()
        {
            server.deliver(exchange);
        }
        let in_body = conn.inbound.borrow().failed_in_body();
        if conn.receiving().is_some_and(|e| e.holds_back(in_body)) {
            return;
        }
        let failure = conn.inbound.borrow_mut().take_failure();
        if let Some(failure) = failure {
            match &conn.side {
                Side::Server(server) => server.refused(conn.clone(), failure),
                Side::Client(client) => client.refused(conn, failure),
            }
        }
        if let Side::Client(client) = &conn.side
            && conn.inbound.borrow_mut().take_unasked()
        {
            client.unasked(conn);
        }
        let has_failed = conn.inbound.borrow().has_failed();
        if let Side::Server(server) = &conn.side
            && conn.is_at_end()
            && (has_failed || (conn.is_busy() && !server.half_open()))
            && !std::mem::replace(&mut self.told_eof, true)
        {
            // Behind what JavaScript is told before: it may have answered by then.
            let conn = conn.clone();
            conn.clone().door().post(move |_| conn.give_up());
        }
    }
}

impl Future for ConnTask {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let result = self.turn(cx);
        self.conn.transport.rest();
        if std::mem::take(&mut self.again) {
            self.conn.wake();
        }
        result
    }
}

impl ConnTask {
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let conn = self.conn.clone();
        conn.set_waker(cx);
        if conn.closing.get() == Closing::WhenIdle && conn.receiving().is_none() {
            conn.closing.set(Closing::Asked);
            if let Some(Engine::Server(connection)) = &mut self.engine {
                connection.as_mut().graceful_shutdown();
            }
        }
        conn.outbound.borrow_mut().release_interim();
        let _ = conn.poll_own(cx);
        let mut running = true;
        // Bounded, so that one connection does not keep the others waiting.
        for turn in 0.. {
            running = self.run(cx);
            if !conn.poll_body(cx) {
                break;
            }
            if turn == 16 {
                self.again = true;
                break;
            }
        }
        let written = conn.poll_raw(cx);
        match conn.closing.get() {
            Closing::Now => return Poll::Ready(()),
            Closing::WhenWritten if written => return Poll::Ready(()),
            Closing::Released if !conn.is_busy() && !conn.outbound.borrow().is_blocked() => return Poll::Ready(()),
            _ => {}
        }
        self.report();
        if running {
            return Poll::Pending;
        }
        match conn.closing.get() {
            Closing::Released if conn.is_busy() => {}
            // What JavaScript has not read yet of a body is still to come.
            _ if conn.receiving().is_some() && conn.error.get() == 0 && (conn.is_client() || !conn.at_eof()) => {
                return Poll::Pending;
            }
            _ if conn.inbound.borrow().has_failed()
                && matches!(conn.side, Side::Server(_))
                && conn.closing.get() == Closing::No =>
            {
                return Poll::Pending;
            }
            _ => {}
        }
        Poll::Ready(())
    }
}

impl Drop for ConnTask {
    fn drop(&mut self) {
        let conn = &self.conn;
        self.engine = None;
        let mut waiting: Vec<Rc<Exchange>> = conn.waiting.borrow_mut().drain(..).collect();
        if let Side::Client(client) = &conn.side {
            waiting.extend(std::iter::from_fn(|| client.next()));
        }
        let current = conn.current.borrow_mut().take();
        if conn.closing.get() != Closing::Released {
            if let (Side::Server(_), Some(exchange)) = (&conn.side, &current)
                && (!exchange.is_sent() || exchange.has_unread_body())
            {
                exchange.abort(Event::Aborted);
            }
            waiting.iter().for_each(|exchange| exchange.abort(Event::Aborted));
        }
        conn.receiving.borrow_mut().take();
        conn.ended();
        match &conn.side {
            Side::Server(server) => server.connection_gone(conn),
            Side::Client(_) => {}
        }
    }
}
