//! A small pool of threads for system calls that may block. It starts with the first job and ends, thread by thread, when it has
//! nothing to do.
//!
//! Its size is `UV_THREADPOOL_SIZE`, or 4, as in Node. What a job's result is and how it gets back to the loop is its owner's affair.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

type Job = Box<dyn FnOnce() + Send>;

const DEFAULT_SIZE: usize = 4;
const MAX_SIZE: usize = 1024;
/// How long a thread waits for its next job before it ends.
const IDLE: Duration = Duration::from_secs(10);
/// Jobs are system calls and small loops; deep recursion has no place in one.
const STACK_SIZE: usize = 512 * 1024;

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    threads: usize,
    idle: usize,
}

#[derive(Default)]
struct Pool {
    state: Mutex<State>,
    wake: Condvar,
}

static POOL: OnceLock<Pool> = OnceLock::new();

fn size() -> usize {
    static SIZE: OnceLock<usize> = OnceLock::new();
    *SIZE.get_or_init(|| {
        std::env::var("UV_THREADPOOL_SIZE")
            .ok()
            .and_then(|size| size.parse::<usize>().ok())
            .map_or(DEFAULT_SIZE, |size| size.clamp(1, MAX_SIZE))
    })
}

impl Pool {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                // A job that panics has lost its result, not the pool.
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
                state = self.lock();
                continue;
            }
            state.idle += 1;
            let (guard, timeout) = self
                .wake
                .wait_timeout_while(state, IDLE, |state| state.jobs.is_empty())
                .unwrap_or_else(PoisonError::into_inner);
            state = guard;
            state.idle -= 1;
            if timeout.timed_out() && state.jobs.is_empty() {
                state.threads -= 1;
                return;
            }
        }
    }
}

/// Runs `job` on one of the pool's threads, after those submitted before it have started.
pub(crate) fn submit(job: impl FnOnce() + Send + 'static) {
    let pool = POOL.get_or_init(Pool::default);
    let mut state = pool.lock();
    state.jobs.push_back(Box::new(job));
    if state.idle >= state.jobs.len() {
        drop(state);
        pool.wake.notify_one();
        return;
    }
    if state.threads >= size() {
        return;
    }
    state.threads += 1;
    drop(state);
    let started = std::thread::Builder::new()
        .name("rtjs-blocking".to_owned())
        .stack_size(STACK_SIZE)
        .spawn(move || pool.work());
    if started.is_err() {
        let mut state = pool.lock();
        state.threads -= 1;
        // With no thread at all nobody would ever run it.
        if state.threads == 0
            && let Some(job) = state.jobs.pop_front()
        {
            drop(state);
            job();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    #[test]
    fn all_jobs_run() {
        let (sender, receiver) = channel();
        for number in 0..100 {
            let sender = sender.clone();
            super::submit(move || sender.send(number).unwrap());
        }
        let mut seen: Vec<i32> = (0..100).map(|_| receiver.recv().unwrap()).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_panic_does_not_end_the_pool() {
        let (sender, receiver) = channel();
        for _ in 0..10 {
            super::submit(|| panic!("as the test wants"));
        }
        super::submit(move || sender.send(()).unwrap());
        receiver.recv().unwrap();
    }
}
