//! Reading heads by Node's rules, byte by byte as they come: what is refused, where, and with which of the error codes that Node's users know.
//!
//! Pure: bytes in, a head or an error out. Stricter than hyper's parser in what smuggling lives on (bare newlines, two lengths, a length beside a
//! transfer coding), so hyper is given a head of our own making instead, which says only how the body is framed.

use super::flags;
use super::head::{Framing, Head};
use super::start_line;
use super::syntax::{CODING, IN_NAME, IN_VALUE, LENGTH, ParseError, STRICT, TOKEN, error, is};

/// Which messages come from the peer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Request,
    Response,
}

/// How much of a head is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of target or reason, names and values.
    pub size: usize,
    /// Header lines. Those that nobody would see could still say how the body is framed, so none is passed over.
    pub fields: usize,
}

impl Limits {
    /// So many bytes, and lines as they fit.
    pub(crate) fn of_size(size: usize) -> Limits {
        Limits {
            size,
            fields: usize::MAX,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    Start,
    Fields,
}

/// A field, and where in the buffer its parts are, for errors.
struct Field<'a> {
    name: &'a [u8],
    value: &'a [u8],
    /// Behind the colon.
    name_end: usize,
    value_at: usize,
    next: usize,
}

/// The state of one head, or of one block of trailers.
#[derive(Debug)]
pub(crate) struct HeadParser {
    kind: Kind,
    phase: Phase,
    /// The start of the line that is being read.
    at: usize,
    /// Where the message starts, behind empty lines.
    start: usize,
    head: Head,
    fields: usize,
    empty_value: bool,
    /// Bytes that count against the limit: target, reason, names and values.
    counted: usize,
    connection: u32,
    length: Option<u64>,
    chunked: Option<bool>,
}

const SAYS_CLOSE: u32 = 1;
const SAYS_KEEP_ALIVE: u32 = 2;
const SAYS_UPGRADE: u32 = 4;
const HAS_UPGRADE: u32 = 8;

impl HeadParser {
    pub(crate) fn new(kind: Kind) -> HeadParser {
        HeadParser {
            kind,
            phase: Phase::Start,
            at: 0,
            start: 0,
            head: Head::default(),
            fields: 0,
            empty_value: false,
            counted: 0,
            connection: 0,
            length: None,
            chunked: None,
        }
    }

    /// For the lines behind the last chunk: none may speak of framing.
    pub(crate) fn for_trailers() -> HeadParser {
        HeadParser {
            phase: Phase::Fields,
            chunked: Some(true),
            ..HeadParser::new(Kind::Request)
        }
    }

    /// Reads on: `buffer` is what was given before, and more. The head and its length, the empty lines before it included, once it is whole.
    pub(crate) fn advance(&mut self, buffer: &[u8], limits: Limits) -> Result<Option<(Head, usize)>, ParseError> {
        if self.phase == Phase::Start {
            while matches!(buffer.get(self.at), Some(b'\r' | b'\n')) {
                self.at += 1;
            }
            self.start = self.at;
            let line = match self.kind {
                Kind::Request => start_line::request_line(&mut self.head, buffer, self.start)?,
                Kind::Response => start_line::status_line(&mut self.head, buffer, self.start)?,
            };
            let Some(end) = line else {
                return self.check_size(buffer, limits.size);
            };
            self.counted = self.head.text.len();
            self.at = end;
            self.head.fields = end - self.start;
            self.phase = Phase::Fields;
        }
        loop {
            let Some(first) = buffer.get(self.at) else {
                return self.check_size(buffer, limits.size);
            };
            match first {
                b'\r' => {
                    return match buffer.get(self.at + 1) {
                        None => Ok(None),
                        Some(b'\n') => self.finish(buffer, self.at + 2).map(Some),
                        Some(_) => error(STRICT, "Expected LF after headers", self.at + 1),
                    };
                }
                b'\n' => return error(TOKEN, "Invalid header field char", self.at + 1),
                b' ' | b'\t' if self.fields > 0 => {
                    return if self.empty_value {
                        error(TOKEN, "Invalid header value char", self.at + 1)
                    } else {
                        error(TOKEN, "Unexpected whitespace after header value", self.at)
                    };
                }
                // Of trailers the first line is like any other.
                b' ' if self.head.fields > 0 => {
                    return error("HPE_UNEXPECTED_SPACE", "Unexpected space after start line", self.at + 1);
                }
                _ => {}
            }
            let Some(next) = self.field(buffer, limits.fields)? else {
                return self.check_size(buffer, limits.size);
            };
            self.at = next;
            if self.counted > limits.size {
                return overflow(self.at);
            }
        }
    }

