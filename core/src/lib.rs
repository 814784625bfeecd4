//! What every extension of rtjs stands on: the event loop's one door into JavaScript, and the count that keeps the loop alive.
//!
//! Nothing here knows about sockets, processes or files.

mod callback;
mod event_loop;
mod prepare;

pub use callback::{Callback, invoke, set_trampoline};
pub use event_loop::{EventLoop, KeepAlive, Scope};

deno_core::extension!(
    rtjs_core,
    ops = [callback::op_core_trampoline_set],
);
