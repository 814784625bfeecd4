//! Hooks the door into deno_core's loop: a prepare handle, which runs after timers and right before the poll phase.
//!
//! All `unsafe` of the door is here: the handle is a C struct that the loop calls through a function pointer.

use deno_core::uv_compat::{UvLoop, uv_handle_t, uv_prepare_init, uv_prepare_start, uv_prepare_t, uv_unref};
use deno_core::v8;

use crate::EventLoop;

struct Hook {
    // First, so that a pointer to the handle is a pointer to the hook.
    handle: uv_prepare_t,
    door: EventLoop,
    isolate: v8::UnsafeRawIsolatePtr,
    context: v8::Global<v8::Context>,
}

/// Owns the hook for as long as the runtime's state lives.
struct HookOwner(*mut Hook);

impl Drop for HookOwner {
    fn drop(&mut self) {
        // SAFETY: the pointer came from Box::into_raw and is dropped once. The loop no longer runs: its owner is being torn down.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

pub(crate) fn install(runtime: &mut deno_core::JsRuntime, door: EventLoop) {
    let context = runtime.main_context();
    // SAFETY: the pointer is used only while the runtime that owns the isolate runs its loop.
    let isolate = unsafe { runtime.v8_isolate().as_raw_isolate_ptr() };
    let state = runtime.op_state();
    let mut state = state.borrow_mut();
    let uv_loop: *mut UvLoop = &mut **state.borrow_mut::<Box<UvLoop>>();
    let hook = Box::into_raw(Box::new(Hook {
        // SAFETY: all-zero bytes are valid for this plain C struct; uv_prepare_init fills it.
        handle: unsafe { std::mem::zeroed() },
        door,
        isolate,
        context,
    }));
    // SAFETY: loop and handle are valid, and both outlive the loop's turns: the hook is owned by the runtime's state, as is the loop.
    unsafe {
        let handle: *mut uv_prepare_t = &raw mut (*hook).handle;
        uv_prepare_init(uv_loop, handle);
        uv_prepare_start(handle, on_prepare);
        // Liveness is counted by KeepAlive, not by this handle.
        uv_unref(handle.cast::<uv_handle_t>());
    }
    state.put(HookOwner(hook));
}

unsafe extern "C" fn on_prepare(handle: *mut uv_prepare_t) {
    // SAFETY: `handle` is the first field of the Hook that `install` made; the loop calls this on its own thread.
    let hook = unsafe { &*handle.cast::<Hook>() };
    if !hook.door.has_ready() {
        return;
    }
    // SAFETY: the isolate is entered by the loop that is calling; a nested handle scope on it is sound.
    let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(hook.isolate) };
    v8::scope!(let scope, &mut isolate);
    let context = v8::Local::new(scope, &hook.context);
    let scope = &mut v8::ContextScope::new(scope, context);
    hook.door.run_ready(scope);
}
