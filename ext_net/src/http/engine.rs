//! hyper's side of connections. A client's connection has a hyper connection of its own; a server's borrows one for as long as it takes to put a response
//! into hyper's hands and out of them again, so that neither an idle connection nor one that waits for JavaScript holds hyper's state and its buffers.
//!
//! What is lent has nothing of the connection before it: it goes back only after hyper has been given a whole response and has written the last byte of it.

use std::cell::RefCell;
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
use super::conn::{Conn, Side};
use super::conn_io::ConnIo;
use super::exchange::Reply;

/// Where hyper finds the connection that it works for.
#[derive(Clone, Default)]
pub(crate) struct Seat {
    conn: Rc<RefCell<Option<Rc<Conn>>>>,
}

impl Seat {
    fn of(conn: &Rc<Conn>) -> Seat {
        let seat = Seat::default();
        seat.set(Some(conn.clone()));
        seat
    }

    fn set(&self, conn: Option<Rc<Conn>>) {
        *self.conn.borrow_mut() = conn;
    }

    pub(crate) fn conn(&self) -> Option<Rc<Conn>> {
        self.conn.borrow().clone()
    }
}

/// hyper's server asks here for each request's response.
struct SeatService {
    seat: Seat,
}

impl Service<Request<Incoming>> for SeatService {
    type Response = Response<OutBody>;
    type Error = std::convert::Infallible;
    type Future = Reply;

    fn call(&self, _: Request<Incoming>) -> Reply {
        Reply::new(self.seat.conn().and_then(|conn| conn.served()))
    }
}

/// hyper's buffers: as much as one read of ours.
const BUFFER: usize = 64 * 1024;

/// A hyper connection for whichever connection of a server has a response.
pub(crate) struct ServerEngine {
    seat: Seat,
    connection: server_http::Connection<ConnIo, SeatService>,
}

impl ServerEngine {
    fn new() -> Box<ServerEngine> {
        let seat = Seat::default();
        let connection = server_http::Builder::new()
            .auto_date_header(false)
            .max_buf_size(BUFFER)
            .serve_connection(ConnIo::new(seat.clone()), SeatService { seat: seat.clone() });
        Box::new(ServerEngine { seat, connection })
    }

    /// `Ready` when hyper is done with the connection, and this with hyper.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.connection).poll(cx).map(drop)
    }
}

/// Engines that nobody uses, as many as are worth their memory.
#[derive(Default)]
pub(crate) struct Engines {
    #[expect(clippy::vec_box, reason = "engines are moved in and out")]
    spare: RefCell<Vec<Box<ServerEngine>>>,
}

/// Responses that are written at once need one; the others serve streams.
const SPARE: usize = 8;

impl Engines {
    /// An engine for `conn`, which has a response for it.
    pub(crate) fn take(&self, conn: &Rc<Conn>) -> Box<ServerEngine> {
        let engine = self.spare.borrow_mut().pop().unwrap_or_else(ServerEngine::new);
        engine.seat.set(Some(conn.clone()));
        engine
    }

    /// Takes an engine back that is between two messages and has written everything.
    pub(crate) fn put_back(&self, engine: Box<ServerEngine>) {
        engine.seat.set(None);
        let mut spare = self.spare.borrow_mut();
        if spare.len() < SPARE {
            spare.push(engine);
        }
    }
}

type Answer = Pin<Box<dyn Future<Output = hyper::Result<Response<Incoming>>>>>;

pub(crate) struct ClientEngine {
    sender: client_http::SendRequest<OutBody>,
    connection: client_http::Connection<ConnIo, OutBody>,
    answer: Option<Answer>,
}

impl ClientEngine {
    pub(crate) fn new(conn: &Rc<Conn>) -> Option<Box<ClientEngine>> {
        let mut handshake = std::pin::pin!(
            client_http::Builder::new()
                .max_buf_size(BUFFER)
                .handshake(ConnIo::new(Seat::of(conn)))
        );
        // It has nothing to wait for.
        match handshake
            .as_mut()
            .poll(&mut Context::from_waker(std::task::Waker::noop()))
        {
            Poll::Ready(Ok((sender, connection))) => Some(Box::new(ClientEngine {
                sender,
                connection,
                answer: None,
            })),
            _ => None,
        }
    }

    /// `Ready` when hyper is done with the connection.
    pub(crate) fn poll(&mut self, conn: &Rc<Conn>, cx: &mut Context<'_>) -> Poll<()> {
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
