//! Strings to bytes and bytes to strings, in each of Buffer's encodings.

use std::borrow::Cow;

use deno_core::{op2, v8};

use super::codec;
use super::memory::{bytes, bytes_mut, from_vec};

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

fn with_units<R>(
    isolate: &mut v8::Isolate,
    value: v8::Local<v8::Value>,
    f: impl FnOnce(v8::ValueViewData) -> R,
) -> R {
    let Ok(string) = value.try_cast::<v8::String>() else {
        return f(v8::ValueViewData::OneByte(&[]));
    };
    f(v8::ValueView::new(isolate, string).data())
}

// Digits are ASCII; whatever is not must stay something that is not a digit.
fn narrow(units: &[u16]) -> Vec<u8> {
    units
        .iter()
        .map(|unit| u8::try_from(*unit).unwrap_or(0xff))
        .collect()
}

fn digits(units: v8::ValueViewData) -> Cow<[u8]> {
    match units {
        v8::ValueViewData::OneByte(units) => Cow::Borrowed(units),
        v8::ValueViewData::TwoByte(units) => Cow::Owned(narrow(units)),
    }
}

fn utf8_of_latin1(units: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(units.len() * 2);
    for unit in units {
        if unit.is_ascii() {
            output.push(*unit);
        } else {
            output.extend([0xc0 | unit >> 6, 0x80 | unit & 0x3f]);
        }
    }
    output
}

fn utf8_of_utf16(units: &[u16]) -> Vec<u8> {
    let mut output = Vec::with_capacity(units.len() * 3);
    let mut encoded = [0; 4];
    for unit in char::decode_utf16(units.iter().copied()) {
        let unit = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
        output.extend(unit.encode_utf8(&mut encoded).as_bytes());
    }
    output
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
        (Encoding::Utf8, OneByte(units)) => f(&utf8_of_latin1(units)),
        (Encoding::Utf8, TwoByte(units)) => f(&utf8_of_utf16(units)),
        (Encoding::Latin1 | Encoding::Ascii, OneByte(units)) => f(units),
        (Encoding::Latin1 | Encoding::Ascii, TwoByte(units)) => {
            f(&units.iter().map(|unit| *unit as u8).collect::<Vec<_>>())
        }
        (Encoding::Utf16le, OneByte(units)) => {
            f(&units.iter().flat_map(|unit| [*unit, 0]).collect::<Vec<_>>())
        }
        (Encoding::Utf16le, TwoByte(units)) => f(&units
            .iter()
            .flat_map(|unit| unit.to_le_bytes())
            .collect::<Vec<_>>()),
        (Encoding::Base64 | Encoding::Base64url, units) => {
            let units = digits(units);
            let mut output = vec![0; units.len() / 4 * 3 + 3];
            let url = encoding == Encoding::Base64url;
            let written = codec::decode_base64_lenient(&units, &mut output, url);
            f(&output[..written])
        }
        (Encoding::Hex, units) => {
            let units = digits(units);
            let mut output = vec![0; units.len() / 2];
            let written = codec::decode_hex(&units, &mut output);
            f(&output[..written])
        }
    })
}

/// The UTF-8 length of a string, in which a surrogate without its other half counts as U+FFFD.
#[op2(fast)]
pub fn op_os_buffer_byte_length_utf8(
    isolate: &mut v8::Isolate,
    string: v8::Local<v8::Value>,
) -> f64 {
    match string.try_cast::<v8::String>() {
        Ok(string) => string.utf8_length(isolate) as f64,
        Err(_) => 0.0,
    }
}

// The part of `buffer` that a write at `offset` of at most `length` bytes may touch.
fn window<'a>(buffer: v8::Local<'a, v8::Value>, offset: f64, length: f64) -> &'a mut [u8] {
    let bytes = bytes_mut(buffer).unwrap_or_default();
    let offset = (offset as usize).min(bytes.len());
    let rest = &mut bytes[offset..];
    let length = (length as usize).min(rest.len());
    &mut rest[..length]
}

/// Writes `string` to `buffer` as UTF-8, whole characters only. Returns the bytes written.
#[op2(fast)]
pub fn op_os_buffer_write_utf8(
    isolate: &mut v8::Isolate,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let Ok(string) = string.try_cast::<v8::String>() else {
        return 0.0;
    };
    let window = window(buffer, offset, length);
    string.write_utf8_v2(isolate, window, v8::WriteFlags::kReplaceInvalidUtf8, None) as f64
}

