//! What the process has used: time, memory, processor.

use deno_core::{op2, v8};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use nix::time::{ClockId, clock_gettime};
use rtjs_core::timing;

/// The monotonic clock into `[seconds, nanoseconds of the second, low and high half of all nanoseconds]`.
#[op2(fast)]
pub fn op_os_hrtime(#[buffer] out: &mut [u32]) {
    let Ok(now) = clock_gettime(ClockId::CLOCK_MONOTONIC) else {
        return;
    };
    let seconds = now.tv_sec().cast_unsigned();
    let nanos = now.tv_nsec().cast_unsigned();
    let total = seconds * 1_000_000_000 + nanos;
    if let [a, b, c, d] = out {
        *a = seconds as u32;
        *b = nanos as u32;
        *c = total as u32;
        *d = (total >> 32) as u32;
    }
}

/// Notes the moment that [`op_os_process_uptime`] counts from.
#[op2(fast)]
pub fn op_os_process_started() {
    timing::note_process_start();
}

/// Seconds since the process started.
#[op2(fast)]
pub fn op_os_process_uptime() -> f64 {
    timing::now() / 1e3
}

/// `[rss, heapTotal, heapUsed, external, arrayBuffers]` in bytes.
#[op2(fast)]
pub fn op_os_memory_usage(isolate: &mut v8::Isolate, #[buffer] out: &mut [f64]) {
    let heap = isolate.get_heap_statistics();
    let values = [
        resident_bytes(),
        heap.total_heap_size() as f64,
        heap.used_heap_size() as f64,
        // V8 counts what array buffers hold; nothing else is outside its heap.
        heap.external_memory() as f64,
        heap.external_memory() as f64,
    ];
    for (to, from) in out.iter_mut().zip(values) {
        *to = from;
    }
}

/// Resident memory in bytes.
#[op2(fast)]
pub fn op_os_rss() -> f64 {
    resident_bytes()
}

fn resident_bytes() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm")
        .ok()
        .and_then(|text| text.split_whitespace().nth(1)?.parse::<f64>().ok())
        .unwrap_or(0.0);
    // SAFETY: sysconf takes any name.
    pages * unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as f64
}

fn micros(time: TimeVal) -> f64 {
    time.tv_sec() as f64 * 1e6 + time.tv_usec() as f64
}

/// `[user, system]` processor time in microseconds, of the calling thread only or of the whole process.
#[op2(fast)]
pub fn op_os_cpu_usage(#[buffer] out: &mut [f64], thread: bool) {
    let who = if thread {
        UsageWho::RUSAGE_THREAD
    } else {
        UsageWho::RUSAGE_SELF
    };
    if let (Ok(usage), [user, system, ..]) = (getrusage(who), out) {
        *user = micros(usage.user_time());
        *system = micros(usage.system_time());
    }
}

/// The sixteen numbers of getrusage(2) in the order of its structure, times in microseconds and sizes in kilobytes.
#[op2(fast)]
pub fn op_os_resource_usage(#[buffer] out: &mut [f64]) {
    let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) else {
        return;
    };
    let values = [
        micros(usage.user_time()),
        micros(usage.system_time()),
        usage.max_rss() as f64,
        usage.shared_integral() as f64,
        usage.unshared_data_integral() as f64,
        usage.unshared_stack_integral() as f64,
        usage.minor_page_faults() as f64,
        usage.major_page_faults() as f64,
        usage.full_swaps() as f64,
        usage.block_reads() as f64,
        usage.block_writes() as f64,
        usage.ipc_sends() as f64,
        usage.ipc_receives() as f64,
        usage.signals() as f64,
        usage.voluntary_context_switches() as f64,
        usage.involuntary_context_switches() as f64,
    ];
    for (to, from) in out.iter_mut().zip(values) {
        *to = from;
    }
}

fn read_number(path: &str) -> Option<f64> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// The folder of this process in the unified control group hierarchy, outermost last.
fn control_groups() -> Vec<String> {
    let Ok(text) = std::fs::read_to_string("/proc/self/cgroup") else {
        return Vec::new();
    };
    let Some(mut path) = text.lines().find_map(|line| line.strip_prefix("0::")) else {
        return Vec::new();
    };
    let mut folders = Vec::new();
    loop {
        folders.push(format!("/sys/fs/cgroup{}", path.trim_end_matches('/')));
        match path.rfind('/') {
            Some(at) if path.len() > 1 => path = &path[..at],
            _ => return folders,
        }
    }
}

fn memory_limit() -> Option<f64> {
    let unified = control_groups()
        .into_iter()
        .filter_map(|folder| read_number(&format!("{folder}/memory.max")))
        .reduce(f64::min);
    unified.or_else(|| read_number("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
}

/// The bytes of memory that the system allows to the process; 0 when it sets no limit.
#[op2(fast)]
pub fn op_os_constrained_memory() -> f64 {
    memory_limit().unwrap_or(0.0)
}

/// The bytes of memory that are still free to the process.
#[op2(fast)]
pub fn op_os_available_memory() -> f64 {
    let free = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
            line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()
        })
        .map_or(0.0, |kilobytes| kilobytes * 1024.0);
    match memory_limit() {
        Some(limit) => free.min((limit - resident_bytes()).max(0.0)),
        None => free,
    }
}
