//! Calling JavaScript from the loop: every call goes through one JavaScript function, the trampoline, which reports what the callback throws to
//! `process` and then drains nextTick and microtasks, as Node does after each callback.

use deno_core::{OpState, op2, v8};

use crate::Scope;

/// A JavaScript function held from Rust.
pub type Callback = v8::Global<v8::Function>;

struct Trampoline(v8::Global<v8::Function>);

/// Sets the function `(callback, receiver, a, b, c, d, e)` that all callbacks go through.
#[op2]
pub fn op_core_trampoline_set(state: &mut OpState, #[scoped] trampoline: v8::Global<v8::Function>) {
    set_trampoline(state, trampoline);
}

/// See [`op_core_trampoline_set`].
pub fn set_trampoline(state: &mut OpState, trampoline: v8::Global<v8::Function>) {
    state.put(Trampoline(trampoline));
}

/// Calls `callback` with `receiver` as `this` and at most five arguments; afterwards nextTick and microtask queues are empty. An exception goes to `process`.
pub fn invoke<'s>(
    scope: &mut Scope<'s, '_>,
    callback: v8::Local<'s, v8::Value>,
    receiver: v8::Local<'s, v8::Value>,
    args: &[v8::Local<'s, v8::Value>],
) {
    let state = deno_core::JsRuntime::op_state_from(scope);
    let Some(function) = state
        .borrow()
        .try_borrow::<Trampoline>()
        .map(|t| v8::Local::new(scope, &t.0))
    else {
        return;
    };
    const MAX_ARGS: usize = 5;
    debug_assert!(args.len() <= MAX_ARGS);
    let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
    let mut all = [undefined; MAX_ARGS + 2];
    all[0] = callback;
    all[1] = receiver;
    let count = args.len().min(MAX_ARGS);
    all[2..2 + count].copy_from_slice(&args[..count]);
    // The trampoline catches what the callback throws; what is left is termination (process.exit in an embedded runtime), which the loop's
    // owner sees by itself.
    v8::tc_scope!(let scope, scope);
    function.call(scope, undefined, &all[..2 + count]);
}
