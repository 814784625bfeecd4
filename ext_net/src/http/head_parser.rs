//! Reading heads by Node's rules, byte by byte as they come: what is refused, where, and with which of the error codes that Node's users know.
//!
//! Pure: bytes in, a head or an error out. Stricter than hyper's parser in what smuggling lives on (bare newlines, two lengths, a length beside a
//! transfer coding), so hyper is given a head of our own making instead, which says only how the body is framed.

use super::flags;
use super::head::{Framing, Head};

/// Which messages come from the peer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Request,
    Response,
}

/// Why a message is refused: Node's code and reason, and how far its parser had come when it saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ParseError {
    pub code: &'static str,
    pub reason: &'static str,
    /// Counted from the start of the buffer that the parser was given.
    pub offset: usize,
}

pub(crate) fn error<T>(code: &'static str, reason: &'static str, offset: usize) -> Result<T, ParseError> {
    Err(ParseError { code, reason, offset })
}

const METHOD: &str = "HPE_INVALID_METHOD";
const URL: &str = "HPE_INVALID_URL";
const CONSTANT: &str = "HPE_INVALID_CONSTANT";
const VERSION: &str = "HPE_INVALID_VERSION";
const STATUS: &str = "HPE_INVALID_STATUS";
const TOKEN: &str = "HPE_INVALID_HEADER_TOKEN";
const LENGTH: &str = "HPE_INVALID_CONTENT_LENGTH";
const CODING: &str = "HPE_INVALID_TRANSFER_ENCODING";
pub(crate) const STRICT: &str = "HPE_STRICT";

const METHODS: [&[u8]; 35] = [
    b"ACL",
    b"BIND",
    b"CHECKOUT",
    b"CONNECT",
    b"COPY",
    b"DELETE",
    b"GET",
    b"HEAD",
    b"LINK",
    b"LOCK",
    b"M-SEARCH",
    b"MERGE",
    b"MKACTIVITY",
    b"MKCALENDAR",
    b"MKCOL",
    b"MOVE",
    b"NOTIFY",
    b"OPTIONS",
    b"PATCH",
    b"POST",
    b"PROPFIND",
    b"PROPPATCH",
    b"PURGE",
    b"PUT",
    b"QUERY",
    b"REBIND",
    b"REPORT",
    b"SEARCH",
    b"SOURCE",
    b"SUBSCRIBE",
    b"TRACE",
    b"UNBIND",
    b"UNLINK",
    b"UNLOCK",
    b"UNSUBSCRIBE",
];
/// What a client that speaks HTTP/2 says first.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Bits of [`CLASS`]: the byte may stand in a header's name, in its value, in a target.
pub(crate) const IN_NAME: u8 = 1;
pub(crate) const IN_VALUE: u8 = 2;
const IN_TARGET: u8 = 4;
static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        if b.is_ascii_alphanumeric()
            || matches!(
                b,
                b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
            )
        {
            table[byte] |= IN_NAME;
        }
        if b == b'\t' || (b >= b' ' && b != 0x7f) {
            table[byte] |= IN_VALUE;
        }
        if b > b' ' && b < 0x7f {
            table[byte] |= IN_TARGET;
        }
        byte += 1;
    }
    table
}

pub(crate) fn is(byte: u8, class: u8) -> bool {
    CLASS[byte as usize] & class != 0
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    Start,
    Fields,
}

/// The state of one head, or of one block of trailers.
#[derive(Debug)]
pub(crate) struct HeadParser {
    kind: Kind,
    phase: Phase,
    trailers: bool,
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
            trailers: false,
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

    /// For the lines behind the last chunk.
    pub(crate) fn for_trailers() -> HeadParser {
        HeadParser {
            phase: Phase::Fields,
            trailers: true,
            chunked: Some(true),
            ..HeadParser::new(Kind::Request)
        }
    }

    /// Reads on: `buffer` is what was given before, and more. The head and its length, the empty lines before it included, once it is whole.
    pub(crate) fn advance(&mut self, buffer: &[u8], max_size: usize) -> Result<Option<(Head, usize)>, ParseError> {
        if self.phase == Phase::Start {
            while matches!(buffer.get(self.at), Some(b'\r' | b'\n')) {
                self.at += 1;
            }
            self.start = self.at;
            let line = match self.kind {
                Kind::Request => self.request_line(buffer)?,
                Kind::Response => self.status_line(buffer)?,
            };
            let Some(end) = line else {
                return self.check_size(buffer, max_size);
            };
            self.counted = self.head.text.len();
            self.at = end;
            self.head.fields = end - self.start;
            self.phase = Phase::Fields;
        }
        loop {
            let Some(first) = buffer.get(self.at) else {
                return self.check_size(buffer, max_size);
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
                b' ' => return error("HPE_UNEXPECTED_SPACE", "Unexpected space after start line", self.at + 1),
                _ => {}
            }
            let Some(next) = self.field(buffer)? else {
                return self.check_size(buffer, max_size);
            };
            self.at = next;
            if self.counted > max_size {
                return error("HPE_HEADER_OVERFLOW", "Header overflow", self.at);
            }
        }
    }

