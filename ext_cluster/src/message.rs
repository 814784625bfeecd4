//! Messages between V8 and their bytes: JSON texts, and V8's serializer with the host objects that Node adds to it.

use std::cell::OnceCell;

use deno_core::v8;
use rtjs_core::Scope;
use v8::{ValueDeserializerHelper, ValueSerializerHelper};

use crate::frame::{FrameError, Mode, begin};
use crate::internal_v8;
use crate::pool::Pooled;

/// Why a message cannot be sent. What is wrong with the value itself has been thrown in V8.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SendError {
    /// An exception is pending.
    Thrown,
    /// JSON has no text for this value (`undefined`, a function, what `toJSON` makes of it).
    NoText,
    /// The frame would be too long for the format.
    TooLong,
}

impl From<FrameError> for SendError {
    fn from(_: FrameError) -> Self {
        SendError::TooLong
    }
}

/// What a view of Node's own class is made with: its constructor, and the prototype of its instances.
pub(crate) struct BufferClass {
    constructor: v8::Global<v8::Function>,
    prototype: v8::Global<v8::Object>,
    /// The word "constructor", once it was needed.
    word: OnceCell<v8::Global<v8::String>>,
}

impl BufferClass {
    pub(crate) fn new(constructor: v8::Global<v8::Function>, prototype: v8::Global<v8::Object>) -> BufferClass {
        BufferClass {
            constructor,
            prototype,
            word: OnceCell::new(),
        }
    }

    fn word<'s>(&self, scope: &mut Scope<'s, '_>) -> Option<v8::Local<'s, v8::String>> {
        if let Some(word) = self.word.get() {
            return Some(v8::Local::new(scope, word));
        }
        let word = v8::String::new_from_one_byte(scope, b"constructor", v8::NewStringType::Internalized)?;
        let _ = self.word.set(v8::Global::new(scope, word));
        Some(word)
    }
}

/// Puts one frame with `value` into `out`, which is empty and may have room from earlier use.
pub(crate) fn write<'s>(
    scope: &mut Scope<'s, '_>,
    mode: Mode,
    buffer_class: &BufferClass,
    value: v8::Local<'s, v8::Value>,
    out: &mut Vec<u8>,
) -> Result<(), SendError> {
    match mode {
        Mode::Json => write_json(scope, value, out),
        Mode::Advanced => {
            *out = serialize(scope, buffer_class, value)?;
            Ok(())
        }
    }
    .inspect(|()| rtjs_core::allocator::expect_block(out.len()))
}

fn write_json<'s>(
    scope: &mut Scope<'s, '_>,
    value: v8::Local<'s, v8::Value>,
    out: &mut Vec<u8>,
) -> Result<(), SendError> {
    if let Ok(text) = v8::Local::<v8::String>::try_from(value)
        && write_plain_text(scope, text, out)
    {
        return Ok(());
    }
    let text = v8::json::stringify(scope, value).ok_or(SendError::Thrown)?;
    // No JSON text reads so; it is what V8 returns for a value that has none.
    if text.length() == "undefined".len() && text.to_rust_string_lossy(scope) == "undefined" {
        return Err(SendError::NoText);
    }
    let open = begin(Mode::Json, out);
    append_utf8(scope, text, out);
    Ok(open.finish(out)?)
}

/// The value in a frame. `None`: the frame is garbage, and an exception is pending or not.
pub(crate) fn read<'s>(
    scope: &mut Scope<'s, '_>,
    mode: Mode,
    buffer_class: &BufferClass,
    frame: &[u8],
) -> Option<v8::Local<'s, v8::Value>> {
    rtjs_core::allocator::expect_block(frame.len());
    match mode {
        Mode::Json => {
            if let [b'"', plain @ .., b'"'] = frame
                && is_plain(plain)
            {
                return Some(v8::String::new_from_one_byte(scope, plain, v8::NewStringType::Normal)?.into());
            }
            let text = if frame.is_ascii() {
                v8::String::new_from_one_byte(scope, frame, v8::NewStringType::Normal)?
            } else {
                v8::String::new_from_utf8(scope, frame, v8::NewStringType::Normal)?
            };
            v8::json::parse(scope, text)
        }
        Mode::Advanced => {
            if let Some((kind, size, bytes)) = internal_v8::read_view(frame)
                .and_then(|(kind, bytes)| Some((kind, ViewKind::element_size(kind)?, bytes)))
                .filter(|(_, size, bytes)| bytes.len().is_multiple_of(*size))
            {
                return Some(Views { buffer_class }.make(scope, kind, bytes, size)?.into());
            }
            let context = scope.get_current_context();
            let reader = v8::ValueDeserializer::new(scope, Box::new(Views { buffer_class }), frame);
            reader.read_header(context)?;
            reader.read_value(context)
        }
    }
}

