//! A moment's patience before the loop sleeps.
//!
//! Two processes that answer each other wait for one another all the time, and most of such a wait is the system putting a thread to sleep and waking
//! it again. A source that has reason to expect an answer at once says so with [`expect`]; before the loop sleeps, when it has nothing else to do,
//! it looks at that descriptor for as long as answers have been taking lately. Sources that wait for longer than that are never looked at.

use std::cell::Cell;
use std::os::fd::RawFd;
use std::time::{Duration, Instant};

/// The longest that the loop looks, and thus the longest that anything else can be late for it.
const LONGEST: Duration = Duration::from_micros(50);
/// After so many looks in vain nobody is looked for, for a while.
const PATIENCE: u32 = 4;
/// How many expectations that while lasts.
const PAUSE: u32 = 1000;
/// So many expectations at first are those of a process that starts, with a few questions; counting processors takes longer than it gains.
const FIRST: u32 = 16;

thread_local! {
    static EXPECTED: Cell<Option<RawFd>> = const { Cell::new(None) };
    static VAIN: Cell<u32> = const { Cell::new(0) };
    static PAUSED: Cell<u32> = const { Cell::new(FIRST) };
    static PROCESSORS: usize = std::thread::available_parallelism().map_or(1, usize::from);
}

/// Says that `fd` will probably be readable in a moment. It is forgotten when the loop wakes up.
pub fn expect(fd: RawFd) {
    match PAUSED.get() {
        // Whoever is to answer needs a processor of its own.
        0 if PROCESSORS.with(|p| *p) > 1 => EXPECTED.set(Some(fd)),
        0 => {}
        paused => PAUSED.set(paused - 1),
    }
}

/// What the loop does before it sleeps: for `tokio::runtime::Builder::on_thread_park`.
pub fn before_sleep() {
    let Some(fd) = EXPECTED.take() else { return };
    let end = Instant::now() + LONGEST;
    loop {
        if is_readable(fd) {
            VAIN.set(0);
            return;
        }
        if Instant::now() >= end {
            break;
        }
        // Not yielding: on a busy machine that would leave the processor to somebody else for a whole time slice.
        std::hint::spin_loop();
    }
    let vain = VAIN.get() + 1;
    VAIN.set(vain % PATIENCE);
    if vain == PATIENCE {
        PAUSED.set(PAUSE);
    }
}

fn is_readable(fd: RawFd) -> bool {
    let mut asked = libc::pollfd {
        fd,
        events: libc::POLLIN,
        revents: 0,
    };
    // SAFETY: one live entry. A number that was closed meanwhile counts as readable: the loop finds out.
    unsafe { libc::poll(&raw mut asked, 1, 0) != 0 }
}