    fn check_size(&self, buffer: &[u8], max_size: usize) -> Result<Option<(Head, usize)>, ParseError> {
        if self.counted + buffer.len().saturating_sub(self.at) > max_size {
            return error("HPE_HEADER_OVERFLOW", "Header overflow", buffer.len());
        }
        Ok(None)
    }

    /// `METHOD target HTTP/1.1`; where the next line starts.
    fn request_line(&mut self, buffer: &[u8]) -> Result<Option<usize>, ParseError> {
        let start = self.start;
        let line = &buffer[start..];
        let Some(length) = method_length(line, start)? else {
            return Ok(None);
        };
        self.head.method = 0..length;
        let mut at = length;
        while line.get(at) == Some(&b' ') {
            at += 1;
        }
        if line.get(at).is_none() {
            return Ok(None);
        }
        let is_connect = &line[..length] == b"CONNECT";
        let Some(end) = target_length(&line[at..], start + at, is_connect)? else {
            return Ok(None);
        };
        self.head.text = at..at + end;
        self.head.flags = match &line[..length] {
            b"HEAD" => flags::HEAD,
            b"CONNECT" => flags::CONNECT,
            _ => 0,
        };
        at += end;
        if line[at] == b'\r' || line[at] == b'\n' {
            // As it was before HTTP had versions.
            self.head.version = (0, 9);
            return line_end(line, at, start, URL, "Expected CRLF");
        }
        while line.get(at) == Some(&b' ') {
            at += 1;
        }
        if matches!(line.get(at), Some(b'\r' | b'\n')) {
            self.head.version = (0, 9);
            return line_end(line, at, start, URL, "Expected CRLF");
        }
        let Some(at) = self.version(line, at, start)? else {
            return Ok(None);
        };
        line_end(line, at, start, VERSION, "Expected CRLF after version")
    }

