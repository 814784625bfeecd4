//! Ends a script that runs too long, or until Ctrl-C: a thread that waits beside it.
//!
//! All `unsafe` of the vm module's system calls is here.

use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU8, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use deno_core::v8;
use nix::fcntl::OFlag;

/// Why a script was ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Outcome {
    /// It was not.
    Completed = 0,
    /// Its time was up.
    TimedOut = 1,
    /// SIGINT came.
    Interrupted = 2,
}

const QUIT: u8 = b'q';
const SIGINT: u8 = b's';

/// The pipe of the innermost watchdog that waits for SIGINT.
static SIGINT_PIPE: AtomicI32 = AtomicI32::new(-1);

extern "C" fn on_sigint(_number: libc::c_int) {
    let fd = SIGINT_PIPE.load(Ordering::SeqCst);
    if fd >= 0 {
        let byte = SIGINT;
        // SAFETY: the location of errno is always valid; write is allowed in a signal handler.
        unsafe {
            let saved = *libc::__errno_location();
            libc::write(fd, (&raw const byte).cast(), 1);
            *libc::__errno_location() = saved;
        }
    }
}

struct FormerSigint {
    action: libc::sigaction,
    pipe: i32,
}

/// Watches one run of a script until [`Watchdog::stop`].
pub(super) struct Watchdog {
    thread: Option<JoinHandle<()>>,
    writer: OwnedFd,
    outcome: Arc<AtomicU8>,
    former: Option<FormerSigint>,
}

impl Watchdog {
    /// `None` where the system has no descriptors or threads left, in which case the script runs unwatched.
    pub(super) fn start(isolate: v8::IsolateHandle, timeout: Option<Duration>, sigint: bool) -> Option<Watchdog> {
        let (reader, writer) = nix::unistd::pipe2(OFlag::O_CLOEXEC).ok()?;
        let outcome = Arc::new(AtomicU8::new(Outcome::Completed as u8));
        let seen = outcome.clone();
        let thread = std::thread::Builder::new()
            .name("vm-watchdog".into())
            .spawn(move || {
                let ended = wait(&reader, timeout);
                if ended != Outcome::Completed {
                    seen.store(ended as u8, Ordering::SeqCst);
                    isolate.terminate_execution();
                }
            })
            .ok()?;
        let former = sigint.then(|| catch_sigint(writer.as_raw_fd()));
        Some(Watchdog {
            thread: Some(thread),
            writer,
            outcome,
            former,
        })
    }

    /// Ends the watch and says whether it ended the script. If it did, the isolate still has to be told to go on.
    pub(super) fn stop(mut self) -> Outcome {
        self.finish();
        match self.outcome.load(Ordering::SeqCst) {
            1 => Outcome::TimedOut,
            2 => Outcome::Interrupted,
            _ => Outcome::Completed,
        }
    }

    fn finish(&mut self) {
        if let Some(former) = self.former.take() {
            // SAFETY: `action` came from sigaction.
            unsafe { libc::sigaction(libc::SIGINT, &raw const former.action, std::ptr::null_mut()) };
            SIGINT_PIPE.store(former.pipe, Ordering::SeqCst);
        }
        if let Some(thread) = self.thread.take() {
            // The thread may be gone already, and its end of the pipe with it.
            let _ = nix::unistd::write(&self.writer, &[QUIT]);
            let _ = thread.join();
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.finish();
    }
}

fn catch_sigint(fd: i32) -> FormerSigint {
    let pipe = SIGINT_PIPE.swap(fd, Ordering::SeqCst);
    // SAFETY: all-zero bytes are a valid sigaction; both pointers are valid for the call; the handler is async-signal-safe.
    let action = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_sigint as *const () as usize;
        action.sa_flags = libc::SA_RESTART;
        libc::sigfillset(&raw mut action.sa_mask);
        let mut former: libc::sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGINT, &raw const action, &raw mut former);
        former
    };
    FormerSigint { action, pipe }
}

fn wait(reader: &OwnedFd, timeout: Option<Duration>) -> Outcome {
    let deadline = timeout.map(|timeout| Instant::now() + timeout);
    loop {
        let remaining = match deadline {
            None => -1,
            Some(deadline) => {
                let left = deadline.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Outcome::TimedOut;
                }
                // Rounded up: a poll that ends early would only be repeated.
                i32::try_from(left.as_millis() + 1).unwrap_or(i32::MAX)
            }
        };
        let mut entry = libc::pollfd {
            fd: reader.as_raw_fd(),
            events: libc::POLLIN,
            revents: 0,
        };
        // SAFETY: one entry, valid for the whole call.
        let count = unsafe { libc::poll(&raw mut entry, 1, remaining) };
        if count > 0 {
            let mut byte = [0u8; 1];
            return match nix::unistd::read(reader, &mut byte) {
                Ok(1) if byte[0] == SIGINT => Outcome::Interrupted,
                _ => Outcome::Completed,
            };
        }
    }
}
