//! The C library's allocator, for a process that moves large messages and files.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the heap has no other user.
static IS_OURS: AtomicBool = AtomicBool::new(false);
/// So many free bytes are worth giving back.
const MUCH: usize = 2 << 20;
/// What stays free at the heap's end.
const KEPT: usize = 256 << 10;
/// As large as the blocks that the start of a process allocates and frees, in bytes.
#[cfg(target_env = "gnu")]
const START: usize = 1 << 20;
/// Blocks from here on are large, in bytes.
const LARGE: usize = 256 << 10;

/// Tells the allocator, at the first large block, to keep the memory of such blocks for the next ones. By itself it gives their pages back to the
/// system after each, and faulting them in again costs more than everything else that is done with a message or a file.
pub fn expect_block(size: usize) {
    if size >= LARGE {
        keep_large_blocks();
    }
}

#[cfg(target_env = "gnu")]
fn keep_large_blocks() {
    // The values that glibc itself goes up to when it sees such blocks come and go.
    const MMAP_THRESHOLD: i32 = 32 << 20;
    const TRIM_THRESHOLD: i32 = 2 * MMAP_THRESHOLD;
    static ONCE: std::sync::Once = std::sync::Once::new();
    // SAFETY: mallopt takes numbers, and may be called at any time.
    ONCE.call_once(|| unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, MMAP_THRESHOLD);
        libc::mallopt(libc::M_TRIM_THRESHOLD, TRIM_THRESHOLD);
    });
}

#[cfg(not(target_env = "gnu"))]
fn keep_large_blocks() {}

/// Has all threads allocate from one heap, for a process that is a runtime and nothing else: what the threads of file system calls allocate is freed by the
/// JavaScript thread, and heaps of their own would give every such block back to the system. To be called before there are threads.
pub fn use_one_heap() {
    #[cfg(target_env = "gnu")]
    // SAFETY: mallopt takes numbers, and may be called at any time; the block is freed once, and malloc's null may be.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
        // What V8 needs for a moment while it reads the snapshot is to be found again, not to be faulted in again. glibc keeps blocks as large as one that it
        // has seen freed, and goes on adapting; it would not after a threshold was set.
        libc::free(std::hint::black_box(libc::malloc(START)));
    }
    IS_OURS.store(true, Ordering::Relaxed);
}

/// Gives back what the start of the process has left free in the heap, where the heap is the runtime's own.
pub fn give_back_after_start() {
    #[cfg(target_env = "gnu")]
    if IS_OURS.load(Ordering::Relaxed) {
        // SAFETY: it may be called at any time.
        unsafe { libc::malloc_trim(0) };
    }
}

/// Gives memory back to the system that lies free in the heap, where there is much of it and the heap is the runtime's own: V8's compilers leave megabytes
/// behind when a program gets going. For calls now and then; most of them cost a few microseconds.
pub fn give_back() {
    #[cfg(target_env = "gnu")]
    if IS_OURS.load(Ordering::Relaxed) {
        // SAFETY: both may be called at any time.
        unsafe {
            if libc::mallinfo2().fordblks >= MUCH {
                libc::malloc_trim(KEPT);
            }
        }
    }
}
