//! What Buffer does in Rust: moving, comparing and searching bytes, and their text in every encoding.
//!
//! Arguments are checked in JavaScript (js/internal/buffer); an op that gets something else than a view or a
//! string answers as if it were empty.

pub(crate) mod codec;
pub(crate) mod memory;
mod search;
pub(crate) mod text;
pub(crate) mod transcode;
mod utf8;

use std::cmp::Ordering;

use deno_core::{op2, v8};

use memory::{bytes, bytes_mut};
use text::{Encoding, with_encoded};

/// The most bytes that one Buffer can have.
#[op2(fast)]
pub fn op_os_buffer_max_length() -> f64 {
    v8::Uint8Array::MAX_LENGTH as f64
}

/// The most UTF-16 code units that one string can have.
#[op2(fast)]
pub fn op_os_buffer_max_string_length() -> f64 {
    v8::String::MAX_LENGTH as f64
}

/// An ArrayBuffer of `size` bytes that are not cleared; `null` when there is no memory.
#[op2]
pub fn op_os_buffer_alloc_unsafe<'s>(scope: &mut v8::PinScope<'s, '_>, size: f64) -> v8::Local<'s, v8::Value> {
    match memory::uninitialized(scope, size as usize) {
        Some(buffer) => buffer.into(),
        None => v8::null(scope).into(),
    }
}

/// Keeps JavaScript from detaching `buffer`: `transfer()` and the like throw a TypeError.
#[op2(fast)]
pub fn op_os_buffer_protect(scope: &mut v8::PinScope<'_, '_>, buffer: v8::Local<v8::ArrayBuffer>) {
    let key = v8::Object::new(scope);
    buffer.set_detach_key(key.into());
}

