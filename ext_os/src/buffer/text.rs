//! Strings to bytes and bytes to strings, in each of Buffer's encodings.
//!
//! Ops that look into a string take a scope even where an isolate would do: a fast call has no handle scope of
//! its own, and the handles that V8 makes while it flattens would pile up until the caller's scope ends.

use std::borrow::Cow;
use std::cell::RefCell;

use deno_core::{op2, v8};

use super::memory::{aligned_units, aligned_units_mut, bytes, bytes_mut};
use super::{codec, utf8};

/// An encoding as JavaScript names it in calls; the numbers are those of js/internal/buffer/encodings.js.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Encoding {
    Utf8,
    Utf16le,
    Latin1,
    Ascii,
    Base64,
    Base64url,
    Hex,
}

impl Encoding {
    pub(crate) fn from_code(code: u32) -> Self {
        match code {
            1 => Self::Utf16le,
            2 => Self::Latin1,
            3 => Self::Ascii,
            4 => Self::Base64,
            5 => Self::Base64url,
            6 => Self::Hex,
            _ => Self::Utf8,
        }
    }
}

fn with_units<R>(isolate: &mut v8::Isolate, value: v8::Local<v8::Value>, f: impl FnOnce(v8::ValueViewData) -> R) -> R {
    let Ok(string) = value.try_cast::<v8::String>() else {
        return f(v8::ValueViewData::OneByte(&[]));
    };
    f(v8::ValueView::new(isolate, string).data())
}

