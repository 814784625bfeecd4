//! V8 itself, as the v8 module shows it: its serializer, its heap's figures, its flags. structuredClone and messages use the serializer too.

pub mod clone;
mod delegate;
pub mod deserializer;
pub mod gc;
pub mod heap;
pub mod inspector;
pub mod serializer;