    fn check_size(&self, buffer: &[u8], max_size: usize) -> Result<Option<(Head, usize)>, ParseError> {
        if self.counted + buffer.len().saturating_sub(self.at) > max_size {
            return overflow(buffer.len());
        }
        Ok(None)
    }

    /// One `Name: value` line; where the next starts.
    fn field(&mut self, buffer: &[u8], max_fields: usize) -> Result<Option<usize>, ParseError> {
        let line = &buffer[self.at..];
        let Some(name_end) = line.iter().position(|b| !is(*b, IN_NAME)) else {
            return Ok(None);
        };
        if line[name_end] != b':' || name_end == 0 {
            // Node's parser is past the names that it knows when it sees what is behind them.
            return if line[name_end] == b' ' && is_known(&line[..name_end]) {
                error(TOKEN, "Invalid header field char", self.at + name_end + 1)
            } else {
                error(TOKEN, "Invalid header token", self.at + name_end)
            };
        }
        if self.fields >= max_fields {
            return overflow(self.at + name_end + 1);
        }
        let rest = &line[name_end + 1..];
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let value_start = name_end + 1 + blanks;
        let Some(length) = line[value_start..].iter().position(|b| !is(*b, IN_VALUE)) else {
            return Ok(None);
        };
        let end = value_start + length;
        let field = Field {
            name: &line[..name_end],
            value: &line[value_start..end],
            name_end: self.at + name_end + 1,
            value_at: self.at + value_start,
            next: self.at + end + 2,
        };
        match (line[end], line.get(end + 1)) {
            (b'\r', None) => return Ok(None),
            (b'\r', Some(b'\n')) => {}
            (b'\r', Some(_)) if length == 0 => {
                return error(STRICT, "Expected LF after CR", self.at + end + 1);
            }
            (b'\n', _) if length == 0 => {
                return error(TOKEN, "Invalid header value char", self.at + end + 1);
            }
            (b'\r', Some(_)) => {
                self.note(&field)?;
                return error(
                    "HPE_LF_EXPECTED",
                    "Missing expected LF after header value",
                    self.at + end + 1,
                );
            }
            (b'\n', _) => {
                // What is wrong with the value itself comes first.
                self.note(&field)?;
                return error(
                    "HPE_CR_EXPECTED",
                    "Missing expected CR after header value",
                    self.at + end,
                );
            }
            _ if is_content_length(field.name) => {
                self.note(&field)?;
                return error(LENGTH, "Invalid character in Content-Length", self.at + end);
            }
            _ => return error(TOKEN, "Invalid header value char", self.at + end),
        }
        if length == 0 && self.length.is_none() && self.chunked.is_none() && is_content_length(field.name) {
            // An empty one is refused as such only where the next line does not go on with it.
            match line.get(end + 2) {
                None => return Ok(None),
                Some(b' ' | b'\t') => return error(TOKEN, "Invalid header value char", field.next + 1),
                Some(_) => {}
            }
        }
        self.fields += 1;
        self.empty_value = length == 0;
        self.counted += name_end + length;
        self.note(&field)?;
        Ok(Some(field.next))
    }

    /// What matters of a field: framing and the connection.
    fn note(&mut self, field: &Field<'_>) -> Result<(), ParseError> {
        let Field {
            name,
            value,
            name_end,
            value_at,
            next,
        } = *field;
        let named = |expected: &str| name.eq_ignore_ascii_case(expected.as_bytes());
        match name.len() {
            4 if named("host") => self.head.flags |= flags::HOST,
            6 if named("expect") => self.head.flags |= flags::EXPECT,
            7 if named("upgrade") => self.connection |= HAS_UPGRADE,
            10 if named("connection") => self.note_connection(value),
            16 if named("proxy-connection") => self.note_connection(value),
            14 if is_content_length(name) => {
                if self.chunked.is_some() {
                    return error(
                        LENGTH,
                        "Content-Length can't be present with Transfer-Encoding",
                        name_end,
                    );
                }
                if self.length.is_some() {
                    return error("HPE_UNEXPECTED_CONTENT_LENGTH", "Duplicate Content-Length", value_at);
                }
                self.length = Some(content_length(value, value_at, next)?);
            }
            17 if named("transfer-encoding") => {
                if self.length.is_some() {
                    return error(
                        CODING,
                        "Transfer-Encoding can't be present with Content-Length",
                        name_end,
                    );
                }
                if self.kind == Kind::Response {
                    // Of a response only the last word counts, whatever stands before it.
                    let last = value.rsplit(|b| *b == b',').next().unwrap_or_default();
                    self.chunked = Some(last.trim_ascii().eq_ignore_ascii_case(b"chunked"));
                    return Ok(());
                }
                if self.chunked == Some(true) {
                    return error(CODING, "Invalid `Transfer-Encoding` header value", value_at + 1);
                }
                self.chunked = Some(is_chunked(value, value_at)?);
            }
            _ => {}
        }
        Ok(())
    }

