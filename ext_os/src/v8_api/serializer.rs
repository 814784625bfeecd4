//! V8's serializer as an object.

use std::rc::Rc;

use deno_core::{GarbageCollected, op2, v8};
use v8::{ValueSerializer, ValueSerializerHelper};

use super::delegate::{Owner, Writing};

/// Writes JavaScript values and plain numbers into bytes.
pub struct ValueWriter {
    owner: Rc<Owner>,
    serializer: ValueSerializer<'static>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for ValueWriter {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"ValueWriter"
    }
}

#[op2]
impl ValueWriter {
    /// With a symbol as `brand`, objects that have it are host objects; without one, those that native code has made.
    #[constructor]
    #[cppgc]
    fn new<'s>(scope: &mut v8::PinScope<'s, '_>, brand: v8::Local<'s, v8::Value>) -> ValueWriter {
        let owner = Rc::new(Owner::default());
        if let Ok(brand) = v8::Local::<v8::Symbol>::try_from(brand) {
            owner.set_brand(scope, brand);
        }
        let serializer = ValueSerializer::new(scope, Box::new(Writing(owner.clone())));
        ValueWriter { owner, serializer }
    }

    #[fast]
    fn write_header(&self) {
        self.serializer.write_header();
    }

    /// Writes `value`; questions go to `answer` with `receiver` as `this`. What that throws is thrown on.
    #[fast]
    #[reentrant]
    fn write_value<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        value: v8::Local<'s, v8::Value>,
        receiver: v8::Local<'s, v8::Object>,
        answer: v8::Local<'s, v8::Function>,
    ) -> bool {
        self.owner.while_asking(scope, receiver, answer, |scope| {
            let context = scope.get_current_context();
            self.serializer.write_value(context, value).unwrap_or(false)
        })
    }

    /// The bytes written, as a Uint8Array; the writer is empty then.
    fn release<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        rtjs_core::uint8_array(scope, self.serializer.release())
    }

    #[fast]
    fn transfer_array_buffer<'s>(&self, id: u32, buffer: v8::Local<'s, v8::Value>) {
        if let Ok(buffer) = v8::Local::<v8::ArrayBuffer>::try_from(buffer) {
            self.serializer.transfer_array_buffer(id, buffer);
        }
    }

    #[fast]
    fn write_uint32(&self, value: u32) {
        self.serializer.write_uint32(value);
    }

    #[fast]
    fn write_uint64(&self, high: u32, low: u32) {
        self.serializer.write_uint64(u64::from(high) << 32 | u64::from(low));
    }

    #[fast]
    fn write_double(&self, value: f64) {
        self.serializer.write_double(value);
    }

    #[fast]
    fn write_raw_bytes(&self, #[buffer] bytes: &[u8]) {
        self.serializer.write_raw_bytes(bytes);
    }

    /// Whether views are handed to the owner like host objects.
    #[fast]
    fn treat_views_as_host_objects(&self, on: bool) {
        self.serializer.set_treat_array_buffer_views_as_host_objects(on);
    }
}
