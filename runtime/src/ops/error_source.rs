//! Where an error came from, for the report of an uncaught one.

use deno_core::{op2, v8};

/// `[resource, line, sourceLine, startColumn, endColumn]` of the place where `error` was made or thrown (columns count from 0), or `null`.
#[op2]
pub fn op_runtime_error_source<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    error: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let message = v8::Exception::create_message(scope, error);
    let line = message.get_line_number(scope).unwrap_or(0);
    let (Some(resource), Some(source)) = (
        message.get_script_resource_name(scope),
        message.get_source_line(scope),
    ) else {
        return v8::null(scope).into();
    };
    if line == 0 || !resource.is_string() {
        return v8::null(scope).into();
    }
    let line = v8::Integer::new(scope, i32::try_from(line).unwrap_or(i32::MAX));
    let start = v8::Integer::new(
        scope,
        i32::try_from(message.get_start_column()).unwrap_or(0),
    );
    let end = v8::Integer::new(scope, i32::try_from(message.get_end_column()).unwrap_or(0));
    v8::Array::new_with_elements(
        scope,
        &[
            resource,
            line.into(),
            source.into(),
            start.into(),
            end.into(),
        ],
    )
    .into()
}
