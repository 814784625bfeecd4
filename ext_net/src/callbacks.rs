//! The JavaScript function that a connection's way through Rust ends in, where it did not come from a listener of this process: a worker's stand-in
//! handle gets its connections over the channel.

use std::rc::Rc;

use deno_core::{OpState, op2, v8};
use rtjs_core::Scope;

/// `(status, handle)`, `this` is the server.
struct ConnectionCallback(v8::Global<v8::Function>);

/// Sets the function that gets connections.
#[op2]
pub fn op_net_connection_callback_set(state: &mut OpState, #[scoped] callback: v8::Global<v8::Function>) {
    state.put(Rc::new(ConnectionCallback(callback)));
}

/// Calls it for `owner`.
pub(crate) fn call_connection<'s>(
    scope: &mut Scope<'s, '_>,
    owner: &v8::Global<v8::Object>,
    args: &[v8::Local<'s, v8::Value>],
) {
    let state = deno_core::JsRuntime::op_state_from(scope);
    let Some(callback) = state.borrow().try_borrow::<Rc<ConnectionCallback>>().cloned() else {
        return;
    };
    let function = v8::Local::new(scope, &callback.0);
    let owner = v8::Local::new(scope, owner);
    rtjs_core::invoke(scope, function.into(), owner.into(), args);
}
