//! Connections that take too long: idle ones, silent ones, and requests that do not end.
//!
//! One task for a server looks at all its connections now and then; a connection has no timer of its own.

use std::rc::Rc;
use std::time::Duration;

use deno_core::v8;

use super::conn::Conn;
use super::exchange::Event;
use super::server::ServerCore;

/// What took too long, as JavaScript is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Late {
    /// The next request of a connection that was kept.
    Idle = 1,
    /// Any byte.
    Silent = 2,
    /// The head of a request, or its whole.
    Request = 3,
}

/// Between two looks, at most.
const LONGEST: Duration = Duration::from_millis(500);
/// And at least.
const SHORTEST: Duration = Duration::from_millis(5);

/// Looks from one return of free memory to the next.
const SWEEPS_TO_TRIM: u32 = 16;

impl ServerCore {
    /// How long until the next look: short timeouts need a finer one.
    fn interval(&self) -> Option<Duration> {
        let timeouts = [self.keep_alive_timeout.get(), self.silence_timeout.get()];
        let shortest = timeouts.into_iter().filter(|t| !t.is_zero()).min()?;
        Some((shortest / 10).clamp(SHORTEST, LONGEST))
    }

    /// Starts the task, while there is something to look at.
    pub(crate) fn start_sweeping(self: &Rc<Self>) {
        if self.interval().is_none() || self.connections.borrow().is_empty() || self.sweeping.replace(true) {
            return;
        }
        let server = Rc::downgrade(self);
        self.door.spawn(async move {
            while let Some(interval) = server.upgrade().and_then(|s| s.interval()) {
                tokio::time::sleep(interval).await;
                let Some(server) = server.upgrade() else { return };
                if server.connections.borrow().is_empty() {
                    server.sweeping.set(false);
                    return;
                }
                server.sweep();
            }
            if let Some(server) = server.upgrade() {
                server.sweeping.set(false);
            }
        });
    }

    fn sweep(&self) {
        self.sweeps.set(self.sweeps.get().wrapping_add(1));
        if self.sweeps.get().is_multiple_of(SWEEPS_TO_TRIM) {
            rtjs_core::allocator::give_back();
        }
        let (keep, silence) = (self.keep_alive_timeout.get(), self.silence_timeout.get());
        for conn in self.live() {
            let times = &conn.times;
            if times.told.get() {
                continue;
            }
            let idle = times.idle.get();
            if !keep.is_zero() && idle.is_some_and(|since| since.elapsed() >= keep) && !conn.is_busy() {
                self.late(conn, Late::Idle);
            } else if !silence.is_zero()
                && !times.own.get()
                && idle.is_none_or(|_| keep.is_zero())
                && times.active.get().elapsed() >= silence
            {
                self.late(conn, Late::Silent);
            }
        }
    }

    fn late(&self, conn: Rc<Conn>, late: Late) {
        conn.times.told.set(true);
        self.tell(Event::Timeout, Some(conn), move |scope| {
            vec![v8::Integer::new(scope, late as i32).into()]
        });
    }

    /// Tells of requests that take longer than these milliseconds, for the head and for all of it; 0 is no limit.
    pub(crate) fn check_requests(&self, head: f64, whole: f64) {
        for conn in self.live() {
            let Some(since) = conn.times.message.get() else {
                continue;
            };
            let elapsed = since.elapsed().as_secs_f64() * 1000.0;
            let late_head = head > 0.0 && elapsed >= head && !conn.times.has_head.get();
            let late_whole = whole > 0.0 && elapsed >= whole;
            if (late_head || late_whole) && !conn.times.told.get() {
                self.late(conn, Late::Request);
            }
        }
    }
}