/// Whether a string of these characters is its own JSON text, but for the quotes.
fn is_plain(text: &[u8]) -> bool {
    // Without a way out in the middle of a piece, so that the compiler looks at many characters at a time.
    let odd = |b: u8| !(0x20..0x80).contains(&b) | (b == b'"') | (b == b'\\');
    text.chunks(256)
        .all(|piece| !piece.iter().fold(false, |found, &b| found | odd(b)))
}

/// The frame of a message that is a string and needs no escapes. `false`: it does, and nothing was written.
fn write_plain_text<'s>(scope: &mut Scope<'s, '_>, text: v8::Local<'s, v8::String>, out: &mut Vec<u8>) -> bool {
    let view = v8::ValueView::new(scope, text);
    let v8::ValueViewData::OneByte(bytes) = view.data() else {
        return false;
    };
    if !is_plain(bytes) {
        return false;
    }
    out.reserve_exact(bytes.len() + 3);
    out.push(b'"');
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\"\n");
    true
}

fn append_utf8<'s>(scope: &mut Scope<'s, '_>, text: v8::Local<'s, v8::String>, out: &mut Vec<u8>) {
    {
        let view = v8::ValueView::new(scope, text);
        if let v8::ValueViewData::OneByte(bytes) = view.data()
            && bytes.is_ascii()
        {
            out.reserve_exact(bytes.len() + 1);
            out.extend_from_slice(bytes);
            return;
        }
    }
    let start = out.len();
    out.resize(start + text.utf8_length(scope), 0);
    // Half a surrogate pair becomes U+FFFD, as in everything that Node writes in UTF-8.
    let flags = v8::WriteFlags::kReplaceInvalidUtf8;
    let written = text.write_utf8_v2(scope, &mut out[start..], flags, None);
    out.truncate(start + written);
}

/// The whole frame: V8 writes behind the length's place, so that nothing has to be copied again.
fn serialize<'s>(
    scope: &mut Scope<'s, '_>,
    buffer_class: &BufferClass,
    value: v8::Local<'s, v8::Value>,
) -> Result<Vec<u8>, SendError> {
    let context = scope.get_current_context();
    let writer = v8::ValueSerializer::new(scope, Box::new(Views { buffer_class }));
    writer.set_treat_array_buffer_views_as_host_objects(true);
    let mut start = Vec::with_capacity(8);
    let open = begin(Mode::Advanced, &mut start);
    internal_v8::write_version(&mut start);
    writer.write_raw_bytes(&start);
    match writer.write_value(context, value) {
        Some(true) => {
            let mut frame = writer.release();
            open.finish(&mut frame)?;
            Ok(frame)
        }
        _ => Err(SendError::Thrown),
    }
}

// Tags of host objects.
const VIEW: u32 = 0;
const COPY: u32 = 1;

/// A kind of view, by its number on the wire.
#[derive(Clone, Copy)]
pub(crate) enum ViewKind {
    Int8 = 0,
    Uint8 = 1,
    Uint8Clamped = 2,
    Int16 = 3,
    Uint16 = 4,
    Int32 = 5,
    Uint32 = 6,
    Float32 = 7,
    Float64 = 8,
    Data = 9,
    Buffer = 10,
    BigInt64 = 11,
    BigUint64 = 12,
    Float16 = 13,
}

impl ViewKind {
    fn of(view: v8::Local<'_, v8::Value>) -> Option<ViewKind> {
        Some(match view {
            v if v.is_uint8_array() => ViewKind::Uint8,
            v if v.is_int8_array() => ViewKind::Int8,
            v if v.is_uint8_clamped_array() => ViewKind::Uint8Clamped,
            v if v.is_int16_array() => ViewKind::Int16,
            v if v.is_uint16_array() => ViewKind::Uint16,
            v if v.is_int32_array() => ViewKind::Int32,
            v if v.is_uint32_array() => ViewKind::Uint32,
            v if v.is_float32_array() => ViewKind::Float32,
            v if v.is_float64_array() => ViewKind::Float64,
            v if v.is_data_view() => ViewKind::Data,
            v if v.is_big_int64_array() => ViewKind::BigInt64,
            v if v.is_big_uint64_array() => ViewKind::BigUint64,
            v if v.is_float16_array() => ViewKind::Float16,
            _ => return None,
        })
    }

