//! Flat objects in the format of V8's serializer, without V8: enough to read and write the internal messages of an `advanced` channel.
//!
//! Only what such messages are made of is understood (one object of strings, numbers, booleans and objects of the same kind); anything else
//! makes [`read`] return `None`, and the frame goes to V8.

use std::borrow::Cow;

use crate::internal::Head;

const VERSION: u8 = 0xff;
// The newest version that every Node since 20 reads; later ones differ only in buffers of more than 4 GiB.
pub(crate) const FORMAT: u8 = 15;

const OBJECT: u8 = b'o';
const OBJECT_END: u8 = b'{';
const LATIN1: u8 = b'"';
const UTF16: u8 = b'c';
const HOST_OBJECT: u8 = b'\\';
const PADDING: u8 = 0;
const INT32: u8 = b'I';
const UINT32: u8 = b'U';
const DOUBLE: u8 = b'N';
const TRUE: u8 = b'T';
const FALSE: u8 = b'F';
const NULL: u8 = b'0';
const UNDEFINED: u8 = b'_';

// Deeper objects are not internal messages of ours.
const MAX_DEPTH: u32 = 4;

/// The message in `payload`, when it is an object whose first key is `cmd` with a value that starts with `NODE_`.
pub(crate) fn read(payload: &[u8]) -> Option<Head<'_>> {
    let mut reader = Reader { bytes: payload };
    if reader.byte()? != VERSION {
        return None;
    }
    reader.varint()?;
    // The usual frame is somebody's own message: leave it after these few bytes.
    let body = reader.bytes;
    if !body.starts_with(b"o\"\x03cmd\"") || body.get(8..13) != Some(b"NODE_") {
        return None;
    }
    reader.byte()?;
    let head = reader.object(0)?;
    reader.bytes.is_empty().then_some(head)
}

/// The view in `payload`, when that holds nothing else and is as Node writes it: the number of its kind, and its bytes.
pub(crate) fn read_view(payload: &[u8]) -> Option<(u32, &[u8])> {
    let bytes = payload.strip_prefix(&[VERSION, FORMAT, HOST_OBJECT, 0])?;
    let mut reader = Reader { bytes };
    let (kind, length) = (reader.varint()?, reader.varint()?);
    (reader.bytes.len() == length as usize).then_some((kind, reader.bytes))
}

struct Reader<'a> {
    bytes: &'a [u8],
}

enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Bool(bool),
    Nothing,
    Object(Head<'a>),
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(head)
    }

    fn varint(&mut self) -> Option<u32> {
        let mut value = 0u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            let part = u32::from(byte & 0x7f);
            value |= part.checked_shl(shift).filter(|v| v >> shift == part)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn object(&mut self, depth: u32) -> Option<Head<'a>> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut head = Head::default();
        let mut count = 0;
        loop {
            let tag = self.byte()?;
            if tag == OBJECT_END {
                return (self.varint()? == count).then_some(head);
            }
            let key = self.text(tag)?;
            let tag = self.byte()?;
            match self.value(tag, depth)? {
                Value::Text(text) => head.set_text(&key, text),
                Value::Number(number) => head.set_number(&key, number),
                Value::Bool(truth) => head.set_bool(&key, truth),
                Value::Object(object) if key == "msg" => head.msg = Some(Box::new(object)),
                Value::Object(_) | Value::Nothing => {}
            }
            count += 1;
        }
    }

    fn value(&mut self, tag: u8, depth: u32) -> Option<Value<'a>> {
        Some(match tag {
            LATIN1 | UTF16 | PADDING => Value::Text(self.text(tag)?),
            INT32 => {
                let zigzag = self.varint()?;
                Value::Number(f64::from((zigzag >> 1) as i32 ^ -((zigzag & 1) as i32)))
            }
            UINT32 => Value::Number(f64::from(self.varint()?)),
            DOUBLE => Value::Number(f64::from_le_bytes(self.take(8)?.try_into().ok()?)),
            TRUE => Value::Bool(true),
            FALSE => Value::Bool(false),
            NULL | UNDEFINED => Value::Nothing,
            OBJECT => Value::Object(self.object(depth + 1)?),
            _ => return None,
        })
    }

    fn text(&mut self, mut tag: u8) -> Option<Cow<'a, str>> {
        while tag == PADDING {
            tag = self.byte()?;
        }
        let length = match tag {
            LATIN1 | UTF16 => self.varint()? as usize,
            _ => return None,
        };
        let bytes = self.take(length)?;
        if tag == LATIN1 {
            return Some(match bytes.is_ascii() {
                true => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
                false => Cow::Owned(bytes.iter().map(|&b| char::from(b)).collect()),
            });
        }
        let units = bytes.chunks_exact(2).map(|unit| u16::from_ne_bytes([unit[0], unit[1]]));
        Some(Cow::Owned(char::decode_utf16(units).collect::<Result<_, _>>().ok()?))
    }
}

pub(crate) fn write_version(out: &mut Vec<u8>) {
    out.extend_from_slice(&[VERSION, FORMAT]);
}

/// A host object with this tag: a view of so many bytes, which follow.
pub(crate) fn write_view_start(out: &mut Vec<u8>, tag: u32, kind: u32, length: u32) {
    out.push(HOST_OBJECT);
    write_varint(out, tag);
    write_varint(out, kind);
    write_varint(out, length);
}

pub(crate) fn write_object_start(out: &mut Vec<u8>) {
    out.push(OBJECT);
}

pub(crate) fn write_object_end(out: &mut Vec<u8>, properties: u32) {
    out.push(OBJECT_END);
    write_varint(out, properties);
}

/// `payload` is where the frame's payload starts in `out`.
pub(crate) fn write_text(out: &mut Vec<u8>, payload: usize, text: &str) {
    if text.is_ascii() {
        out.push(LATIN1);
        write_varint(out, text.len() as u32);
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let bytes = 2 * text.encode_utf16().count() as u32;
    // V8 wants the units at an even distance from the payload's start.
    let header = 1 + varint_length(bytes);
    if (out.len() - payload + header) % 2 == 1 {
        out.push(PADDING);
    }
    out.push(UTF16);
    write_varint(out, bytes);
    out.extend(text.encode_utf16().flat_map(u16::to_ne_bytes));
}

pub(crate) fn write_number(out: &mut Vec<u8>, value: u64) {
    match i32::try_from(value) {
        Ok(small) => {
            out.push(INT32);
            write_varint(out, (small as u32) << 1);
        }
        Err(_) => {
            out.push(DOUBLE);
            out.extend_from_slice(&(value as f64).to_le_bytes());
        }
    }
}

pub(crate) fn write_bool(out: &mut Vec<u8>, value: bool) {
    out.push(if value { TRUE } else { FALSE });
}

fn write_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn varint_length(value: u32) -> usize {
    (1..).find(|&n| n >= 5 || value >> (7 * n) == 0).unwrap_or(5)
}
