//! Connecting: started at once, reported by an event in a later turn.

use std::io;
use std::rc::Rc;

use crate::address::Address;
use crate::reactor::{Event, Step};
use crate::socket::{Family, Mode, Socket};
use crate::sys;

impl Socket {
    /// Starts connecting. An error is one that libuv reports at once; all others come as an event.
    pub(crate) fn connect(self: &Rc<Self>, address: &Address) -> io::Result<()> {
        match self.mode.get() {
            Mode::Idle => {}
            Mode::Connecting => return Err(io::Error::from_raw_os_error(libc::EALREADY)),
            _ => return Err(io::Error::from_raw_os_error(libc::EISCONN)),
        }
        self.ensure_fd(address.domain())?;
        // A bind that failed because the address is taken shows here, as libuv has it.
        if self.deferred.get() == 0 {
            let started = self.with_fd(|fd| sys::retry(|| sys::connect(fd, &address.to_raw())));
            if let Err(error) = started {
                match error.raw_os_error() {
                    Some(libc::EINPROGRESS) => {}
                    // Reported like one that comes later.
                    Some(errno) if self.family == Family::Unix || errno == libc::ECONNREFUSED => {
                        self.deferred.set(-errno);
                    }
                    _ => return Err(error),
                }
            }
        }
        self.mode.set(Mode::Connecting);
        // It is readiness that says when; a new descriptor has not been heard of yet.
        self.place.writable.set(false);
        self.update_liveness();
        if self.deferred.get() != 0 {
            self.reactor.identify(self);
            self.reactor.schedule(self.clone());
            return Ok(());
        }
        self.watch()
    }

    /// Makes the descriptor on first use.
    pub(crate) fn ensure_fd(&self, domain: libc::c_int) -> io::Result<()> {
        if self.fd.borrow().is_none() {
            if self.mode.get() == Mode::Closed {
                return Err(io::Error::from_raw_os_error(libc::EBADF));
            }
            self.attach(sys::stream_socket(domain)?);
        }
        Ok(())
    }

    pub(crate) fn connect_step(&self) -> Step {
        let deferred = self.deferred.take();
        let status = if deferred != 0 {
            deferred
        } else {
            if !self.place.writable.get() {
                return Step::Idle;
            }
            match self.with_fd(|fd| sys::get_option(fd, libc::SOL_SOCKET, libc::SO_ERROR)) {
                Ok(0) => 0,
                Ok(errno) => -errno,
                Err(error) => rtjs_core::errno(&error),
            }
        };
        // An edge that announced the end with the beginning is seen by the first read.
        self.mode.set(if status == 0 { Mode::Connected } else { Mode::Idle });
        self.update_liveness();
        Step::Deliver(Event::Connected, status)
    }
}
