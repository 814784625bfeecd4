//! Text from one encoding to another without a string between.

use deno_core::{op2, v8};

use super::memory::bytes;
use super::text::Encoding;

fn decode_utf16(source: &[u8]) -> impl Iterator<Item = Result<char, std::char::DecodeUtf16Error>> {
    let pairs = source.as_chunks::<2>().0.iter();
    char::decode_utf16(pairs.map(|pair| u16::from_le_bytes(*pair)))
}

// `None` where Node gives up: between UTF-8 and UTF-16 nothing is replaced, and half a character is an error.
fn transcode(source: &[u8], from: Encoding, to: Encoding) -> Option<Vec<u8>> {
    let text: String = match (from, to) {
        (Encoding::Utf16le, Encoding::Utf8) => decode_utf16(source).collect::<Result<_, _>>().ok()?,
        (Encoding::Utf8, Encoding::Utf16le) => std::str::from_utf8(source).ok()?.to_owned(),
        (Encoding::Utf16le, _) => {
            let half = source.len() % 2 == 1 && to == Encoding::Utf16le;
            let half = half.then_some(char::REPLACEMENT_CHARACTER);
            let whole = decode_utf16(source).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
            whole.chain(half).collect()
        }
        (Encoding::Latin1, _) | (Encoding::Ascii, Encoding::Utf16le) => {
            source.iter().map(|byte| char::from(*byte)).collect()
        }
        (Encoding::Ascii, _) => source
            .iter()
            .map(|byte| match byte.is_ascii() {
                true => char::from(*byte),
                false => char::REPLACEMENT_CHARACTER,
            })
            .collect(),
        _ => String::from_utf8_lossy(source).into_owned(),
    };
    if text.is_empty() && to == Encoding::Utf8 {
        return None;
    }
    let limited = |limit: u32| {
        let or_mark = |c: char| if u32::from(c) < limit { c as u8 } else { b'?' };
        text.chars().map(or_mark).collect()
    };
    Some(match to {
        Encoding::Utf16le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Latin1 => limited(0x100),
        Encoding::Ascii => limited(0x80),
        _ => text.into_bytes(),
    })
}

/// The text of `source` in another of the encodings 0 to 3, as an ArrayBuffer, with `?` for what that lacks;
/// `null` when `source` is not text.
#[op2]
pub fn op_os_buffer_transcode<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    source: v8::Local<'s, v8::Value>,
    from: u32,
    to: u32,
) -> v8::Local<'s, v8::Value> {
    let source = bytes(source).unwrap_or_default();
    match transcode(source, Encoding::from_code(from), Encoding::from_code(to)) {
        Some(encoded) => rtjs_core::array_buffer(scope, encoded).into(),
        None => v8::null(scope).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_becomes_a_mark() {
        let euro = "€a".as_bytes();
        assert_eq!(transcode(euro, Encoding::Utf8, Encoding::Latin1).unwrap(), b"?a");
        assert_eq!(transcode(b"\xe9", Encoding::Latin1, Encoding::Ascii).unwrap(), b"?");
        assert_eq!(
            transcode(b"\xe9", Encoding::Latin1, Encoding::Utf8).unwrap(),
            "é".as_bytes()
        );
    }

    #[test]
    fn utf8_and_utf16_are_strict() {
        assert_eq!(transcode(b"\xff", Encoding::Utf8, Encoding::Utf16le), None);
        assert_eq!(transcode(&[0, 0xd8], Encoding::Utf16le, Encoding::Utf8), None);
        assert_eq!(transcode(b"a", Encoding::Utf8, Encoding::Utf16le).unwrap(), b"a\0");
    }
}