    /// `HTTP/1.1`; what comes behind it.
    fn version(&mut self, line: &[u8], at: usize, start: usize) -> Result<Option<usize>, ParseError> {
        for (index, expected) in b"HTTP/".iter().enumerate() {
            match line.get(at + index) {
                None => return Ok(None),
                Some(byte) if byte == expected => {}
                Some(_) => return error(CONSTANT, "Expected HTTP/, RTSP/ or ICE/", start + at + index),
            }
        }
        let digit = |at: usize, reason: &'static str| match line.get(at) {
            None => Ok(None),
            Some(byte) if byte.is_ascii_digit() => Ok(Some(byte - b'0')),
            Some(_) => error(VERSION, reason, start + at),
        };
        let Some(major) = digit(at + 5, "Invalid major version")? else {
            return Ok(None);
        };
        match line.get(at + 6) {
            None => return Ok(None),
            Some(b'.') => {}
            Some(_) => return error(VERSION, "Expected dot", start + at + 6),
        }
        let Some(minor) = digit(at + 7, "Invalid minor version")? else {
            return Ok(None);
        };
        if !matches!((major, minor), (1, 0 | 1) | (2, 0) | (0, 9)) {
            return error(VERSION, "Invalid HTTP version", start + at + 8);
        }
        self.head.version = (major, minor);
        Ok(Some(at + 8))
    }

    /// `HTTP/1.1 200 Reason`; where the next line starts.
    fn status_line(&mut self, buffer: &[u8]) -> Result<Option<usize>, ParseError> {
        let start = self.start;
        let line = &buffer[start..];
        let Some(mut at) = self.version(line, 0, start)? else {
            return Ok(None);
        };
        match line.get(at) {
            None => return Ok(None),
            Some(b' ') => at += 1,
            Some(_) => return error(VERSION, "Expected space after version", start + at),
        }
        let mut status = 0;
        for index in 0..3 {
            match line.get(at + index) {
                None => return Ok(None),
                Some(byte) if byte.is_ascii_digit() => status = status * 10 + u16::from(byte - b'0'),
                Some(_) => return error(STATUS, "Invalid status code", start + at + index),
            }
        }
        at += 3;
        self.head.status = status;
        match line.get(at) {
            None => return Ok(None),
            Some(b' ') => at += 1,
            Some(b'\r' | b'\n') => {}
            Some(_) => return error(STATUS, "Invalid response status", start + at),
        }
        let Some(end) = line[at..].iter().position(|b| matches!(b, b'\r' | b'\n')) else {
            return Ok(None);
        };
        self.head.text = at..at + end;
        match (line[at + end], line.get(at + end + 1)) {
            (b'\n', _) => error(
                "HPE_CR_EXPECTED",
                "Missing expected CR after response line",
                start + at + end + 1,
            ),
            (_, None) => Ok(None),
            (_, Some(b'\n')) => Ok(Some(start + at + end + 2)),
            (_, Some(_)) => error(STRICT, "Expected LF after CR", start + at + end + 1),
        }
    }

    /// One `Name: value` line; where the next starts.
    fn field(&mut self, buffer: &[u8]) -> Result<Option<usize>, ParseError> {
        let line = &buffer[self.at..];
        let Some(name_end) = line.iter().position(|b| !is(*b, IN_NAME)) else {
            return Ok(None);
        };
        if line[name_end] != b':' || name_end == 0 {
            return error(TOKEN, "Invalid header token", self.at + name_end);
        }
        let rest = &line[name_end + 1..];
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let value_start = name_end + 1 + blanks;
        let Some(length) = line[value_start..].iter().position(|b| !is(*b, IN_VALUE)) else {
            return Ok(None);
        };
        let end = value_start + length;
        match (line[end], line.get(end + 1)) {
            (b'\r', None) => return Ok(None),
            (b'\r', Some(b'\n')) => {}
            (b'\r', Some(_)) => {
                return error(
                    "HPE_LF_EXPECTED",
                    "Missing expected LF after header value",
                    self.at + end + 1,
                );
            }
            (b'\n', _) => {
                return error(
                    "HPE_CR_EXPECTED",
                    "Missing expected CR after header value",
                    self.at + end,
                );
            }
            _ => return error(TOKEN, "Invalid header value char", self.at + end),
        }
        self.fields += 1;
        self.empty_value = length == 0;
        self.counted += name_end + length;
        self.note(
            &line[..name_end],
            &line[value_start..end],
            self.at + value_start,
            self.at + end + 2,
        )?;
        Ok(Some(self.at + end + 2))
    }

    /// What matters of a field: framing and the connection. `value_at` and `next` are offsets for errors.
    fn note(&mut self, name: &[u8], value: &[u8], value_at: usize, next: usize) -> Result<(), ParseError> {
        let named = |expected: &str| name.eq_ignore_ascii_case(expected.as_bytes());
        match name.len() {
            4 if named("host") => self.head.flags |= flags::HOST,
            6 if named("expect") => self.head.flags |= flags::EXPECT,
            7 if named("upgrade") => self.connection |= HAS_UPGRADE,
            10 if named("connection") => self.note_connection(value),
            16 if named("proxy-connection") => self.note_connection(value),
            14 if named("content-length") => {
                if self.chunked.is_some() {
                    return error(
                        LENGTH,
                        "Content-Length can't be present with Transfer-Encoding",
                        value_at,
                    );
                }
                if self.length.is_some() {
                    return error(
                        "HPE_UNEXPECTED_CONTENT_LENGTH",
                        "Content-Length already present",
                        value_at,
                    );
                }
                self.length = Some(content_length(value, value_at, next)?);
            }
            17 if named("transfer-encoding") && !self.trailers => {
                if self.length.is_some() {
                    return error(
                        CODING,
                        "Transfer-Encoding can't be present with Content-Length",
                        value_at,
                    );
                }
                if self.chunked == Some(true) {
                    return error(CODING, "Invalid `Transfer-Encoding` header value", value_at);
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
            (_, Some(true), _) => Framing::Chunked,
            (Kind::Request, Some(false), _) => return error(CODING, "Request has invalid `Transfer-Encoding`", end),
            (Kind::Request, None, None) | (_, None, Some(0)) => Framing::None,
            (_, None, Some(length)) => Framing::Length(length),
            (Kind::Response, _, None) | (Kind::Response, Some(false), _) => Framing::UntilEof,
        };
        head.flags |= flag(flags::BODY, head.framing != Framing::None);
        *self = HeadParser::new(self.kind);
        Ok((head, end))
    }
}

/// The length of the method at the start of a line, a space behind it; `None` while it is not clear.
fn method_length(line: &[u8], start: usize) -> Result<Option<usize>, ParseError> {
    if line.starts_with(b"GET ") {
        return Ok(Some(3));
    }
    if line.starts_with(&PREFACE[..4]) {
        let common = line.iter().zip(PREFACE).take_while(|(a, b)| a == b).count();
        if common == PREFACE.len() {
            return error("HPE_PAUSED_H2_UPGRADE", "Pause on PRI/Upgrade", start + common);
        }
        return if common == line.len() {
            Ok(None)
        } else {
            error(CONSTANT, "Expected HTTP/2 Connection Preface", start + common)
        };
    }
    let mut longest = 0;
    for method in METHODS.iter().chain([&&PREFACE[..3]]) {
        let common = line.iter().zip(*method).take_while(|(a, b)| a == b).count();
        if common == method.len() {
            match line.get(common) {
                None => return Ok(None),
                Some(b' ') => return Ok(Some(common)),
                Some(_) => return error(METHOD, "Expected space after method", start + common),
            }
        }
        longest = longest.max(common);
    }
    if longest == line.len() {
        Ok(None)
    } else {
        error(METHOD, "Invalid method encountered", start + longest)
    }
}

/// The length of the target; the byte behind it is there.
fn target_length(target: &[u8], at: usize, is_connect: bool) -> Result<Option<usize>, ParseError> {
    let bad = |index: usize, reason: &'static str| match target[index] {
        b' ' | b'\t' | b'\r' | b'\n' | 0x0c => error(URL, "Invalid characters in url", at + index + 1),
        _ => error(URL, reason, at + index),
    };
    let mut index = 0;
    match target[0] {
        b'/' | b'*' => {}
        _ if is_connect && is(target[0], IN_TARGET) => {}
        byte if byte.is_ascii_alphabetic() => {
            // scheme://server
            let Some(scheme) = target.iter().position(|b| !b.is_ascii_alphabetic()) else {
                return Ok(None);
            };
            for (offset, expected) in b"://".iter().enumerate() {
                match target.get(scheme + offset) {
                    None => return Ok(None),
                    Some(byte) if byte == expected => {}
                    Some(_) => return bad(scheme + offset, "Unexpected char in url schema"),
                }
            }
            index = scheme + 3;
            loop {
                match target.get(index) {
                    None => return Ok(None),
                    Some(b'/' | b'?') => break,
                    Some(b' ' | b'\r' | b'\n') if index > scheme + 3 => break,
                    Some(byte) if byte.is_ascii_alphanumeric() || b".-_~%!$&'()*+,;=:@[]".contains(byte) => index += 1,
                    Some(_) => return bad(index, "Unexpected char in url server"),
                }
            }
        }
        _ => return bad(0, "Unexpected start char in url"),
    }
    match target[index..].iter().position(|b| !is(*b, IN_TARGET)) {
        None => Ok(None),
        Some(length) => match target[index + length] {
            b' ' | b'\r' | b'\n' => Ok(Some(index + length)),
            _ => bad(index + length, "Invalid char in url path"),
        },
    }
}

