//! The event loop's part in timers and immediates: when it has to wake up for them, and whether they keep it alive.
//!
//! Their lists are JavaScript's (`js/internal/timers/`), which counts in memory that is read here after each turn. The loop sleeps by a timerfd:
//! tokio's own timers are a millisecond and more late, which is a lot for `setInterval(f, 1)`.

use std::cell::{Cell, RefCell};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::task::{Context, Poll};
use std::time::Duration;

use deno_core::{OpState, op2, v8};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::{EventLoop, Scope, timing};

/// The numbers of `js/internal/timers/counts.js`, in their order.
const REFED_TIMERS: usize = 0;
const IMMEDIATES: usize = 1;
const REFED_IMMEDIATES: usize = 2;
const COUNTS: usize = 3;
const COUNT_SIZE: usize = size_of::<i32>();

struct Phases {
    timers: v8::Global<v8::Function>,
    immediates: v8::Global<v8::Function>,
    counts: v8::SharedRef<v8::BackingStore>,
}

/// What the loop knows of a runtime's timers and immediates.
pub(crate) struct Timers {
    phases: RefCell<Option<Phases>>,
    /// When JavaScript wants to be called, in whole milliseconds since the process started.
    expiry: Cell<f64>,
    /// What the alarm is set to.
    armed: Cell<f64>,
    alarm: RefCell<Option<AsyncFd<OwnedFd>>>,
    /// Whether this turn has another reason than immediates that nobody waits for.
    turn_counts: Cell<bool>,
}

impl Default for Timers {
    fn default() -> Timers {
        Timers {
            phases: RefCell::default(),
            expiry: Cell::new(f64::INFINITY),
            armed: Cell::new(f64::INFINITY),
            alarm: RefCell::default(),
            turn_counts: Cell::new(true),
        }
    }
}

impl Timers {
    fn count(&self, which: usize) -> i32 {
        let phases = self.phases.borrow();
        let Some(phases) = phases.as_ref() else { return 0 };
        let bytes = &phases.counts[which * COUNT_SIZE..(which + 1) * COUNT_SIZE];
        let mut number = [0; COUNT_SIZE];
        for (to, from) in number.iter_mut().zip(bytes) {
            *to = from.get();
        }
        i32::from_ne_bytes(number)
    }

    fn call(&self, scope: &mut Scope<'_, '_>, pick: impl Fn(&Phases) -> &v8::Global<v8::Function>) {
        let function = self.phases.borrow().as_ref().map(|p| v8::Local::new(scope, pick(p)));
        if let Some(function) = function {
            let undefined = v8::undefined(scope).into();
            // It reports what callbacks throw itself; what is left is termination, which the loop's owner sees.
            v8::tc_scope!(let scope, scope);
            function.call(scope, undefined, &[]);
        }
    }

    /// Sets the alarm, and polls it with the loop's waker. Ready when the time has come already.
    fn poll_alarm(&self, cx: &mut Context<'_>) -> io::Result<Poll<()>> {
        let expiry = self.expiry.get();
        let mut alarm = self.alarm.borrow_mut();
        if expiry != self.armed.get() && expiry.is_finite() {
            let now = timing::now();
            if now.floor() >= expiry {
                return Ok(Poll::Ready(()));
            }
            // As long as JavaScript has asked for from the millisecond that it thinks it is: never too short, at most one too long.
            let delay = Duration::from_secs_f64((expiry - now.floor()) / 1e3);
            if alarm.is_none() {
                *alarm = Some(make_alarm()?);
            }
            if let Some(alarm) = alarm.as_ref() {
                set_alarm(alarm.as_raw_fd(), delay)?;
            }
            self.armed.set(expiry);
        }
        let Some(alarm) = alarm.as_ref() else {
            return Ok(Poll::Pending);
        };
        while let Poll::Ready(guard) = alarm.poll_read_ready(cx) {
            guard?.clear_ready();
            if timing::now().floor() >= expiry {
                return Ok(Poll::Ready(()));
            }
        }
        Ok(Poll::Pending)
    }
}

