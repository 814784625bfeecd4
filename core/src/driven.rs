//! Futures that the loop itself drives: at the start of its poll phase, and once more at the end of a turn. What comes for one of them is thus in
//! JavaScript's hands, and what JavaScript answers is on its way, before the loop asks the system for more; a task of tokio's waits for a look at all
//! descriptors in between.

use std::cell::RefCell;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::readiness::{ListWaker, Ready};

type Driven = Pin<Box<dyn Future<Output = ()>>>;

struct Slot {
    waker: ListWaker,
    /// None while it is being polled, and when nobody has the slot.
    future: Option<Driven>,
}

/// The futures of one loop, by slot.
pub(crate) struct DrivenFutures {
    slots: RefCell<Vec<Slot>>,
    free: RefCell<Vec<usize>>,
    woken: Arc<Ready>,
    /// An empty list for the next round.
    spare: RefCell<Vec<usize>>,
}

impl DrivenFutures {
    /// The `woken` list is theirs alone.
    pub(crate) fn new(woken: Ready) -> DrivenFutures {
        DrivenFutures {
            slots: RefCell::default(),
            free: RefCell::default(),
            woken: Arc::new(woken),
            spare: RefCell::default(),
        }
    }

    pub(crate) fn add(&self, future: impl Future<Output = ()> + 'static) {
        // Each of them bounds itself; the loop's turn as a whole must not end in the middle because tokio thinks that it has had enough.
        let future: Driven = Box::pin(tokio::task::unconstrained(future));
        let mut slots = self.slots.borrow_mut();
        let id = self.free.borrow_mut().pop().unwrap_or(slots.len());
        let slot = Slot {
            waker: ListWaker::new(id, self.woken.clone()),
            future: Some(future),
        };
        slot.waker.wake();
        if id == slots.len() {
            slots.push(slot);
        } else {
            slots[id] = slot;
        }
    }

    pub(crate) fn any_woken(&self) -> bool {
        self.woken.any()
    }

    /// Polls those that have been woken up to now.
    pub(crate) fn run(&self) {
        if !self.woken.any() {
            return;
        }
        let mut ids = self.spare.take();
        self.woken.take_into(&mut ids);
        for id in ids.drain(..) {
            self.poll(id);
        }
        *self.spare.borrow_mut() = ids;
    }

    fn poll(&self, id: usize) {
        let (waker, mut future) = {
            let slot = &mut self.slots.borrow_mut()[id];
            // A waker of the slot's former owner may have put it on the list: it is polled in vain, or not there.
            let Some(future) = slot.future.take() else { return };
            (slot.waker.begin(), future)
        };
        let mut cx = Context::from_waker(&waker);
        // Its fault is not the others': they are somebody else's connections.
        let poll = std::panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut cx)));
        if let Ok(Poll::Pending) = poll {
            self.slots.borrow_mut()[id].future = Some(future);
        } else {
            self.free.borrow_mut().push(id);
            drop(future);
        }
    }

    /// Drops them all: the loop has ended.
    pub(crate) fn clear(&self) {
        let slots = self.slots.take();
        self.free.borrow_mut().clear();
        drop(slots);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use super::*;
    use crate::readiness::LoopWaker;

    fn futures() -> DrivenFutures {
        DrivenFutures::new(Ready::new(Arc::new(LoopWaker::new(Arc::default()))))
    }

    #[test]
    fn a_future_is_polled_when_it_was_woken_and_dropped_when_it_is_done() {
        let futures = futures();
        let polls = Rc::new(Cell::new(0));
        let counted = polls.clone();
        futures.add(std::future::poll_fn(move |cx| {
            counted.set(counted.get() + 1);
            cx.waker().wake_by_ref();
            if counted.get() < 3 {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        }));
        for expected in [1, 2, 3] {
            assert!(futures.any_woken());
            futures.run();
            assert_eq!(polls.get(), expected);
        }
        // The last one woke itself, too.
        futures.run();
        assert_eq!((polls.get(), Rc::strong_count(&polls)), (3, 1));
    }

    #[test]
    fn a_slot_is_used_again() {
        let futures = futures();
        futures.add(async {});
        futures.run();
        let done = Rc::new(Cell::new(false));
        let flag = done.clone();
        futures.add(async move { flag.set(true) });
        assert_eq!(futures.slots.borrow().len(), 1);
        futures.run();
        assert!(done.get());
    }

    #[test]
    fn a_panic_is_one_futures_own() {
        let futures = futures();
        let done = Rc::new(Cell::new(false));
        let flag = done.clone();
        futures.add(async { panic!("told to") });
        futures.add(async move { flag.set(true) });
        futures.run();
        assert!(done.get());
        assert_eq!(futures.free.borrow().len(), 2);
    }
}
