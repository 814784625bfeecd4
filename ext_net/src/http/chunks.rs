//! Following chunked framing: where a chunk's size line ends, how large the chunk is, and what Node refuses in it.
//!
//! Pure.

use super::syntax::{IN_NAME, IN_VALUE, ParseError, STRICT, error, is};

const SIZE: &str = "HPE_INVALID_CHUNK_SIZE";
const CR_EXPECTED: &str = "HPE_CR_EXPECTED";
/// Bytes of extensions that one chunk may have.
pub(crate) const MAX_EXTENSIONS: usize = 16 * 1024;

/// A whole size line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct SizeLine {
    pub size: u64,
    /// With its CRLF.
    pub length: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Extension {
    NameStart,
    Name,
    Value,
    Quoted,
    Escaped,
    AfterQuoted,
}

/// The size line at the start of `bytes`, `None` while it is not whole. `room` is what extensions may still take. Offsets in errors count from
/// `bytes`.
pub(crate) fn size_line(bytes: &[u8], room: usize) -> Result<Option<SizeLine>, ParseError> {
    let mut size: u64 = 0;
    let mut at = 0;
    loop {
        let Some(byte) = bytes.get(at) else { return Ok(None) };
        let Some(digit) = (*byte as char).to_digit(16) else {
            break;
        };
        at += 1;
        if size >> 60 != 0 {
            return error(SIZE, "Chunk size overflow", at);
        }
        size = size * 16 + u64::from(digit);
    }
    match bytes[at] {
        b'\r' if at > 0 => {
            return Ok(line_feed(bytes, at)?.map(|length| SizeLine { size, length }));
        }
        b'\n' if at > 0 => return error(CR_EXPECTED, "Missing expected CR after chunk size", at + 1),
        b';' if at > 0 => at += 1,
        _ => return error(SIZE, "Invalid character in chunk size", at),
    }
    let start = at;
    let mut state = Extension::NameStart;
    loop {
        if at - start > room {
            return error("HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow", at);
        }
        let Some(byte) = bytes.get(at) else { return Ok(None) };
        use Extension::{AfterQuoted, Escaped, Name, NameStart, Quoted, Value};
        state = match (state, byte) {
            (Quoted, b'"') => AfterQuoted,
            (Quoted, b'\\') => Escaped,
            (Quoted | Escaped, byte) if is(*byte, IN_VALUE) => Quoted,
            (Quoted | Escaped, _) => return error(STRICT, "Invalid character in chunk extensions quoted value", at),
            (NameStart, b'\r' | b' ') => return error(STRICT, "Invalid character in chunk extensions", at),
            (_, b'\r') => {
                return Ok(line_feed(bytes, at)?.map(|length| SizeLine { size, length }));
            }
            (Value | AfterQuoted, b'\n') => {
                return error(CR_EXPECTED, "Missing expected CR after chunk extension value", at);
            }
            (_, b'\n') => return error(CR_EXPECTED, "Missing expected CR after chunk extension name", at + 1),
            (_, b';') => NameStart,
            (NameStart | Name, b'=') => Value,
            (NameStart | Name, byte) if is(*byte, IN_NAME) => Name,
            (NameStart | Name, _) => return error(STRICT, "Invalid character in chunk extensions name", at),
            (Value, b'"') => Quoted,
            (Value, byte) if is(*byte, IN_NAME) => Value,
            (Value, _) => return error(STRICT, "Invalid character in chunk extensions value", at),
            (AfterQuoted, _) => return error(STRICT, "Invalid character in chunk extensions quote value", at),
        };
        at += 1;
    }
}

fn line_feed(bytes: &[u8], cr: usize) -> Result<Option<usize>, ParseError> {
    match bytes.get(cr + 1) {
        None => Ok(None),
        Some(b'\n') => Ok(Some(cr + 2)),
        Some(_) => error(STRICT, "Expected LF after chunk size", cr + 1),
    }
}

/// The CRLF behind a chunk's data: `true` when it is there, `false` while it is not whole.
pub(crate) fn data_end(bytes: &[u8]) -> Result<bool, ParseError> {
    match bytes {
        [] | [b'\r'] => Ok(false),
        [b'\r', b'\n', ..] => Ok(true),
        [b'\r', ..] => error(STRICT, "Expected LF after chunk data", 1),
        [b'\n', ..] => error(CR_EXPECTED, "Missing expected CR after chunk data", 1),
        _ => error(STRICT, "Expected LF after chunk data", 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &[u8]) -> Result<Option<SizeLine>, ParseError> {
        for end in 0..text.len() {
            if let Err(error) = size_line(&text[..end], 100) {
                assert_eq!(size_line(text, 100), Err(error));
                return Err(error);
            }
        }
        size_line(text, 100)
    }

    #[test]
    fn sizes_are_hexadecimal() {
        assert_eq!(line(b"1aF\r\n"), Ok(Some(SizeLine { size: 0x1af, length: 5 })));
        assert_eq!(line(b"00\r\n").map(|l| l.map(|l| l.size)), Ok(Some(0)));
        assert_eq!(
            line(b"ffffffffffffffff\r\n").map(|l| l.map(|l| l.size)),
            Ok(Some(u64::MAX))
        );
        assert_eq!(line(b"1"), Ok(None));
        for bad in [
            &b"x\r\n"[..],
            b"1x\r\n",
            b"\r\n",
            b"-1\r\n",
            b"0x1\r\n",
            b"1 \r\n",
            b"10000000000000000\r\n",
        ] {
            assert_eq!(
                line(bad).map_err(|e| e.code),
                Err(SIZE),
                "{}",
                String::from_utf8_lossy(bad)
            );
        }
    }

    #[test]
    fn lines_end_in_cr_and_lf() {
        assert_eq!(line(b"1\n").map_err(|e| (e.code, e.offset)), Err((CR_EXPECTED, 2)));
        assert_eq!(line(b"1\rX").map_err(|e| (e.code, e.offset)), Err((STRICT, 2)));
        assert_eq!(data_end(b"\r\n1"), Ok(true));
        assert_eq!(data_end(b"\r"), Ok(false));
        assert_eq!(data_end(b"b").map_err(|e| e.code), Err(STRICT));
        assert_eq!(data_end(b"\n").map_err(|e| e.code), Err(CR_EXPECTED));
    }

    #[test]
    fn extensions_are_passed_over_and_counted() {
        assert_eq!(
            line(b"1;a=b;c=\"d\\\"\"\r\n"),
            Ok(Some(SizeLine { size: 1, length: 15 }))
        );
        assert_eq!(line(b"1; a\r\n").map_err(|e| e.offset), Err(2));
        assert_eq!(line(b"1;a=\"b\"x\r\n").map_err(|e| e.offset), Err(7));
        let long = [b"1;".to_vec(), vec![b'a'; 200]].concat();
        assert_eq!(line(&long).map_err(|e| e.code), Err("HPE_CHUNK_EXTENSIONS_OVERFLOW"));
    }
}
