//! Who gets the next connection: pure bookkeeping of workers, waiting connections and connections in flight. No I/O.
//!
//! A connection waits, is assigned to a worker, and stays known until that worker has accepted it; one that is refused, or whose worker
//! goes away first, is assigned again.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

/// A worker's id, as `cluster.workers` has it.
pub type WorkerId = u32;

/// Chooses among workers that have room. Round robin is the default; others can be put in its place.
pub trait Policy {
    /// A worker can take connections: it is new, or has room again.
    fn ready(&mut self, worker: WorkerId);
    /// A worker can take none: it is gone, or at its limit.
    fn unready(&mut self, worker: WorkerId);
    /// The worker for the next connection; it stays ready.
    fn choose(&mut self) -> Option<WorkerId>;
}

/// Each ready worker in turn.
#[derive(Debug, Default)]
pub struct RoundRobin {
    turns: VecDeque<WorkerId>,
}

impl Policy for RoundRobin {
    fn ready(&mut self, worker: WorkerId) {
        if !self.turns.contains(&worker) {
            self.turns.push_back(worker);
        }
    }

    fn unready(&mut self, worker: WorkerId) {
        self.turns.retain(|w| *w != worker);
    }

    fn choose(&mut self) -> Option<WorkerId> {
        let worker = self.turns.pop_front()?;
        self.turns.push_back(worker);
        Some(worker)
    }
}

/// The number that a connection in flight goes by; it travels as the message's `seq`. Those of one worker follow each other without a gap.
pub type Ticket = u64;

/// A decision: this connection goes to this worker.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct Assignment {
    /// Who gets it.
    pub worker: WorkerId,
    /// Its number until the worker answers.
    pub ticket: Ticket,
}

#[derive(Debug)]
struct Slot<C> {
    window: usize,
    in_flight: BTreeMap<Ticket, C>,
    next_ticket: Ticket,
    refusing: Refusing,
    /// It gets no more, and is forgotten when it has answered.
    leaving: bool,
}

impl<C> Slot<C> {
    fn room(&self) -> usize {
        match self.refusing {
            Refusing::No if !self.leaving => self.window.saturating_sub(self.in_flight.len()),
            _ => 0,
        }
    }
}

/// Whether a worker has refused a connection, and accepted none since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusing {
    /// It has not.
    No,
    /// It has, and is asked again some time ([`RoundRobinHandle::retry`]).
    ForNow,
    /// It has, and says when it has room ([`RoundRobinHandle::has_room`]).
    UntilItSays,
}

/// The connections of one listener and the workers that share it. `C` is the connection, closed by dropping it.
#[derive(Debug)]
pub struct RoundRobinHandle<C, P = RoundRobin> {
    policy: P,
    workers: BTreeMap<WorkerId, Slot<C>>,
    waiting: VecDeque<C>,
    first_ticket: Ticket,
}

impl<C, P: Policy> RoundRobinHandle<C, P> {
    /// Nobody and nothing yet. Each worker's tickets count up from `first_ticket`.
    pub fn new(policy: P, first_ticket: Ticket) -> Self {
        RoundRobinHandle {
            policy,
            workers: BTreeMap::new(),
            waiting: VecDeque::new(),
            first_ticket,
        }
    }

    /// Adds a worker that takes up to `window` connections before it has answered the first. One that was leaving stays: its tickets go on.
    pub fn add(&mut self, worker: WorkerId, window: usize) {
        assert!(window > 0, "a worker without a window would never get a connection");
        let next_ticket = self.first_ticket;
        let slot = self.workers.entry(worker).or_insert_with(|| Slot {
            window,
            in_flight: BTreeMap::new(),
            next_ticket,
            refusing: Refusing::No,
            leaving: false,
        });
        slot.window = window;
        slot.refusing = Refusing::No;
        slot.leaving = false;
        self.room_again(worker);
    }

    /// Takes a worker out; what it had not accepted waits again, before all others. `false` if it was not there.
    pub fn remove(&mut self, worker: WorkerId) -> bool {
        let Some(slot) = self.workers.remove(&worker) else {
            return false;
        };
        self.policy.unready(worker);
        for connection in slot.in_flight.into_values().rev() {
            self.waiting.push_front(connection);
        }
        true
    }

    /// A worker that is still there gets no more; what is on its way to it is its own until it answers or is taken out. `false` if it was not there.
    pub fn retire(&mut self, worker: WorkerId) -> bool {
        let Some(slot) = self.workers.get_mut(&worker) else {
            return false;
        };
        slot.leaving = true;
        self.policy.unready(worker);
        self.forget_if_done(worker);
        true
    }

    fn forget_if_done(&mut self, worker: WorkerId) {
        let done = |s: &Slot<C>| s.leaving && s.in_flight.is_empty();
        if self.workers.get(&worker).is_some_and(done) {
            self.workers.remove(&worker);
        }
    }

