//! The memory behind array buffer views: borrowing it from V8, and making array buffers that are not cleared.

use std::ffi::c_void;

use deno_core::v8;

unsafe extern "C" fn free_memory(data: *mut c_void, _length: usize, _context: *mut c_void) {
    // SAFETY: `data` came from malloc in `uninitialized`, and V8 calls this once.
    unsafe { libc::free(data) }
}

fn raw_parts(view: &v8::ArrayBufferView) -> (*mut u8, usize) {
    // V8 is built with no typed arrays on its heap, so nothing is ever copied into this.
    let mut storage = [0; v8::TYPED_ARRAY_MAX_SIZE_IN_HEAP];
    // SAFETY: the pointer is only used while the view that it came from is borrowed.
    let (data, length) = unsafe { view.get_contents_raw_parts(&mut storage) };
    if data.is_null() || length == 0 {
        (std::ptr::dangling_mut(), 0)
    } else {
        (data, length)
    }
}

/// The bytes of an array buffer view, or `None` for any other value.
///
/// The borrow must end before JavaScript runs again: a script may detach, resize or write to the memory.
pub(crate) fn bytes<'a>(value: v8::Local<'a, v8::Value>) -> Option<&'a [u8]> {
    let view = value.try_cast::<v8::ArrayBufferView>().ok()?;
    let (data, length) = raw_parts(&view);
    // SAFETY: V8 vouches for `length` bytes at `data` while the view is alive, which its handle sees to, and
    // no JavaScript runs during an op that uses this. Another thread may write to a SharedArrayBuffer
    // meanwhile, as in every JavaScript engine; the bytes are then unspecified, not unsafe to look at.
    Some(unsafe { std::slice::from_raw_parts(data, length) })
}

/// [`bytes`] of a view, an ArrayBuffer or a SharedArrayBuffer.
pub(crate) fn any_bytes<'a>(value: v8::Local<'a, v8::Value>) -> Option<&'a [u8]> {
    let (data, length) = if let Ok(buffer) = value.try_cast::<v8::ArrayBuffer>() {
        (buffer.data(), buffer.byte_length())
    } else if let Ok(buffer) = value.try_cast::<v8::SharedArrayBuffer>() {
        let store = buffer.get_backing_store();
        (store.data(), store.byte_length())
    } else {
        return bytes(value);
    };
    let Some(data) = data else {
        return Some(&[]);
    };
    // SAFETY: as for `bytes`.
    Some(unsafe { std::slice::from_raw_parts(data.as_ptr().cast(), length) })
}

/// `bytes` as UTF-16 code units in place, without an odd byte at the end; `None` where memory or machine have
/// them otherwise.
pub(crate) fn aligned_units(bytes: &[u8]) -> Option<&[u16]> {
    if cfg!(target_endian = "big") {
        return None;
    }
    // SAFETY: any two bytes are a u16.
    let (before, units, after) = unsafe { bytes.align_to::<u16>() };
    (before.is_empty() && after.len() < 2).then_some(units)
}

/// [`aligned_units`] for writing.
pub(crate) fn aligned_units_mut(bytes: &mut [u8]) -> Option<&mut [u16]> {
    if cfg!(target_endian = "big") {
        return None;
    }
    // SAFETY: any two bytes are a u16.
    let (before, units, after) = unsafe { bytes.align_to_mut::<u16>() };
    (before.is_empty() && after.len() < 2).then_some(units)
}

/// The bytes of an array buffer view for writing. See [`bytes`]; the caller must not hold another borrow of
/// memory that the view may share ([`copy_between`] is for that).
pub(crate) fn bytes_mut<'a>(value: v8::Local<'a, v8::Value>) -> Option<&'a mut [u8]> {
    let view = value.try_cast::<v8::ArrayBufferView>().ok()?;
    let (data, length) = raw_parts(&view);
    // SAFETY: as for `bytes`.
    Some(unsafe { std::slice::from_raw_parts_mut(data, length) })
}

/// Copies up to `count` bytes from `source` at `source_start` to `target` at `target_start`, which may share
/// memory. Stops at the end of either and returns how many it copied, or `None` if one is not a view.
pub(crate) fn copy_between(
    source: v8::Local<v8::Value>,
    target: v8::Local<v8::Value>,
    target_start: usize,
    source_start: usize,
    count: usize,
) -> Option<usize> {
    let source = source.try_cast::<v8::ArrayBufferView>().ok()?;
    let target = target.try_cast::<v8::ArrayBufferView>().ok()?;
    let (from, from_length) = raw_parts(&source);
    let (to, to_length) = raw_parts(&target);
    if source_start >= from_length || target_start >= to_length {
        return Some(0);
    }
    let count = count.min(from_length - source_start).min(to_length - target_start);
    // SAFETY: both ranges lie within their views' memory, and `copy` allows them to overlap.
    unsafe { std::ptr::copy(from.add(source_start), to.add(target_start), count) };
    Some(count)
}

/// An array buffer of `size` bytes that hold whatever was there, or `None` when there is no memory.
pub(crate) fn uninitialized<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    size: usize,
) -> Option<v8::Local<'s, v8::ArrayBuffer>> {
    if size == 0 {
        return Some(v8::ArrayBuffer::new(scope, 0));
    }
    rtjs_core::external_memory_grows(scope, size);
    // SAFETY: malloc takes any size, and answers null when it has no such block.
    let data = unsafe { libc::malloc(size) };
    if data.is_null() {
        return None;
    }
    // SAFETY: `data` is a block of `size` bytes that nobody else has, and `free_memory` is how it ends.
    let store = unsafe { v8::ArrayBuffer::new_backing_store_from_ptr(data, size, free_memory, std::ptr::null_mut()) };
    Some(v8::ArrayBuffer::with_backing_store(scope, &store.make_shared()))
}
