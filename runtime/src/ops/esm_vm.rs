//! Modules of the vm module: compiled and run in a context of one's own, with a time limit.

use deno_core::{op2, v8};
use rtjs_os::vm;
use v8::script_compiler::{CachedData, CompileOptions, NoCacheReason, Source};

use super::esm::{ModuleRecord, evaluate_synthetic, host_defined_options, register, resolve_request};

fn undefined<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    v8::undefined(scope).into()
}

/// Compiles the text of an ES module in the context of `target`, a sandbox or global object, or in the current one where that is not an
/// object. `cached_data`: bytes of [`op_runtime_esm_vm_cached_data`], or anything else for none; `null` is returned for bytes that V8 has no
/// use for. The rest is as for `op_runtime_esm_compile`.
#[op2(reentrant)]
#[allow(clippy::too_many_arguments, reason = "one for each option of vm.SourceTextModule")]
pub fn op_runtime_esm_vm_compile<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    text: v8::Local<'s, v8::String>,
    url: v8::Local<'s, v8::String>,
    host: v8::Local<'s, v8::Value>,
    import_id: u32,
    line_offset: i32,
    column_offset: i32,
    target: v8::Local<'s, v8::Value>,
    cached_data: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let Some(context) = vm::context_or_current(scope, target) else {
        return undefined(scope);
    };
    let cached = vm::bytes_of(cached_data);
    let options = host_defined_options(scope, import_id);
    let origin = v8::ScriptOrigin::new(
        scope,
        url.into(),
        line_offset,
        column_offset,
        true,
        -1,
        None,
        false,
        false,
        true,
        options,
    );
    let (mut source, compile_options) = match &cached {
        Some(bytes) => (
            Source::new_with_cached_data(text, Some(&origin), CachedData::new(bytes)),
            CompileOptions::ConsumeCodeCache,
        ),
        None => (Source::new(text, Some(&origin)), CompileOptions::NoCompileOptions),
    };
    let module = {
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::script_compiler::compile_module2(scope, &mut source, compile_options, NoCacheReason::NoReason)
    };
    // Without a module an exception is pending.
    let Some(module) = module else {
        return undefined(scope);
    };
    if cached.is_some() && source.get_cached_data().is_none_or(|data| data.rejected()) {
        return v8::null(scope).into();
    }
    register(scope, module, host, None)
}

/// A module without text, in the context of `target`, or in the current one where that is not an object: `steps` is called once, when it is evaluated, and sets the exports.
#[op2(reentrant)]
pub fn op_runtime_esm_vm_synthetic<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    url: v8::Local<'s, v8::String>,
    names: v8::Local<'s, v8::Array>,
    steps: v8::Local<'s, v8::Function>,
    target: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let Some(context) = vm::context_or_current(scope, target) else {
        return undefined(scope);
    };
    let names: Vec<v8::Local<v8::String>> = (0..names.length())
        .filter_map(|at| v8::Local::<v8::String>::try_from(names.get_index(scope, at)?).ok())
        .collect();
    let module = {
        let scope = &mut v8::ContextScope::new(scope, context);
        v8::Module::create_synthetic_module(scope, url, &names, evaluate_synthetic)
    };
    let host = v8::null(scope).into();
    register(scope, module, host, Some(steps))
}

/// Instantiates the module and all that it is linked to in the context of `target`. A missing export is thrown as a SyntaxError.
#[op2(fast, reentrant)]
pub fn op_runtime_esm_vm_instantiate<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
    target: v8::Local<'s, v8::Value>,
) {
    let Some(context) = vm::context_or_current(scope, target) else {
        return;
    };
    let module = v8::Local::new(scope, &record.inner.module);
    let scope = &mut v8::ContextScope::new(scope, context);
    // Without a result an exception is pending.
    let _ = module.instantiate_module(scope, resolve_request);
}

/// Runs the module and what it imports in the context of `target`; returns V8's promise for its end. `timeout` in milliseconds, 0 for none.
/// `outcome[0]` says how it went: 0 by itself, 1 its time was up, 2 by SIGINT.
#[op2(reentrant)]
pub fn op_runtime_esm_vm_evaluate<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
    target: v8::Local<'s, v8::Value>,
    timeout: f64,
    break_on_sigint: bool,
    #[buffer] outcome: &mut [u32],
) -> v8::Local<'s, v8::Value> {
    let Some(context) = vm::context_or_current(scope, target) else {
        return undefined(scope);
    };
    let module = v8::Local::new(scope, &record.inner.module);
    let (promise, how) = {
        let scope = &mut v8::ContextScope::new(scope, context);
        vm::run_watched(scope, timeout, break_on_sigint, |scope| {
            let promise = module.evaluate(scope);
            vm::run_own_microtasks_of(scope, target);
            promise
        })
    };
    if let Some(place) = outcome.first_mut() {
        *place = how;
    }
    match promise {
        Some(promise) => promise,
        None => undefined(scope),
    }
}

/// The code cache of a module that has not been evaluated, as a Uint8Array.
#[op2]
pub fn op_runtime_esm_vm_cached_data<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] record: &ModuleRecord,
) -> v8::Local<'s, v8::Value> {
    let module = v8::Local::new(scope, &record.inner.module);
    let cache = module.get_unbound_module_script(scope).create_code_cache();
    rtjs_core::uint8_array(scope, cache.map(|cache| cache.to_vec()).unwrap_or_default())
}
