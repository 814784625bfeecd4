//! Sessions that clients of this process may resume. rustls keeps what is in them to itself, so that what JavaScript gets for a session is a
//! number under which it is kept here: good in this process only.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use ring::rand::{SecureRandom, SystemRandom};

use crate::slot::Session;

/// The oldest go when there are more.
const CAPACITY: usize = 1024;

#[derive(Default)]
struct Kept {
    by_id: HashMap<Vec<u8>, Rc<Session>>,
    order: VecDeque<Vec<u8>>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// A number that no session has.
pub(crate) fn new_id() -> Vec<u8> {
    let mut id = vec![0; 32];
    // Without randomness no handshake works either.
    let _ = SystemRandom::new().fill(&mut id);
    id
}

/// Keeps a session; its number.
pub(crate) fn keep(session: Rc<Session>) -> Vec<u8> {
    let id = new_id();
    KEPT.with(|kept| {
        let mut kept = kept.borrow_mut();
        kept.by_id.insert(id.clone(), session);
        kept.order.push_back(id.clone());
        if kept.order.len() > CAPACITY
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.by_id.remove(&oldest);
        }
    });
    id
}

pub(crate) fn find(id: &[u8]) -> Option<Rc<Session>> {
    KEPT.with(|kept| kept.borrow().by_id.get(id).cloned())
}
