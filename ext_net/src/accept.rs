//! Listening: connections are accepted in batches and go to a sink, which is JavaScript unless somebody else has put itself there.

use std::cell::RefCell;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::rc::Rc;
use std::time::Duration;

use deno_core::v8;
use rtjs_core::{EventLoop, Scope};

use crate::callbacks;
use crate::reactor::{Event, Reactor, Step};
use crate::socket::{Family, Mode, Socket};
use crate::stream_handle::new_connected_handle;
use crate::sys;

/// Takes accepted connections in Rust, so that JavaScript is not entered for each.
pub trait ConnectionSink {
    /// A connection: its descriptor is non-blocking and close-on-exec. Dropping it closes it.
    fn connection(self: Rc<Self>, fd: OwnedFd, family: Family);
    /// Accepting failed; the listener goes on with the next wake-up.
    fn accept_failed(self: Rc<Self>, _error: io::Error) {}
    /// `false` while no further connection is wanted: the kernel's backlog holds them until [`Socket::resume_accepting`].
    fn wants_more(&self) -> bool {
        true
    }
    /// How many connections it takes at the moment.
    fn room(&self) -> usize {
        usize::MAX
    }
    /// Calls `tell` whenever there is room again after there was none.
    fn tell_room(&self, _tell: Box<dyn Fn()>) {}
}

/// A sink that hands connections to a JavaScript server, as a listener of its own would.
pub struct JsSink {
    door: EventLoop,
    owner: v8::Global<v8::Object>,
}

impl JsSink {
    /// A sink for `owner`, which has the methods that the connection callback calls.
    pub fn new(door: EventLoop, owner: v8::Global<v8::Object>) -> Rc<JsSink> {
        Rc::new(JsSink { door, owner })
    }
}

impl ConnectionSink for JsSink {
    fn connection(self: Rc<Self>, fd: OwnedFd, family: Family) {
        let door = self.door.clone();
        door.post(move |scope| deliver_connection(scope, &self.owner, family, fd));
    }
}

fn deliver_connection(scope: &mut Scope<'_, '_>, owner: &v8::Global<v8::Object>, family: Family, fd: OwnedFd) {
    match new_connected_handle(scope, family, fd) {
        Ok(handle) => {
            let status = v8::Integer::new(scope, 0).into();
            callbacks::call_connection(scope, owner, &[status, handle.into()]);
        }
        Err(error) => {
            let status = v8::Integer::new(scope, rtjs_core::errno(&error)).into();
            callbacks::call_connection(scope, owner, &[status]);
        }
    }
}

/// How long a listener waits that could not accept, and could not even turn a connection away.
const RETRY: Duration = Duration::from_millis(10);

thread_local! {
    /// A descriptor that is given up for a moment when there are no others: with it, connections can be accepted and closed, so that their peers
    /// know. libuv does the same.
    static RESERVE: RefCell<Option<OwnedFd>> = const { RefCell::new(None) };
}

fn open_reserve() -> Option<OwnedFd> {
    std::fs::File::open("/").ok().map(OwnedFd::from)
}

impl Socket {
    /// Starts listening on a bound socket.
    pub(crate) fn listen(self: &Rc<Self>, backlog: i32) -> io::Result<()> {
        let deferred = self.deferred.take();
        if deferred != 0 {
            return Err(io::Error::from_raw_os_error(-deferred));
        }
        self.with_fd(|fd| sys::listen(fd, backlog))?;
        RESERVE.with_borrow_mut(|reserve| {
            if reserve.is_none() {
                *reserve = open_reserve();
            }
        });
        self.mode.set(Mode::Listening);
        self.update_liveness();
        self.watch()
    }

    /// Sends connections to `sink` instead of to JavaScript; `None` sends them to JavaScript again.
    pub fn set_sink(self: &Rc<Self>, sink: Option<Rc<dyn ConnectionSink>>) {
        *self.sink.borrow_mut() = sink;
        self.resume_accepting();
    }

    /// Looks for connections again after the sink wanted no more.
    pub fn resume_accepting(self: &Rc<Self>) {
        if self.mode.get() == Mode::Listening && self.place.readable.get() {
            self.reactor.schedule(self.clone());
        }
    }

    pub(crate) fn accept_step(self: &Rc<Self>, reactor: &Reactor) -> Step {
        let sink = self.sink.borrow().clone();
        if !self.place.readable.get() || sink.as_ref().is_some_and(|s| !s.wants_more()) {
            return Step::Idle;
        }
        match self.accept_once() {
            Ok(None) => {
                self.place.readable.set(false);
                Step::Idle
            }
            Ok(Some(fd)) => match sink {
                Some(sink) => {
                    sink.connection(fd, self.family);
                    Step::Again
                }
                None => {
                    *reactor.accepted.borrow_mut() = Some((fd, self.family));
                    Step::Deliver(Event::Accepted, 0)
                }
            },
            Err(error) => {
                self.retry_later();
                let status = rtjs_core::errno(&error);
                match sink {
                    Some(sink) => {
                        sink.accept_failed(error);
                        Step::Idle
                    }
                    None => Step::Deliver(Event::AcceptFailed, status),
                }
            }
        }
    }

    /// Out of descriptors, most likely: the others have their turns meanwhile.
    fn retry_later(self: &Rc<Self>) {
        self.place.readable.set(false);
        let socket = Rc::downgrade(self);
        self.door.spawn(async move {
            tokio::time::sleep(RETRY).await;
            if let Some(socket) = socket.upgrade() {
                socket.place.readable.set(true);
                socket.resume_accepting();
            }
        });
    }

    /// A connection, or `None` when there is none.
    fn accept_once(&self) -> io::Result<Option<OwnedFd>> {
        self.with_fd(|listener| {
            loop {
                let error = match sys::accept(listener) {
                    Ok(fd) => return Ok(Some(fd)),
                    Err(error) => error,
                };
                match error.raw_os_error() {
                    Some(libc::EAGAIN) => return Ok(None),
                    Some(libc::EINTR | libc::ECONNABORTED) => {}
                    Some(libc::EMFILE | libc::ENFILE) => {
                        let turned_away = RESERVE.with_borrow_mut(|reserve| {
                            drop(reserve.take()?);
                            let turned_away = sys::accept(listener.as_fd()).is_ok();
                            *reserve = open_reserve();
                            Some(turned_away)
                        });
                        match turned_away {
                            Some(true) => {}
                            Some(false) => return Ok(None),
                            None => return Err(error),
                        }
                    }
                    _ => return Err(error),
                }
            }
        })
    }
}