// The low bytes of the code units, which is all that Buffer's base64 and hex decoders look at in Node too.
fn low_bytes(units: v8::ValueViewData<'_>) -> Cow<'_, [u8]> {
    match units {
        v8::ValueViewData::OneByte(units) => Cow::Borrowed(units),
        v8::ValueViewData::TwoByte(units) => units.iter().map(|unit| *unit as u8).collect(),
    }
}

// The code units of something that should be ASCII. What is not must stay so.
fn ascii_or_invalid(units: v8::ValueViewData<'_>) -> Cow<'_, [u8]> {
    match units {
        v8::ValueViewData::OneByte(units) => Cow::Borrowed(units),
        v8::ValueViewData::TwoByte(units) => units.iter().map(|unit| u8::try_from(*unit).unwrap_or(0xff)).collect(),
    }
}

// Memory for `size` bytes, whatever they are, for as long as `f` runs: small ones are on the stack, larger ones stay allocated for the next call, so that
// they need not be cleared each time.
fn with_room<R>(size: usize, f: impl FnOnce(&mut [u8]) -> R) -> R {
    const ON_STACK: usize = 512;
    const KEPT: usize = 128 << 10;
    thread_local! {
        static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    if size <= ON_STACK {
        return f(&mut [0; ON_STACK][..size]);
    }
    if size > KEPT {
        return f(&mut vec![0; size]);
    }
    ROOM.with(|room| match room.try_borrow_mut() {
        Ok(mut room) => {
            if room.len() < size {
                *room = vec![0; size.next_power_of_two()];
            }
            f(&mut room[..size])
        }
        Err(_) => f(&mut vec![0; size]),
    })
}

/// Calls `f` with the bytes of a string in `encoding`, without a copy where the string has them as they are.
pub(crate) fn with_encoded<R>(
    isolate: &mut v8::Isolate,
    string: v8::Local<v8::Value>,
    encoding: Encoding,
    f: impl FnOnce(&[u8]) -> R,
) -> R {
    use v8::ValueViewData::{OneByte, TwoByte};
    with_units(isolate, string, |units| match (encoding, units) {
        (Encoding::Utf8, OneByte(units)) if units.is_ascii() => f(units),
        (Encoding::Utf8, OneByte(units)) => with_room(units.len() * 2, |room| {
            let written = utf8::from_latin1(units, room);
            f(&room[..written])
        }),
        (Encoding::Utf8, TwoByte(units)) => with_room(units.len() * 3, |room| {
            let written = utf8::from_utf16(units, room);
            f(&room[..written])
        }),
        (Encoding::Latin1 | Encoding::Ascii, OneByte(units)) => f(units),
        (Encoding::Latin1 | Encoding::Ascii, TwoByte(units)) => {
            f(&units.iter().map(|unit| *unit as u8).collect::<Vec<_>>())
        }
        (Encoding::Utf16le, OneByte(units)) => with_room(units.len() * 2, |room| {
            for (pair, unit) in room.as_chunks_mut::<2>().0.iter_mut().zip(units) {
                *pair = [*unit, 0];
            }
            f(room)
        }),
        (Encoding::Utf16le, TwoByte(units)) => with_room(units.len() * 2, |room| {
            for (pair, unit) in room.as_chunks_mut::<2>().0.iter_mut().zip(units) {
                *pair = unit.to_le_bytes();
            }
            f(room)
        }),
        (Encoding::Base64 | Encoding::Base64url, units) => {
            let units = low_bytes(units);
            let url = encoding == Encoding::Base64url;
            with_room(units.len() / 4 * 3 + 3, |room| {
                let written = codec::decode_base64_lenient(&units, room, url);
                f(&room[..written])
            })
        }
        (Encoding::Hex, units) => {
            let units = low_bytes(units);
            with_room(units.len() / 2, |room| {
                let written = codec::decode_hex(&units, room);
                f(&room[..written])
            })
        }
    })
}

/// The UTF-8 length of a string, in which a surrogate without its other half counts as U+FFFD.
#[op2(fast(op_os_buffer_byte_length_latin1))]
pub fn op_os_buffer_byte_length_utf8(scope: &mut v8::PinScope<'_, '_>, string: v8::Local<v8::Value>) -> u32 {
    match string.try_cast::<v8::String>() {
        // A string is shorter than 2^30, and what it becomes is not longer than three times that.
        Ok(string) => string.utf8_length(scope) as u32,
        Err(_) => 0,
    }
}

/// [`op_os_buffer_byte_length_utf8`] where V8 can hand over the characters without a call.
#[op2(fast)]
pub fn op_os_buffer_byte_length_latin1(#[string(onebyte)] string: Cow<[u8]>) -> u32 {
    const MANY: usize = 32;
    let length = if string.len() < MANY {
        string.len() + string.iter().filter(|unit| !unit.is_ascii()).count()
    } else {
        v8::simdutf::utf8_length_from_latin1(&string)
    };
    length as u32
}

// The part of `buffer` that a write at `offset` of at most `length` bytes may touch.
fn window<'a>(buffer: v8::Local<'a, v8::Value>, offset: f64, length: f64) -> &'a mut [u8] {
    let bytes = bytes_mut(buffer).unwrap_or_default();
    let offset = (offset as usize).min(bytes.len());
    let rest = &mut bytes[offset..];
    let length = (length as usize).min(rest.len());
    &mut rest[..length]
}

/// [`op_os_buffer_write_utf8`] where V8 can hand over the characters without a call.
#[op2(fast)]
pub fn op_os_buffer_write_utf8_latin1(
    buffer: v8::Local<v8::Value>,
    #[string(onebyte)] string: Cow<[u8]>,
    offset: f64,
    length: f64,
) -> f64 {
    utf8::from_latin1(&string, window(buffer, offset, length)) as f64
}

/// Writes `string` to `buffer` as UTF-8, whole characters only. Returns the bytes written.
#[op2(fast(op_os_buffer_write_utf8_latin1))]
pub fn op_os_buffer_write_utf8(
    scope: &mut v8::PinScope<'_, '_>,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let Ok(string) = string.try_cast::<v8::String>() else {
        return 0.0;
    };
    let window = window(buffer, offset, length);
    // V8 is quick with few characters and with ASCII, simdutf with many of the others.
    const MANY: usize = 24;
    let written = if string.length() < MANY {
        string.write_utf8_v2(scope, window, v8::WriteFlags::kReplaceInvalidUtf8, None)
    } else {
        match v8::ValueView::new(scope, string).data() {
            v8::ValueViewData::OneByte(units) => utf8::from_latin1(units, window),
            v8::ValueViewData::TwoByte(units) => utf8::from_utf16(units, window),
        }
    };
    written as f64
}

/// Writes `string` to `buffer` as UTF-16, whole code units only. Returns the bytes written.
#[op2(fast)]
pub fn op_os_buffer_write_utf16le(
    scope: &mut v8::PinScope<'_, '_>,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    use v8::ValueViewData::{OneByte, TwoByte};
    let window = window(buffer, offset, length);
    // Many at a time, where the memory lies as it needs to.
    if let Some(window) = aligned_units_mut(window) {
        let written = with_units(scope, string, |units| match units {
            OneByte(units) => {
                for (to, from) in window.iter_mut().zip(units) {
                    *to = u16::from(*from);
                }
                units.len().min(window.len())
            }
            TwoByte(units) => {
                let count = units.len().min(window.len());
                window[..count].copy_from_slice(&units[..count]);
                count
            }
        });
        return (written * 2) as f64;
    }
    let window = window.as_chunks_mut::<2>().0;
    let written = with_units(scope, string, |units| match units {
        OneByte(units) => {
            for (pair, unit) in window.iter_mut().zip(units) {
                *pair = [*unit, 0];
            }
            units.len().min(window.len())
        }
        TwoByte(units) => {
            for (pair, unit) in window.iter_mut().zip(units) {
                *pair = unit.to_le_bytes();
            }
            units.len().min(window.len())
        }
    });
    (written * 2) as f64
}

/// [`op_os_buffer_write_latin1`] where V8 can hand over the characters without a call.
#[op2(fast)]
pub fn op_os_buffer_write_latin1_onebyte(
    buffer: v8::Local<v8::Value>,
    #[string(onebyte)] string: Cow<[u8]>,
    offset: f64,
    length: f64,
) -> f64 {
    let window = window(buffer, offset, length);
    let count = string.len().min(window.len());
    window[..count].copy_from_slice(&string[..count]);
    count as f64
}

/// Writes the low byte of each of `string`'s code units to `buffer`. Returns the bytes written.
#[op2(fast(op_os_buffer_write_latin1_onebyte))]
pub fn op_os_buffer_write_latin1(
    scope: &mut v8::PinScope<'_, '_>,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let Ok(string) = string.try_cast::<v8::String>() else {
        return 0.0;
    };
    let window = window(buffer, offset, length);
    // A view puts a string of many pieces together, which V8 does not do by itself, and which pays as soon as it is written twice.
    match v8::ValueView::new(scope, string).data() {
        v8::ValueViewData::OneByte(units) => {
            let count = units.len().min(window.len());
            window[..count].copy_from_slice(&units[..count]);
            count as f64
        }
        v8::ValueViewData::TwoByte(units) => {
            for (byte, unit) in window.iter_mut().zip(units) {
                *byte = *unit as u8;
            }
            units.len().min(window.len()) as f64
        }
    }
}

/// Writes the bytes that `string` stands for in base64, of either alphabet, to `buffer`. Returns how many.
#[op2(fast)]
pub fn op_os_buffer_write_base64(
    scope: &mut v8::PinScope<'_, '_>,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let window = window(buffer, offset, length);
    with_units(scope, string, |units| {
        codec::decode_base64_lenient(&low_bytes(units), window, false) as f64
    })
}

/// Writes the bytes that the hex digits of `string` stand for to `buffer`, up to the first that is none.
/// Returns how many.
#[op2(fast)]
pub fn op_os_buffer_write_hex(
    scope: &mut v8::PinScope<'_, '_>,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let window = window(buffer, offset, length);
    with_units(scope, string, |units| {
        codec::decode_hex(&low_bytes(units), window) as f64
    })
}

fn part<'a>(buffer: v8::Local<'a, v8::Value>, start: f64, end: f64) -> &'a [u8] {
    let bytes = bytes(buffer).unwrap_or_default();
    let end = (end as usize).min(bytes.len());
    let start = (start as usize).min(end);
    &bytes[start..end]
}

