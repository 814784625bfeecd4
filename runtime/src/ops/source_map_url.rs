//! Where a text says that its source map is: V8 knows a comment from the text of a string.

use deno_core::{op2, v8};

/// The `sourceMappingURL` of a CommonJS or ES module, or `null`.
#[op2(reentrant)]
pub fn op_runtime_source_map_url<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::String>,
    is_module: bool,
) -> v8::Local<'s, v8::Value> {
    v8::tc_scope!(let scope, scope);
    let name = v8::String::empty(scope).into();
    let origin = v8::ScriptOrigin::new(scope, name, 0, 0, false, -1, None, false, false, is_module, None);
    let mut source = v8::script_compiler::Source::new(source, Some(&origin));
    let url = if is_module {
        v8::script_compiler::compile_module(scope, &mut source).map(|module| {
            let script = module.get_unbound_module_script(scope);
            script.get_source_mapping_url(scope)
        })
    } else {
        v8::script_compiler::compile_function(
            scope,
            &mut source,
            &[],
            &[],
            v8::script_compiler::CompileOptions::NoCompileOptions,
            v8::script_compiler::NoCacheReason::NoReason,
        )
        .and_then(|function| function.get_script_origin(scope).source_map_url())
    };
    // A text that does not compile has no stacks to map.
    url.filter(|url| url.is_string())
        .unwrap_or_else(|| v8::null(scope).into())
}
