//! Exceptions that nobody can catch because V8 itself made the call: a FinalizationRegistry's callback is run from a task of V8's. V8 shows such
//! an exception to the isolate's listeners and forgets it; here it goes to `process` in the next turn of the loop.

use deno_core::{JsRuntime, OpState, op2, v8};

use crate::{EventLoop, callback};

struct Filter(callback::Callback);

/// From now on `filter` is called with such exceptions: it throws those that are to be reported.
#[op2]
pub fn op_core_late_errors_filter(state: &mut OpState, #[scoped] filter: v8::Global<v8::Function>) {
    state.put(Filter(filter));
}

/// Has the exceptions of `runtime`'s own calls reported. Call once, after [`EventLoop::install`].
pub(crate) fn install(runtime: &mut JsRuntime) {
    runtime.v8_isolate().add_message_listener(listen);
}

unsafe extern "C" fn listen(message: v8::Local<'_, v8::Message>, exception: v8::Local<'_, v8::Value>) {
    // SAFETY: V8 calls this on the isolate's thread with a context entered, and both handles outlive the call.
    v8::callback_scope!(unsafe scope, message);
    let exception = v8::Global::new(scope, exception);
    EventLoop::from_isolate(scope).post(move |scope| {
        let thrown = v8::Local::new(scope, &exception);
        let undefined = v8::undefined(scope).into();
        let state = JsRuntime::op_state_from(scope);
        let filter = state
            .borrow()
            .try_borrow::<Filter>()
            .map(|f| v8::Local::new(scope, &f.0));
        if let Some(rethrow) = filter.or_else(|| v8::Function::new(scope, rethrow)) {
            callback::invoke(scope, rethrow.into(), undefined, &[thrown]);
        }
    });
}

fn rethrow(
    scope: &mut v8::PinScope<'_, '_>,
    args: v8::FunctionCallbackArguments<'_>,
    _: v8::ReturnValue<'_, v8::Value>,
) {
    scope.throw_exception(args.get(0));
}
