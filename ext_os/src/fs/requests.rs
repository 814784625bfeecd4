//! Work that a callback waits for: off to the pool, back through the loop's door, with one number to find the callback by.
//!
//! JavaScript keeps the callbacks (js/internal/fs/requests.js): a request costs no V8 handle here.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::Waker;

use deno_core::{JsRuntime, OpState, op2, v8};
use rtjs_core::{Callback, EventLoop, IoSource, KeepAlive, Registration, Scope, invoke};

use super::outcome::Outcome;
use crate::pool;

/// The number that stands for "at once, on this thread" instead of a request.
pub(crate) const SYNC: u32 = 0;

/// The arrays that `Stats` are read from: numbers, and 64-bit integers for bigints.
pub struct StatArrays {
    numbers: v8::Global<v8::Value>,
    bigints: v8::Global<v8::Value>,
}

impl StatArrays {
    pub(crate) fn local<'s>(&self, scope: &mut v8::PinScope<'s, '_>, bigint: bool) -> v8::Local<'s, v8::Value> {
        let array = if bigint { &self.bigints } else { &self.numbers };
        v8::Local::new(scope, array)
    }
}

/// What the pool's threads have finished, and the way to say so.
#[derive(Default)]
struct Finished {
    list: Mutex<Vec<(u32, Outcome)>>,
    waker: OnceLock<Waker>,
}

impl Finished {
    fn push(&self, request: u32, outcome: Outcome) {
        self.list
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((request, outcome));
        if let Some(waker) = self.waker.get() {
            waker.wake_by_ref();
        }
    }
}

/// The requests of one runtime.
struct Requests {
    finished: Arc<Finished>,
    registration: OnceCell<Registration>,
    pending: Cell<usize>,
    keep_alive: KeepAlive,
    complete: Callback,
    arrays: StatArrays,
}

impl IoSource for Requests {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        if let Some(registration) = self.registration.get() {
            registration.begin();
        }
        let finished = {
            let mut list = self.finished.list.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *list)
        };
        for (request, outcome) in finished {
            self.pending.set(self.pending.get() - 1);
            if self.pending.get() == 0 {
                self.keep_alive.set_active(false);
            }
            v8::scope!(let scope, scope);
            let value = outcome.into_v8(scope, Some(&self.arrays));
            let request = v8::Integer::new_from_unsigned(scope, request).into();
            let complete = v8::Local::new(scope, &self.complete);
            let undefined = v8::undefined(scope).into();
            invoke(scope, complete.into(), undefined, &[request, value]);
        }
    }
}

/// Sets the function `(request, value)` that hears of every finished request, and the arrays for `Stats`. To be called before the first request.
#[op2]
pub fn op_fs_requests_set(
    state: &mut OpState,
    #[scoped] complete: v8::Global<v8::Function>,
    #[scoped] numbers: v8::Global<v8::Value>,
    #[scoped] bigints: v8::Global<v8::Value>,
) {
    let door = EventLoop::from_state(state);
    let requests = Rc::new(Requests {
        finished: Arc::default(),
        registration: OnceCell::new(),
        pending: Cell::new(0),
        keep_alive: door.keep_alive(),
        complete,
        arrays: StatArrays { numbers, bigints },
    });
    let registration = door.register(&requests);
    let _ = requests.finished.waker.set(registration.waker().clone());
    let _ = requests.registration.set(registration);
    state.put(requests);
}

/// Has `work` done by the pool, and its outcome told to JavaScript as that of `request`.
fn submit(isolate: &v8::Isolate, request: u32, work: impl FnOnce() -> Outcome + Send + 'static) {
    let state = JsRuntime::op_state_from(isolate);
    let state = state.borrow();
    let Some(requests) = state.try_borrow::<Rc<Requests>>() else {
        // JavaScript sets the function first; without it nobody would hear of the outcome.
        return;
    };
    requests.pending.set(requests.pending.get() + 1);
    requests.keep_alive.set_active(true);
    let finished = requests.finished.clone();
    pool::submit(move || finished.push(request, work()));
}

/// Does `work` now and returns its status, or has it done as `request`.
pub(crate) fn status(isolate: &v8::Isolate, request: u32, work: impl FnOnce() -> i32 + Send + 'static) -> i32 {
    if request == SYNC {
        return work();
    }
    submit(isolate, request, move || Outcome::Status(work()));
    0
}

/// Does `work` now and returns what it finds out, or has it done as `request`.
pub(crate) fn value<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    request: u32,
    work: impl FnOnce() -> Outcome + Send + 'static,
) -> v8::Local<'s, v8::Value> {
    if request == SYNC {
        return work().into_v8(scope, None);
    }
    submit(scope, request, work);
    v8::undefined(scope).into()
}

/// Has `work` done as `request`.
pub(crate) fn later(isolate: &v8::Isolate, request: u32, work: impl FnOnce() -> Outcome + Send + 'static) {
    submit(isolate, request, work);
}
