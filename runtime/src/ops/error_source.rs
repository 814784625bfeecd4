//! Where an error came from, for the report of an uncaught one.
//!
//! V8 knows where an error was made, and, while it is on its way up, where it was thrown. Node's report names the latter. So a place is
//! kept with the error (hidden, or beside it for a value that is no object) by whoever sees it pass.

use deno_core::{JsRuntime, op2, v8};

/// The place where the last primitive value was thrown that passed [`op_runtime_call_main`].
struct PrimitivePlace {
    value: v8::Global<v8::Value>,
    place: v8::Global<v8::Value>,
}

/// `[resource, line, sourceLine, startColumn, endColumn]` of the place where `error` was thrown or, failing that, made (columns count from
/// 0), or `null`.
#[op2]
pub fn op_runtime_error_source<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    error: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    if let Ok(object) = v8::Local::<v8::Object>::try_from(error) {
        let key = private_key(scope);
        if let Some(kept) = object.get_private(scope, key)
            && !kept.is_undefined()
        {
            return kept;
        }
    } else {
        let state = JsRuntime::op_state_from(scope);
        let state = state.borrow();
        if let Some(last) = state.try_borrow::<PrimitivePlace>()
            && v8::Local::new(scope, &last.value).strict_equals(error)
        {
            return v8::Local::new(scope, &last.place);
        }
    }
    let message = v8::Exception::create_message(scope, error);
    place_of(scope, message)
}

/// Keeps what [`op_runtime_error_source`] says of `error` now. Replacing its stack would lose it.
#[op2(fast)]
pub fn op_runtime_error_source_keep<'s>(scope: &mut v8::PinScope<'s, '_>, error: v8::Local<'s, v8::Object>) {
    let message = v8::Exception::create_message(scope, error.into());
    let place = place_of(scope, message);
    if !place.is_null() {
        let key = private_key(scope);
        error.set_private(scope, key, place);
    }
}

/// Calls `main` without arguments. What it throws is thrown on, with the place of the `throw` kept.
#[op2(fast, reentrant)]
pub fn op_runtime_call_main<'s>(scope: &mut v8::PinScope<'s, '_>, main: v8::Local<'s, v8::Function>) {
    v8::tc_scope!(let scope, scope);
    let undefined = v8::undefined(scope).into();
    main.call(scope, undefined, &[]);
    if scope.has_terminated() {
        return;
    }
    if let (Some(exception), Some(message)) = (scope.exception(), scope.message()) {
        let place = if is_in_builtin(scope, message) {
            // Not the one that made the error: a built-in that let it pass.
            v8::null(scope).into()
        } else {
            place_of(scope, message)
        };
        if let Ok(object) = v8::Local::<v8::Object>::try_from(exception) {
            if !place.is_null() {
                let key = private_key(scope);
                object.set_private(scope, key, place);
            }
        } else {
            let last = PrimitivePlace {
                value: v8::Global::new(scope, exception),
                place: v8::Global::new(scope, place),
            };
            JsRuntime::op_state_from(scope).borrow_mut().put(last);
        }
        scope.rethrow();
    }
}

fn is_in_builtin<'s>(scope: &mut v8::PinScope<'s, '_>, message: v8::Local<'s, v8::Message>) -> bool {
    let name = message.get_script_resource_name(scope);
    name.is_some_and(|name| name.to_rust_string_lossy(scope).starts_with("node:"))
}

fn private_key<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Private> {
    let name = v8::String::new(scope, "rtjs:errorSource").expect("a short string");
    v8::Private::for_api(scope, Some(name))
}

fn place_of<'s>(scope: &mut v8::PinScope<'s, '_>, message: v8::Local<'s, v8::Message>) -> v8::Local<'s, v8::Value> {
    let line = message.get_line_number(scope).unwrap_or(0);
    let (Some(resource), Some(source)) = (message.get_script_resource_name(scope), message.get_source_line(scope))
    else {
        return v8::null(scope).into();
    };
    if line == 0 {
        return v8::null(scope).into();
    }
    // What eval() compiles has no name.
    let resource = if resource.is_string() {
        resource
    } else {
        v8::String::new(scope, "<anonymous_script>")
            .expect("a short string")
            .into()
    };
    let line = v8::Integer::new(scope, i32::try_from(line).unwrap_or(i32::MAX));
    let start = v8::Integer::new(scope, i32::try_from(message.get_start_column()).unwrap_or(0));
    let end = v8::Integer::new(scope, i32::try_from(message.get_end_column()).unwrap_or(0));
    v8::Array::new_with_elements(scope, &[resource, line.into(), source.into(), start.into(), end.into()]).into()
}
