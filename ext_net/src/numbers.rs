//! A few numbers that Rust writes and JavaScript reads as an `Int32Array`, without a call.

use std::ffi::c_void;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use deno_core::v8;

/// Which source an event is about.
pub(crate) const ID: usize = 0;
/// Bytes, or a negative errno.
pub(crate) const STATUS: usize = 1;
/// A datagram's port.
pub(crate) const PORT: usize = 2;
/// Of a datagram's address: 4, 6, or 0 for none.
pub(crate) const FAMILY: usize = 3;
/// An IPv4 address, its first byte the highest.
pub(crate) const ADDRESS: usize = 4;
/// Of a datagram: 1 says that it was cut.
pub(crate) const FLAGS: usize = 5;

const COUNT: usize = 16;

/// See the module.
#[derive(Default)]
pub(crate) struct Numbers {
    cells: Arc<[AtomicI32; COUNT]>,
}

impl Numbers {
    pub(crate) fn set(&self, index: usize, number: i32) {
        self.cells[index].store(number, Ordering::Relaxed);
    }

    /// The memory, for JavaScript.
    pub(crate) fn array_buffer<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::ArrayBuffer> {
        let cells = Arc::into_raw(self.cells.clone());
        // SAFETY: the Arc that was just made into a pointer keeps the memory until `release` takes it back, which V8 calls once. Atomics may be
        // written to while JavaScript, on the same thread, reads.
        let store = unsafe {
            v8::ArrayBuffer::new_backing_store_from_ptr(
                cells.cast_mut().cast(),
                COUNT * size_of::<AtomicI32>(),
                release,
                std::ptr::null_mut(),
            )
        };
        v8::ArrayBuffer::with_backing_store(scope, &store.make_shared())
    }
}

unsafe extern "C" fn release(data: *mut c_void, _length: usize, _deleter: *mut c_void) {
    // SAFETY: `array_buffer` made this pointer of an Arc, and this is the one call for it.
    drop(unsafe { Arc::from_raw(data.cast::<[AtomicI32; COUNT]>()) });
}