fn order(ordering: Ordering) -> i32 {
    match ordering {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// -1, 0 or 1 as `a` sorts before, with or after `b`.
#[op2(fast)]
pub fn op_os_buffer_compare(a: v8::Local<v8::Value>, b: v8::Local<v8::Value>) -> i32 {
    let (a, b) = (bytes(a).unwrap_or_default(), bytes(b).unwrap_or_default());
    order(a.cmp(b))
}

fn range(bytes: &[u8], start: f64, end: f64) -> &[u8] {
    let end = (end as usize).min(bytes.len());
    let start = (start as usize).min(end);
    &bytes[start..end]
}

/// [`op_os_buffer_compare`] of `a[a_start..a_end]` and `b[b_start..b_end]`.
#[op2(fast)]
pub fn op_os_buffer_compare_ranges(
    a: v8::Local<v8::Value>,
    b: v8::Local<v8::Value>,
    a_start: f64,
    a_end: f64,
    b_start: f64,
    b_end: f64,
) -> i32 {
    let a = range(bytes(a).unwrap_or_default(), a_start, a_end);
    let b = range(bytes(b).unwrap_or_default(), b_start, b_end);
    order(a.cmp(b))
}

/// Copies `source[source_start..source_end]` to `target` at `target_start`, as much as there is room for, and
/// returns how many bytes that was. Both may be views of the same memory.
#[op2(fast)]
pub fn op_os_buffer_copy(
    source: v8::Local<v8::Value>,
    target: v8::Local<v8::Value>,
    target_start: f64,
    source_start: f64,
    source_end: f64,
) -> f64 {
    let start = source_start as usize;
    let count = (source_end as usize).saturating_sub(start);
    memory::copy_between(source, target, target_start as usize, start, count).unwrap_or(0) as f64
}

// Writes `pattern` over and over; each round copies all that is there already.
fn repeat(target: &mut [u8], pattern: &[u8]) {
    let first = pattern.len().min(target.len());
    target[..first].copy_from_slice(&pattern[..first]);
    let mut filled = first;
    while filled < target.len() {
        let (done, rest) = target.split_at_mut(filled);
        let count = done.len().min(rest.len());
        rest[..count].copy_from_slice(&done[..count]);
        filled += count;
    }
}

fn fill(target: v8::Local<v8::Value>, pattern: &[u8], start: f64, end: f64) -> bool {
    if pattern.is_empty() {
        return false;
    }
    let Some(target) = bytes_mut(target) else {
        return false;
    };
    let end = (end as usize).min(target.len());
    let start = (start as usize).min(end);
    repeat(&mut target[start..end], pattern);
    true
}

/// Fills `target[start..end]` with repetitions of `pattern`; false when that is empty.
#[op2(fast)]
pub fn op_os_buffer_fill_bytes(
    target: v8::Local<v8::Value>,
    pattern: v8::Local<v8::Value>,
    start: f64,
    end: f64,
) -> bool {
    // A copy, because the pattern may be part of what is filled.
    let pattern = bytes(pattern).unwrap_or_default().to_vec();
    fill(target, &pattern, start, end)
}

/// Fills `target[start..end]` with repetitions of `pattern` in `encoding`; false when that has no bytes.
#[op2(fast)]
pub fn op_os_buffer_fill_string(
    scope: &mut v8::PinScope<'_, '_>,
    target: v8::Local<v8::Value>,
    pattern: v8::Local<v8::Value>,
    start: f64,
    end: f64,
    encoding: u32,
) -> bool {
    let pattern = with_encoded(scope, pattern, Encoding::from_code(encoding), <[u8]>::to_vec);
    fill(target, &pattern, start, end)
}

fn place(found: Option<usize>) -> f64 {
    found.map_or(-1.0, |place| place as f64)
}

/// Where `needle` is in `haystack`, or -1. `offset` counts from the end when negative; see [`search::find`].
#[op2(fast)]
pub fn op_os_buffer_index_of_bytes(
    haystack: v8::Local<v8::Value>,
    needle: v8::Local<v8::Value>,
    offset: f64,
    forward: bool,
    pairs: bool,
) -> f64 {
    let (Some(haystack), Some(needle)) = (bytes(haystack), bytes(needle)) else {
        return -1.0;
    };
    place(search::find(haystack, needle, offset, forward, pairs))
}

/// Where the text `needle` is in `haystack` in `encoding`, or -1.
#[op2(fast)]
pub fn op_os_buffer_index_of_string(
    scope: &mut v8::PinScope<'_, '_>,
    haystack: v8::Local<v8::Value>,
    needle: v8::Local<v8::Value>,
    offset: f64,
    forward: bool,
    encoding: u32,
) -> f64 {
    let Some(haystack) = bytes(haystack) else {
        return -1.0;
    };
    let encoding = Encoding::from_code(encoding);
    let pairs = encoding == Encoding::Utf16le;
    // Offsets from the end count from the last whole character.
    let haystack = if pairs { search::whole_pairs(haystack) } else { haystack };
    with_encoded(scope, needle, encoding, |needle| {
        place(search::find(haystack, needle, offset, forward, pairs))
    })
}

/// Where the byte `needle` is in `haystack`, or -1.
#[op2(fast)]
pub fn op_os_buffer_index_of_number(haystack: v8::Local<v8::Value>, needle: u32, offset: f64, forward: bool) -> f64 {
    let haystack = bytes(haystack).unwrap_or_default();
    place(search::find_byte(haystack, needle as u8, offset, forward))
}

/// Reverses the bytes of every `unit` (2, 4 or 8) bytes.
#[op2(fast)]
pub fn op_os_buffer_swap(buffer: v8::Local<v8::Value>, unit: u32) {
    fn each<const N: usize>(bytes: &mut [u8]) {
        for unit in bytes.as_chunks_mut::<N>().0 {
            unit.reverse();
        }
    }
    let Some(bytes) = bytes_mut(buffer) else {
        return;
    };
    match unit {
        2 => each::<2>(bytes),
        4 => each::<4>(bytes),
        _ => each::<8>(bytes),
    }
}

/// Whether all bytes are below 128.
#[op2(fast)]
pub fn op_os_buffer_is_ascii(buffer: v8::Local<v8::Value>) -> bool {
    v8::simdutf::validate_ascii(bytes(buffer).unwrap_or_default())
}

/// Whether the bytes are UTF-8.
#[op2(fast)]
pub fn op_os_buffer_is_utf8(buffer: v8::Local<v8::Value>) -> bool {
    v8::simdutf::validate_utf8(bytes(buffer).unwrap_or_default())
}

/// The names and symbols of `object`'s own properties that are not array indices.
#[op2]
pub fn op_os_buffer_named_keys<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    object: v8::Local<'s, v8::Object>,
    enumerable_only: bool,
) -> v8::Local<'s, v8::Array> {
    let filter = if enumerable_only {
        v8::PropertyFilter::ONLY_ENUMERABLE
    } else {
        v8::PropertyFilter::ALL_PROPERTIES
    };
    let arguments = v8::GetPropertyNamesArgsBuilder::new()
        .mode(v8::KeyCollectionMode::OwnOnly)
        .property_filter(filter)
        .index_filter(v8::IndexFilter::SkipIndices)
        .key_conversion(v8::KeyConversionMode::ConvertToString)
        .build();
    object
        .get_property_names(scope, arguments)
        .unwrap_or_else(|| v8::Array::new(scope, 0))
}

// Whether a script's name has `node_modules` as one of its folders, on any system.
fn is_dependency(script: &str) -> bool {
    script
        .split(['/', '\\'])
        .rev()
        .skip(1)
        .any(|folder| folder == "node_modules")
}

/// Whether the innermost frame of the stack that is not a built-in's belongs to a dependency: a file below
/// `node_modules`.
#[op2(fast)]
pub fn op_os_buffer_caller_is_dependency(scope: &mut v8::PinScope<'_, '_>) -> bool {
    const DEPTH: usize = 100;
    let Some(stack) = v8::StackTrace::current_stack_trace(scope, DEPTH) else {
        return false;
    };
    for index in 0..stack.get_frame_count() {
        let Some(name) = stack
            .get_frame(scope, index)
            .and_then(|frame| frame.get_script_name(scope))
        else {
            continue;
        };
        let name = name.to_rust_string_lossy(scope);
        if name.is_empty() || name.starts_with("node:") || name.starts_with("ext:") {
            continue;
        }
        return is_dependency(&name);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_repeat_to_the_end() {
        let mut target = [0; 8];
        repeat(&mut target, b"abc");
        assert_eq!(&target, b"abcabcab");
        repeat(&mut target[..2], b"xyz");
        assert_eq!(&target, b"xycabcab");
    }

    #[test]
    fn dependencies_live_below_node_modules() {
        assert!(is_dependency("/a/node_modules/b.js"));
        assert!(is_dependency("c:\\node_modules\\b.js"));
        assert!(!is_dependency("/node_modules"));
        assert!(!is_dependency("/my_node_modules/b.js"));
    }
}