    fn element_size(number: u32) -> Option<usize> {
        Some(match number {
            0 | 1 | 2 | 9 | 10 => 1,
            3 | 4 | 13 => 2,
            5..=7 => 4,
            8 | 11 | 12 => 8,
            _ => return None,
        })
    }
}

/// Host objects on either side: views of array buffers, and plain copies of objects that V8 will not serialize by itself.
struct Views<'b> {
    buffer_class: &'b BufferClass,
}

impl Views<'_> {
    fn is_buffer<'s>(&self, scope: &mut Scope<'s, '_>, view: v8::Local<'s, v8::Object>) -> Option<bool> {
        let word = self.buffer_class.word(scope)?;
        let constructor = view.get(scope, word.into())?;
        let buffer = v8::Local::new(scope, &self.buffer_class.constructor);
        Some(constructor.strict_equals(buffer.into()))
    }
}

/// What kind of view this is; `None` for one that V8 has to speak about.
pub(crate) fn view_kind<'s>(
    scope: &mut Scope<'s, '_>,
    buffer_class: &BufferClass,
    view: v8::Local<'s, v8::ArrayBufferView>,
) -> Result<Option<ViewKind>, SendError> {
    Ok(match ViewKind::of(view.into()) {
        Some(ViewKind::Uint8) => {
            let is_buffer = Views { buffer_class }.is_buffer(scope, view.into());
            Some(match is_buffer.ok_or(SendError::Thrown)? {
                true => ViewKind::Buffer,
                false => ViewKind::Uint8,
            })
        }
        kind => kind,
    })
}

/// What a frame with nothing but a view has before the view's bytes; `None` when these are too many.
pub(crate) fn view_head(kind: ViewKind, length: usize) -> Option<Vec<u8>> {
    rtjs_core::allocator::expect_block(length);
    let mut head = Vec::with_capacity(16);
    let open = begin(Mode::Advanced, &mut head);
    internal_v8::write_version(&mut head);
    internal_v8::write_view_start(&mut head, VIEW, kind as u32, u32::try_from(length).ok()?);
    open.finish_before(&mut head, length).ok()?;
    Some(head)
}

fn throw<'s>(scope: &mut Scope<'s, '_>, text: v8::Local<'s, v8::String>) {
    let error = v8::Exception::error(scope, text);
    scope.throw_exception(error);
}

fn throw_text(scope: &mut Scope<'_, '_>, text: &str) {
    if let Some(text) = v8::String::new(scope, text) {
        throw(scope, text);
    }
}

fn malformed<'s>(scope: &mut Scope<'s, '_>) -> Option<v8::Local<'s, v8::Object>> {
    throw_text(scope, "Unable to deserialize cloned data.");
    None
}

impl v8::ValueSerializerImpl for Views<'_> {
    fn throw_data_clone_error<'s>(&self, scope: &mut v8::PinScope<'s, '_>, message: v8::Local<'s, v8::String>) {
        throw(scope, message);
    }

    fn get_shared_array_buffer_id<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        _buffer: v8::Local<'s, v8::SharedArrayBuffer>,
    ) -> Option<u32> {
        throw_text(scope, "#<SharedArrayBuffer> could not be cloned.");
        None
    }

    fn write_host_object<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        object: v8::Local<'s, v8::Object>,
        writer: &dyn v8::ValueSerializerHelper,
    ) -> Option<bool> {
        let Ok(view) = v8::Local::<v8::ArrayBufferView>::try_from(object) else {
            writer.write_uint32(COPY);
            let copy = plain_copy(scope, object)?;
            return writer.write_value(scope.get_current_context(), copy.into());
        };
        let Some(mut kind) = ViewKind::of(view.into()) else {
            throw_text(scope, "Unserializable host object: [object Object]");
            return None;
        };
        if matches!(kind, ViewKind::Uint8) && self.is_buffer(scope, object)? {
            kind = ViewKind::Buffer;
        }
        let Ok(length) = u32::try_from(view.byte_length()) else {
            throw_text(scope, "An ArrayBufferView of 4 GiB or more could not be cloned.");
            return None;
        };
        writer.write_uint32(VIEW);
        writer.write_uint32(kind as u32);
        writer.write_uint32(length);
        // Small views live in V8's heap, and are copied to `small`.
        let mut small = [0; v8::TYPED_ARRAY_MAX_SIZE_IN_HEAP];
        writer.write_raw_bytes(view.get_contents(&mut small));
        Some(true)
    }
}

