//! A message's head as it came, with what the parser found in it. Names and values become JavaScript strings when somebody asks.

use std::ops::Range;

use deno_core::v8;
use rtjs_core::Scope;

/// How the body behind a head ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Framing {
    /// There is none.
    #[default]
    None,
    /// So many bytes.
    Length(u64),
    /// Chunked transfer coding.
    Chunked,
    /// The end of the connection.
    UntilEof,
    /// Nobody can tell: the head is shown, and what is behind it refused.
    Unknown,
}

/// The head of a request or a response: a validated one, whose lines end in CRLF.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub bytes: Box<[u8]>,
    /// A request's method, empty for a response.
    pub method: Range<usize>,
    /// A request's target, a response's reason phrase.
    pub text: Range<usize>,
    /// A response's status.
    pub status: u16,
    /// Major and minor version.
    pub version: (u8, u8),
    /// Where the header lines begin.
    pub fields: usize,
    /// Bits of `flags.rs`.
    pub flags: u32,
    pub framing: Framing,
}

impl Head {
    /// Names and values, in the order in which they came.
    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields {
            rest: &self.bytes[self.fields..],
        }
    }
}

/// The fields of validated header lines.
pub(crate) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(crate) fn of(lines: &'a [u8]) -> Fields<'a> {
        Fields { rest: lines }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let end = memchr::memchr(b'\n', self.rest)?;
        let line = &self.rest[..end.saturating_sub(1)];
        self.rest = &self.rest[end + 1..];
        let colon = memchr::memchr(b':', line)?;
        Some((&line[..colon], trim(&line[colon + 1..])))
    }
}

fn trim(value: &[u8]) -> &[u8] {
    let blank = |b: &u8| matches!(b, b' ' | b'\t');
    let start = value.iter().position(|b| !blank(b)).unwrap_or(value.len());
    let end = value.iter().rposition(|b| !blank(b)).map_or(start, |i| i + 1);
    &value[start..end]
}

/// A latin-1 string.
pub(crate) fn one_byte<'s>(scope: &Scope<'s, '_>, bytes: &[u8]) -> v8::Local<'s, v8::Value> {
    v8::String::new_from_one_byte(scope, bytes, v8::NewStringType::Normal)
        .map_or_else(|| v8::undefined(scope).into(), Into::into)
}

/// Names and values in turns, at most `limit` pairs.
pub(crate) fn flat_array<'s>(scope: &Scope<'s, '_>, fields: Fields<'_>, limit: usize) -> v8::Local<'s, v8::Array> {
    let mut flat: Vec<v8::Local<v8::Value>> = Vec::with_capacity(32);
    for (name, value) in fields.take(limit) {
        // Names recur: as internalized strings they cost one look-up, and their use as keys none.
        let name = v8::String::new_from_one_byte(scope, name, v8::NewStringType::Internalized);
        flat.push(name.map_or_else(|| v8::undefined(scope).into(), Into::into));
        flat.push(one_byte(scope, value));
    }
    v8::Array::new_with_elements(scope, &flat)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_trimmed_and_in_order() {
        let head = Head {
            bytes: b"x\r\nA:  1 \r\nb:\r\nC: d e\t\r\n\r\n".to_vec().into(),
            fields: 3,
            ..Head::default()
        };
        let fields: Vec<_> = head.fields().collect();
        assert_eq!(fields, [(&b"A"[..], &b"1"[..]), (b"b", b""), (b"C", b"d e")]);
    }
}
