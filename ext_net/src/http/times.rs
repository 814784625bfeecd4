//! When things happened on a connection, for `sweep.rs` to see what takes too long.

use std::cell::Cell;
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// A point in time by the kernel's coarse clock, which costs a fifth of the exact one: a request asks for it several times.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    /// Since some point in the past.
    at: Duration,
}

/// The coarse clock's step on most kernels.
const STEP: Duration = Duration::from_millis(4);

fn coarse_time() -> Duration {
    // It fails for clocks that do not exist.
    clock_gettime(ClockId::CLOCK_MONOTONIC_COARSE).map_or(Duration::ZERO, Duration::from)
}

impl Moment {
    pub(crate) fn now() -> Moment {
        Moment { at: coarse_time() }
    }

    /// How long ago it was, at least.
    pub(crate) fn elapsed(self) -> Duration {
        coarse_time().saturating_sub(self.at).saturating_sub(STEP)
    }
}

/// When what the sweep looks at happened.
pub(crate) struct Times {
    /// The message that is coming in began; none between messages.
    pub message: Cell<Option<Moment>>,
    /// Its head is whole.
    pub has_head: Cell<bool>,
    /// The last response was sent, and nothing has come since.
    pub idle: Cell<Option<Moment>>,
    /// Bytes last moved.
    pub active: Cell<Moment>,
    /// JavaScript has been told of a timeout, and nothing has moved since.
    pub told: Cell<bool>,
    /// The JavaScript socket keeps time of its own.
    pub own: Cell<bool>,
}

impl Times {
    pub(crate) fn new() -> Times {
        let now = Moment::now();
        Times {
            message: Cell::new(Some(now)),
            has_head: Cell::new(false),
            idle: Cell::new(None),
            active: Cell::new(now),
            told: Cell::new(false),
            own: Cell::new(false),
        }
    }

    pub(crate) fn moved(&self) {
        self.active.set(Moment::now());
        self.told.set(false);
    }
}
