//! The one door from I/O into JavaScript.
//!
//! I/O lives in tasks on the current-thread tokio runtime. When one has something for JavaScript it posts a closure here; the
//! event loop runs all that are posted once per turn, in its poll phase (after timers, before immediates), with a V8 scope. The loop is alive
//! while a [`KeepAlive`] is held: that is the one count of referenced handles and requests.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;

use deno_core::{OpState, v8};

/// The scope in which posted closures run.
pub type Scope<'s, 'i> = v8::PinScope<'s, 'i>;

use crate::driven::DrivenFutures;
use crate::prepare::ClosingPhase;
use crate::readiness::{IoSource, LoopWaker, Ready, Registration, Sources};
use crate::timers::Timers;

type Task = Box<dyn FnOnce(&mut Scope<'_, '_>)>;

struct Inner {
    ready: RefCell<VecDeque<Task>>,
    closing: RefCell<Vec<Task>>,
    closing_phase: ClosingPhase,
    waker: Arc<LoopWaker>,
    io: Arc<Ready>,
    sources: RefCell<Sources>,
    driven: DrivenFutures,
    timers: Timers,
    /// Tokens that are active and referenced.
    held: Cell<usize>,
    tracker: deno_core::ExternalOpsTracker,
}

/// A handle to the event loop of one runtime. Cheap to clone; stays on its thread.
#[derive(Clone)]
pub struct EventLoop {
    inner: Rc<Inner>,
}

impl EventLoop {
    /// Takes the door of the runtime that `state` belongs to.
    ///
    /// # Panics
    /// When the runtime was built without [`EventLoop::install`].
    pub fn from_state(state: &OpState) -> EventLoop {
        state.borrow::<EventLoop>().clone()
    }

    /// The door of the runtime that `isolate` belongs to.
    pub fn from_isolate(isolate: &v8::Isolate) -> EventLoop {
        let state = deno_core::JsRuntime::op_state_from(isolate);
        let state = state.borrow();
        EventLoop::from_state(&state)
    }

    /// Puts a door into `runtime`'s state and hooks it into the loop's poll phase. Call once, before any script runs.
    pub fn install(runtime: &mut deno_core::JsRuntime) {
        let state = runtime.op_state();
        let door = {
            let state = state.borrow();
            let waker = Arc::new(LoopWaker::new(state.waker.clone()));
            EventLoop {
                inner: Rc::new(Inner {
                    ready: RefCell::new(VecDeque::new()),
                    closing: RefCell::default(),
                    closing_phase: ClosingPhase::default(),
                    io: Arc::new(Ready::new(waker.clone())),
                    sources: RefCell::default(),
                    driven: DrivenFutures::new(Ready::new(waker.clone())),
                    waker,
                    timers: Timers::default(),
                    held: Cell::new(0),
                    tracker: deno_core::ExternalOpsTracker::clone(&state.external_ops_tracker),
                }),
            }
        };
        state.borrow_mut().put(door.clone());
        crate::prepare::install(runtime, door);
        crate::late_errors::install(runtime);
    }

    /// Queues `task` for the next turn of the loop, which stays alive for it. Tasks run in the order in which they were posted.
    pub fn post(&self, task: impl FnOnce(&mut Scope<'_, '_>) + 'static) {
        let mut ready = self.inner.ready.borrow_mut();
        ready.push_back(Box::new(task));
        if ready.len() == 1 {
            self.inner.waker.wake_for_list();
        }
    }

    /// Queues `task` for the closing phase, which ends a turn of the loop: what has been closed says so there. It keeps the loop alive.
    pub fn post_closing(&self, task: impl FnOnce(&mut Scope<'_, '_>) + 'static) {
        let mut closing = self.inner.closing.borrow_mut();
        closing.push(Box::new(task));
        if closing.len() == 1 {
            self.inner.closing_phase.request();
            self.inner.waker.wake();
        }
    }

    pub(crate) fn timers(&self) -> &Timers {
        &self.inner.timers
    }

    pub(crate) fn closing_phase(&self) -> &ClosingPhase {
        &self.inner.closing_phase
    }

    /// Runs what has been closed up to now. What these tasks close waits for the next turn.
    pub(crate) fn run_closing(&self, scope: &mut Scope<'_, '_>) {
        // Taken before the loop: the tasks may close more.
        let tasks = std::mem::take(&mut *self.inner.closing.borrow_mut());
        for task in tasks {
            v8::scope!(let scope, scope);
            task(scope);
        }
    }

