//! What ops get from JavaScript: paths, and memory that another thread reads or fills.

use std::ffi::CString;
use std::mem::MaybeUninit;

use deno_core::v8;

use super::sys::terminated;
use crate::buffer::memory::bytes;
use crate::buffer::text::{Encoding, with_encoded};

/// A path: a string, or the bytes of a view.
pub(crate) fn path(isolate: &mut v8::Isolate, value: v8::Local<v8::Value>) -> CString {
    match bytes(value) {
        Some(bytes) => terminated(bytes),
        None => with_encoded(isolate, value, Encoding::Utf8, |bytes| terminated(bytes)),
    }
}

/// A path or a descriptor, as readFile and writeFile take them.
pub(crate) enum Target {
    Path(CString),
    Fd(i32),
}

/// See [`Target`].
pub(crate) fn target(isolate: &mut v8::Isolate, value: v8::Local<v8::Value>) -> Target {
    match value.try_cast::<v8::Int32>() {
        Ok(fd) => Target::Fd(fd.value()),
        Err(_) => Target::Path(path(isolate, value)),
    }
}

/// The position of a read or write: a number below zero stands for the descriptor's own. The largest leaves room for a count of bytes.
pub(crate) fn position(value: f64) -> i64 {
    const MAX: i64 = i64::MAX - i32::MAX as i64;
    if value < 0.0 { -1 } else { (value as i64).min(MAX) }
}

/// The memory of a view, kept alive while another thread works on it.
///
/// JavaScript can see and change it meanwhile, as in Node: what is written then is up to the script.
pub(crate) struct SharedBytes {
    data: *mut u8,
    length: usize,
    /// Keeps `data` valid: V8 frees or moves no backing store that somebody holds.
    _store: Option<v8::SharedRef<v8::BackingStore>>,
}

// SAFETY: the store's count of holders is atomic, and the bytes are reached through raw pointers inside system calls only.
unsafe impl Send for SharedBytes {}

impl SharedBytes {
    /// `length` bytes from `offset` on, or fewer where the view is shorter. Empty for what is no view.
    pub(crate) fn new(
        scope: &mut v8::PinScope<'_, '_>,
        view: v8::Local<v8::Value>,
        offset: usize,
        length: usize,
    ) -> SharedBytes {
        let part = || {
            let view = view.try_cast::<v8::ArrayBufferView>().ok()?;
            let size = view.byte_length();
            let store = view.buffer(scope)?.get_backing_store();
            // Read after `buffer()`, which moves bytes that were on V8's heap.
            let start = store.data()?.as_ptr().cast::<u8>();
            let offset = offset.min(size);
            // SAFETY: the view lies within its store, and `offset` within the view.
            let data = unsafe { start.add(view.byte_offset() + offset) };
            Some(SharedBytes {
                data,
                length: length.min(size - offset),
                _store: Some(store),
            })
        };
        part().unwrap_or(SharedBytes {
            data: std::ptr::dangling_mut(),
            length: 0,
            _store: None,
        })
    }

    /// The bytes for writing them out.
    pub(crate) fn as_slice(&self) -> &[u8] {
        // SAFETY: the store keeps the memory valid. A script that writes to it meanwhile changes bytes that only a system call looks at.
        unsafe { std::slice::from_raw_parts(self.data, self.length) }
    }

    /// The bytes for filling them.
    pub(crate) fn as_uninit(&mut self) -> &mut [MaybeUninit<u8>] {
        // SAFETY: as for `as_slice`.
        unsafe { std::slice::from_raw_parts_mut(self.data.cast(), self.length) }
    }

    /// The bytes as a piece for readv and writev.
    pub(crate) fn as_piece(&self) -> libc::iovec {
        libc::iovec {
            iov_base: self.data.cast(),
            iov_len: self.length,
        }
    }
}

/// All views of an array; what is no view counts as empty.
pub(crate) fn shared_list(scope: &mut v8::PinScope<'_, '_>, views: v8::Local<v8::Array>) -> Vec<SharedBytes> {
    (0..views.length())
        .map(|index| match views.get_index(scope, index) {
            Some(view) => SharedBytes::new(scope, view, 0, usize::MAX),
            None => SharedBytes {
                data: std::ptr::dangling_mut(),
                length: 0,
                _store: None,
            },
        })
        .collect()
}
