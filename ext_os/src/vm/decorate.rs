//! The head of an error's stack that shows where in which source it happened: `file:line`, the line, and carets below it.

use deno_core::{op2, v8};

/// Where the text of a script begins in what its positions count.
#[derive(Clone, Copy)]
pub(super) struct Offsets {
    pub line: i32,
    pub column: i32,
}

/// Puts the place that `message` tells in front of `exception`'s stack, once. Values that are no errors are left as they are.
/// `offsets` are those of the script that was compiled or run.
pub(super) fn decorate<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    exception: v8::Local<'s, v8::Value>,
    message: v8::Local<'s, v8::Message>,
    offsets: Offsets,
) {
    if !exception.is_native_error() {
        return;
    }
    let Ok(error) = v8::Local::<v8::Object>::try_from(exception) else {
        return;
    };
    let mark = mark(scope);
    if error.has_private(scope, mark).unwrap_or(false) {
        return;
    }
    let Some(arrow) = arrow(scope, message, offsets) else {
        return;
    };
    // A stack that throws when it is read is not there to be decorated.
    v8::tc_scope!(let scope, scope);
    let key: v8::Local<v8::Value> = match v8::String::new(scope, "stack") {
        Some(key) => key.into(),
        None => return,
    };
    let Some(stack) = error.get(scope, key).filter(|stack| stack.is_string()) else {
        return;
    };
    let text = format!("{arrow}\n{}", stack.to_rust_string_lossy(scope));
    if let Some(text) = v8::String::new(scope, &text) {
        error.set(scope, key, text.into());
        let yes = v8::Boolean::new(scope, true);
        error.set_private(scope, mark, yes.into());
    }
}

fn mark<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Private> {
    let name = v8::String::new(scope, "rtjs:decorated").expect("a short string");
    v8::Private::for_api(scope, Some(name))
}

/// Whether the stack of `value` shows its place already.
#[op2(fast)]
pub fn op_os_vm_is_decorated<'s>(scope: &mut v8::PinScope<'s, '_>, value: v8::Local<'s, v8::Value>) -> bool {
    let Ok(object) = v8::Local::<v8::Object>::try_from(value) else {
        return false;
    };
    let mark = mark(scope);
    object.has_private(scope, mark).unwrap_or(false)
}

fn arrow<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    message: v8::Local<'s, v8::Message>,
    offsets: Offsets,
) -> Option<String> {
    let resource = message.get_script_resource_name(scope)?;
    let resource = resource.to_rust_string_lossy(scope);
    // A built-in that let the error pass is not where it happened.
    if resource.starts_with("node:") {
        return None;
    }
    let line = message.get_line_number(scope).filter(|&line| line > 0)?;
    let source = message.get_source_line(scope)?.to_rust_string_lossy(scope);
    let start = message.get_start_column();
    let end = message.get_end_column().max(start + 1);
    // Columns of a script's first line are counted from its offset, which its text does not have.
    let first = i64::try_from(line).is_ok_and(|line| line - i64::from(offsets.line) == 1);
    let skipped = usize::try_from(offsets.column).unwrap_or(0);
    let (start, end) = if first && start >= skipped {
        (start - skipped, end - skipped)
    } else {
        (start, end)
    };
    let mut underline = String::new();
    for unit in source.encode_utf16().take(start) {
        underline.push(if unit == u16::from(b'\t') { '\t' } else { ' ' });
    }
    underline.extend(std::iter::repeat_n('^', end - start));
    Some(format!("{resource}:{line}\n{source}\n{underline}\n"))
}