// `null` stands for a string that would be too long.
fn or_null<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    string: Option<v8::Local<'s, v8::String>>,
) -> v8::Local<'s, v8::Value> {
    match string {
        Some(string) => string.into(),
        None => v8::null(scope).into(),
    }
}

fn one_byte<'s>(scope: &mut v8::PinScope<'s, '_>, units: &[u8]) -> v8::Local<'s, v8::Value> {
    let string = if units.len() > v8::String::MAX_LENGTH {
        None
    } else {
        v8::String::new_from_one_byte(scope, units, v8::NewStringType::Normal)
    };
    or_null(scope, string)
}

/// The text of `buffer[start..end]` as UTF-8, with U+FFFD for what is not; `null` if it is too long.
#[op2]
pub fn op_os_buffer_slice_utf8<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    let part = part(buffer, start, end);
    let string = if part.len() > v8::String::MAX_LENGTH {
        None
    } else {
        v8::String::new_from_utf8(scope, part, v8::NewStringType::Normal)
    };
    or_null(scope, string)
}

/// The text of `buffer[start..end]` as UTF-16; an odd byte at the end is left out. `null` if it is too long.
#[op2]
pub fn op_os_buffer_slice_utf16le<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    let part = part(buffer, start, end);
    let pairs = part.as_chunks::<2>().0;
    if pairs.len() > v8::String::MAX_LENGTH {
        return v8::null(scope).into();
    }
    let aligned = aligned_units(part);
    let units = match aligned {
        Some(units) => Cow::Borrowed(units),
        None => pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect(),
    };
    let string = v8::String::new_from_two_byte(scope, &units, v8::NewStringType::Normal);
    or_null(scope, string)
}

