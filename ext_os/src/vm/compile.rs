//! Compiling a function from its body, and what that has in common with compiling a script.

use deno_core::{op2, v8};
use v8::script_compiler::{CachedData, CompileOptions, NoCacheReason, Source};

use super::decorate::{Offsets, decorate};

/// Where code says that it is from.
pub(super) struct Origin<'s> {
    pub filename: v8::Local<'s, v8::String>,
    pub line_offset: i32,
    pub column_offset: i32,
    pub import_id: u32,
}

/// A copy of the bytes of a view; `None` for anything else.
pub fn bytes_of(value: v8::Local<v8::Value>) -> Option<Vec<u8>> {
    let view = v8::Local::<v8::ArrayBufferView>::try_from(value).ok()?;
    let mut bytes = vec![0; view.byte_length()];
    view.copy_contents(&mut bytes);
    Some(bytes)
}

/// The source for V8's compiler. `cached` has to outlive the compilation.
pub(super) fn source_of<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    text: v8::Local<'s, v8::String>,
    origin: &Origin<'s>,
    cached: Option<&[u8]>,
) -> (Source, CompileOptions) {
    let options = import_options(scope, origin.import_id);
    let origin = v8::ScriptOrigin::new(
        scope,
        origin.filename.into(),
        origin.line_offset,
        origin.column_offset,
        true,
        -1,
        None,
        false,
        false,
        false,
        options,
    );
    match cached {
        Some(bytes) => (
            Source::new_with_cached_data(text, Some(&origin), CachedData::new(bytes)),
            CompileOptions::ConsumeCodeCache,
        ),
        None => (Source::new(text, Some(&origin)), CompileOptions::NoCompileOptions),
    }
}

/// What code carries so that the handler of `import()` knows whose it is; the handler is the runtime's, which reads the second place.
fn import_options<'s>(scope: &mut v8::PinScope<'s, '_>, import_id: u32) -> Option<v8::Local<'s, v8::Data>> {
    if import_id == 0 {
        return None;
    }
    let options = v8::PrimitiveArray::new(scope, 2);
    let ours = v8::null(scope);
    let id = v8::Integer::new_from_unsigned(scope, import_id);
    options.set(scope, 0, ours);
    options.set(scope, 1, id.into());
    Some(options.into())
}

fn elements<'s, T>(scope: &mut v8::PinScope<'s, '_>, list: v8::Local<'s, v8::Value>) -> Vec<v8::Local<'s, T>>
where
    v8::Local<'s, T>: TryFrom<v8::Local<'s, v8::Value>>,
{
    let Ok(list) = v8::Local::<v8::Array>::try_from(list) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| v8::Local::<T>::try_from(list.get_index(scope, at)?).ok())
        .collect()
}

/// Compiles `body` into a function of `parameters` (an array of strings) in the context of `target`, a sandbox or global object, or in the
/// current one. Names are looked up in the objects of the array `extensions` before the global object. Returns
/// `[function, cachedDataRejected, sourceMapURL, cachedData]`. A syntax error is thrown, with the place in its stack.
#[op2(reentrant)]
#[allow(clippy::too_many_arguments, reason = "one for each option of vm.compileFunction")]
pub fn op_os_vm_function_compile<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    body: v8::Local<'s, v8::String>,
    filename: v8::Local<'s, v8::String>,
    line_offset: i32,
    column_offset: i32,
    cached_data: v8::Local<'s, v8::Value>,
    produce_cached_data: bool,
    target: v8::Local<'s, v8::Value>,
    extensions: v8::Local<'s, v8::Value>,
    parameters: v8::Local<'s, v8::Value>,
    import_id: u32,
) -> v8::Local<'s, v8::Value> {
    let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
    let Some(context) = super::context_or_current(scope, target) else {
        return undefined;
    };
    let extensions = elements::<v8::Object>(scope, extensions);
    let parameters = elements::<v8::String>(scope, parameters);
    let origin = Origin {
        filename,
        line_offset,
        column_offset,
        import_id,
    };
    let cached = bytes_of(cached_data);
    let (mut source, options) = source_of(scope, body, &origin, cached.as_deref());
    let function = {
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::tc_scope!(let scope, scope);
        let function = v8::script_compiler::compile_function(
            scope,
            &mut source,
            &parameters,
            &extensions,
            options,
            NoCacheReason::NoReason,
        );
        let Some(function) = function else {
            if let (Some(exception), Some(message)) = (scope.exception(), scope.message()) {
                let offsets = Offsets {
                    line: line_offset,
                    column: column_offset,
                };
                decorate(scope, exception, message, offsets);
            }
            scope.rethrow();
            return undefined;
        };
        function
    };
    let rejected = match cached {
        Some(_) => v8::Boolean::new(scope, source.get_cached_data().is_none_or(|data| data.rejected())).into(),
        None => undefined,
    };
    let map_url = function.get_script_origin(scope).source_map_url().unwrap_or(undefined);
    let produced = if produce_cached_data {
        match function.create_code_cache() {
            Some(cache) => rtjs_core::uint8_array(scope, cache.to_vec()),
            None => undefined,
        }
    } else {
        undefined
    };
    v8::Array::new_with_elements(scope, &[function.into(), rejected, map_url, produced]).into()
}
