//! The ops of this crate. `build.rs` includes this folder too, so that the snapshot knows the same ops in the same order.

mod builtins;
mod cjs_exports;
mod cjs_strings;
mod cjs_tokens;
mod error_source;
mod esm;
mod esm_attributes;
mod esm_vm;
mod exit;
mod module_files;
mod modules;
mod source_map_url;
mod source_strings;

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
        error_source::op_runtime_call_main,
        error_source::op_runtime_error_source,
        error_source::op_runtime_error_source_keep,
        cjs_exports::op_runtime_cjs_exports,
        esm::op_runtime_esm_compile,
        esm::op_runtime_esm_error,
        esm::op_runtime_esm_evaluate,
        esm::op_runtime_esm_handlers,
        esm::op_runtime_esm_instantiate,
        esm::op_runtime_esm_is_async,
        esm::op_runtime_esm_link,
        esm::op_runtime_esm_namespace,
        esm::op_runtime_esm_requests,
        esm::op_runtime_esm_set_export,
        esm::op_runtime_esm_stalled,
        esm::op_runtime_esm_status,
        esm_vm::op_runtime_esm_vm_cached_data,
        esm_vm::op_runtime_esm_vm_compile,
        esm_vm::op_runtime_esm_vm_evaluate,
        esm_vm::op_runtime_esm_vm_instantiate,
        esm_vm::op_runtime_esm_vm_synthetic,
        exit::op_runtime_exit,
        module_files::op_runtime_module_cwd,
        module_files::op_runtime_module_read,
        module_files::op_runtime_module_read_stdin,
        module_files::op_runtime_module_realpath,
        module_files::op_runtime_module_stat,
        modules::op_runtime_module_compile,
        modules::op_runtime_script_run,
        source_map_url::op_runtime_source_map_url,
    ],
    customizer = |extension: &mut deno_core::Extension| source_strings::add_references(extension),
);
