//! Listening: connections are accepted in batches and go to a sink, which is JavaScript unless somebody else has put itself there.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::rc::Rc;
use std::task::{Context, Poll};

use deno_core::v8;
use rtjs_core::{EventLoop, Scope};

use crate::callbacks;
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
            callbacks::call(scope, owner, |c| &c.connection, &[status, handle.into()]);
        }
        Err(error) => deliver_failure(scope, owner, &error),
    }
}

fn deliver_failure(scope: &mut Scope<'_, '_>, owner: &v8::Global<v8::Object>, error: &io::Error) {
    let status = v8::Integer::new(scope, rtjs_core::errno(error)).into();
    callbacks::call(scope, owner, |c| &c.connection, &[status]);
}

/// Connections accepted in one turn, so that other sockets get theirs.
const ACCEPTS_PER_TURN: usize = 64;

impl Socket {
    /// Starts listening on a bound socket.
    pub(crate) fn listen(self: &Rc<Self>, backlog: i32) -> io::Result<()> {
        self.with_fd(|fd| sys::listen(fd, backlog))?;
        self.mode.set(Mode::Listening);
        self.update_liveness();
        self.watch();
        Ok(())
    }

    /// Sends connections to `sink` instead of to JavaScript; `None` sends them to JavaScript again.
    pub fn set_sink(self: &Rc<Self>, sink: Option<Rc<dyn ConnectionSink>>) {
        *self.sink.borrow_mut() = sink;
        self.resume_accepting();
    }

    /// Looks for connections again after the sink wanted no more.
    pub fn resume_accepting(self: &Rc<Self>) {
        if self.mode.get() == Mode::Listening {
            self.watch();
        }
    }

    pub(crate) fn accept_ready(self: &Rc<Self>, cx: &mut Context<'_>, scope: &mut Scope<'_, '_>) {
        for _ in 0..ACCEPTS_PER_TURN {
            let sink = self.sink.borrow().clone();
            if sink.as_ref().is_some_and(|s| !s.wants_more()) {
                return;
            }
            let Some(result) = self.accept_once(cx) else {
                return;
            };
            match (result, sink) {
                (Ok(fd), Some(sink)) => sink.connection(fd, self.family),
                (Ok(fd), None) => {
                    let owner = self.owner.borrow().clone();
                    if let Some(owner) = owner {
                        deliver_connection(scope, &owner, self.family, fd);
                    }
                }
                (Err(error), sink) => {
                    match sink {
                        Some(sink) => sink.accept_failed(error),
                        None => {
                            let owner = self.owner.borrow().clone();
                            if let Some(owner) = owner {
                                deliver_failure(scope, &owner, &error);
                            }
                        }
                    }
                    // Out of descriptors, most likely: the readiness stays, so try again, but let others have their turn first.
                    let registration = self.registration.borrow();
                    if let Some(registration) = &*registration {
                        let waker = registration.waker().clone();
                        self.door.spawn(async move {
                            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                            waker.wake();
                        });
                    }
                    return;
                }
            }
            if self.mode.get() != Mode::Listening {
                return;
            }
        }
        cx.waker().wake_by_ref();
    }

    fn accept_once(&self, cx: &mut Context<'_>) -> Option<io::Result<OwnedFd>> {
        let io = self.io.borrow();
        let io = io.as_ref()?;
        loop {
            let mut guard = match io.poll_read_ready(cx) {
                Poll::Pending => return None,
                Poll::Ready(Err(error)) => return Some(Err(error)),
                Poll::Ready(Ok(guard)) => guard,
            };
            match sys::accept(io.get_ref().as_fd()) {
                Ok(fd) => return Some(Ok(fd)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => guard.clear_ready(),
                Err(error) if matches!(error.raw_os_error(), Some(libc::EINTR | libc::ECONNABORTED)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
