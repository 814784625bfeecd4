//! Connecting: started at once, reported through the connect callback in a later turn.

use std::io;
use std::rc::Rc;
use std::task::{Context, Poll};

use deno_core::v8;
use rtjs_core::Scope;

use crate::address::Address;
use crate::callbacks;
use crate::socket::{Mode, Socket};
use crate::sys;

impl Socket {
    /// Starts connecting. An error is one that libuv reports at once; all others come to the callback.
    pub(crate) fn connect(self: &Rc<Self>, address: &Address) -> io::Result<()> {
        if !matches!(self.mode.get(), Mode::Idle) {
            return Err(io::Error::from_raw_os_error(libc::EISCONN));
        }
        self.ensure_fd(address.domain())?;
        let started = self.with_fd(|fd| sys::connect(fd, &address.to_raw()));
        match started {
            Ok(()) => {}
            Err(error) => match error.raw_os_error() {
                Some(libc::EINPROGRESS | libc::EINTR) => {}
                // As libuv: a refusal is reported like one that comes later.
                Some(errno @ (libc::ECONNREFUSED | libc::ENOENT | libc::EACCES | libc::EAGAIN | libc::ENOTSOCK)) => {
                    let socket = self.clone();
                    self.mode.set(Mode::Connecting);
                    self.update_liveness();
                    self.door.post(move |scope| socket.connect_done(scope, -errno));
                    return Ok(());
                }
                _ => return Err(error),
            },
        }
        self.mode.set(Mode::Connecting);
        self.update_liveness();
        self.watch();
        Ok(())
    }

    /// Makes the descriptor on first use.
    pub(crate) fn ensure_fd(&self, domain: libc::c_int) -> io::Result<()> {
        if self.io.borrow().is_none() {
            if self.mode.get() == Mode::Closed {
                return Err(io::Error::from_raw_os_error(libc::EBADF));
            }
            self.attach(sys::stream_socket(domain)?)?;
        }
        Ok(())
    }

    pub(crate) fn connect_ready(self: &Rc<Self>, cx: &mut Context<'_>, scope: &mut Scope<'_, '_>) {
        let status = {
            let io = self.io.borrow();
            let Some(io) = io.as_ref() else { return };
            match io.poll_write_ready(cx) {
                Poll::Pending => return,
                Poll::Ready(Err(error)) => rtjs_core::errno(&error),
                Poll::Ready(Ok(mut guard)) => {
                    use std::os::fd::AsFd;
                    let fd = io.get_ref().as_fd();
                    match sys::get_option(fd, libc::SOL_SOCKET, libc::SO_ERROR) {
                        Ok(0) => {
                            // A new socket is announced as hung up before its connect; only a peer says that it is connected.
                            if sys::peer_address(fd).is_err() {
                                guard.clear_ready();
                                drop(guard);
                                if io.poll_write_ready(cx).is_pending() {
                                    return;
                                }
                            }
                            0
                        }
                        Ok(errno) => -errno,
                        Err(error) => rtjs_core::errno(&error),
                    }
                }
            }
        };
        self.connect_done(scope, status);
    }

    fn connect_done(self: &Rc<Self>, scope: &mut Scope<'_, '_>, status: i32) {
        if self.mode.get() != Mode::Connecting {
            return;
        }
        self.mode.set(if status == 0 { Mode::Connected } else { Mode::Idle });
        self.update_liveness();
        let Some(owner) = self.owner.borrow().clone() else {
            return;
        };
        let status = v8::Integer::new(scope, status).into();
        callbacks::call(scope, &owner, |c| &c.connect, &[status]);
    }
}