    fn note_connection(&mut self, value: &[u8]) {
        for token in value.split(|b| *b == b',') {
            let token = token.trim_ascii();
            self.connection |= if token.eq_ignore_ascii_case(b"close") {
                SAYS_CLOSE
            } else if token.eq_ignore_ascii_case(b"keep-alive") {
                SAYS_KEEP_ALIVE
            } else if token.eq_ignore_ascii_case(b"upgrade") {
                SAYS_UPGRADE
            } else {
                0
            };
        }
    }

    fn finish(&mut self, buffer: &[u8], end: usize) -> Result<(Head, usize), ParseError> {
        let mut head = std::mem::take(&mut self.head);
        head.bytes = buffer[self.start..end].into();
        let (major, minor) = head.version;
        let by_version = major > 0 && minor > 0;
        let keep = if by_version {
            self.connection & SAYS_CLOSE == 0
        } else {
            self.connection & SAYS_KEEP_ALIVE != 0
        };
        let flag = |bit: u32, set: bool| if set { bit } else { 0 };
        let upgrade = SAYS_UPGRADE | HAS_UPGRADE;
        head.flags |= flag(flags::KEEP_ALIVE, keep)
            | flag(flags::HTTP_1_1, major == 1 && minor == 1)
            | flag(flags::UPGRADE, self.connection & upgrade == upgrade)
            | flag(flags::FRAMED, self.length.is_some() || self.chunked.is_some());
        head.framing = match (self.kind, self.chunked, self.length) {
            // What follows is not HTTP's.
            _ if head.flags & flags::CONNECT != 0 => Framing::None,
            (_, Some(true), _) => Framing::Chunked,
            (Kind::Request, Some(false), _) => Framing::Unknown,
            (Kind::Request, None, None) | (_, None, Some(0)) => Framing::None,
            (_, None, Some(length)) => Framing::Length(length),
            (Kind::Response, _, None) | (Kind::Response, Some(false), _) => Framing::UntilEof,
        };
        head.flags |= flag(flags::BODY, head.framing != Framing::None);
        *self = HeadParser::new(self.kind);
        Ok((head, end))
    }
}

fn overflow<T>(offset: usize) -> Result<T, ParseError> {
    error("HPE_HEADER_OVERFLOW", "Header overflow", offset)
}

fn is_content_length(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"content-length")
}

