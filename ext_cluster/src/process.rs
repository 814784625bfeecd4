//! `ops.Process`: a child process as JavaScript has it. Options are normalised and events emitted there.

use std::cell::{Cell, RefCell};
use std::os::fd::{AsFd, IntoRawFd, OwnedFd};
use std::rc::Rc;
use std::task::{Context, Poll};

use deno_core::{GarbageCollected, op2, v8};
use rtjs_core::{EventLoop, IoSource, KeepAlive, Registration, Scope, invoke};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::reap::{self, Exit};
use crate::spawn::{Command, Stdio};

/// What JavaScript asks for: [`Command`], with descriptors as numbers.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SpawnOptions {
    file: String,
    args: Vec<String>,
    env_pairs: Vec<String>,
    cwd: Option<String>,
    /// A descriptor of ours, [`IGNORE`] or [`PIPE`].
    stdio: Vec<i32>,
    detached: bool,
    uid: Option<i32>,
    gid: Option<i32>,
}

const IGNORE: i32 = -1;
const PIPE: i32 = -2;

impl SpawnOptions {
    pub(crate) fn into_command(self) -> Command {
        let stdio = self.stdio.into_iter().map(|entry| match entry {
            IGNORE => Stdio::Ignore,
            PIPE => Stdio::Pipe,
            fd => Stdio::Inherit(fd),
        });
        Command {
            file: self.file,
            args: self.args,
            env: self.env_pairs,
            cwd: self.cwd,
            stdio: stdio.collect(),
            detached: self.detached,
            uid: self.uid.map(|id| id as u32),
            gid: self.gid.map(|id| id as u32),
        }
    }
}

struct JsSide {
    owner: v8::Global<v8::Object>,
    /// `(code, signal)`: the process has ended, by itself (signal 0) or not. A negative code is an errno: how it ended is not known.
    exited: v8::Global<v8::Function>,
}

struct ProcessCore {
    door: EventLoop,
    pid: Cell<i32>,
    pidfd: RefCell<Option<AsyncFd<OwnedFd>>>,
    registration: RefCell<Option<Registration>>,
    keep_alive: KeepAlive,
    js: RefCell<Option<JsSide>>,
}

impl ProcessCore {
    /// `Pending` until the process has ended; then how, or the errno of asking.
    fn poll_exit(&self, cx: &mut Context<'_>) -> Poll<Result<Exit, i32>> {
        let pidfd = self.pidfd.borrow();
        let Some(pidfd) = pidfd.as_ref() else {
            return Poll::Pending;
        };
        loop {
            let mut guard = match pidfd.poll_read_ready(cx) {
                Poll::Ready(Ok(guard)) => guard,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(rtjs_core::errno(&error))),
                Poll::Pending => return Poll::Pending,
            };
            match reap::try_wait(pidfd.get_ref().as_fd()) {
                Ok(Some(exit)) => return Poll::Ready(Ok(exit)),
                Ok(None) => guard.clear_ready(),
                Err(error) => return Poll::Ready(Err(rtjs_core::errno(&error))),
            }
        }
    }
}

impl IoSource for ProcessCore {
    fn on_ready(self: Rc<Self>, scope: &mut Scope<'_, '_>) {
        let Some(waker) = self.registration.borrow().as_ref().map(Registration::begin) else {
            return;
        };
        let Poll::Ready(ended) = self.poll_exit(&mut Context::from_waker(&waker)) else {
            return;
        };
        self.pidfd.borrow_mut().take();
        self.registration.borrow_mut().take();
        self.keep_alive.set_active(false);
        let Some(js) = self.js.borrow_mut().take() else { return };
        let (code, signal) = match ended {
            Ok(Exit::Code(code)) => (code, 0),
            Ok(Exit::Signal(signal)) => (0, signal),
            Err(errno) => (errno, 0),
        };
        let args = [
            v8::Integer::new(scope, code).into(),
            v8::Integer::new(scope, signal).into(),
        ];
        let (exited, owner) = (v8::Local::new(scope, &js.exited), v8::Local::new(scope, &js.owner));
        invoke(scope, exited.into(), owner.into(), &args);
    }
}

/// One child process. Until it has ended, its owner is held and the loop kept alive (unless it is unreferenced).
pub struct Process {
    core: Rc<ProcessCore>,
}

// SAFETY: no traced members; the callback is a Global, which is dropped when the process has ended.
unsafe impl GarbageCollected for Process {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"Process"
    }
}

#[op2]
impl Process {
    #[constructor]
    #[cppgc]
    fn new(isolate: &mut v8::Isolate) -> Process {
        let door = EventLoop::from_isolate(isolate);
        let core = Rc::new(ProcessCore {
            pid: Cell::new(0),
            pidfd: RefCell::default(),
            registration: RefCell::default(),
            keep_alive: door.keep_alive(),
            js: RefCell::default(),
            door,
        });
        Process { core }
    }

    /// Starts the process. Returns `[0, ...]` with, for each entry of `stdio`, the number of our end of the pipe, which the caller owns, or -1;
    /// or `[errno]`. `exited` is called later with `owner` as `this`.
    #[serde]
    fn spawn(
        &self,
        #[serde] options: SpawnOptions,
        #[scoped] owner: v8::Global<v8::Object>,
        #[scoped] exited: v8::Global<v8::Function>,
    ) -> Vec<i32> {
        let started = options.into_command().spawn().and_then(|child| {
            let pidfd = reap::watch(child.pidfd, Interest::READABLE)?;
            Ok((child.pid, pidfd, child.pipes))
        });
        let (pid, pidfd, pipes) = match started {
            Ok(parts) => parts,
            Err(error) => return vec![rtjs_core::errno(&error)],
        };
        let core = &self.core;
        core.pid.set(pid);
        *core.pidfd.borrow_mut() = Some(pidfd);
        *core.js.borrow_mut() = Some(JsSide { owner, exited });
        core.keep_alive.set_active(true);
        let registration = core.door.register(core);
        registration.wake();
        *core.registration.borrow_mut() = Some(registration);
        let numbers = pipes.into_iter().map(|pipe| pipe.map_or(-1, IntoRawFd::into_raw_fd));
        std::iter::once(0).chain(numbers).collect()
    }

    /// The process id; 0 before `spawn`.
    #[fast]
    #[getter]
    fn pid(&self) -> i32 {
        self.core.pid.get()
    }

    /// Sends a signal, or with 0 asks whether the process is there. 0 or a negative errno; `ESRCH` once it has ended.
    #[fast]
    fn kill(&self, signal: i32) -> i32 {
        match &*self.core.pidfd.borrow() {
            Some(pidfd) => {
                reap::send_signal(pidfd.get_ref().as_fd(), signal).map_or_else(|e| rtjs_core::errno(&e), |()| 0)
            }
            None => -libc::ESRCH,
        }
    }

    /// Keeps the loop alive until the process has ended.
    #[fast]
    #[rename("ref")]
    fn reference(&self) {
        self.core.keep_alive.set_ref(true);
    }

    /// Lets the loop end before the process does.
    #[fast]
    fn unref(&self) {
        self.core.keep_alive.set_ref(false);
    }

    /// Whether the process keeps the loop alive.
    #[fast]
    fn has_ref(&self) -> bool {
        self.core.keep_alive.has_ref() && self.core.keep_alive.is_active()
    }
}
