//! The end of a program: `process.exit` and the uncaught error.

use std::cell::Cell;
use std::rc::Rc;

use deno_core::{OpState, op2, v8};

/// What `process.exit` ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ExitMode {
    /// The process, at once.
    Process,
    /// The script: its execution is terminated and the embedder gets the code.
    #[default]
    Script,
}

/// The code that a script ended itself with, if it did.
#[derive(Clone, Default)]
pub struct ExitState {
    /// What `process.exit` ends.
    pub mode: ExitMode,
    /// Set once the script has asked to end.
    pub code: Rc<Cell<Option<i32>>>,
}

/// Ends the process or the script; see [`ExitMode`]. JavaScript that calls it loops until it is terminated.
#[op2(fast)]
pub fn op_runtime_exit(state: &mut OpState, isolate: &mut v8::Isolate, code: i32) {
    // A program that sends a last message and exits means it.
    rtjs_cluster::flush_channels(state);
    let exit = state.borrow::<ExitState>();
    if exit.mode == ExitMode::Process {
        // SAFETY: _exit ends the process; nothing of it is used afterwards. Output is written unbuffered, so there is nothing to flush.
        unsafe { libc::_exit(code) };
    }
    if exit.code.get().is_none() {
        exit.code.set(Some(code));
    }
    isolate.terminate_execution();
}
