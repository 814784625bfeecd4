//! A handle of the loop for built-ins that are JavaScript throughout: it calls a function in the loop's poll phase, and keeps the loop alive
//! as long as it is referenced.

use std::cell::Cell;
use std::rc::Rc;

use deno_core::{GarbageCollected, OpState, op2, v8};
use rtjs_core::{Callback, EventLoop, KeepAlive, invoke};

struct Inner {
    callback: Callback,
    receiver: v8::Global<v8::Object>,
    pending: Cell<bool>,
    closed: Cell<bool>,
}

/// Calls its function once for any number of [`LoopHandle::send`]s.
pub struct LoopHandle {
    inner: std::cell::RefCell<Option<Rc<Inner>>>,
    door: EventLoop,
    alive: KeepAlive,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for LoopHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"LoopHandle"
    }
}

#[op2]
impl LoopHandle {
    /// An unreferenced handle, which calls `callback` with `receiver` as `this`. It holds both until it is closed.
    #[constructor]
    #[cppgc]
    fn new(
        state: &mut OpState,
        #[scoped] callback: v8::Global<v8::Function>,
        #[scoped] receiver: v8::Global<v8::Object>,
    ) -> LoopHandle {
        let door = EventLoop::from_state(state);
        let alive = door.keep_alive();
        alive.set_ref(false);
        alive.set_active(true);
        LoopHandle {
            inner: std::cell::RefCell::new(Some(Rc::new(Inner {
                callback,
                receiver,
                pending: Cell::new(false),
                closed: Cell::new(false),
            }))),
            door,
            alive,
        }
    }

    /// Has the function called in the loop's next poll phase.
    #[fast]
    fn send(&self) {
        let Some(inner) = self.inner.borrow().clone() else {
            return;
        };
        if inner.pending.replace(true) {
            return;
        }
        self.door.post(move |scope| {
            inner.pending.set(false);
            if inner.closed.get() {
                return;
            }
            let callback = v8::Local::new(scope, &inner.callback);
            let receiver = v8::Local::new(scope, &inner.receiver);
            invoke(scope, callback.into(), receiver.into(), &[]);
        });
    }

    #[fast]
    fn set_ref(&self, referenced: bool) {
        self.alive.set_ref(referenced);
    }

    #[fast]
    fn has_ref(&self) -> bool {
        self.alive.has_ref() && self.alive.is_active()
    }

    /// The function is not called any more.
    #[fast]
    fn close(&self) {
        self.alive.set_active(false);
        if let Some(inner) = self.inner.take() {
            inner.closed.set(true);
        }
    }
}
