//! Hooks the door into deno_core's loop: a prepare handle, which runs after timers and right before the poll phase, a check handle for immediates, and
//! another prepare handle that is closed whenever something waits for the closing phase, the last of a turn.
//!
//! All `unsafe` of the door is here: the handles are C structs that the loop calls through function pointers.

use std::cell::Cell;

use deno_core::uv_compat::{
    UvLoop, uv_check_init, uv_check_start, uv_check_t, uv_close, uv_handle_t, uv_prepare_init, uv_prepare_start,
    uv_prepare_t, uv_unref,
};
use deno_core::v8;

use crate::EventLoop;

struct Hook {
    // First, so that a pointer to the handle is a pointer to the hook.
    handle: uv_prepare_t,
    closer: uv_prepare_t,
    check: uv_check_t,
    door: EventLoop,
    isolate: v8::UnsafeRawIsolatePtr,
    context: v8::Global<v8::Context>,
}

/// Owns the hook for as long as the runtime's state lives.
struct HookOwner(*mut Hook);

impl Drop for HookOwner {
    fn drop(&mut self) {
        // SAFETY: the pointer came from Box::into_raw and is dropped once. The loop no longer runs: its owner is being torn down.
        let hook = unsafe { Box::from_raw(self.0) };
        hook.door.closing_phase().hook.set(None);
        // They know the door, and it knows them.
        hook.door.drop_driven();
    }
}

/// What the door needs to have its closing tasks run.
#[derive(Default)]
pub(crate) struct ClosingPhase {
    hook: Cell<Option<*mut Hook>>,
}

impl ClosingPhase {
    /// Has the next closing phase call back.
    pub(crate) fn request(&self) {
        let Some(hook) = self.hook.get() else { return };
        // SAFETY: the hook lives until its owner, which clears this cell, is dropped. The handle is never started, so it may be initialised and
        // closed again and again; the loop keeps nothing of it but its place in the queue of closing handles.
        unsafe {
            let closer = &raw mut (*hook).closer;
            uv_prepare_init((*hook).handle.loop_, closer);
            (*closer).data = hook.cast();
            uv_close(closer.cast::<uv_handle_t>(), Some(on_close));
        }
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
        // SAFETY: as above; it is filled before each use.
        closer: unsafe { std::mem::zeroed() },
        // SAFETY: as above.
        check: unsafe { std::mem::zeroed() },
        door: door.clone(),
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
        let check: *mut uv_check_t = &raw mut (*hook).check;
        uv_check_init(uv_loop, check);
        (*check).data = hook.cast();
        uv_check_start(check, on_check);
        uv_unref(check.cast::<uv_handle_t>());
    }
    door.closing_phase().hook.set(Some(hook));
    state.put(HookOwner(hook));
}

unsafe extern "C" fn on_prepare(handle: *mut uv_prepare_t) {
    // SAFETY: `handle` is the first field of the Hook that `install` made; the loop calls this on its own thread.
    let hook = unsafe { &*handle.cast::<Hook>() };
    hook.door.run_driven();
    if hook.door.has_ready() {
        enter(hook, EventLoop::run_ready);
    }
}

unsafe extern "C" fn on_check(handle: *mut uv_check_t) {
    // SAFETY: `data` is the Hook that `install` put there; the loop calls this on its own thread.
    let hook = unsafe { &*(*handle).data.cast::<Hook>() };
    if hook.door.has_immediates() {
        enter(hook, EventLoop::run_immediates);
    }
}

unsafe extern "C" fn on_close(handle: *mut uv_handle_t) {
    // SAFETY: `data` is the Hook that ClosingPhase::request put there; the loop calls this on its own thread.
    let hook = unsafe { &*(*handle).data.cast::<Hook>() };
    enter(hook, EventLoop::run_closing);
}

fn enter(hook: &Hook, run: impl FnOnce(&EventLoop, &mut crate::Scope<'_, '_>)) {
    // SAFETY: the isolate is entered by the loop that is calling; a nested handle scope on it is sound.
    let mut isolate = unsafe { v8::Isolate::from_raw_isolate_ptr(hook.isolate) };
    v8::scope!(let scope, &mut isolate);
    let context = v8::Local::new(scope, &hook.context);
    let scope = &mut v8::ContextScope::new(scope, context);
    run(&hook.door, scope);
}
