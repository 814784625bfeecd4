//! When things happened in the life of a runtime, for `performance`: milestones, and how long the loop has slept.

use std::cell::Cell;
use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

static PROCESS_START: OnceLock<(Instant, SystemTime)> = OnceLock::new();

fn process_start() -> &'static (Instant, SystemTime) {
    PROCESS_START.get_or_init(|| (Instant::now(), SystemTime::now()))
}

/// Notes that the process has started, once: the origin of all times here.
pub fn note_process_start() {
    process_start();
}

/// Milliseconds since the process started.
pub fn now() -> f64 {
    process_start().0.elapsed().as_secs_f64() * 1e3
}

/// When the process started, in milliseconds since 1970.
pub fn origin() -> f64 {
    process_start()
        .1
        .duration_since(UNIX_EPOCH)
        .map_or(0.0, |since| since.as_secs_f64() * 1e3)
}

/// The milestones of a runtime in milliseconds since the process started; -1 for what has not happened.
pub struct Timings {
    /// The runtime began to be built.
    pub runtime: Cell<f64>,
    /// V8 was about to start.
    pub v8: Cell<f64>,
    /// The context was there.
    pub environment: Cell<f64>,
    /// The built-in modules were ready for the script.
    pub bootstrap: Cell<f64>,
    /// The event loop turned for the first time.
    pub loop_start: Cell<f64>,
    /// The event loop had nothing left to do.
    pub loop_exit: Cell<f64>,
}

impl Default for Timings {
    fn default() -> Timings {
        Timings {
            runtime: Cell::new(-1.0),
            v8: Cell::new(-1.0),
            environment: Cell::new(-1.0),
            bootstrap: Cell::new(-1.0),
            loop_start: Cell::new(-1.0),
            loop_exit: Cell::new(-1.0),
        }
    }
}

thread_local! {
    static ASLEEP_SINCE: Cell<Option<Instant>> = const { Cell::new(None) };
    static SLEPT: Cell<f64> = const { Cell::new(0.0) };
}

/// The loop of this thread is about to sleep.
pub fn fall_asleep() {
    ASLEEP_SINCE.set(Some(Instant::now()));
}

/// The loop of this thread has been woken.
pub fn wake_up() {
    if let Some(since) = ASLEEP_SINCE.take() {
        SLEPT.set(SLEPT.get() + since.elapsed().as_secs_f64() * 1e3);
    }
}

/// How long the loop of this thread has slept, in milliseconds.
pub fn slept() -> f64 {
    SLEPT.get()
}
