//! The first line of a message: a request's method, target and version, a response's version, status and reason.
//!
//! Pure. Each function gets what there is of the line and gives where the next one starts, `None` while that is not clear.

use super::flags;
use super::head::Head;
use super::syntax::{CONSTANT, IN_TARGET, METHOD, ParseError, STATUS, STRICT, URL, VERSION, error, is};

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

/// `METHOD target HTTP/1.1`; where the next line starts.
pub(crate) fn request_line(head: &mut Head, buffer: &[u8], start: usize) -> Result<Option<usize>, ParseError> {
    let line = &buffer[start..];
    let Some(length) = method_length(line, start)? else {
        return Ok(None);
    };
    head.method = 0..length;
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
    head.text = at..at + end;
    head.flags = match &line[..length] {
        b"HEAD" => flags::HEAD,
        b"CONNECT" => flags::CONNECT,
        _ => 0,
    };
    at += end;
    if line[at] == b'\r' || line[at] == b'\n' {
        // As it was before HTTP had versions.
        head.version = (0, 9);
        return match (line[at], line.get(at + 1)) {
            (b'\n', _) => Ok(Some(start + at + 1)),
            (_, None) => Ok(None),
            (_, Some(b'\n')) => Ok(Some(start + at + 2)),
            (_, Some(_)) => error(URL, "Expected CRLF", start + at + 1),
        };
    }
    while line.get(at) == Some(&b' ') {
        at += 1;
    }
    let Some(at) = version(head, line, at, start)? else {
        return Ok(None);
    };
    line_end(line, at, start)
}

/// `HTTP/1.1`; what comes behind it.
fn version(head: &mut Head, line: &[u8], at: usize, start: usize) -> Result<Option<usize>, ParseError> {
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
    head.version = (major, minor);
    Ok(Some(at + 8))
}

/// `HTTP/1.1 200 Reason`; where the next line starts.
pub(crate) fn status_line(head: &mut Head, buffer: &[u8], start: usize) -> Result<Option<usize>, ParseError> {
    let line = &buffer[start..];
    let Some(mut at) = version(head, line, 0, start)? else {
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
    head.status = status;
    match line.get(at) {
        None => return Ok(None),
        Some(b' ') => at += 1,
        Some(b'\r' | b'\n') => {}
        Some(_) => return error(STATUS, "Invalid response status", start + at),
    }
    let Some(end) = line[at..].iter().position(|b| matches!(b, b'\r' | b'\n')) else {
        return Ok(None);
    };
    head.text = at..at + end;
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
        _ if is_connect => match server_length(target) {
            None => return Ok(None),
            Some(length) if target[length] == b' ' => return Ok(Some(length)),
            Some(length) => return bad(length, "Unexpected char in url server"),
        },
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
            let server = scheme + 3;
            let Some(length) = server_length(&target[server..]) else {
                return Ok(None);
            };
            index = server + length;
            match target[index] {
                b'/' | b'?' => {}
                b' ' | b'\r' | b'\n' if length > 0 => {}
                _ => return bad(index, "Unexpected char in url server"),
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

/// How much of the text names a server, if something else is behind that.
fn server_length(text: &[u8]) -> Option<usize> {
    text.iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !b".-_~%!$&'()*+,;=:@[]".contains(byte))
}

/// CRLF behind the version, at `at`; where the next line starts.
fn line_end(line: &[u8], at: usize, start: usize) -> Result<Option<usize>, ParseError> {
    const REASON: &str = "Expected CRLF after version";
    match (line.get(at), line.get(at + 1)) {
        (None, _) | (Some(b'\r'), None) => Ok(None),
        (Some(b'\r'), Some(b'\n')) => Ok(Some(start + at + 2)),
        (Some(b'\r'), Some(_)) => error(STRICT, REASON, start + at + 1),
        (Some(b'\n'), _) => error(VERSION, REASON, start + at + 1),
        (Some(_), _) => error(VERSION, REASON, start + at),
    }
}
