//! Scripts, functions and contexts of the vm module: compiling and running code with a global object of its own.
//!
//! Options and their errors are JavaScript's (js/node/vm.js); here are V8's contexts, the global object that reads and writes a sandbox,
//! scripts, and the time limit of a run.

pub(crate) mod compile;
pub(crate) mod context;
pub(crate) mod decorate;
mod global;
pub(crate) mod script;
mod watchdog;

use std::time::Duration;

pub use compile::bytes_of;
use deno_core::v8;
use watchdog::{Outcome, Watchdog};

/// The context of `target`, a sandbox or global object of the vm module, or the current one where `target` is not an object. `None` for an
/// object that is neither.
pub fn context_or_current<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    target: v8::Local<'s, v8::Value>,
) -> Option<v8::Local<'s, v8::Context>> {
    match v8::Local::<v8::Object>::try_from(target) {
        Ok(target) => context::context_of(scope, target),
        Err(_) => Some(scope.get_current_context()),
    }
}

/// Runs the microtasks of the context of `target`, where it has a queue of its own.
pub fn run_own_microtasks_of<'s>(scope: &mut v8::PinScope<'s, '_>, target: v8::Local<'s, v8::Value>) {
    if let Ok(target) = v8::Local::<v8::Object>::try_from(target) {
        context::run_own_microtasks(scope, target);
    }
}

/// Runs `work` for at most `timeout` milliseconds (0 for any time), or until SIGINT. The second result is how it ended: 0 by itself, 1 its
/// time was up, 2 by SIGINT; only in the first case the first result and a pending exception are `work`'s own.
pub fn run_watched<'s, T>(
    scope: &mut v8::PinScope<'s, '_>,
    timeout: f64,
    sigint: bool,
    work: impl FnOnce(&mut v8::PinScope<'s, '_>) -> Option<T>,
) -> (Option<T>, u32) {
    if timeout <= 0.0 && !sigint {
        return (work(scope), Outcome::Completed as u32);
    }
    let handle = scope.thread_safe_handle();
    let limit = (timeout > 0.0).then(|| Duration::from_secs_f64(timeout / 1000.0));
    let watchdog = Watchdog::start(handle, limit, sigint);
    let result = work(scope);
    let outcome = watchdog.map_or(Outcome::Completed, Watchdog::stop);
    if outcome == Outcome::Completed {
        return (result, outcome as u32);
    }
    // Nested runs end one by one: whoever's time was up lets the others go on.
    scope.cancel_terminate_execution();
    (None, outcome as u32)
}
