//! What a server does with input that means it harm. It answers or closes as Node does (compared with Node 26), goes on serving, and holds no
//! descriptor afterwards.
//!
//! | input | what it gets |
//! |---|---|
//! | a head that takes longer than `headersTimeout`, or never comes | 408 |
//! | a body that takes longer than `requestTimeout` | 408 |
//! | a target or header lines above `maxHeaderSize` (16 KiB), 100,000 headers, a line without end | 431, before it has come whole |
//! | more header lines, or trailers, than `maxHeadersCount` (1,000) | 431, when the first of those has a name |
//! | a chunk size that is no number, negative or above 64 bits; data that is longer than its chunk | 400 |
//! | chunk extensions above 16 KiB | 413 |
//! | Content-Length twice, beside Transfer-Encoding, or no number | 400 |
//! | a Transfer-Encoding whose last coding is not `chunked` | 400 |
//! | NUL or CR in a value, bare LF, folded lines, a space before the colon | 400 |
//! | no Host | 400 |
//! | the preface of HTTP/2, a TLS hello, anything else that is no request | 400 |
//! | an end in the middle of a head or a body | 400 |
//! | a reset in the middle of a body | nothing: the connection is gone |
//! | bytes that are no request behind one that is | the answer to the request, then the end |

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};

use crate::support;
use crate::support::live::{self, Live};

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("http_hostile/messages_that_are_wrong", || check(wrong())),
        Trial::test("http_hostile/messages_that_are_too_large", || check(large())),
        Trial::test("http_hostile/messages_that_are_slow", || check(slow())),
        Trial::test("http_hostile/connections_that_end_early", || check(ended())),
    ]
}

/// What a client does.
enum Step {
    Send(Vec<u8>),
    Wait(u64),
    End,
}

struct Case {
    name: &'static str,
    steps: Vec<Step>,
    /// The status of the answer; none where there is no answer.
    status: Option<u16>,
}

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n";
const POST: &str = "POST / HTTP/1.1\r\nHost: a\r\n";

fn send(name: &'static str, text: impl Into<Vec<u8>>, status: u16) -> Case {
    Case {
        name,
        steps: vec![Step::Send(text.into())],
        status: Some(status),
    }
}

fn chunked(body: &str) -> String {
    format!("{POST}Transfer-Encoding: chunked\r\n\r\n{body}")
}

