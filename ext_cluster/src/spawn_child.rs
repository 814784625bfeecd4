//! The child's side of a spawn, and the clone that makes it. All `unsafe` of spawning is here.
//!
//! The child shares the parent's memory until it executes (`CLONE_VM | CLONE_VFORK`, as posix_spawn does it), so that nothing of the parent is
//! copied, however large it is. posix_spawn itself cannot change user or group, nor mark the rest of the descriptors close-on-exec.
//! In the child nothing may allocate, lock, or panic; it only makes system calls on what the parent has prepared.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::io;
use std::os::fd::{FromRawFd, OwnedFd, RawFd};
use std::ptr;

const STACK_BYTES: usize = 64 << 10;
const SHELL: &CStr = c"/bin/sh";
const NULL_DEVICE: &CStr = c"/dev/null";

/// What the child does before it executes, complete and in C's terms.
pub(crate) struct Plan {
    /// Paths to try in order.
    candidates: Vec<CString>,
    // Pointers into `_args` and `_env`, each list ended by null. `argv` has a slot more in front, for a shell that runs a script.
    argv: Vec<*const c_char>,
    envp: Vec<*const c_char>,
    _args: Vec<CString>,
    _env: Vec<CString>,
    cwd: Option<CString>,
    /// For each descriptor of the child the parent's number, or -1.
    stdio: Vec<RawFd>,
    /// Which descriptors of the child came from the parent's own, and are made blocking.
    inherited: Vec<bool>,
    new_session: bool,
    uid: Option<libc::uid_t>,
    gid: Option<libc::gid_t>,
    // Written by the child, read by the parent once the child has executed or ended.
    error: c_int,
}

/// The parts of a [`Plan`].
pub(crate) struct Parts {
    pub candidates: Vec<CString>,
    pub args: Vec<CString>,
    pub env: Vec<CString>,
    pub cwd: Option<CString>,
    pub stdio: Vec<RawFd>,
    pub inherited: Vec<bool>,
    pub new_session: bool,
    pub uid: Option<u32>,
    pub gid: Option<u32>,
}

impl Plan {
    pub(crate) fn new(parts: Parts) -> Plan {
        let list = |front: Option<*const c_char>, items: &[CString]| -> Vec<*const c_char> {
            let items = items.iter().map(|item| item.as_ptr());
            front.into_iter().chain(items).chain([ptr::null()]).collect()
        };
        Plan {
            argv: list(Some(SHELL.as_ptr()), &parts.args),
            envp: list(None, &parts.env),
            candidates: parts.candidates,
            _args: parts.args,
            _env: parts.env,
            cwd: parts.cwd,
            stdio: parts.stdio,
            inherited: parts.inherited,
            new_session: parts.new_session,
            uid: parts.uid,
            gid: parts.gid,
            error: 0,
        }
    }
}

/// Starts the child. On success it executes its program already; otherwise the error is that of the step that failed in it, and no child is left.
pub(crate) fn start(mut plan: Plan) -> io::Result<(libc::pid_t, OwnedFd)> {
    let mut stack = vec![0u128; STACK_BYTES / size_of::<u128>()];
    let mut pidfd: c_int = -1;
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_PIDFD | libc::SIGCHLD;
    // SAFETY: the child runs `child_main` on a stack of its own, which together with `plan` outlives it: CLONE_VFORK suspends this thread until
    // the child has executed or ended. Signals are blocked meanwhile, so that no handler of this process runs in the child.
    let pid = unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        let mut before: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &all, &mut before);
        let top = stack.as_mut_ptr().add(stack.len()).cast::<c_void>();
        let argument = (&raw mut plan).cast::<c_void>();
        let pid = libc::clone(child_main, top, flags, argument, &raw mut pidfd);
        let error = io::Error::last_os_error();
        libc::pthread_sigmask(libc::SIG_SETMASK, &before, ptr::null_mut());
        if pid < 0 {
            return Err(error);
        }
        pid
    };
    // SAFETY: the kernel made this descriptor for us with CLONE_PIDFD; it is close-on-exec.
    let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd) };
    // SAFETY: the child wrote this before it ended; a volatile read, because the compiler has not seen anybody write.
    let error = unsafe { ptr::read_volatile(&raw const plan.error) };
    if error != 0 {
        // SAFETY: a null status is allowed. The child has ended: this only removes it from the process table.
        while unsafe { libc::waitpid(pid, ptr::null_mut(), 0) } < 0
            && io::Error::last_os_error().kind() == io::ErrorKind::Interrupted
        {}
        return Err(io::Error::from_raw_os_error(error));
    }
    Ok((pid, pidfd))
}

extern "C" fn child_main(argument: *mut c_void) -> c_int {
    // SAFETY: `start` passes its plan, which nobody else touches while the parent is suspended.
    let plan = unsafe { &mut *argument.cast::<Plan>() };
    // SAFETY: this is the child of `start`, before exec.
    let error = unsafe { set_up_and_exec(plan) };
    // SAFETY: as above; the parent reads it when this process has ended.
    unsafe {
        ptr::write_volatile(&raw mut plan.error, error);
        libc::_exit(127)
    }
}

