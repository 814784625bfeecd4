//! Compiling a user's CommonJS modules and scripts.

use deno_core::{op2, v8};
use v8::script_compiler::CompileOptions;

const PARAMETERS: [&str; 5] = ["exports", "require", "module", "__filename", "__dirname"];

/// Compiles the text of a CommonJS module into a function of [`PARAMETERS`]. Stack traces name `filename`. A syntax error is thrown.
#[op2(reentrant)]
pub fn op_runtime_module_compile<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::String>,
    filename: v8::Local<'s, v8::String>,
) -> v8::Local<'s, v8::Value> {
    let origin = v8::ScriptOrigin::new(scope, filename.into(), 0, 0, false, -1, None, false, false, false, None);
    compile_function(scope, source, &origin, PARAMETERS, CompileOptions::NoCompileOptions)
}

/// The text of a function's body as a function of `parameters`; `undefined` with a syntax error pending.
pub(crate) fn compile_function<'s, const N: usize>(
    scope: &mut v8::PinScope<'s, '_>,
    body: v8::Local<'s, v8::String>,
    origin: &v8::ScriptOrigin<'s>,
    parameters: [&str; N],
    options: CompileOptions,
) -> v8::Local<'s, v8::Value> {
    let mut source = v8::script_compiler::Source::new(body, Some(origin));
    let parameters = parameters.map(|p| v8::String::new(scope, p).expect("a short string"));
    v8::script_compiler::compile_function(
        scope,
        &mut source,
        &parameters,
        &[],
        options,
        v8::script_compiler::NoCacheReason::NoReason,
    )
    .map(Into::into)
    .unwrap_or_else(|| v8::undefined(scope).into())
}

/// Runs `source` as a script in the current context and returns its completion value. Stack traces name `filename`.
#[op2(reentrant)]
pub fn op_runtime_script_run<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::String>,
    filename: v8::Local<'s, v8::String>,
) -> v8::Local<'s, v8::Value> {
    let origin = v8::ScriptOrigin::new(scope, filename.into(), 0, 0, false, -1, None, false, false, false, None);
    v8::Script::compile(scope, source, Some(&origin))
        .and_then(|script| script.run(scope))
        // The exception is pending.
        .unwrap_or_else(|| v8::undefined(scope).into())
}
