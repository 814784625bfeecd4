//! V8's deserializer as an object.

use std::rc::Rc;

use deno_core::{GarbageCollected, op2, v8};
use v8::{ValueDeserializer, ValueDeserializerHelper};

use super::delegate::{Owner, Reading};

/// Reads values and plain numbers from bytes that a serializer has written.
pub struct ValueReader {
    owner: Rc<Owner>,
    // Before the bytes, which it points into.
    deserializer: ValueDeserializer<'static>,
    bytes: Box<[u8]>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for ValueReader {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"ValueReader"
    }
}

#[op2]
impl ValueReader {
    /// `brand` as for [`super::serializer::ValueWriter`].
    #[constructor]
    #[cppgc]
    fn new<'s>(
        scope: &mut v8::PinScope<'s, '_>,
        #[buffer] bytes: &[u8],
        brand: v8::Local<'s, v8::Value>,
    ) -> ValueReader {
        let owner = Rc::new(Owner::default());
        if let Ok(brand) = v8::Local::<v8::Symbol>::try_from(brand) {
            owner.set_brand(scope, brand);
        }
        let bytes: Box<[u8]> = bytes.into();
        let deserializer = ValueDeserializer::new(scope, Box::new(Reading(owner.clone())), &bytes);
        ValueReader {
            owner,
            deserializer,
            bytes,
        }
    }

    /// Whether the bytes begin as they should. Throws where they do not.
    #[fast]
    #[reentrant]
    fn read_header<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> bool {
        let context = scope.get_current_context();
        self.deserializer.read_header(context).unwrap_or(false)
    }

    /// Reads a value; questions go to `answer` with `receiver` as `this`. Throws where there is none.
    #[reentrant]
    fn read_value<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        receiver: v8::Local<'s, v8::Object>,
        answer: v8::Local<'s, v8::Function>,
    ) -> v8::Local<'s, v8::Value> {
        let value = self.owner.while_asking(scope, receiver, answer, |scope| {
            let context = scope.get_current_context();
            self.deserializer.read_value(context)
        });
        // Without a value an exception is pending.
        value.unwrap_or_else(|| v8::undefined(scope).into())
    }

    /// The number, or -1 where there is none.
    #[fast]
    fn read_uint32(&self) -> f64 {
        let mut value = 0;
        if self.deserializer.read_uint32(&mut value) {
            f64::from(value)
        } else {
            -1.0
        }
    }

    /// Puts the halves of the number into `[high, low]`; false where there is none.
    #[fast]
    fn read_uint64(&self, #[buffer] halves: &mut [u32]) -> bool {
        let mut value = 0;
        if !self.deserializer.read_uint64(&mut value) || halves.len() < 2 {
            return false;
        }
        halves[0] = (value >> 32) as u32;
        halves[1] = value as u32;
        true
    }

    /// Puts the number into the first place of `result`; false where there is none.
    #[fast]
    fn read_double(&self, #[buffer] result: &mut [f64]) -> bool {
        let mut value = 0.0;
        if !self.deserializer.read_double(&mut value) || result.is_empty() {
            return false;
        }
        result[0] = value;
        true
    }

    /// Skips `length` bytes and says where they begin, or -1 where there are not so many.
    #[fast]
    fn read_raw_bytes(&self, length: f64) -> f64 {
        match self.deserializer.read_raw_bytes(length as usize) {
            Some(found) => (found.as_ptr() as usize - self.bytes.as_ptr() as usize) as f64,
            None => -1.0,
        }
    }

    #[fast]
    fn transfer_array_buffer<'s>(&self, id: u32, buffer: v8::Local<'s, v8::Value>) {
        if let Ok(buffer) = v8::Local::<v8::ArrayBuffer>::try_from(buffer) {
            self.deserializer.transfer_array_buffer(id, buffer);
        } else if let Ok(buffer) = v8::Local::<v8::SharedArrayBuffer>::try_from(buffer) {
            self.deserializer.transfer_shared_array_buffer(id, buffer);
        }
    }

    #[fast]
    fn wire_format_version(&self) -> u32 {
        self.deserializer.get_wire_format_version()
    }
}