/// The text of `buffer[start..end]`, a character for each byte; `null` if it is too long.
#[op2]
pub fn op_os_buffer_slice_latin1<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    one_byte(scope, part(buffer, start, end))
}

/// The text of `buffer[start..end]` without the bytes' highest bits; `null` if it is too long.
#[op2]
pub fn op_os_buffer_slice_ascii<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    let part = part(buffer, start, end);
    if v8::simdutf::validate_ascii(part) {
        return one_byte(scope, part);
    }
    let stripped: Vec<u8> = part.iter().map(|byte| byte & 0x7f).collect();
    one_byte(scope, &stripped)
}

fn base64<'s>(scope: &mut v8::PinScope<'s, '_>, part: &[u8], url: bool) -> v8::Local<'s, v8::Value> {
    with_room(codec::base64_length(part.len(), url), |room| {
        let written = codec::encode_base64(part, url, room);
        one_byte(scope, &room[..written])
    })
}

/// `buffer[start..end]` in base64; `null` if that is too long.
#[op2]
pub fn op_os_buffer_slice_base64<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    base64(scope, part(buffer, start, end), false)
}

/// `buffer[start..end]` in URL-safe base64 without padding; `null` if that is too long.
#[op2]
pub fn op_os_buffer_slice_base64url<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    base64(scope, part(buffer, start, end), true)
}

/// `buffer[start..end]` in hex digits; `null` if that is too long.
#[op2]
pub fn op_os_buffer_slice_hex<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    let part = part(buffer, start, end);
    if part.len() > v8::String::MAX_LENGTH / 2 {
        return v8::null(scope).into();
    }
    with_room(part.len() * 2, |digits| {
        codec::encode_hex(part, digits);
        one_byte(scope, digits)
    })
}

/// The web's `btoa`; `null` for text with characters past U+00FF.
#[op2]
pub fn op_os_buffer_btoa<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    text: v8::Local<'s, v8::String>,
) -> v8::Local<'s, v8::Value> {
    if !text.contains_only_onebyte() {
        return v8::null(scope).into();
    }
    let units = with_encoded(scope, text.into(), Encoding::Latin1, <[u8]>::to_vec);
    base64(scope, &units, false)
}

/// The web's `atob`; for text that is not base64, 0 when a character is wrong and 1 when their number is.
#[op2]
pub fn op_os_buffer_atob<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    text: v8::Local<'s, v8::String>,
) -> v8::Local<'s, v8::Value> {
    let decoded = with_units(scope, text.into(), |units| {
        codec::decode_base64_forgiving(&ascii_or_invalid(units))
    });
    match decoded {
        Ok(decoded) => one_byte(scope, &decoded),
        Err(codec::ForgivingError::Character) => v8::Integer::new(scope, 0).into(),
        Err(codec::ForgivingError::Length) => v8::Integer::new(scope, 1).into(),
    }
}
