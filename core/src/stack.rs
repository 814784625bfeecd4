//! The text of `error.stack`: V8 asks Rust for it when a stack is first read, Rust asks the function that JavaScript has set.
//!
//! What the text looks like is `prepareStackTrace` in `js/internal/errors.js`.

use deno_core::{OpState, op2, v8};

struct Formatter(v8::Global<v8::Function>);

/// Sets the function `(error, callSites) => text`, which from now on formats every stack of this isolate.
#[op2]
pub fn op_core_stack_formatter_set(
    state: &mut OpState,
    isolate: &mut v8::Isolate,
    #[scoped] formatter: v8::Global<v8::Function>,
) {
    state.put(Formatter(formatter));
    isolate.set_prepare_stack_trace_callback(prepare);
    // deno_core has V8 keep a second, detailed stack with every error for its own reports, which nobody reads here.
    isolate.set_capture_stack_trace_for_uncaught_exceptions(false, 0);
}

fn prepare<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    error: v8::Local<'s, v8::Value>,
    sites: v8::Local<'s, v8::Array>,
) -> v8::Local<'s, v8::Value> {
    let state = deno_core::JsRuntime::op_state_from(scope);
    // A stack may be read while an op holds the state; deno_core's own text will do then.
    let formatter = state
        .try_borrow()
        .ok()
        .and_then(|state| state.try_borrow::<Formatter>().map(|f| f.0.clone()));
    let Some(formatter) = formatter else {
        return deno_core::error::prepare_stack_trace_callback(scope, error, sites);
    };
    let formatter = v8::Local::new(scope, &formatter);
    let undefined = v8::undefined(scope).into();
    // What a user's Error.prepareStackTrace throws is pending when this returns, as V8 wants it.
    formatter
        .call(scope, undefined, &[error, sites.into()])
        .unwrap_or(undefined)
}
