//! Compiled scripts, which run in any context.

use std::cell::Cell;

use deno_core::{GarbageCollected, op2, v8};

use super::compile::{self, Origin};
use super::decorate::{Offsets, decorate};

/// A script that is bound to no context.
pub struct VmScript {
    script: v8::Global<v8::UnboundScript>,
    rejected: Option<bool>,
    offsets: Offsets,
    outcome: Cell<u32>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for VmScript {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"VmScript"
    }
}

/// Compiles a script. `cached_data`: bytes of [`VmScript::cached_data`], or anything else for none. `import_id`: whom `import()` asks, 0 for
/// the main loader. A syntax error is thrown, with the place in its stack.
#[op2(reentrant)]
#[allow(clippy::too_many_arguments, reason = "one for each option of vm.Script")]
pub fn op_os_vm_script_compile<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::String>,
    filename: v8::Local<'s, v8::String>,
    line_offset: i32,
    column_offset: i32,
    cached_data: v8::Local<'s, v8::Value>,
    import_id: u32,
    display_errors: bool,
) -> v8::Local<'s, v8::Value> {
    let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
    let offsets = Offsets {
        line: line_offset,
        column: column_offset,
    };
    let origin = Origin {
        filename,
        line_offset,
        column_offset,
        import_id,
    };
    let cached = compile::bytes_of(cached_data);
    let (mut source, options) = compile::source_of(scope, source, &origin, cached.as_deref());
    v8::tc_scope!(let scope, scope);
    let script = v8::script_compiler::compile_unbound_script(
        scope,
        &mut source,
        options,
        v8::script_compiler::NoCacheReason::NoReason,
    );
    let Some(script) = script else {
        if display_errors && let (Some(exception), Some(message)) = (scope.exception(), scope.message()) {
            decorate(scope, exception, message, offsets);
        }
        scope.rethrow();
        return undefined;
    };
    let rejected = cached
        .is_some()
        .then(|| source.get_cached_data().is_none_or(|data| data.rejected()));
    let script = VmScript {
        script: v8::Global::new(scope, script),
        rejected,
        offsets,
        outcome: Cell::new(0),
    };
    deno_core::cppgc::make_cppgc_object(scope, script).into()
}

/// Runs the script in the context of `target`, a sandbox or global object, or in the current one where that is not an object. `timeout` in
/// milliseconds, 0 for none. What it throws is thrown on; see [`op_os_vm_script_outcome`] for a run that was cut off.
#[op2(reentrant)]
pub fn op_os_vm_script_run<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] this: &VmScript,
    target: v8::Local<'s, v8::Value>,
    timeout: f64,
    display_errors: bool,
    break_on_sigint: bool,
) -> v8::Local<'s, v8::Value> {
    let undefined: v8::Local<v8::Value> = v8::undefined(scope).into();
    let Some(context) = super::context_or_current(scope, target) else {
        return undefined;
    };
    let unbound = v8::Local::new(scope, &this.script);
    let scope = &mut v8::ContextScope::new(scope, context);
    v8::tc_scope!(let scope, scope);
    let (result, outcome) = super::run_watched(scope, timeout, break_on_sigint, |scope| {
        let result = unbound.bind_to_current_context(scope).run(scope)?;
        super::run_own_microtasks_of(scope, target);
        Some(result)
    });
    this.outcome.set(outcome);
    if outcome != 0 {
        scope.reset();
        return undefined;
    }
    if scope.has_caught() {
        if display_errors
            && !scope.has_terminated()
            && let (Some(exception), Some(message)) = (scope.exception(), scope.message())
        {
            decorate(scope, exception, message, this.offsets);
        }
        scope.rethrow();
        return undefined;
    }
    result.unwrap_or(undefined)
}

/// How the last run ended: 0 by itself, 1 its time was up, 2 by SIGINT.
#[op2(fast)]
pub fn op_os_vm_script_outcome(#[cppgc] this: &VmScript) -> u32 {
    this.outcome.get()
}

/// Whether V8 had no use for the cached data that the script was compiled with; undefined without any.
#[op2]
pub fn op_os_vm_script_rejected<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] this: &VmScript,
) -> v8::Local<'s, v8::Value> {
    match this.rejected {
        Some(rejected) => v8::Boolean::new(scope, rejected).into(),
        None => v8::undefined(scope).into(),
    }
}

/// The code cache of what has been compiled up to now, as a Uint8Array.
#[op2]
pub fn op_os_vm_script_cached_data<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] this: &VmScript,
) -> v8::Local<'s, v8::Value> {
    let cache = v8::Local::new(scope, &this.script).create_code_cache();
    rtjs_core::uint8_array(scope, cache.map(|cache| cache.to_vec()).unwrap_or_default())
}

/// What the script's `//# sourceMappingURL=` comment says, or undefined.
#[op2]
pub fn op_os_vm_script_source_map_url<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] this: &VmScript,
) -> v8::Local<'s, v8::Value> {
    let script = v8::Local::new(scope, &this.script);
    script.get_source_mapping_url(scope)
}
