//! The task of one connection: it reads a server's requests, runs hyper (`engine.rs`), takes bodies out for JavaScript, and settles how the connection ends.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::conn::{Closing, Conn, Side};
use super::engine::{ClientEngine, ServerEngine};
use super::exchange::{Event, Exchange};

/// How far hyper is with the connection.
pub(crate) enum Engine {
    /// A server's has none: there is no response for it.
    Resting,
    Server(Box<ServerEngine>),
    Client(Box<ClientEngine>),
    /// The last response is out: what the program wrote itself follows, and the end of the writing side.
    Ending,
    /// It has no more to do with it.
    Done,
}

/// Responses that go out in one turn of a task.
const RESPONSES: usize = 16;

/// See the module.
pub(crate) struct ConnTask {
    engine: Engine,
    conn: Rc<Conn>,
    told_eof: bool,
    /// It stopped although there was more to do.
    again: bool,
}

impl ConnTask {
    pub(crate) fn new(engine: Engine, conn: Rc<Conn>) -> ConnTask {
        ConnTask {
            engine,
            conn,
            told_eof: false,
            again: false,
        }
    }

    /// Runs hyper; `true` while it is not done.
    fn run(&mut self, cx: &mut Context<'_>) -> bool {
        match &mut self.engine {
            Engine::Done => false,
            Engine::Client(engine) => {
                let done = engine.poll(&self.conn, cx).is_ready();
                if done {
                    self.engine = Engine::Done;
                }
                !done
            }
            _ => self.serve(cx),
        }
    }

    /// The same of a server: reads requests, and has hyper write the responses that there are.
    fn serve(&mut self, cx: &mut Context<'_>) -> bool {
        let conn = self.conn.clone();
        let Side::Server(server) = &conn.side else { return false };
        for _ in 0..RESPONSES {
            if matches!(self.engine, Engine::Ending) {
                if conn.poll_end(cx).is_pending() {
                    return true;
                }
                self.engine = Engine::Done;
                return false;
            }
            match conn.poll_requests(cx) {
                Poll::Ready(Ok(())) => conn.ends.set(true),
                Poll::Ready(Err(_)) => {
                    self.engine = Engine::Done;
                    return false;
                }
                Poll::Pending => {}
            }
            let doomed = matches!(self.engine, Engine::Resting) && conn.is_doomed();
            if matches!(self.engine, Engine::Resting) && conn.has_answer() {
                self.engine = Engine::Server(server.engines.take(&conn));
            }
            let has_run = match &mut self.engine {
                Engine::Server(engine) => {
                    if engine.poll(cx).is_ready() {
                        self.engine = Engine::Done;
                        return false;
                    }
                    true
                }
                _ => false,
            };
            if doomed {
                conn.closing.set(Closing::Now);
                self.engine = Engine::Done;
                return false;
            }
            if !conn.is_settled() {
                return true;
            }
            if let Engine::Server(engine) = std::mem::replace(&mut self.engine, Engine::Resting) {
                server.engines.put_back(engine);
                conn.forget_served();
            }
            if conn.ends.get() {
                self.engine = Engine::Ending;
            } else if !has_run {
                return true;
            }
        }
        self.again = true;
        true
    }

    /// What came is refused, or ended too early: somebody must be told, after the requests before it.
    fn report(&mut self) {
        let conn = &self.conn;
        if let Side::Server(server) = &conn.side
            && let Some(exchange) = conn.take_upgrade()
        {
            server.deliver(exchange);
        }
        if conn.telling.get() {
            return;
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
            conn.ends.set(true);
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
        self.engine = Engine::Done;
        let mut waiting: Vec<Rc<Exchange>> = std::iter::from_fn(|| conn.waiting.borrow_mut().pop_front()).collect();
        if let Side::Client(client) = &conn.side {
            waiting.extend(std::iter::from_fn(|| client.next()));
        }
        let current = conn.current.borrow_mut().take();
        if let Side::Server(server) = &conn.side
            && conn.has_broken()
        {
            server.broken(conn.clone());
        }
        if let Some(exchange) = &current
            && conn.is_fed()
        {
            // hyper was to write its response, and has not heard of it.
            exchange.abort(Event::Aborted);
        }
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
