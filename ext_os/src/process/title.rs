//! `process.title`: what `ps` shows for the process.
//!
//! On Linux that is the memory in which the kernel laid the arguments, so it is overwritten in place, within its size.

use std::sync::Mutex;

use deno_core::op2;

/// Where the arguments lie, and the title that was last put there.
struct Title {
    area: Option<Area>,
    text: Option<String>,
}

#[derive(Clone, Copy)]
struct Area {
    start: usize,
    length: usize,
}

static TITLE: Mutex<Title> = Mutex::new(Title { area: None, text: None });

/// The title: as set, or the word that the program was called by.
#[op2]
#[string]
pub fn op_os_title_get() -> String {
    let title = TITLE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    title.text.clone().unwrap_or_else(first_word)
}

/// Sets the title; it is cut where there is no room for it.
#[op2(fast)]
pub fn op_os_title_set(#[string] text: &str) {
    let mut title = TITLE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if title.area.is_none() {
        title.area = argument_area();
    }
    let Some(area) = title.area else {
        title.text = Some(text.to_owned());
        return;
    };
    // The last byte stays NUL.
    let mut length = text.len().min(area.length.saturating_sub(1));
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    let text = &text[..length];
    // SAFETY: the area is the memory of the program's arguments, which is writable and lives as long as the process; the lock is held, and
    // nothing but the C library's start-up, which is over, and `std::env::args` reads it. Its strings stay terminated by the zeros that follow.
    unsafe {
        let start = area.start as *mut u8;
        std::ptr::write_bytes(start, 0, area.length);
        std::ptr::copy_nonoverlapping(text.as_ptr(), start, length);
    }
    set_thread_name(text);
    title.text = Some(text.to_owned());
}

/// The name in `ps -o comm`, at most fifteen bytes.
fn set_thread_name(text: &str) {
    let mut name = [0u8; 16];
    let length = text.len().min(15);
    name[..length].copy_from_slice(&text.as_bytes()[..length]);
    // SAFETY: `name` is terminated.
    unsafe { libc::prctl(libc::PR_SET_NAME, name.as_ptr()) };
}

fn first_word() -> String {
    let bytes = std::fs::read("/proc/self/cmdline").unwrap_or_default();
    let word = bytes.split(|&b| b == 0).next().unwrap_or_default();
    String::from_utf8_lossy(word).into_owned()
}

/// The memory of the arguments, as the kernel tells it.
fn argument_area() -> Option<Area> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field may hold spaces, and ends at the last parenthesis. After it, the fields count from the third.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let start: usize = fields.get(48 - 3)?.parse().ok()?;
    let end: usize = fields.get(49 - 3)?.parse().ok()?;
    (start != 0 && end > start + 1).then(|| Area {
        start,
        length: end - start,
    })
}
