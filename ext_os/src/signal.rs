//! Signals as events of the loop.
//!
//! A signal handler may do next to nothing, so ours writes the signal's number into a pipe of every runtime that watches signals; the
//! loop reads it there. A signal's former disposition comes back when the last watcher of it stops: the process may be an embedder's.

use std::cell::{Cell, RefCell};
use std::os::fd::{AsRawFd, OwnedFd};
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use deno_core::{OpState, op2, v8};
use nix::fcntl::OFlag;
use rtjs_core::{Callback, EventLoop, IoSource, Registration, Scope, invoke};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::errno;

// ------------------------------------------------------------------------------------------------------------------------
// Process-wide: handlers and the pipes that they write to

/// How many runtimes of one process can watch signals at the same time.
const MAX_PIPES: usize = 64;
/// One more than the highest signal number on Linux.
const SIGNALS: usize = 65;

static PIPES: [AtomicI32; MAX_PIPES] = [const { AtomicI32::new(-1) }; MAX_PIPES];
/// Handlers that are running now: a pipe is closed only while there is none.
static RUNNING: AtomicUsize = AtomicUsize::new(0);

struct Installed {
    watchers: usize,
    former: libc::sigaction,
}

static INSTALLED: Mutex<[Option<Installed>; SIGNALS]> = Mutex::new([const { None }; SIGNALS]);

extern "C" fn on_signal(number: libc::c_int) {
    // SAFETY: the location of errno is always valid; write is allowed in a signal handler.
    unsafe {
        let saved = *libc::__errno_location();
        RUNNING.fetch_add(1, Ordering::SeqCst);
        let byte = number as u8;
        for pipe in &PIPES {
            let fd = pipe.load(Ordering::SeqCst);
            if fd >= 0 {
                // A full pipe holds this signal already, most likely; there is nothing else to do here in any case.
                libc::write(fd, (&raw const byte).cast(), 1);
            }
        }
        RUNNING.fetch_sub(1, Ordering::SeqCst);
        *libc::__errno_location() = saved;
    }
}

/// Makes `number` be caught. 0, or a negative errno.
fn catch(number: i32) -> i32 {
    let Some(index) = usize::try_from(number).ok().filter(|&n| n > 0 && n < SIGNALS) else {
        return -libc::EINVAL;
    };
    let mut installed = INSTALLED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(entry) = &mut installed[index] {
        entry.watchers += 1;
        return 0;
    }
    // SAFETY: all-zero bytes are a valid sigaction; both pointers are valid for the call; the handler is async-signal-safe.
    let (result, former) = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_signal as *const () as usize;
        action.sa_flags = libc::SA_RESTART;
        libc::sigfillset(&raw mut action.sa_mask);
        let mut former: libc::sigaction = std::mem::zeroed();
        (
            errno::check(libc::sigaction(number, &raw const action, &raw mut former)),
            former,
        )
    };
    if result == 0 {
        installed[index] = Some(Installed { watchers: 1, former });
    }
    result
}

/// Ends one [`catch`] of `number`.
fn release(number: i32) {
    let Ok(index) = usize::try_from(number) else {
        return;
    };
    let mut installed = INSTALLED.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let Some(entry) = installed.get_mut(index).and_then(Option::as_mut) else {
        return;
    };
    entry.watchers -= 1;
    if entry.watchers == 0 {
        // SAFETY: `former` came from sigaction.
        unsafe { libc::sigaction(number, &raw const entry.former, std::ptr::null_mut()) };
        installed[index] = None;
    }
}

// ------------------------------------------------------------------------------------------------------------------------
// Per runtime

struct Watcher {
    id: i32,
    number: i32,
    receiver: v8::Global<v8::Object>,
    callback: Callback,
}

struct Pipe {
    reader: AsyncFd<OwnedFd>,
    writer: OwnedFd,
    slot: usize,
    registration: RefCell<Option<Registration>>,
    watchers: RefCell<Vec<Watcher>>,
    last_id: Cell<i32>,
}