    /// Registers `source`: its registration's waker makes the loop call [`IoSource::on_ready`] in its next turn.
    pub fn register<S: IoSource + 'static>(&self, source: &Rc<S>) -> Registration {
        let weak: std::rc::Weak<S> = Rc::downgrade(source);
        let id = self.inner.sources.borrow_mut().insert(weak);
        Registration::new(id, self.inner.io.clone(), self.clone())
    }

    pub(crate) fn deregister(&self, id: usize) {
        self.inner.sources.borrow_mut().remove(id);
    }

    /// Runs a future on the loop's thread. It does not keep the loop alive: hold a [`KeepAlive`] for that.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) -> deno_core::unsync::JoinHandle<()> {
        deno_core::unsync::spawn(future)
    }

    /// Has the loop itself drive a future: what wakes it is followed by a poll in the next poll phase, or at the end of the turn in which JavaScript woke
    /// it. For what stands between descriptors and JavaScript; it does not keep the loop alive either.
    pub fn drive(&self, future: impl Future<Output = ()> + 'static) {
        self.inner.driven.add(future);
    }

    /// Polls the futures of [`EventLoop::drive`] that have been woken up to now.
    pub fn run_driven(&self) {
        self.inner.driven.run();
    }

    pub(crate) fn has_woken_driven(&self) -> bool {
        self.inner.driven.any_woken()
    }

    pub(crate) fn drop_driven(&self) {
        self.inner.driven.clear();
    }

    /// A referenced, inactive liveness token.
    pub fn keep_alive(&self) -> KeepAlive {
        KeepAlive {
            door: self.clone(),
            refed: Cell::new(true),
            active: Cell::new(false),
        }
    }

    /// Whether the loop will call [`EventLoop::wants_turn`] before it sleeps, so that what waits for its turn need not wake it. To be set back before that
    /// call.
    pub fn set_awake(&self, awake: bool) {
        self.inner.waker.set_awake(awake);
    }

    /// Wakes the loop so that it looks at its state again.
    pub fn wake(&self) {
        self.inner.waker.wake();
    }

    /// Runs what has been posted up to now. What these tasks post waits for the next turn.
    pub(crate) fn run_ready(&self, scope: &mut Scope<'_, '_>) {
        for id in self.inner.io.take() {
            let source = self.inner.sources.borrow().get(id);
            if let Some(source) = source {
                v8::scope!(let scope, scope);
                source.on_ready(scope);
            }
        }
        let mut batch = std::mem::take(&mut *self.inner.ready.borrow_mut());
        for task in batch.drain(..) {
            v8::scope!(let scope, scope);
            task(scope);
        }
        // Keep the allocation for the next turn when nothing came meanwhile.
        let mut ready = self.inner.ready.borrow_mut();
        if ready.is_empty() {
            *ready = batch;
        }
    }

    pub(crate) fn has_closing(&self) -> bool {
        !self.inner.closing.borrow().is_empty()
    }

    pub(crate) fn has_ready(&self) -> bool {
        !self.inner.ready.borrow().is_empty() || self.inner.io.any()
    }
}

/// One referenced handle or request: while it is both active and referenced, the loop stays alive.
///
/// Node's `ref()` and `unref()` are [`KeepAlive::set_ref`]; starting and stopping I/O is [`KeepAlive::set_active`].
pub struct KeepAlive {
    door: EventLoop,
    refed: Cell<bool>,
    active: Cell<bool>,
}

impl KeepAlive {
    /// Marks the handle as referenced or not.
    pub fn set_ref(&self, refed: bool) {
        self.update(refed, self.active.get());
    }

    /// Marks the handle as having something to wait for or not.
    pub fn set_active(&self, active: bool) {
        self.update(self.refed.get(), active);
    }

    /// Whether the handle is referenced.
    pub fn has_ref(&self) -> bool {
        self.refed.get()
    }

    /// Whether the handle has something to wait for.
    pub fn is_active(&self) -> bool {
        self.active.get()
    }

    fn update(&self, refed: bool, active: bool) {
        let before = self.refed.get() && self.active.get();
        let after = refed && active;
        self.refed.set(refed);
        self.active.set(active);
        let Inner { held, tracker, .. } = &*self.door.inner;
        match (before, after) {
            (false, true) => {
                held.set(held.get() + 1);
                tracker.ref_op();
            }
            (true, false) => {
                held.set(held.get() - 1);
                tracker.unref_op();
                if held.get() == 0 {
                    // It may have been what kept the loop alive.
                    self.door.wake();
                }
            }
            _ => {}
        }
    }
}

impl Drop for KeepAlive {
    fn drop(&mut self) {
        self.update(false, false);
    }
}