fn make_alarm() -> io::Result<AsyncFd<OwnedFd>> {
    // SAFETY: no memory is handed over.
    let fd = unsafe { libc::timerfd_create(libc::CLOCK_MONOTONIC, libc::TFD_CLOEXEC | libc::TFD_NONBLOCK) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the descriptor has just been made and is nobody else's; the AsyncFd owns it until it is dropped.
    unsafe { AsyncFd::register_with_interest(OwnedFd::from_raw_fd(fd), Interest::READABLE) }
        .map_err(|e| e.into_parts().1)
}

fn set_alarm(fd: i32, delay: Duration) -> io::Result<()> {
    let never = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    let value = libc::itimerspec {
        it_interval: never,
        it_value: libc::timespec {
            tv_sec: delay.as_secs() as libc::time_t,
            tv_nsec: libc::c_long::from(delay.subsec_nanos()),
        },
    };
    // SAFETY: `value` lives through the call; the old value is not asked for.
    if unsafe { libc::timerfd_settime(fd, 0, &raw const value, std::ptr::null_mut()) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

impl EventLoop {
    /// The timers phase: calls what is due. The first of a turn.
    pub fn run_timers(&self, scope: &mut Scope<'_, '_>) {
        self.timers().call(scope, |phases| &phases.timers);
    }

    /// Whether [`EventLoop::run_timers`] has something to do.
    pub fn has_due_timers(&self) -> bool {
        let expiry = self.timers().expiry.get();
        expiry.is_finite() && timing::now().floor() >= expiry
    }

    /// Whether the check phase has something to do.
    pub(crate) fn has_immediates(&self) -> bool {
        let timers = self.timers();
        timers.count(IMMEDIATES) > 0 && (timers.turn_counts.get() || timers.count(REFED_IMMEDIATES) > 0)
    }

    /// The check phase: runs what `setImmediate` has queued up to now.
    pub fn run_immediates(&self, scope: &mut Scope<'_, '_>) {
        self.timers().call(scope, |phases| &phases.immediates);
    }

    /// Whether immediates are queued that keep nothing alive: they run in the turns that there are for another reason, and cause none.
    pub fn has_unrefed_immediates_only(&self) -> bool {
        self.timers().count(IMMEDIATES) > 0 && self.timers().count(REFED_IMMEDIATES) == 0
    }

    /// Says whether the turn that begins has a reason; see [`EventLoop::has_unrefed_immediates_only`].
    pub fn set_turn_counts(&self, counts: bool) {
        self.timers().turn_counts.set(counts);
    }

    /// Whether the next turn has something to do at once.
    pub fn wants_turn(&self) -> bool {
        self.timers().count(REFED_IMMEDIATES) > 0 || self.has_ready() || self.has_woken_driven()
    }

    /// Whether I/O is all that the next turn has to do: there is nothing in the check phase that could wait for more of it.
    pub fn wants_io_only(&self) -> bool {
        self.timers().count(IMMEDIATES) == 0 && (self.has_ready() || self.has_woken_driven())
    }

    /// Whether the check phase is all that the next turn has to do.
    pub fn wants_immediates_only(&self) -> bool {
        self.timers().count(REFED_IMMEDIATES) > 0
            && !self.has_ready()
            && !self.has_woken_driven()
            && !self.has_closing()
    }

    /// Whether timers, immediates or posted tasks keep the loop alive. Handles and requests do so by themselves; see [`crate::KeepAlive`].
    pub fn has_pending(&self) -> bool {
        self.timers().count(REFED_TIMERS) > 0 || self.wants_turn()
    }

    /// To be called last before the loop sleeps: has it woken up for the next timer.
    pub fn prepare_sleep(&self, cx: &mut Context<'_>) {
        match self.timers().poll_alarm(cx) {
            Ok(Poll::Pending) => {}
            // Without descriptors to spare the loop looks at the clock itself.
            Ok(Poll::Ready(())) | Err(_) => cx.waker().wake_by_ref(),
        }
    }
}

/// Gives the loop its two phases, and JavaScript the memory to count in.
#[op2]
pub fn op_core_timers_start<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[scoped] timers: v8::Global<v8::Function>,
    #[scoped] immediates: v8::Global<v8::Function>,
) -> v8::Local<'s, v8::ArrayBuffer> {
    let memory = v8::ArrayBuffer::new(scope, COUNTS * COUNT_SIZE);
    let door = EventLoop::from_isolate(scope);
    *door.timers().phases.borrow_mut() = Some(Phases {
        timers,
        immediates,
        counts: memory.get_backing_store(),
    });
    memory
}

/// Whole milliseconds since the process started.
#[op2(fast)]
pub fn op_core_timers_now() -> f64 {
    timing::now().floor()
}

/// Has the loop call its timers phase at `expiry`, in milliseconds since the process started, and not before; infinity: not at all.
#[op2(fast)]
pub fn op_core_timers_wake(state: &mut OpState, expiry: f64) {
    EventLoop::from_state(state).timers().expiry.set(expiry);
}
