//! Making contexts, and finding the context of a sandbox.
//!
//! A sandbox and its context know each other: the context keeps the sandbox in its embedder data, the sandbox keeps the context's global
//! object in a private property. So both live as long as either is in use, and nothing else has to.

use std::ffi::c_void;

use deno_core::{CONTEXT_STATE_SLOT_INDEX, GarbageCollected, JsRuntime, MODULE_MAP_SLOT_INDEX, op2, v8};

use super::global;

/// Where a context keeps its sandbox. deno_core has the slots below.
const SANDBOX_SLOT: i32 = MODULE_MAP_SLOT_INDEX + 1;
/// Where a context says whether it may compile WebAssembly.
const WASM_SLOT: i32 = MODULE_MAP_SLOT_INDEX + 2;

/// The template of global objects that have a sandbox; made once for each runtime.
struct SandboxTemplate(v8::Global<v8::ObjectTemplate>);

/// A queue of microtasks that belongs to one context; it lives as long as the context's sandbox.
struct OwnQueue {
    queue: v8::UniqueRef<v8::MicrotaskQueue>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for OwnQueue {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"MicrotaskQueue"
    }
}

/// What a context is to be like.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Flag {
    Strings = 1,
    Wasm = 2,
    OwnQueue = 4,
}

fn private<'s>(scope: &mut v8::PinScope<'s, '_>, name: &str) -> v8::Local<'s, v8::Private> {
    let name = v8::String::new(scope, name).expect("a short string");
    v8::Private::for_api(scope, Some(name))
}

/// Makes a context whose global object is backed by `sandbox`, or an ordinary one where that is not an object. `flags`: 1 allows code
/// from strings, 2 allows WebAssembly, 4 gives the context a microtask queue of its own. Returns its global object.
#[op2]
pub fn op_os_vm_context_make<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    sandbox: v8::Local<'s, v8::Value>,
    flags: u32,
) -> v8::Local<'s, v8::Object> {
    let has = |flag: Flag| flags & flag as u32 != 0;
    let sandbox = v8::Local::<v8::Object>::try_from(sandbox).ok();
    let main = scope.get_current_context();
    let global_template = sandbox.map(|_| sandbox_template(scope));
    let mut queue = has(Flag::OwnQueue).then(|| v8::MicrotaskQueue::new(scope, v8::MicrotasksPolicy::Explicit));
    let context = v8::Context::new(
        scope,
        v8::ContextOptions {
            global_template,
            global_object: None,
            microtask_queue: queue.as_mut().map(|queue| &raw mut **queue),
        },
    );
    adopt(scope, context, main);
    let global = context.global(scope);
    let keeper = sandbox.unwrap_or(global);
    if let Some(sandbox) = sandbox {
        context.set_embedder_data(SANDBOX_SLOT, sandbox.into());
    }
    let key = private(scope, "rtjs:vmGlobal");
    keeper.set_private(scope, key, global.into());
    if let Some(queue) = queue {
        let holder = deno_core::cppgc::make_cppgc_object(scope, OwnQueue { queue });
        let key = private(scope, "rtjs:vmQueue");
        keeper.set_private(scope, key, holder.into());
    }
    context.set_allow_generation_from_strings(has(Flag::Strings));
    if !has(Flag::Wasm) {
        let refuses = v8::Boolean::new(scope, true).into();
        if sandbox.is_none() {
            context.set_embedder_data(SANDBOX_SLOT, refuses);
        }
        context.set_embedder_data(WASM_SLOT, refuses);
        scope.set_allow_wasm_code_generation_callback(may_compile_wasm);
    }
    global
}

/// Gives `context` what deno_core looks for in every context, and lets it and `main` use each other's objects.
fn adopt(scope: &mut v8::PinScope<'_, '_>, context: v8::Local<v8::Context>, main: v8::Local<v8::Context>) {
    for slot in [CONTEXT_STATE_SLOT_INDEX, MODULE_MAP_SLOT_INDEX] {
        let pointer: *mut c_void = main.get_aligned_pointer_from_embedder_data(slot);
        // SAFETY: the pointer is the main context's own, which the runtime keeps valid for as long as JavaScript of this isolate runs.
        unsafe { context.set_aligned_pointer_in_embedder_data(slot, pointer) };
    }
    let token = main.get_security_token(scope);
    context.set_security_token(token);
}

unsafe extern "C" fn may_compile_wasm(context: v8::Local<v8::Context>, _source: v8::Local<v8::String>) -> bool {
    v8::callback_scope!(unsafe scope, context);
    // Only contexts of this module have the slot; V8 asks about all.
    let global = context.global(scope);
    let key = private(scope, "rtjs:vmGlobal");
    let keeper = sandbox_of(scope, context).unwrap_or(global);
    if !keeper.has_private(scope, key).unwrap_or(false) {
        return true;
    }
    let refuses = context.get_embedder_data(scope, WASM_SLOT);
    !refuses.is_some_and(|refuses| refuses.is_true())
}

fn sandbox_template<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::ObjectTemplate> {
    let state = JsRuntime::op_state_from(scope);
    if let Some(template) = state.borrow().try_borrow::<SandboxTemplate>() {
        return v8::Local::new(scope, &template.0);
    }
    let template = global::template(scope);
    let kept = SandboxTemplate(v8::Global::new(scope, template));
    state.borrow_mut().put(kept);
    template
}

/// The sandbox of a context that was made with one.
pub(super) fn sandbox_of<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    context: v8::Local<'s, v8::Context>,
) -> Option<v8::Local<'s, v8::Object>> {
    let value = context.get_embedder_data(scope, SANDBOX_SLOT)?;
    v8::Local::<v8::Object>::try_from(value).ok()
}

/// The context that `object` is the sandbox or the global object of.
pub(super) fn context_of<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    object: v8::Local<'s, v8::Object>,
) -> Option<v8::Local<'s, v8::Context>> {
    let key = private(scope, "rtjs:vmGlobal");
    let global = object.get_private(scope, key)?;
    v8::Local::<v8::Object>::try_from(global)
        .ok()?
        .get_creation_context(scope)
}

/// Runs the microtasks of the context of `object`, where it has a queue of its own.
pub(super) fn run_own_microtasks<'s>(scope: &mut v8::PinScope<'s, '_>, object: v8::Local<'s, v8::Object>) {
    let key = private(scope, "rtjs:vmQueue");
    let Some(holder) = object.get_private(scope, key) else {
        return;
    };
    let Some(own) = deno_core::cppgc::try_unwrap_cppgc_object::<OwnQueue>(scope, holder) else {
        return;
    };
    let queue: *const v8::MicrotaskQueue = &raw const *own.queue;
    // SAFETY: `object` keeps the queue, and is on the stack.
    unsafe { (*queue).perform_checkpoint(scope) };
}

/// Whether `object` is a sandbox, or the global object of a context without one.
#[op2(fast)]
pub fn op_os_vm_context_is<'s>(scope: &mut v8::PinScope<'s, '_>, object: v8::Local<'s, v8::Object>) -> bool {
    let key = private(scope, "rtjs:vmGlobal");
    object.has_private(scope, key).unwrap_or(false)
}
