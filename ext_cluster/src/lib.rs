//! Child processes and the IPC channel of Node's `child_process` and `cluster`: framing, descriptors over the channel, spawn and reaping.
//!
//! This file registers and re-exports only.

mod frame;
mod internal;
mod internal_v8;
mod outbox;

pub use frame::{Decoder, FrameError, Mode, Open, begin};
pub use internal::{Fields, Head, write_message};

deno_core::extension!(rtjs_cluster, deps = [rtjs_core],);
