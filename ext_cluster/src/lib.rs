//! Child processes and the IPC channel of Node's `child_process` and `cluster`: framing, descriptors over the channel, spawn and reaping.
//!
//! - `frame.rs`, `internal.rs`, `internal_v8.rs` and `outbox.rs` are the channel's pure parts: bytes, internal messages, what is to be written;
//! - `channel.rs` is the channel itself, for Rust; `channel_js.rs` is what JavaScript sees of it, `message.rs` its messages in V8;
//! - `round_robin_handle.rs` decides which worker gets a connection, `dispatch.rs` brings it there, `child.rs` takes it in;
//! - `spawn.rs` and `spawn_child.rs` start processes, `reap.rs` tells how they ended; `process.rs` and `spawn_sync.rs` are what JavaScript sees.

mod channel;
mod channel_io;
mod channel_js;
mod child;
mod dispatch;
mod frame;
mod handles;
mod internal;
mod internal_v8;
mod message;
mod outbox;
mod pool;
mod process;
mod reap;
mod round_robin_handle;
mod spawn;
mod spawn_child;
mod spawn_sync;

pub use channel::{ChannelCore, Delivery, Handled, InternalHandler};
pub use channel_js::{Channel, flush_channels};
pub use frame::{Decoder, FrameError, Mode, Open, begin};
pub use internal::{Fields, Head, write_message};
pub use reap::Exit;
pub use round_robin_handle::{Assignment, Policy, RoundRobin, RoundRobinHandle, Ticket, WorkerId};
pub use spawn::{Child, Command, Stdio};

deno_core::extension!(
    rtjs_cluster,
    deps = [rtjs_core],
    ops = [handles::op_cluster_fd_close, spawn_sync::op_cluster_spawn_sync],
    objects = [
        channel_js::Channel,
        child::FakeHandle,
        dispatch::Dispatcher,
        process::Process
    ],
);
