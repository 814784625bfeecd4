//! The JavaScript functions that HTTP calls: one table for a runtime, set once by js/internal/http/callbacks.js.

use std::rc::Rc;

use deno_core::{OpState, op2, v8};
use rtjs_core::{EventLoop, Scope};

use super::exchange_table::{HttpExchanges, Table};

/// The functions, and the exchanges that they speak of by id.
pub(crate) struct HttpCallbacks {
    /// `(exchange, flags)`, with a server's owner as `this`: a request.
    pub request: v8::Global<v8::Function>,
    /// `(exchange, status, buffer, last)`: a piece of the body that comes in, its end, or an errno; `last` says that nothing follows.
    pub body: v8::Global<v8::Function>,
    /// `(exchange, kind, a, b, c, d)`: [`super::exchange::Event`] says what.
    pub exchange_event: v8::Global<v8::Function>,
    /// `(kind, a, b, c)`, with the owner of a socket, a pipe or a server as `this`: the same.
    pub event: v8::Global<v8::Function>,
    /// The exchanges.
    pub table: Rc<Table>,
}

/// Sets the functions that HTTP calls; what they speak of.
#[op2]
#[cppgc]
pub fn op_net_http_callbacks_set(
    state: &mut OpState,
    #[scoped] request: v8::Global<v8::Function>,
    #[scoped] body: v8::Global<v8::Function>,
    #[scoped] exchange_event: v8::Global<v8::Function>,
    #[scoped] event: v8::Global<v8::Function>,
) -> HttpExchanges {
    let table = Rc::<Table>::default();
    state.put(Rc::new(HttpCallbacks {
        request,
        body,
        exchange_event,
        event,
        table: table.clone(),
    }));
    HttpExchanges::new(table)
}

/// What was set, if it was.
pub(crate) fn of(isolate: &v8::Isolate) -> Option<Rc<HttpCallbacks>> {
    let state = deno_core::JsRuntime::op_state_from(isolate);
    state.borrow().try_borrow::<Rc<HttpCallbacks>>().cloned()
}

/// Posts what tells of a connection: the loop does not end before JavaScript has heard it, even when the connection is gone by then.
pub(crate) fn post(door: &EventLoop, task: impl FnOnce(&mut Scope<'_, '_>) + 'static) {
    let keep_alive = door.keep_alive();
    keep_alive.set_active(true);
    door.post(move |scope| {
        task(scope);
        drop(keep_alive);
    });
}

/// Calls one of the functions for `owner`.
pub(crate) fn call<'s>(
    scope: &mut Scope<'s, '_>,
    owner: &v8::Global<v8::Object>,
    pick: impl Fn(&HttpCallbacks) -> &v8::Global<v8::Function>,
    args: &[v8::Local<'s, v8::Value>],
) {
    let Some(callbacks) = of(scope) else { return };
    let function = v8::Local::new(scope, pick(&callbacks));
    let owner = v8::Local::new(scope, owner);
    rtjs_core::invoke(scope, function.into(), owner.into(), args);
}

/// Calls one of the functions that take an exchange.
pub(crate) fn call_exchange<'s>(
    scope: &mut Scope<'s, '_>,
    pick: impl Fn(&HttpCallbacks) -> &v8::Global<v8::Function>,
    args: &[v8::Local<'s, v8::Value>],
) {
    let Some(callbacks) = of(scope) else { return };
    let function = v8::Local::new(scope, pick(&callbacks));
    let undefined = v8::undefined(scope);
    rtjs_core::invoke(scope, function.into(), undefined.into(), args);
}
