//! What every extension of rtjs stands on: the event loop's one door into JavaScript, and the count that keeps the loop alive.
//!
//! Nothing here knows about sockets, processes or files.

#![warn(missing_docs)]

pub mod allocator;
mod callback;
mod driven;
mod event_loop;
mod external_memory;
mod late_errors;
pub mod linger;
mod prepare;
mod readiness;
mod stack;
mod timers;
pub mod timing;
mod values;

pub use callback::{Callback, invoke, set_trampoline};
pub use event_loop::{EventLoop, KeepAlive, Scope};
pub use external_memory::{array_buffer, external_memory_grows, uint8_array};
pub use readiness::{IoSource, Registration};

/// `error` as libuv would report it on Linux: the negative errno, or `-EIO` where the error carries none.
pub fn errno(error: &std::io::Error) -> i32 {
    -error.raw_os_error().unwrap_or(libc::EIO)
}

deno_core::extension!(
    rtjs_core,
    ops = [
        callback::op_core_trampoline_set,
        late_errors::op_core_late_errors_filter,
        stack::op_core_stack_formatter_set,
        timers::op_core_timers_now,
        timers::op_core_timers_start,
        timers::op_core_timers_wake,
        values::op_core_stack_sites,
        values::op_core_value_entries,
        values::op_core_value_external_address,
        values::op_core_value_kind,
    ],
);
