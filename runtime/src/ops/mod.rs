//! The ops of this crate. `build.rs` includes this folder too, so that the snapshot knows the same ops in the same order.

mod builtins;
mod error_source;
mod exit;

#[allow(unused_imports, reason = "the build script registers the ops and uses nothing else")]
pub use builtins::BuiltinSources;
#[allow(unused_imports, reason = "the build script registers the ops and uses nothing else")]
pub use exit::{ExitMode, ExitState};

deno_core::extension!(
    rtjs_runtime,
    deps = [rtjs_core],
    ops = [
        builtins::op_runtime_builtin_compile,
        builtins::op_runtime_builtin_ids,
        error_source::op_runtime_error_source,
        exit::op_runtime_exit,
    ],
);