/// Writes `string` to `buffer` as UTF-16, whole code units only. Returns the bytes written.
#[op2(fast)]
pub fn op_os_buffer_write_utf16le(
    isolate: &mut v8::Isolate,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    use v8::ValueViewData::{OneByte, TwoByte};
    let window = window(buffer, offset, length).as_chunks_mut::<2>().0;
    let written = with_units(isolate, string, |units| match units {
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

/// Writes the low byte of each of `string`'s code units to `buffer`. Returns the bytes written.
#[op2(fast)]
pub fn op_os_buffer_write_latin1(
    isolate: &mut v8::Isolate,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let Ok(string) = string.try_cast::<v8::String>() else {
        return 0.0;
    };
    let window = window(buffer, offset, length);
    string.write_one_byte_v2(isolate, 0, window, v8::WriteFlags::empty());
    string.length().min(window.len()) as f64
}

/// Writes the bytes that `string` stands for in base64, of either alphabet, to `buffer`. Returns how many.
#[op2(fast)]
pub fn op_os_buffer_write_base64(
    isolate: &mut v8::Isolate,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let window = window(buffer, offset, length);
    with_units(isolate, string, |units| {
        codec::decode_base64_lenient(&digits(units), window, false) as f64
    })
}

/// Writes the bytes that the hex digits of `string` stand for to `buffer`, up to the first that is none.
/// Returns how many.
#[op2(fast)]
pub fn op_os_buffer_write_hex(
    isolate: &mut v8::Isolate,
    buffer: v8::Local<v8::Value>,
    string: v8::Local<v8::Value>,
    offset: f64,
    length: f64,
) -> f64 {
    let window = window(buffer, offset, length);
    with_units(isolate, string, |units| {
        codec::decode_hex(&digits(units), window) as f64
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
    let units: Vec<u16> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
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
    if part.is_ascii() {
        return one_byte(scope, part);
    }
    let stripped: Vec<u8> = part.iter().map(|byte| byte & 0x7f).collect();
    one_byte(scope, &stripped)
}

/// `buffer[start..end]` in base64; `null` if that is too long.
#[op2]
pub fn op_os_buffer_slice_base64<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    one_byte(
        scope,
        &codec::encode_base64(part(buffer, start, end), false),
    )
}

/// `buffer[start..end]` in URL-safe base64 without padding; `null` if that is too long.
#[op2]
pub fn op_os_buffer_slice_base64url<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    one_byte(scope, &codec::encode_base64(part(buffer, start, end), true))
}

/// `buffer[start..end]` in hex digits; `null` if that is too long.
#[op2]
pub fn op_os_buffer_slice_hex<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    buffer: v8::Local<'s, v8::Value>,
    start: f64,
    end: f64,
) -> v8::Local<'s, v8::Value> {
    const ON_STACK: usize = 256;
    let part = part(buffer, start, end);
    if part.len() <= ON_STACK {
        let mut digits = [0; ON_STACK * 2];
        codec::encode_hex(part, &mut digits);
        return one_byte(scope, &digits[..part.len() * 2]);
    }
    if part.len() > v8::String::MAX_LENGTH / 2 {
        return v8::null(scope).into();
    }
    let mut digits = vec![0; part.len() * 2];
    codec::encode_hex(part, &mut digits);
    one_byte(scope, &digits)
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
    let encoded = with_encoded(scope, text.into(), Encoding::Latin1, |units| {
        codec::encode_base64(units, false)
    });
    one_byte(scope, &encoded)
}

/// The web's `atob`; for text that is not base64, 0 when a character is wrong and 1 when their number is.
#[op2]
pub fn op_os_buffer_atob<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    text: v8::Local<'s, v8::String>,
) -> v8::Local<'s, v8::Value> {
    let decoded = with_units(scope, text.into(), |units| {
        codec::decode_base64_forgiving(&digits(units))
    });
    match decoded {
        Ok(decoded) => one_byte(scope, &decoded),
        Err(codec::ForgivingError::Character) => v8::Integer::new(scope, 0).into(),
        Err(codec::ForgivingError::Length) => v8::Integer::new(scope, 1).into(),
    }
}

fn characters(source: &[u8], encoding: Encoding) -> Vec<char> {
    match encoding {
        Encoding::Utf16le => {
            let units = source
                .as_chunks::<2>()
                .0
                .iter()
                .map(|pair| u16::from_le_bytes(*pair));
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        Encoding::Latin1 => source.iter().map(|byte| char::from(*byte)).collect(),
        Encoding::Ascii => source
            .iter()
            .map(|byte| {
                if byte.is_ascii() {
                    char::from(*byte)
                } else {
                    char::REPLACEMENT_CHARACTER
                }
            })
            .collect(),
        _ => String::from_utf8_lossy(source).chars().collect(),
    }
}

fn encode_characters(characters: &[char], encoding: Encoding) -> Vec<u8> {
    let limited = |limit: u32| {
        characters
            .iter()
            .map(|c| {
                if u32::from(*c) < limit {
                    *c as u8
                } else {
                    b'?'
                }
            })
            .collect()
    };
    match encoding {
        Encoding::Utf16le => {
            let text: String = characters.iter().collect();
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        Encoding::Latin1 => limited(0x100),
        Encoding::Ascii => limited(0x80),
        _ => characters.iter().collect::<String>().into_bytes(),
    }
}

/// The text of `source` in another of the encodings 0 to 3, as an ArrayBuffer; `?` for what that lacks.
#[op2]
pub fn op_os_buffer_transcode<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::Value>,
    from: u32,
    to: u32,
) -> v8::Local<'s, v8::ArrayBuffer> {
    let characters = characters(bytes(source).unwrap_or_default(), Encoding::from_code(from));
    let encoded = encode_characters(&characters, Encoding::from_code(to));
    from_vec(scope, encoded)
}