/// CRLF at `at`; where the next line starts.
fn line_end(
    line: &[u8],
    at: usize,
    start: usize,
    code: &'static str,
    reason: &'static str,
) -> Result<Option<usize>, ParseError> {
    match (line.get(at), line.get(at + 1)) {
        (None, _) | (Some(b'\r'), None) => Ok(None),
        (Some(b'\r'), Some(b'\n')) => Ok(Some(start + at + 2)),
        (Some(b'\r'), Some(_)) => error(STRICT, reason, start + at + 1),
        (Some(b'\n'), _) => error(code, reason, start + at + 1),
        (Some(_), _) => error(code, reason, start + at),
    }
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
            return error(LENGTH, "Invalid character in Content-Length", at + index);
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
    let mut chunked = false;
    for token in value.split(|b| *b == b',') {
        if chunked {
            return error(CODING, "Invalid `Transfer-Encoding` header value", at);
        }
        chunked = token.trim_ascii().eq_ignore_ascii_case(b"chunked");
    }
    Ok(chunked)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 16 * 1024;

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
        let cases: [(&[u8], &str, usize); 12] = [
            (b"GET / HTTP/1.1\nHost: a\r\n\r\n", VERSION, 15),
            (b"GET / HTTP/1.1\r\nHost: a\n\r\n", "HPE_CR_EXPECTED", 23),
            (b"GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", "HPE_LF_EXPECTED", 24),
            (b"GET / HTTP/1.1\r\nHost: a\r\n\n", TOKEN, 26),
            (b"GET / HTTP/1.1\r\nFoo : bar\r\n\r\n", TOKEN, 19),
            (b"GET / HTTP/1.1\r\n Foo: bar\r\n\r\n", "HPE_UNEXPECTED_SPACE", 17),
            (b"GET / HTTP/1.1\r\nFoo: a\r\n b\r\n\r\n", TOKEN, 24),
            (b"GET / HTTP/1.1\r\nFoo: b\0r\r\n\r\n", TOKEN, 22),
            (
                b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
                "HPE_UNEXPECTED_CONTENT_LENGTH",
                52,
            ),
            (
                b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                CODING,
                55,
            ),
            (
                b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
                LENGTH,
                61,
            ),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n", CODING, 48),
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
            (PREFACE, "HPE_PAUSED_H2_UPGRADE", 24),
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
