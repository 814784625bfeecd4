//! Memory that array buffers have from us and not from V8: without a word about it, V8 would let their garbage pile up.

use std::cell::Cell;

use deno_core::v8;

/// How many new bytes are worth a look at the garbage.
const STEP: usize = 1 << 20;

thread_local! {
    static NEW: Cell<usize> = const { Cell::new(0) };
}

/// To be called before `bytes` of memory are made an array buffer by `new_backing_store_from_vec` and the like.
///
/// V8 collects short-lived buffers when it allocates the memory of another, not when it is given some. So now and then it is asked for a byte.
pub fn external_memory_grows(isolate: &mut v8::Isolate, bytes: usize) {
    NEW.with(|new| {
        let sum = new.get().saturating_add(bytes);
        if sum < STEP {
            new.set(sum);
            return;
        }
        new.set(0);
        drop(v8::ArrayBuffer::new_backing_store(isolate, 1));
    });
}
