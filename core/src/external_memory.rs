//! Memory that array buffers have from us and not from V8: without a word about it, V8 would let their garbage pile up.

use std::cell::Cell;

use deno_core::v8;

/// How many new bytes are worth a look at the garbage.
const STEP: usize = 512 << 10;

/// What is thrown away for each step, in V8's heap: at its smallest, the space of young objects is full after some 8 MB of buffers. When much more of
/// them is there since the whole heap was last marked, V8 marks it again.
static LITTER: [u8; 64 << 10] = [b' '; 64 << 10];

thread_local! {
    static NEW: Cell<usize> = const { Cell::new(0) };
}

/// To be called before `bytes` of memory are made an array buffer by `new_backing_store_from_vec` and the like.
///
/// V8 collects short-lived buffers when it allocates the memory of another, not when it is given some. So now and then it is asked for a byte.
/// And it looks among young objects only when these have filled their space, which buffers, small as objects, hardly do: by then there is so much
/// of their memory that the whole heap is marked. Some litter in that space has it looked through in time, which costs a tenth of that.
pub fn external_memory_grows(scope: &mut v8::PinScope<'_, '_>, bytes: usize) {
    NEW.with(|new| {
        let sum = new.get().saturating_add(bytes);
        if sum < STEP {
            new.set(sum);
            return;
        }
        new.set(0);
        drop(v8::ArrayBuffer::new_backing_store(scope, 1));
        v8::scope!(let scope, scope);
        let _ = v8::String::new_from_one_byte(scope, &LITTER, v8::NewStringType::Normal);
    });
}

/// An ArrayBuffer of these bytes, of whose memory V8 is told.
pub fn array_buffer<'s>(scope: &mut v8::PinScope<'s, '_>, bytes: Vec<u8>) -> v8::Local<'s, v8::ArrayBuffer> {
    external_memory_grows(scope, bytes.len());
    let store = v8::ArrayBuffer::new_backing_store_from_vec(bytes).make_shared();
    v8::ArrayBuffer::with_backing_store(scope, &store)
}

/// `bytes` as a Uint8Array, of whose memory V8 is told.
pub fn uint8_array<'s>(scope: &mut v8::PinScope<'s, '_>, bytes: Vec<u8>) -> v8::Local<'s, v8::Value> {
    let length = bytes.len();
    let buffer = array_buffer(scope, bytes);
    match v8::Uint8Array::new(scope, buffer, 0, length) {
        Some(array) => array.into(),
        None => v8::undefined(scope).into(),
    }
}
