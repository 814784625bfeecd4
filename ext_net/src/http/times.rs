//! When things happened on a connection, for `sweep.rs` to see what takes too long.

use std::cell::Cell;
use std::time::Instant;

/// When what the sweep looks at happened.
pub(crate) struct Times {
    /// The message that is coming in began; none between messages.
    pub message: Cell<Option<Instant>>,
    /// Its head is whole.
    pub has_head: Cell<bool>,
    /// The last response was sent, and nothing has come since.
    pub idle: Cell<Option<Instant>>,
    /// Bytes last moved.
    pub active: Cell<Instant>,
    /// JavaScript has been told of a timeout, and nothing has moved since.
    pub told: Cell<bool>,
    /// The JavaScript socket keeps time of its own.
    pub own: Cell<bool>,
}

impl Times {
    pub(crate) fn new() -> Times {
        let now = Instant::now();
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
        self.active.set(Instant::now());
        self.told.set(false);
    }
}