fn wrong() -> Vec<Case> {
    let mut hello = vec![0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3];
    hello.resize(512, 0);
    vec![
        send("a chunk size that is no number", chunked("xyz\r\n"), 400),
        send("a negative chunk size", chunked("-1\r\nx"), 400),
        send("a chunk size above 64 bits", chunked("11111111111111111\r\nx"), 400),
        send(
            "data that is longer than its chunk",
            chunked("1\r\nxx\r\n0\r\n\r\n"),
            400,
        ),
        send(
            "two lengths",
            format!("{POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
            400,
        ),
        send(
            "one length twice",
            format!("{POST}Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"),
            400,
        ),
        send(
            "a length that is no number",
            format!("{POST}Content-Length: 1x\r\n\r\nx"),
            400,
        ),
        send(
            "a length before a coding",
            format!("{POST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            400,
        ),
        send(
            "a coding before a length",
            format!("{POST}Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"),
            400,
        ),
        send(
            "chunked before another coding",
            format!("{POST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
            400,
        ),
        send(
            "an unknown coding",
            format!("{POST}Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
            400,
        ),
        send("NUL in a value", format!("{GET}A: b\0c\r\n\r\n"), 400),
        send("CR in a value", format!("{GET}A: b\rc\r\n\r\n"), 400),
        send("bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400),
        send("a folded line", format!("{GET}A: b\r\n c\r\n\r\n"), 400),
        send("a space before the colon", format!("{GET}A : b\r\n\r\n"), 400),
        send("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
        send(
            "the preface of HTTP/2",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
            400,
        ),
        send("a TLS hello", hello, 400),
        send("bytes behind a request", format!("{GET}\r\n\0\x01\x02"), 200),
    ]
}

fn large() -> Vec<Case> {
    let long = "x".repeat(20_000);
    let numbered: String = (0..100_000).map(|i| format!("h{i}: v\r\n")).collect();
    vec![
        send("a large value", format!("{GET}A: {long}\r\n\r\n"), 431),
        send("a large name", format!("{GET}{long}: a\r\n\r\n"), 431),
        send("a target without end", format!("GET /{long}"), 431),
        send("a header line without end", format!("{GET}A: {}", long.repeat(5)), 431),
        send("100,000 headers", format!("{GET}{numbered}\r\n"), 431),
        send(
            "100,000 empty headers",
            format!("{GET}{}\r\n", "a:\r\n".repeat(100_000)),
            431,
        ),
        send("1,001 small headers", format!("{GET}{}", "a:\r\n".repeat(1001)), 431),
        send(
            "1,001 small trailers",
            chunked(&format!("0\r\n{}", "a:\r\n".repeat(1001))),
            431,
        ),
        send("large trailers", chunked(&format!("0\r\nA: {long}\r\n\r\n")), 431),
        send(
            "large chunk extensions",
            chunked(&format!("1;{long}\r\nx\r\n0\r\n\r\n")),
            413,
        ),
    ]
}

/// The server's limits are half a second for the head and a second for the whole request.
fn slow() -> Vec<Case> {
    let one_by_one = |text: &str| text.bytes().map(|b| Step::Send(vec![b])).collect::<Vec<_>>();
    let mut head = one_by_one(GET);
    head.push(Step::Wait(1000));
    let mut body = vec![Step::Send(format!("{POST}Content-Length: 100\r\n\r\n").into_bytes())];
    body.extend((0..16).flat_map(|_| [Step::Wait(100), Step::Send(b"x".to_vec())]));
    let slow = |name, steps| Case {
        name,
        steps,
        status: Some(408),
    };
    vec![
        slow("a slow head", head),
        slow("a slow body", body),
        slow("silence", Vec::new()),
    ]
}

fn ended() -> Vec<Case> {
    let ends = |name, text: String| Case {
        name,
        steps: vec![Step::Send(text.into_bytes()), Step::End],
        status: Some(400),
    };
    vec![
        ends("an end in a head", GET.to_owned()),
        ends("an end in a body", format!("{POST}Content-Length: 100\r\n\r\nx")),
        ends("an end in a chunk", chunked("5\r\nx")),
        Case {
            name: "nothing at all",
            steps: vec![Step::End],
            status: None,
        },
    ]
}

fn check(cases: Vec<Case>) -> Result<(), Failed> {
    let program = support::root().join("tests/programs/http-hostile.js");
    let mut server = Live::start(support::command(support::RTJS).arg(program))?;
    let line = server.wait_for_line(|l| l.starts_with("ready "))?;
    let port: u16 = line["ready ".len()..].parse().map_err(|e| format!("{line}: {e}"))?;
    // The loop opens its timer when it sleeps for the first time, which need not be before a first request.
    descriptors(port)?;
    let before = descriptors(port)?;
    for case in cases {
        let name = case.name;
        let status = run(port, case.steps).map_err(|e| format!("{name}: {e}"))?;
        if status != case.status {
            return Err(format!("{name}: {status:?} instead of {:?}", case.status).into());
        }
        live::get_until(port, "/", |r| r.body() == "fine").map_err(|e| format!("after {name}: {e}"))?;
    }
    // A connection's end takes a moment to be noticed.
    let end = Instant::now() + Duration::from_secs(5);
    loop {
        let after = descriptors(port)?;
        if after <= before {
            return Ok(());
        }
        if Instant::now() > end {
            return Err(format!("{before} descriptors before, {after} after").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn descriptors(port: u16) -> Result<usize, String> {
    let answer = live::get_until(port, "/descriptors", |r| r.starts_with("HTTP/1.1 200"))?;
    answer.body().parse().map_err(|e| format!("{}: {e}", answer.body()))
}

/// Does the steps and waits for the connection's end; the status of what came.
fn run(port: u16, steps: Vec<Step>) -> Result<Option<u16>, String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(|e| e.to_string())?;
    let limit = Some(Duration::from_secs(5));
    stream.set_read_timeout(limit).map_err(|e| e.to_string())?;
    stream.set_write_timeout(limit).map_err(|e| e.to_string())?;
    for step in steps {
        // The server may have refused it by now.
        let _ = match step {
            Step::Send(bytes) => stream.write_all(&bytes),
            Step::Wait(ms) => {
                std::thread::sleep(Duration::from_millis(ms));
                Ok(())
            }
            Step::End => stream.shutdown(Shutdown::Write),
        };
    }
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => text.extend_from_slice(&buffer[..count]),
            // It closed with bytes of ours unread.
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(error) => return Err(format!("the connection stays open: {error}")),
        }
    }
    let text = String::from_utf8_lossy(&text);
    match text.strip_prefix("HTTP/1.1 ") {
        Some(rest) => rest[..3].parse().map(Some).map_err(|_| text.clone().into_owned()),
        None if text.is_empty() => Ok(None),
        None => Err(text.into_owned()),
    }
}