fn is_known(name: &[u8]) -> bool {
    const KNOWN: [&str; 5] = [
        "connection",
        "content-length",
        "proxy-connection",
        "transfer-encoding",
        "upgrade",
    ];
    KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

fn content_length(value: &[u8], at: usize, next: usize) -> Result<u64, ParseError> {
    let end = value
        .iter()
        .rposition(|b| !matches!(b, b' ' | b'\t'))
        .map_or(0, |i| i + 1);
    if end == 0 {
        return error(LENGTH, "Empty Content-Length", next);
    }
    let mut length: u64 = 0;
    for (index, byte) in value[..end].iter().enumerate() {
        if !byte.is_ascii_digit() {
            let blanks = value[index..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
            return error(LENGTH, "Invalid character in Content-Length", at + index + blanks);
        }
        let next = length
            .checked_mul(10)
            .and_then(|n| n.checked_add(u64::from(byte - b'0')));
        length = match next {
            Some(next) => next,
            None => return error(LENGTH, "Content-Length overflow", at + index + 1),
        };
    }
    Ok(length)
}

/// Whether `chunked` is the last of the codings; it must not stand before another.
fn is_chunked(value: &[u8], at: usize) -> Result<bool, ParseError> {
    let (mut chunked, mut token_at) = (false, at);
    for token in value.split(|b| *b == b',') {
        if chunked {
            return error(CODING, "Invalid `Transfer-Encoding` header value", token_at);
        }
        token_at += token.len() + 1;
        chunked = token.trim_ascii().eq_ignore_ascii_case(b"chunked");
    }
    Ok(chunked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::syntax::{CONSTANT, METHOD, STATUS, URL, VERSION};

    const LIMIT: Limits = Limits {
        size: 16 * 1024,
        fields: 1000,
    };

    #[test]
    fn lines_above_the_limit_are_refused_at_the_name() {
        let text = b"GET / HTTP/1.1\r\nHost: a\r\nh0:\r\nConnection: close\r\n\r\n";
        for (fields, code) in [(3, None), (2, Some(41)), (1, Some(28))] {
            let limits = Limits { fields, ..LIMIT };
            let refused = HeadParser::new(Kind::Request).advance(text, limits).err();
            assert_eq!(
                refused.map(|e| (e.code, e.offset)),
                code.map(|offset| ("HPE_HEADER_OVERFLOW", offset))
            );
        }
    }

    /// Parses `text` in one piece, and byte by byte: both must give the same.
    fn parse(kind: Kind, text: &[u8]) -> Result<Option<(Head, usize)>, ParseError> {
        let mut slow = HeadParser::new(kind);
        let mut last = Ok(None);
        for end in 1..=text.len() {
            last = slow.advance(&text[..end], LIMIT);
            if !matches!(last, Ok(None)) {
                break;
            }
        }
        let whole = HeadParser::new(kind).advance(text, LIMIT);
        match (&last, &whole) {
            (Ok(Some((_, a))), Ok(Some((_, b)))) => assert_eq!(a, b),
            // How far a head that is too large is read depends on the pieces in which it comes.
            (Err(a), Err(b)) if a.code == "HPE_HEADER_OVERFLOW" => assert_eq!(a.code, b.code),
            (Err(a), Err(b)) => assert_eq!(a, b),
            (Ok(None), Ok(None)) => {}
            other => panic!("split and whole differ: {other:?}"),
        }
        whole
    }

    fn fails(kind: Kind, text: &[u8]) -> (&'static str, usize) {
        match parse(kind, text) {
            Err(error) => (error.code, error.offset),
            other => panic!("{:?} gives {other:?}", String::from_utf8_lossy(text)),
        }
    }

    #[test]
    fn a_request_has_its_parts() {
        let text = b"\r\nPOST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\nConnection: foo, Upgrade\r\nUpgrade: w\r\n\r\nrest";
        let (head, length) = parse(Kind::Request, text).expect("valid").expect("whole");
        assert_eq!(&text[length..], b"rest");
        assert_eq!(&head.bytes[head.method.clone()], b"POST");
        assert_eq!(&head.bytes[head.text.clone()], b"/a?b");
        assert_eq!(head.framing, Framing::Length(12));
        let expected = flags::KEEP_ALIVE | flags::HTTP_1_1 | flags::BODY | flags::UPGRADE | flags::HOST | flags::FRAMED;
        assert_eq!(head.flags, expected);
        assert_eq!(head.fields().count(), 4);
    }

    #[test]
    fn a_response_has_its_parts() {
        let (head, _) = parse(Kind::Response, b"HTTP/1.0 404 Not there\r\nA: b\r\n\r\n")
            .expect("valid")
            .expect("whole");
        assert_eq!((head.status, head.version), (404, (1, 0)));
        assert_eq!(&head.bytes[head.text.clone()], b"Not there");
        assert_eq!(head.framing, Framing::UntilEof);
        let (head, _) = parse(
            Kind::Response,
            b"HTTP/1.1 200\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        )
        .expect("valid")
        .expect("whole");
        assert_eq!(head.framing, Framing::Chunked);
        assert!(head.text.is_empty());
    }

    #[test]
    fn what_smuggling_lives_on_is_refused() {
        let cases: [(&[u8], &str, usize); 16] = [
            (b"GET / HTTP/1.1\nHost: a\r\n\r\n", VERSION, 15),
            (b"GET / HTTP/1.1\r\nHost: a\n\r\n", "HPE_CR_EXPECTED", 23),
            (b"GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", "HPE_LF_EXPECTED", 24),
            (b"GET / HTTP/1.1\r\nHost: a\r\n\n", TOKEN, 26),
            (b"GET / HTTP/1.1\r\nFoo : bar\r\n\r\n", TOKEN, 19),
            (b"GET / HTTP/1.1\r\n Foo: bar\r\n\r\n", "HPE_UNEXPECTED_SPACE", 17),
            (b"GET / HTTP/1.1\r\nFoo: a\r\n b\r\n\r\n", TOKEN, 24),
            (b"GET / HTTP/1.1\r\nFoo: b\0r\r\n\r\n", TOKEN, 22),
            (b"GET / HTTP/1.1\r\nFoo: \n\r\n", TOKEN, 22),
            (b"GET / HTTP/1.1\r\nFoo:\rX: y\r\n\r\n", STRICT, 21),
            (b"GET / HTTP/1.1\r\nUpgrade x: a\r\n\r\n", TOKEN, 24),
            (b"POST / HTTP/1.1\r\nContent-Length: 5g\n\r\n", LENGTH, 34),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, x\r\n\r\n", CODING, 44),
            (
                b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
                "HPE_UNEXPECTED_CONTENT_LENGTH",
                52,
            ),
            (
                b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                CODING,
                54,
            ),
            (
                b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
                LENGTH,
                60,
            ),
        ];
        for (text, code, offset) in cases {
            assert_eq!(
                fails(Kind::Request, text),
                (code, offset),
                "{}",
                String::from_utf8_lossy(text)
            );
        }
    }

    #[test]
    fn a_request_with_an_unknown_coding_is_shown_first() {
        let text = b"POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n";
        let (head, _) = parse(Kind::Request, text).expect("valid").expect("whole");
        assert_eq!(head.framing, Framing::Unknown);
    }

    #[test]
    fn lengths_are_digits() {
        for value in ["x", "-1", "+1", "1 1", "1, 1", "0x1", "18446744073709551616", ""] {
            let text = format!("POST / HTTP/1.1\r\nContent-Length: {value}\r\n\r\n");
            assert_eq!(fails(Kind::Request, text.as_bytes()).0, LENGTH, "{value:?}");
        }
    }

    #[test]
    fn start_lines_fail_at_the_first_wrong_byte() {
        let cases: [(&[u8], &str, usize); 12] = [
            (b"Oopsie-doopsie\r\n", METHOD, 1),
            (b"GETX / HTTP/1.1\r\n\r\n", METHOD, 3),
            (b"get / HTTP/1.1\r\n\r\n", METHOD, 0),
            (b"GET foo HTTP/1.1\r\n\r\n", URL, 8),
            (b"GET /\xe9 HTTP/1.1\r\n\r\n", URL, 5),
            (b"GET http:/foo HTTP/1.1\r\n\r\n", URL, 10),
            (b"GET http://f|oo/ HTTP/1.1\r\n\r\n", URL, 12),
            (b"GET / HTTQ/1.1\r\n\r\n", CONSTANT, 9),
            (b"GET / HTTP/1.2\r\n\r\n", VERSION, 14),
            (b"GET / HTTP/1.1x\r\n\r\n", VERSION, 14),
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HPE_PAUSED_H2_UPGRADE", 24),
            (b"\x16\x03\x01\x02\0\x01", METHOD, 0),
        ];
        for (text, code, offset) in cases {
            assert_eq!(
                fails(Kind::Request, text),
                (code, offset),
                "{}",
                String::from_utf8_lossy(text)
            );
        }
        assert_eq!(fails(Kind::Response, b"bad http"), (CONSTANT, 0));
        assert_eq!(fails(Kind::Response, b"HTTP/1.1 2x0 OK\r\n"), (STATUS, 10));
    }

    #[test]
    fn large_heads_are_refused_before_they_end() {
        let mut text = b"GET / HTTP/1.1\r\nX: ".to_vec();
        text.resize(17_000, b'a');
        assert_eq!(fails(Kind::Request, &text).0, "HPE_HEADER_OVERFLOW");
        let mut text = b"GET /".to_vec();
        text.resize(17_000, b'a');
        assert_eq!(fails(Kind::Request, &text).0, "HPE_HEADER_OVERFLOW");
    }
}
