//! The JavaScript functions that sockets call: one table for a runtime, set once by `internal/net/callbacks`.

use deno_core::{OpState, op2, v8};
use rtjs_core::Scope;

/// The functions; `this` is the handle's owner.
pub(crate) struct Callbacks {
    /// `(status, buffer)`: status is the number of bytes read, 0 never, or a negative errno (`UV_EOF` is -4095).
    pub read: v8::Global<v8::Function>,
    /// `(status)`: the pending write is done.
    pub write: v8::Global<v8::Function>,
    /// `(status)`: the connection is made, or is not.
    pub connect: v8::Global<v8::Function>,
    /// `(status, handle)`: a listener accepted a connection.
    pub connection: v8::Global<v8::Function>,
}

/// Sets the functions that sockets call.
#[op2]
pub fn op_net_callbacks_set(
    state: &mut OpState,
    #[scoped] read: v8::Global<v8::Function>,
    #[scoped] write: v8::Global<v8::Function>,
    #[scoped] connect: v8::Global<v8::Function>,
    #[scoped] connection: v8::Global<v8::Function>,
) {
    state.put(std::rc::Rc::new(Callbacks {
        read,
        write,
        connect,
        connection,
    }));
}

/// Calls one of the functions for `owner`.
pub(crate) fn call<'s>(
    scope: &mut Scope<'s, '_>,
    owner: &v8::Global<v8::Object>,
    pick: impl Fn(&Callbacks) -> &v8::Global<v8::Function>,
    args: &[v8::Local<'s, v8::Value>],
) {
    let state = deno_core::JsRuntime::op_state_from(scope);
    let Some(callbacks) = state.borrow().try_borrow::<std::rc::Rc<Callbacks>>().cloned() else {
        return;
    };
    let function = v8::Local::new(scope, pick(&callbacks));
    let owner = v8::Local::new(scope, owner);
    rtjs_core::invoke(scope, function.into(), owner.into(), args);
}
