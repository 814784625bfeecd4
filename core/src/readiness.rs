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

/// Wakes the loop where it sleeps, or may be about to.
pub(crate) struct LoopWaker {
    waker: Arc<AtomicWaker>,
    /// It looks at its lists before it sleeps: what is on them need not wake it.
    awake: AtomicBool,
}

impl LoopWaker {
    pub(crate) fn new(waker: Arc<AtomicWaker>) -> LoopWaker {
        LoopWaker {
            waker,
            awake: AtomicBool::new(false),
        }
    }

    /// After this the loop looks at its lists once more.
    pub(crate) fn set_awake(&self, awake: bool) {
        // In one order with the lists' flags: whoever puts something on a list sees this, or the loop sees that.
        self.awake.store(awake, Ordering::SeqCst);
    }

    /// Something is on a list.
    pub(crate) fn wake_for_list(&self) {
        if !self.awake.load(Ordering::SeqCst) {
            self.waker.wake();
        }
    }

    /// The loop is to turn once more in any case.
    pub(crate) fn wake(&self) {
        self.waker.wake();
    }
}

/// The ids of ready sources, and the loop's own waker.
pub(crate) struct Ready {
    ids: Mutex<Vec<usize>>,
    any: AtomicBool,
    waker: Arc<LoopWaker>,
}

impl Ready {
    pub(crate) fn new(waker: Arc<LoopWaker>) -> Ready {
        Ready {
            ids: Mutex::new(Vec::new()),
            any: AtomicBool::new(false),
            waker,
        }
    }

    pub(crate) fn any(&self) -> bool {
        self.any.load(Ordering::SeqCst)
    }

    /// The ready ids in order of readiness; the list is empty afterwards.
    pub(crate) fn take(&self) -> Vec<usize> {
        if !self.any.swap(false, Ordering::AcqRel) {
            return Vec::new();
        }
        let mut ids = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::take(&mut *ids)
    }

    /// The same, in turn for an empty list.
    pub(crate) fn take_into(&self, empty: &mut Vec<usize>) {
        if self.any.swap(false, Ordering::AcqRel) {
            let mut ids = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            std::mem::swap(&mut *ids, empty);
        }
    }

    fn push(&self, id: usize) {
        self.ids
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(id);
        if !self.any.swap(true, Ordering::SeqCst) {
            self.waker.wake_for_list();
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

/// A waker that puts an id on a list, once for each time that [`ListWaker::begin`] was called.
pub(crate) struct ListWaker {
    waker: Arc<IoWaker>,
    as_waker: Waker,
}

impl ListWaker {
    pub(crate) fn new(id: usize, ready: Arc<Ready>) -> ListWaker {
        let waker = Arc::new(IoWaker {
            id,
            queued: AtomicBool::new(false),
            ready,
        });
        ListWaker {
            as_waker: Waker::from(waker.clone()),
            waker,
        }
    }

    pub(crate) fn wake(&self) {
        self.as_waker.wake_by_ref();
    }

    /// From here on a wake-up puts the id on the list again.
    pub(crate) fn begin(&self) -> Waker {
        self.waker.queued.store(false, Ordering::Release);
        self.as_waker.clone()
    }
}

/// A source's place on the loop's list; dropping it gives the place back.
pub struct Registration {
    waker: ListWaker,
    door: EventLoop,
}

impl Registration {
    pub(crate) fn new(id: usize, ready: Arc<Ready>, door: EventLoop) -> Registration {
        Registration {
            waker: ListWaker::new(id, ready),
            door,
        }
    }

    /// The waker to poll the descriptor with.
    pub fn waker(&self) -> &Waker {
        &self.waker.as_waker
    }

    /// Makes the loop call the source in its next turn.
    pub fn wake(&self) {
        self.waker.wake();
    }

    /// To be called first in [`IoSource::on_ready`]: from here on a wake-up queues the source again. The waker to poll the descriptor with.
    pub fn begin(&self) -> Waker {
        self.waker.begin()
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.door.deregister(self.waker.waker.id);
    }
}
