//! Descriptors that become ready: wakers that put their source on the loop's list, without a task or an allocation per event.
//!
//! A source polls its descriptor with the registration's waker as context. When the I/O driver finds the descriptor ready it calls
//! that waker, and the next turn of the loop calls the source inside V8.

use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};

use deno_core::futures::task::AtomicWaker;

use crate::{EventLoop, Scope};

/// Something with a descriptor that the loop tells when it is ready.
pub trait IoSource {
    /// The descriptor may be readable or writable: try, and poll again with the registration's waker for what would block.
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>);
}

/// The ids of ready sources, and the loop's own waker.
pub(crate) struct Ready {
    ids: Mutex<Vec<usize>>,
    any: AtomicBool,
    waker: Arc<AtomicWaker>,
}

impl Ready {
    pub(crate) fn new(waker: Arc<AtomicWaker>) -> Ready {
        Ready {
            ids: Mutex::new(Vec::new()),
            any: AtomicBool::new(false),
            waker,
        }
    }

    pub(crate) fn wake_loop(&self) {
        self.waker.wake();
    }

    pub(crate) fn any(&self) -> bool {
        self.any.load(Ordering::Acquire)
    }

    /// The ready ids in order of readiness; the list is empty afterwards.
    pub(crate) fn take(&self) -> Vec<usize> {
        if !self.any.swap(false, Ordering::AcqRel) {
            return Vec::new();
        }
        let mut ids = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *ids)
    }

    fn push(&self, id: usize) {
        self.ids
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(id);
        if !self.any.swap(true, Ordering::AcqRel) {
            self.waker.wake();
        }
    }
}

/// The registered sources by id.
#[derive(Default)]
pub(crate) struct Sources {
    slots: Vec<Option<Weak<dyn IoSource>>>,
    free: Vec<usize>,
}

impl Sources {
    pub(crate) fn insert(&mut self, source: Weak<dyn IoSource>) -> usize {
        if let Some(id) = self.free.pop() {
            self.slots[id] = Some(source);
            return id;
        }
        self.slots.push(Some(source));
        self.slots.len() - 1
    }

    pub(crate) fn remove(&mut self, id: usize) {
        self.slots[id] = None;
        self.free.push(id);
    }

    /// The source, if it is still there. A stale id may name a newer source: a needless `on_ready` is harmless.
    pub(crate) fn get(&self, id: usize) -> Option<Rc<dyn IoSource>> {
        self.slots.get(id)?.as_ref()?.upgrade()
    }
}

struct IoWaker {
    id: usize,
    queued: AtomicBool,
    ready: Arc<Ready>,
}

impl Wake for IoWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.queued.swap(true, Ordering::AcqRel) {
            self.ready.push(self.id);
        }
    }
}

/// A source's place on the loop's list; dropping it gives the place back.
pub struct Registration {
    waker: Arc<IoWaker>,
    as_waker: Waker,
    door: EventLoop,
}

impl Registration {
    pub(crate) fn new(id: usize, ready: Arc<Ready>, door: EventLoop) -> Registration {
        let waker = Arc::new(IoWaker {
            id,
            queued: AtomicBool::new(false),
            ready,
        });
        Registration {
            as_waker: Waker::from(waker.clone()),
            waker,
            door,
        }
    }

    /// The waker to poll the descriptor with.
    pub fn waker(&self) -> &Waker {
        &self.as_waker
    }

    /// Makes the loop call the source in its next turn.
    pub fn wake(&self) {
        self.as_waker.wake_by_ref();
    }

    /// To be called first in [`IoSource::on_ready`]: from here on a wake-up queues the source again. The waker to poll the descriptor with.
    pub fn begin(&self) -> Waker {
        self.waker.queued.store(false, Ordering::Release);
        self.as_waker.clone()
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.door.deregister(self.waker.id);
    }
}