    /// Whether no worker is left.
    pub fn is_empty(&self) -> bool {
        self.workers.is_empty()
    }

    /// A new connection. It waits until [`RoundRobinHandle::assign`] finds it a worker.
    pub fn offer(&mut self, connection: C) {
        self.waiting.push_back(connection);
    }

    /// Whether a further connection could be assigned at once. While this is `false` the listener accepts none, and the kernel's
    /// backlog holds them.
    pub fn wants_more(&self) -> bool {
        let room: usize = self.workers.values().map(Slot::room).sum();
        room > self.waiting.len()
    }

    /// Assigns one waiting connection; `None` when none waits or every worker is at its limit.
    pub fn assign(&mut self) -> Option<(Assignment, &C)> {
        if self.waiting.is_empty() {
            return None;
        }
        let worker = self.policy.choose()?;
        let connection = self.waiting.pop_front()?;
        let slot = self
            .workers
            .get_mut(&worker)
            .expect("the policy knows only workers that are here");
        let ticket = slot.next_ticket;
        slot.next_ticket += 1;
        if slot.in_flight.len() + 1 == slot.window {
            self.policy.unready(worker);
        }
        let connection = slot.in_flight.entry(ticket).or_insert(connection);
        Some((Assignment { worker, ticket }, connection))
    }

    /// The worker has taken the connection: it is given back, to be dropped. `None` for an answer that nobody waits for.
    pub fn accepted(&mut self, worker: WorkerId, ticket: Ticket) -> Option<C> {
        let connection = self.answered(worker, ticket)?;
        if let Some(slot) = self.workers.get_mut(&worker) {
            slot.refusing = Refusing::No;
        }
        self.room_again(worker);
        self.forget_if_done(worker);
        Some(connection)
    }

    /// The worker does not take these connections: they wait again, first in line, and the worker gets no further one until
    /// [`RoundRobinHandle::retry`], [`RoundRobinHandle::has_room`] or an acceptance. Returns how many of the tickets were waited for.
    pub fn refused(&mut self, worker: WorkerId, tickets: Range<Ticket>, how: Refusing) -> usize {
        let refused: Vec<C> = tickets.filter_map(|ticket| self.answered(worker, ticket)).collect();
        let count = refused.len();
        for connection in refused.into_iter().rev() {
            self.waiting.push_front(connection);
        }
        if count > 0
            && let Some(slot) = self.workers.get_mut(&worker)
        {
            slot.refusing = how;
            self.policy.unready(worker);
            self.forget_if_done(worker);
        }
        count
    }

    /// The worker takes connections again.
    pub fn has_room(&mut self, worker: WorkerId) {
        if let Some(slot) = self.workers.get_mut(&worker) {
            slot.refusing = Refusing::No;
            self.room_again(worker);
        }
    }

    /// Whether connections wait, and a worker that refused has to be asked again.
    pub fn is_refused(&self) -> bool {
        let asked_again = |s: &Slot<C>| s.refusing == Refusing::ForNow && !s.leaving;
        !self.waiting.is_empty() && self.workers.values().any(asked_again)
    }

    /// Gives workers that refused for now another chance.
    pub fn retry(&mut self) {
        let refusing: Vec<WorkerId> = self
            .workers
            .iter()
            .filter(|(_, s)| s.refusing == Refusing::ForNow)
            .map(|(id, _)| *id)
            .collect();
        for worker in refusing {
            self.has_room(worker);
        }
    }

    fn answered(&mut self, worker: WorkerId, ticket: Ticket) -> Option<C> {
        self.workers.get_mut(&worker)?.in_flight.remove(&ticket)
    }

