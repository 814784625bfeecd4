//! The source text at which an error was made, for assertions that quote the expression they failed on.

use deno_core::{op2, v8};

/// The source line and the column in it (UTF-16 code units, from 0) at the innermost frame of `error`'s stack, which has to be
/// untouched still. Null where V8 has no source.
#[op2]
pub fn op_os_error_source<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    error: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let message = v8::Exception::create_message(scope, error);
    let Some(line) = message.get_source_line(scope) else {
        return v8::null(scope).into();
    };
    let column = v8::Integer::new(scope, i32::try_from(message.get_start_column()).unwrap_or(0));
    v8::Array::new_with_elements(scope, &[line.into(), column.into()]).into()
}