fn errno() -> c_int {
    // SAFETY: errno of this thread; in the child it is the suspended parent's, which does not look at it.
    unsafe { *libc::__errno_location() }
}

/// Returns only when a step failed, with its errno.
///
/// # Safety
/// Only in a child made by [`start`]. The C strings of `plan` are alive.
unsafe fn set_up_and_exec(plan: &mut Plan) -> c_int {
    // SAFETY: system calls and async-signal-safe functions on memory of `plan`.
    unsafe {
        reset_signal_handlers();
        if plan.new_session {
            libc::setsid();
        }
        if let Err(error) = place_descriptors(plan) {
            return error;
        }
        if let Some(cwd) = &plan.cwd
            && libc::chdir(cwd.as_ptr()) != 0
        {
            return errno();
        }
        // The plain system calls: the library's functions would change every thread of the parent, whose memory this is.
        if plan.uid.is_some() || plan.gid.is_some() {
            libc::syscall(libc::SYS_setgroups, 0, ptr::null::<libc::gid_t>());
        }
        if let Some(gid) = plan.gid
            && libc::syscall(libc::SYS_setgid, gid) != 0
        {
            return errno();
        }
        if let Some(uid) = plan.uid
            && libc::syscall(libc::SYS_setuid, uid) != 0
        {
            return errno();
        }
        let mut none: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut none);
        libc::sigprocmask(libc::SIG_SETMASK, &none, ptr::null_mut());
        execute(plan)
    }
}

/// # Safety
/// As for [`set_up_and_exec`].
unsafe fn reset_signal_handlers() {
    // SAFETY: sigaction with a zeroed action means SIG_DFL; signals that cannot be set only make it fail.
    unsafe {
        let default: libc::sigaction = std::mem::zeroed();
        for signal in 1..=libc::SIGRTMAX() {
            libc::sigaction(signal, &default, ptr::null_mut());
        }
    }
}

/// # Safety
/// As for [`set_up_and_exec`].
unsafe fn place_descriptors(plan: &mut Plan) -> Result<(), c_int> {
    let count = plan.stdio.len() as c_int;
    // SAFETY: system calls on numbers.
    unsafe {
        // Those whose number is another one's target are moved out of the way first.
        for target in 0..count {
            let source = &mut plan.stdio[target as usize];
            if *source >= 0 && *source < target {
                *source = libc::fcntl(*source, libc::F_DUPFD_CLOEXEC, count);
                if *source < 0 {
                    return Err(errno());
                }
            }
        }
        for target in 0..count {
            let source = plan.stdio[target as usize];
            if source < 0 {
                if target > 2 {
                    // Whoever started this process may have left something open there.
                    libc::fcntl(target, libc::F_SETFD, libc::FD_CLOEXEC);
                    continue;
                }
                let mode = if target == 0 { libc::O_RDONLY } else { libc::O_RDWR };
                let null = libc::open(NULL_DEVICE.as_ptr(), mode | libc::O_CLOEXEC);
                if null < 0 {
                    return Err(errno());
                }
                place(null, target)?;
                if null != target {
                    libc::close(null);
                }
                continue;
            }
            place(source, target)?;
            if plan.inherited[target as usize] && target <= 2 {
                // A program expects its standard streams to block, whatever their former owner did to them.
                let flags = libc::fcntl(target, libc::F_GETFL);
                if flags >= 0 && flags & libc::O_NONBLOCK != 0 {
                    libc::fcntl(target, libc::F_SETFL, flags & !libc::O_NONBLOCK);
                }
            }
        }
        // Before Linux 5.11 this fails, and those that somebody opened without close-on-exec are inherited.
        libc::syscall(libc::SYS_close_range, count, c_int::MAX, libc::CLOSE_RANGE_CLOEXEC);
    }
    Ok(())
}

/// # Safety
/// As for [`set_up_and_exec`].
unsafe fn place(source: RawFd, target: RawFd) -> Result<(), c_int> {
    // SAFETY: system calls on numbers.
    let result = unsafe {
        if source == target {
            libc::fcntl(target, libc::F_SETFD, 0)
        } else {
            libc::dup2(source, target)
        }
    };
    if result < 0 { Err(errno()) } else { Ok(()) }
}

/// # Safety
/// As for [`set_up_and_exec`].
unsafe fn execute(plan: &mut Plan) -> c_int {
    let mut denied = false;
    let mut last = libc::ENOENT;
    for index in 0..plan.candidates.len() {
        let path = plan.candidates[index].as_ptr();
        // SAFETY: the lists end with null and point to live C strings.
        unsafe {
            libc::execve(path, plan.argv[1..].as_ptr(), plan.envp.as_ptr());
            last = errno();
            if last == libc::ENOEXEC && plan.argv.len() > 2 {
                // A script without `#!`: a shell runs it, as execvp has it.
                plan.argv[1] = path;
                libc::execve(SHELL.as_ptr(), plan.argv.as_ptr(), plan.envp.as_ptr());
                last = errno();
            }
        }
        match last {
            libc::EACCES => denied = true,
            libc::ENOENT | libc::ENOTDIR | libc::ESTALE | libc::ENODEV | libc::ETIMEDOUT => {}
            _ => return last,
        }
    }
    if denied { libc::EACCES } else { last }
}
