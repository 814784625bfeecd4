//! Compiling the built-in JavaScript: from the table in the binary, or from a folder in development.

use std::path::{Path, PathBuf};

use deno_core::{OpState, op2, v8};
use v8::script_compiler::CompileOptions;

use super::modules::compile_function;
use super::source_strings::source_string;

/// Where built-ins come from. Absent from the state: the binary's own.
pub struct BuiltinSources {
    /// A `js` folder whose files replace the binary's (the variable `RTJS_JS_DIR`).
    pub folder: PathBuf,
}

/// What every start runs, or a worker that serves: its functions are compiled into the snapshot, those of other built-ins when they are first called.
const START: [&str; 41] = [
    "internal/bootstrap/builtins",
    "internal/bootstrap/globals",
    "internal/bootstrap/loader",
    "internal/bootstrap/start",
    "internal/child_process/channel",
    "internal/child_process/child_channel",
    "internal/cluster/child",
    "internal/cluster/role",
    "internal/cluster/utils",
    "internal/events/emitter",
    "internal/http/server",
    "internal/http/server_options",
    "internal/modules/cjs/circular",
    "internal/modules/cjs/compile",
    "internal/modules/cjs/exports_at_load",
    "internal/modules/cjs/extensions",
    "internal/modules/cjs/module",
    "internal/modules/cjs/resolve",
    "internal/modules/conditions",
    "internal/modules/esm/handlers",
    "internal/modules/files",
    "internal/modules/package_json",
    "internal/modules/require_function",
    "internal/modules/run_main",
    "internal/net/listen",
    "internal/net/server",
    "internal/options",
    "internal/path/common",
    "internal/path/posix",
    "internal/process/execution",
    "internal/process/exit",
    "internal/process/facts",
    "internal/process/promises",
    "internal/process/start",
    "internal/process/task_queues",
    "internal/process/versions",
    "internal/process/warning",
    "internal/source_map/support",
    "internal/timers",
    "internal/timers/lists",
    "internal/validators",
];

const PARAMETERS: [&str; 5] = ["exports", "require", "module", "ops", "core"];

/// Compiles the built-in `id` into a function of [`PARAMETERS`]; `null` when there is no such built-in. A syntax error is thrown.
#[op2(reentrant)]
pub fn op_runtime_builtin_compile<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[string] id: String,
) -> v8::Local<'s, v8::Value> {
    let state = deno_core::JsRuntime::op_state_from(scope);
    let folder = state
        .borrow()
        .try_borrow::<BuiltinSources>()
        .map(|s| s.folder.join(rtjs_js::path_of(&id)));
    let source = match folder {
        Some(path) => std::fs::read_to_string(path)
            .ok()
            .and_then(|text| v8::String::new(scope, &text)),
        None => source_string(scope, &id),
    };
    let (Some(source), Some(name)) = (source, v8::String::new(scope, &format!("node:{id}"))) else {
        return v8::null(scope).into();
    };
    let origin = v8::ScriptOrigin::new(scope, name.into(), 0, 0, false, -1, None, false, false, false, None);
    let options = if START.contains(&id.as_str()) {
        CompileOptions::EagerCompile
    } else {
        CompileOptions::NoCompileOptions
    };
    compile_function(scope, source, &origin, PARAMETERS, options)
}

/// The ids of all built-ins, sorted.
#[op2]
#[serde]
pub fn op_runtime_builtin_ids(state: &mut OpState) -> Vec<String> {
    match state.try_borrow::<BuiltinSources>() {
        Some(sources) => {
            let mut ids = Vec::new();
            list(&sources.folder.join("node"), "", &mut ids);
            list(&sources.folder.join("internal"), "internal/", &mut ids);
            ids.sort();
            ids
        }
        None => rtjs_js::SOURCES.iter().map(|s| s.id.to_owned()).collect(),
    }
}

fn list(folder: &Path, prefix: &str, ids: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), ids);
        } else if let Some(stem) = name.strip_suffix(".js") {
            ids.push(format!("{prefix}{stem}"));
        }
    }
}
