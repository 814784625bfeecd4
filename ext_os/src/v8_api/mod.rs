//! V8 itself, as the v8 module shows it: its serializer, its heap's figures, its flags. structuredClone and messages use the serializer too.

pub mod clone;
mod delegate;
pub mod deserializer;
pub mod gc;
pub mod heap;
pub mod inspector;
pub mod serializer;

use deno_core::v8;

/// `bytes` as a Uint8Array.
fn bytes<'s>(scope: &mut v8::PinScope<'s, '_>, bytes: Vec<u8>) -> v8::Local<'s, v8::Value> {
    let length = bytes.len();
    let store = v8::ArrayBuffer::new_backing_store_from_vec(bytes).make_shared();
    let buffer = v8::ArrayBuffer::with_backing_store(scope, &store);
    match v8::Uint8Array::new(scope, buffer, 0, length) {
        Some(array) => array.into(),
        None => v8::undefined(scope).into(),
    }
}