impl Pipe {
    fn new() -> Result<Pipe, i32> {
        let (reader, writer) =
            nix::unistd::pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK).map_err(|error| -(error as i32))?;
        // SAFETY: the AsyncFd owns the descriptor, which stays open and the same while it does.
        let reader = unsafe { AsyncFd::register_with_interest(reader, Interest::READABLE) }
            .map_err(|error| rtjs_core::errno(&error.into_parts().1))?;
        let fd = writer.as_raw_fd();
        let slot = PIPES
            .iter()
            .position(|slot| {
                slot.compare_exchange(-1, fd, Ordering::SeqCst, Ordering::SeqCst)
                    .is_ok()
            })
            .ok_or(-libc::EMFILE)?;
        Ok(Pipe {
            reader,
            writer,
            slot,
            registration: RefCell::default(),
            watchers: RefCell::default(),
            last_id: Cell::new(0),
        })
    }

    /// The numbers that have arrived.
    fn drain(&self) -> Vec<u8> {
        let registration = self.registration.borrow();
        let Some(registration) = registration.as_ref() else {
            return Vec::new();
        };
        registration.begin();
        let mut context = Context::from_waker(registration.waker());
        let mut numbers = Vec::new();
        loop {
            // Before asking for readiness: the loop may be turning for the last time without having waited for it.
            let mut bytes = [0u8; 256];
            match nix::unistd::read(self.reader.get_ref(), &mut bytes) {
                Ok(count) if count > 0 => {
                    numbers.extend_from_slice(&bytes[..count]);
                    continue;
                }
                Err(nix::Error::EINTR) => continue,
                _ => {}
            }
            match self.reader.poll_read_ready(&mut context) {
                Poll::Ready(Ok(mut guard)) => guard.clear_ready(),
                _ => break,
            }
        }
        numbers
    }
}

impl IoSource for Pipe {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        for number in self.drain() {
            let found = self
                .watchers
                .borrow()
                .iter()
                .find(|watcher| watcher.number == i32::from(number))
                .map(|watcher| (watcher.receiver.clone(), watcher.callback.clone()));
            if let Some((receiver, callback)) = found {
                let receiver = v8::Local::new(scope, receiver);
                let callback = v8::Local::new(scope, callback);
                invoke(scope, callback.into(), receiver.into(), &[]);
            }
        }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        for watcher in self.watchers.borrow().iter() {
            release(watcher.number);
        }
        PIPES[self.slot].store(-1, Ordering::SeqCst);
        // A handler on another thread may still hold the number of the descriptor that is closed next.
        while RUNNING.load(Ordering::SeqCst) != 0 {
            std::hint::spin_loop();
        }
        debug_assert!(self.writer.as_raw_fd() >= 0);
    }
}

/// Takes itself out of the loop before it goes: the registration holds the loop, not the other way round.
struct Signals(Rc<Pipe>);

impl Drop for Signals {
    fn drop(&mut self) {
        self.0.registration.take();
    }
}

/// Calls `callback` on `receiver` whenever the signal arrives. It does not keep the loop alive. Returns an id for
/// [`op_os_signal_stop`], or a negative errno: `EINVAL` for a signal that cannot be caught.
#[op2]
pub fn op_os_signal_start(
    state: &mut OpState,
    number: i32,
    #[scoped] receiver: v8::Global<v8::Object>,
    #[scoped] callback: v8::Global<v8::Function>,
) -> i32 {
    if !state.has::<Signals>() {
        let pipe = match Pipe::new() {
            Ok(pipe) => Rc::new(pipe),
            Err(errno) => return errno,
        };
        let registration = EventLoop::from_state(state).register(&pipe);
        registration.wake();
        pipe.registration.replace(Some(registration));
        state.put(Signals(pipe));
    }
    let result = catch(number);
    if result != 0 {
        return result;
    }
    let pipe = &state.borrow::<Signals>().0;
    let id = pipe.last_id.get() + 1;
    pipe.last_id.set(id);
    pipe.watchers.borrow_mut().push(Watcher {
        id,
        number,
        receiver,
        callback,
    });
    id
}

/// Ends a watch. The signal has its former effect again when this was the last one for it.
#[op2(fast)]
pub fn op_os_signal_stop(state: &mut OpState, id: i32) {
    let Some(signals) = state.try_borrow::<Signals>() else {
        return;
    };
    let mut watchers = signals.0.watchers.borrow_mut();
    if let Some(index) = watchers.iter().position(|watcher| watcher.id == id) {
        let watcher = watchers.remove(index);
        release(watcher.number);
    }
}