/// The own enumerable properties of `object`, on an object that V8 does serialize.
fn plain_copy<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    object: v8::Local<'s, v8::Object>,
) -> Option<v8::Local<'s, v8::Object>> {
    let names = object.get_own_property_names(scope, v8::GetPropertyNamesArgs::default())?;
    let copy = v8::Object::new(scope);
    for index in 0..names.length() {
        let name = names.get_index(scope, index)?;
        let value = object.get(scope, name)?;
        copy.set(scope, name, value)?;
    }
    Some(copy)
}

impl v8::ValueDeserializerImpl for Views<'_> {
    fn read_host_object<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        reader: &dyn v8::ValueDeserializerHelper,
    ) -> Option<v8::Local<'s, v8::Object>> {
        let mut tag = 0;
        if !reader.read_uint32(&mut tag) {
            return malformed(scope);
        }
        if tag != VIEW {
            let value = reader.read_value(scope.get_current_context())?;
            return v8::Local::<v8::Object>::try_from(value)
                .ok()
                .or_else(|| malformed(scope));
        }
        let (mut kind, mut length) = (0, 0);
        if !reader.read_uint32(&mut kind) || !reader.read_uint32(&mut length) {
            return malformed(scope);
        }
        let (Some(size), Some(bytes)) = (ViewKind::element_size(kind), reader.read_raw_bytes(length as usize)) else {
            return malformed(scope);
        };
        if !bytes.len().is_multiple_of(size) {
            return malformed(scope);
        }
        self.make(scope, kind, bytes, size)
    }
}

impl Views<'_> {
    /// A view of the kind with this number, of elements of `size` bytes, on memory of its own.
    fn make<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        kind: u32,
        bytes: &[u8],
        size: usize,
    ) -> Option<v8::Local<'s, v8::Object>> {
        rtjs_core::external_memory_grows(scope, bytes.len());
        let store = v8::ArrayBuffer::new_backing_store_from_bytes(Box::new(Pooled::copy_of(bytes))).make_shared();
        let buffer = v8::ArrayBuffer::with_backing_store(scope, &store);
        self.view_of(scope, kind, buffer, bytes.len() / size)
    }

    fn view_of<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        kind: u32,
        buffer: v8::Local<'s, v8::ArrayBuffer>,
        count: usize,
    ) -> Option<v8::Local<'s, v8::Object>> {
        Some(match kind {
            0 => v8::Int8Array::new(scope, buffer, 0, count)?.into(),
            1 => v8::Uint8Array::new(scope, buffer, 0, count)?.into(),
            2 => v8::Uint8ClampedArray::new(scope, buffer, 0, count)?.into(),
            3 => v8::Int16Array::new(scope, buffer, 0, count)?.into(),
            4 => v8::Uint16Array::new(scope, buffer, 0, count)?.into(),
            5 => v8::Int32Array::new(scope, buffer, 0, count)?.into(),
            6 => v8::Uint32Array::new(scope, buffer, 0, count)?.into(),
            7 => v8::Float32Array::new(scope, buffer, 0, count)?.into(),
            8 => v8::Float64Array::new(scope, buffer, 0, count)?.into(),
            9 => v8::DataView::new(scope, buffer, 0, count).into(),
            10 => {
                let view: v8::Local<v8::Object> = v8::Uint8Array::new(scope, buffer, 0, count)?.into();
                let prototype = v8::Local::new(scope, &self.buffer_class.prototype);
                view.set_prototype(scope, prototype.into())?;
                view
            }
            11 => v8::BigInt64Array::new(scope, buffer, 0, count)?.into(),
            12 => v8::BigUint64Array::new(scope, buffer, 0, count)?.into(),
            13 => {
                // The bindings cannot convert a Float16Array to an Object.
                let name = v8::String::new(scope, "Float16Array")?;
                let class = scope.get_current_context().global(scope).get(scope, name.into())?;
                v8::Local::<v8::Function>::try_from(class)
                    .ok()?
                    .new_instance(scope, &[buffer.into()])?
            }
            _ => return None,
        })
    }
}
