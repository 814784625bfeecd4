//! Facts about the machine and the user, for Node's `os` module.

pub(crate) mod cpu;
pub(crate) mod interfaces;
pub(crate) mod user;

use deno_core::{op2, v8};

use crate::errno;

/// `[sysname, release, version, machine, nodename]` as `uname(2)` gives them.
#[op2]
#[serde]
pub fn op_os_uname() -> Vec<String> {
    match nix::sys::utsname::uname() {
        Ok(name) => [
            name.sysname(),
            name.release(),
            name.version(),
            name.machine(),
            name.nodename(),
        ]
        .map(|part| part.to_string_lossy().into_owned())
        .to_vec(),
        Err(_) => Vec::new(),
    }
}

/// The host's name, or a negative errno.
#[op2]
pub fn op_os_hostname<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
    match nix::unistd::gethostname() {
        Ok(name) => text(scope, name.to_string_lossy().as_bytes()),
        Err(error) => v8::Integer::new(scope, -(error as i32)).into(),
    }
}

fn text<'s>(scope: &mut v8::PinScope<'s, '_>, bytes: &[u8]) -> v8::Local<'s, v8::Value> {
    v8::String::new_from_utf8(scope, bytes, v8::NewStringType::Normal)
        .unwrap_or_else(|| v8::String::empty(scope))
        .into()
}

/// The load of the last 1, 5 and 15 minutes, into `load`.
#[op2(fast)]
pub fn op_os_loadavg(#[buffer] load: &mut [f64]) {
    let mut averages = [0.0; 3];
    // SAFETY: there is room for three numbers.
    unsafe { libc::getloadavg(averages.as_mut_ptr(), 3) };
    for (to, from) in load.iter_mut().zip(averages) {
        *to = from;
    }
}

/// Seconds since the machine started.
#[op2(fast)]
pub fn op_os_uptime() -> f64 {
    match nix::time::clock_gettime(nix::time::ClockId::CLOCK_BOOTTIME) {
        Ok(time) => {
            // Hundredths, as /proc/uptime has them.
            let hundredths = time.tv_sec() * 100 + time.tv_nsec() / 10_000_000;
            hundredths as f64 / 100.0
        }
        Err(_) => 0.0,
    }
}

fn meminfo(name: &str) -> Option<f64> {
    let table = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = table.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: f64 = line.strip_prefix(':')?.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024.0)
}

/// Bytes of memory that can be had without swapping.
#[op2(fast)]
pub fn op_os_freemem() -> f64 {
    meminfo("MemAvailable").unwrap_or(0.0)
}

/// Bytes of memory that the machine has.
#[op2(fast)]
pub fn op_os_totalmem() -> f64 {
    meminfo("MemTotal").unwrap_or(0.0)
}

/// How many threads of this process can run at once.
#[op2(fast)]
pub fn op_os_parallelism() -> u32 {
    std::thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap_or(1))
}

/// The priority of process `pid` (0: this one), into `priority`. 0, or a negative errno.
#[op2(fast)]
pub fn op_os_priority_get(pid: i32, #[buffer] priority: &mut [u32]) -> i32 {
    nix::errno::Errno::clear();
    // SAFETY: takes any numbers. The result may be -1 without an error, which is why errno was cleared.
    let value = unsafe { libc::getpriority(libc::PRIO_PROCESS, pid.cast_unsigned()) };
    if value == -1 && nix::errno::Errno::last_raw() != 0 {
        return errno::last();
    }
    if let [slot, ..] = priority {
        *slot = value.cast_unsigned();
    }
    0
}

/// Sets the priority of process `pid` (0: this one). 0, or a negative errno.
#[op2(fast)]
pub fn op_os_priority_set(pid: i32, priority: i32) -> i32 {
    // SAFETY: takes any numbers.
    errno::check(unsafe { libc::setpriority(libc::PRIO_PROCESS, pid.cast_unsigned(), priority) })
}