    fn room_again(&mut self, worker: WorkerId) {
        if self.workers.get(&worker).is_some_and(|s| s.room() > 0) {
            self.policy.ready(worker);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handle(workers: &[(WorkerId, usize)]) -> RoundRobinHandle<&'static str> {
        let mut handle = RoundRobinHandle::new(RoundRobin::default(), 100);
        for (worker, window) in workers {
            handle.add(*worker, *window);
        }
        handle
    }

    fn assign_all(handle: &mut RoundRobinHandle<&'static str>) -> Vec<(WorkerId, &'static str)> {
        let mut out = Vec::new();
        while let Some((assignment, connection)) = handle.assign() {
            let connection = *connection;
            out.push((assignment.worker, connection));
        }
        out
    }

    #[test]
    fn workers_take_turns() {
        let mut handle = handle(&[(1, 8), (2, 8), (3, 8)]);
        for connection in ["a", "b", "c", "d"] {
            handle.offer(connection);
        }
        assert_eq!(assign_all(&mut handle), [(1, "a"), (2, "b"), (3, "c"), (1, "d")]);
    }

    #[test]
    fn a_full_worker_is_passed_over_until_it_answers() {
        let mut handle = handle(&[(1, 1), (2, 1)]);
        for connection in ["a", "b", "c"] {
            handle.offer(connection);
        }
        assert_eq!(assign_all(&mut handle), [(1, "a"), (2, "b")]);
        assert!(!handle.wants_more());
        assert_eq!(handle.accepted(2, 100), Some("b"));
        assert_eq!(assign_all(&mut handle), [(2, "c")]);
    }

    #[test]
    fn what_a_dead_worker_had_goes_to_another_in_order() {
        let mut handle = handle(&[(1, 4)]);
        for connection in ["a", "b"] {
            handle.offer(connection);
        }
        assign_all(&mut handle);
        handle.offer("c");
        handle.add(2, 4);
        assert!(handle.remove(1));
        assert_eq!(assign_all(&mut handle), [(2, "a"), (2, "b"), (2, "c")]);
        assert!(!handle.remove(1));
    }

    #[test]
    fn a_refused_connection_goes_to_another_worker() {
        let mut handle = handle(&[(1, 2), (2, 2)]);
        handle.offer("a");
        assert_eq!(assign_all(&mut handle), [(1, "a")]);
        assert_eq!(handle.refused(1, 100..101, Refusing::ForNow), 1);
        assert_eq!(assign_all(&mut handle), [(2, "a")]);
        assert_eq!(handle.refused(2, 100..101, Refusing::ForNow), 1);
        assert!(handle.is_refused() && !handle.wants_more());
        assert_eq!(assign_all(&mut handle), []);
        handle.retry();
        assert_eq!(assign_all(&mut handle).len(), 1);
    }

    #[test]
    fn a_full_worker_says_when_it_has_room() {
        let mut handle = handle(&[(1, 4)]);
        for connection in ["a", "b", "c"] {
            handle.offer(connection);
        }
        assign_all(&mut handle);
        assert_eq!(handle.accepted(1, 100), Some("a"));
        assert_eq!(handle.refused(1, 101..103, Refusing::UntilItSays), 2);
        assert!(!handle.is_refused() && !handle.wants_more());
        handle.retry();
        assert_eq!(assign_all(&mut handle), []);
        handle.has_room(1);
        assert!(handle.wants_more());
        assert_eq!(assign_all(&mut handle), [(1, "b"), (1, "c")]);
    }

    #[test]
    fn answers_that_nobody_waits_for_change_nothing() {
        let mut handle = handle(&[(1, 2), (2, 2)]);
        handle.offer("a");
        assign_all(&mut handle);
        assert_eq!(handle.accepted(2, 100), None);
        for (worker, ticket) in [(1, 99), (3, 100)] {
            assert_eq!(handle.refused(worker, ticket..ticket + 1, Refusing::ForNow), 0);
        }
        handle.has_room(3);
        assert_eq!(handle.accepted(1, 100), Some("a"));
        assert_eq!(handle.accepted(1, 100), None);
    }

    #[test]
    fn what_is_on_its_way_to_a_worker_that_leaves_is_its_own() {
        let mut handle = handle(&[(1, 8), (2, 8)]);
        ["a", "b", "c"].into_iter().for_each(|c| handle.offer(c));
        assign_all(&mut handle);
        assert!(handle.retire(1));
        handle.offer("d");
        assert_eq!(assign_all(&mut handle), [(2, "d")]);
        assert_eq!(handle.accepted(1, 100), Some("a"));
        assert_eq!(handle.refused(1, 101..102, Refusing::ForNow), 1);
        assert!(!handle.is_refused() && !handle.remove(1));
        assert_eq!(assign_all(&mut handle), [(2, "c")]);
    }

    #[test]
    fn the_tickets_of_a_worker_that_comes_back_go_on() {
        let mut handle = handle(&[(1, 8)]);
        handle.offer("a");
        assign_all(&mut handle);
        assert!(handle.retire(1) && !handle.wants_more());
        handle.add(1, 8);
        handle.offer("b");
        assign_all(&mut handle);
        assert_eq!(handle.accepted(1, 101), Some("b"));
        assert!(handle.remove(1));
        handle.add(1, 8);
        assert_eq!(assign_all(&mut handle), [(1, "a")]);
        assert_eq!(handle.accepted(1, 100), Some("a"));
        assert!(handle.retire(1) && handle.is_empty());
    }

    #[test]
    fn without_workers_nothing_is_wanted() {
        let mut handle = handle(&[]);
        assert!(handle.is_empty() && !handle.wants_more());
        handle.offer("a");
        assert_eq!(assign_all(&mut handle), []);
    }
}
