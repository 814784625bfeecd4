//! Copies of values within one isolate, in one step.

use std::rc::Rc;

use deno_core::{GarbageCollected, op2, v8};
use v8::{ValueDeserializer, ValueDeserializerHelper, ValueSerializer, ValueSerializerHelper};

use super::delegate::{Owner, Reading, Writing};

pub(super) fn uncloneable<'s>(scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Private> {
    let name = v8::String::new(scope, "rtjs:uncloneable").expect("a short string");
    v8::Private::for_api(scope, Some(name))
}

/// Makes the serializer ask about `object` as about a host object.
#[op2(fast)]
pub fn op_os_v8_mark_uncloneable<'s>(scope: &mut v8::PinScope<'s, '_>, object: v8::Local<'s, v8::Object>) {
    let key = uncloneable(scope);
    let yes = v8::Boolean::new(scope, true);
    object.set_private(scope, key, yes.into());
}

/// Whether `object` was given to [`op_os_v8_mark_uncloneable`].
#[op2(fast)]
pub fn op_os_v8_is_uncloneable<'s>(scope: &mut v8::PinScope<'s, '_>, object: v8::Local<'s, v8::Object>) -> bool {
    let key = uncloneable(scope);
    object.has_private(scope, key).unwrap_or(false)
}

/// Writes `value` and reads it again. Objects with the symbol `brand` are host objects; questions go to `answer` with `receiver` as `this`.
#[op2(reentrant)]
pub fn op_os_v8_clone<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    value: v8::Local<'s, v8::Value>,
    brand: v8::Local<'s, v8::Value>,
    receiver: v8::Local<'s, v8::Object>,
    answer: v8::Local<'s, v8::Function>,
) -> v8::Local<'s, v8::Value> {
    let undefined = v8::undefined(scope).into();
    let owner = owner_with(scope, brand);
    let copy = owner.while_asking(scope, receiver, answer, |scope| {
        let context = scope.get_current_context();
        let serializer = ValueSerializer::new(scope, Box::new(Writing(owner.clone())));
        serializer.write_header();
        serializer.write_value(context, value)?;
        let bytes = serializer.release();
        let deserializer = ValueDeserializer::new(scope, Box::new(Reading(owner.clone())), &bytes);
        deserializer.read_header(context)?;
        deserializer.read_value(context)
    });
    // Without a copy an exception is pending.
    copy.unwrap_or(undefined)
}

/// A value as V8's serializer has written it, kept where JavaScript cannot change it.
pub struct WrittenValue {
    bytes: Vec<u8>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for WrittenValue {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"WrittenValue"
    }
}

fn array_buffers<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    list: v8::Local<'s, v8::Value>,
) -> Vec<v8::Local<'s, v8::ArrayBuffer>> {
    let Ok(list) = v8::Local::<v8::Array>::try_from(list) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| v8::Local::try_from(list.get_index(scope, at)?).ok())
        .collect()
}

fn owner_with<'s>(scope: &mut v8::PinScope<'s, '_>, brand: v8::Local<'s, v8::Value>) -> Rc<Owner> {
    let owner = Rc::new(Owner::default());
    if let Ok(brand) = v8::Local::<v8::Symbol>::try_from(brand) {
        owner.set_brand(scope, brand);
    }
    owner
}

/// Writes `value`, for [`op_os_v8_read`]. What the array `buffers` holds is only referred to, by its place there; the rest is as for
/// [`op_os_v8_clone`].
#[op2(reentrant)]
pub fn op_os_v8_write<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    value: v8::Local<'s, v8::Value>,
    brand: v8::Local<'s, v8::Value>,
    receiver: v8::Local<'s, v8::Object>,
    answer: v8::Local<'s, v8::Function>,
    buffers: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let owner = owner_with(scope, brand);
    let buffers = array_buffers(scope, buffers);
    let bytes = owner.while_asking(scope, receiver, answer, |scope| {
        let context = scope.get_current_context();
        let serializer = ValueSerializer::new(scope, Box::new(Writing(owner.clone())));
        for (id, buffer) in (0..).zip(buffers) {
            serializer.transfer_array_buffer(id, buffer);
        }
        serializer.write_header();
        serializer.write_value(context, value)?;
        Some(serializer.release())
    });
    match bytes {
        Some(bytes) => deno_core::cppgc::make_cppgc_object(scope, WrittenValue { bytes }).into(),
        // An exception is pending.
        None => v8::undefined(scope).into(),
    }
}

/// Reads what [`op_os_v8_write`] has written; `buffers` has to hold the buffers in the same order.
#[op2(reentrant)]
pub fn op_os_v8_read<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    #[cppgc] written: &WrittenValue,
    brand: v8::Local<'s, v8::Value>,
    receiver: v8::Local<'s, v8::Object>,
    answer: v8::Local<'s, v8::Function>,
    buffers: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    let owner = owner_with(scope, brand);
    let buffers = array_buffers(scope, buffers);
    let value = owner.while_asking(scope, receiver, answer, |scope| {
        let context = scope.get_current_context();
        let deserializer = ValueDeserializer::new(scope, Box::new(Reading(owner.clone())), &written.bytes);
        for (id, buffer) in (0..).zip(buffers) {
            deserializer.transfer_array_buffer(id, buffer);
        }
        deserializer.read_header(context)?;
        deserializer.read_value(context)
    });
    // Without a value an exception is pending.
    value.unwrap_or_else(|| v8::undefined(scope).into())
}

/// Another object over the memory of a shared array buffer, or over the code of a compiled WebAssembly module.
#[op2]
pub fn op_os_v8_share<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    value: v8::Local<'s, v8::Value>,
) -> v8::Local<'s, v8::Value> {
    if let Ok(buffer) = v8::Local::<v8::SharedArrayBuffer>::try_from(value) {
        let store = buffer.get_backing_store();
        return v8::SharedArrayBuffer::with_backing_store(scope, &store).into();
    }
    if let Ok(module) = v8::Local::<v8::WasmModuleObject>::try_from(value) {
        let code = module.get_compiled_module();
        if let Some(module) = v8::WasmModuleObject::from_compiled_module(scope, &code) {
            return module.into();
        }
    }
    v8::undefined(scope).into()
}
