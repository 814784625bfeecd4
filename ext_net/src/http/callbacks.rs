//! The JavaScript functions that HTTP calls: one table for a runtime, set once by js/internal/http/callbacks.js.

use std::rc::Rc;

use deno_core::{OpState, op2, v8};
use rtjs_core::Scope;

/// The functions; `this` is the owner of what the call is about.
pub(crate) struct HttpCallbacks {
    /// `(exchange, flags)`, of a server: a request.
    pub request: v8::Global<v8::Function>,
    /// `(status, buffer)`, of an exchange: a piece of the body that comes in, its end, or an errno.
    pub body: v8::Global<v8::Function>,
    /// `(kind, a, b, c)`, of an exchange, a socket, a pipe or a server: [`super::exchange::Event`] says what.
    pub event: v8::Global<v8::Function>,
}

/// Sets the functions that HTTP calls.
#[op2]
pub fn op_net_http_callbacks_set(
    state: &mut OpState,
    #[scoped] request: v8::Global<v8::Function>,
    #[scoped] body: v8::Global<v8::Function>,
    #[scoped] event: v8::Global<v8::Function>,
) {
    state.put(Rc::new(HttpCallbacks { request, body, event }));
}

/// Calls one of the functions for `owner`.
pub(crate) fn call<'s>(
    scope: &mut Scope<'s, '_>,
    owner: &v8::Global<v8::Object>,
    pick: impl Fn(&HttpCallbacks) -> &v8::Global<v8::Function>,
    args: &[v8::Local<'s, v8::Value>],
) {
    let state = deno_core::JsRuntime::op_state_from(scope);
    let Some(callbacks) = state.borrow().try_borrow::<Rc<HttpCallbacks>>().cloned() else {
        return;
    };
    let function = v8::Local::new(scope, pick(&callbacks));
    let owner = v8::Local::new(scope, owner);
    rtjs_core::invoke(scope, function.into(), owner.into(), args);
}

/// An ArrayBuffer of these bytes.
pub(crate) fn array_buffer<'s>(scope: &Scope<'s, '_>, bytes: Vec<u8>) -> v8::Local<'s, v8::Value> {
    let store = v8::ArrayBuffer::new_backing_store_from_vec(bytes).make_shared();
    v8::ArrayBuffer::with_backing_store(scope, &store).into()
}
