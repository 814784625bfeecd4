//! Whole conversations, in pieces of all sizes.

use super::*;

struct Vecs(Vec<u8>, usize);

impl Room for Vecs {
    fn room(&self) -> usize {
        self.1 - self.0.len()
    }
    fn put(&mut self, bytes: &[u8], _last: bool) {
        self.0.extend_from_slice(bytes);
    }
}

/// Feeds `text` in pieces of `step` and takes what hyper would get, `room` bytes at a time.
fn run(inbound: &mut Inbound, text: &[u8], step: usize, room: usize) -> (String, Vec<Found>) {
    let mut all = Vec::new();
    let mut heads = Vec::new();
    for piece in text.chunks(step) {
        inbound.receive(&mut piece.to_vec());
        loop {
            let mut out = Vecs(Vec::new(), room);
            let fill = inbound.fill(&mut out, &mut true, &mut |found| heads.push(found));
            all.extend_from_slice(&out.0);
            match fill {
                Fill::Wrote => {}
                Fill::Body => match inbound.body() {
                    Part::Bytes(bytes) => all.extend_from_slice(bytes),
                    Part::End => all.push(b'|'),
                    Part::Starved(_) | Part::Nothing => break,
                },
                Fill::Starved | Fill::Blocked => break,
            }
        }
        let mut spare = Vec::new();
        inbound.give_back(&mut spare);
    }
    (String::from_utf8(all).expect("text"), heads)
}

fn server() -> Inbound {
    Inbound::new(Kind::Request, Limits::of_size(16 * 1024))
}

const GET: &str = "GET /x HTTP/1.1\r\nHost: a\r\nX-Y: 1\r\n\r\n";
const BARE: &str = "POST / HTTP/1.1\r\n\r\n";

#[test]
fn hyper_gets_bare_heads() {
    for step in 1..90 {
        let mut inbound = server();
        let (out, heads) = run(&mut inbound, [GET, "\r\n", GET].concat().as_bytes(), step, 100);
        assert_eq!(out, [BARE, BARE].concat(), "step {step}");
        assert_eq!(heads.len(), 2);
        let Found::Message(head) = &heads[1] else {
            panic!("{heads:?}")
        };
        assert_eq!(&*head.bytes, GET.as_bytes());
        assert!(!inbound.mid_message());
    }
}

#[test]
fn a_buffer_that_is_given_back_brings_nothing_old() {
    let mut inbound = server();
    let text = format!("POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\nabcdef{GET}");
    let mut out = Vecs(Vec::new(), 100);
    let mut buffer = Vec::with_capacity(64);
    // The second piece is copied behind the first.
    for piece in [&text.as_bytes()[..45], &text.as_bytes()[45..]] {
        buffer.clear();
        buffer.extend_from_slice(piece);
        inbound.receive(&mut buffer);
    }
    let mut heads = Vec::new();
    while inbound.fill(&mut out, &mut true, &mut |found| heads.push(found)) != Fill::Starved {
        inbound.body();
        inbound.give_back(&mut buffer);
    }
    inbound.give_back(&mut buffer);
    assert_eq!(heads.len(), 2);
    assert!(buffer.is_empty() && !inbound.has_failed() && !inbound.mid_message());
}

#[test]
fn bodies_come_without_their_framing() {
    let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\na\r\n\r\n";
    let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n0A\r\n0123456789\r\n0;y\r\nT: 1\r\n\r\n";
    for step in 1..120 {
        let mut inbound = server();
        let (out, heads) = run(&mut inbound, [post, chunked, GET].concat().as_bytes(), step, 60);
        let expected = [BARE, "a\r\n\r\n|", BARE, "hello0123456789|", BARE].concat();
        assert_eq!(out, expected, "step {step}");
        assert_eq!(heads.len(), 3);
        assert_eq!(inbound.take_trailers().as_deref(), Some(&b"T: 1\r\n\r\n"[..]));
    }
}

#[test]
fn requests_are_found_ahead_and_held_back() {
    let mut inbound = server();
    let mut heads = 0;
    inbound.receive(&mut [GET, GET, GET].concat().into_bytes());
    let mut out = Vecs(Vec::new(), 1000);
    assert_eq!(inbound.fill(&mut out, &mut true, &mut |_| heads += 1), Fill::Wrote);
    assert_eq!((out.0.len(), heads), (BARE.len(), 3));
    assert_eq!(inbound.fill(&mut out, &mut false, &mut |_| heads += 1), Fill::Blocked);
    assert_eq!((out.0.len(), heads), (BARE.len(), 3));
    assert_eq!(inbound.fill(&mut out, &mut true, &mut |_| heads += 1), Fill::Wrote);
    assert_eq!(out.0.len(), 2 * BARE.len());
}

#[test]
fn an_error_names_the_piece_it_is_in() {
    let mut inbound = server();
    run(&mut inbound, GET.as_bytes(), 1000, 1000);
    run(&mut inbound, b"BLAH", 1000, 1000);
    let failure = inbound.take_failure().expect("refused");
    assert_eq!(
        (failure.error.code, failure.parsed, &failure.packet[..]),
        ("HPE_INVALID_METHOD", 1, &b"BLAH"[..])
    );
    assert!(inbound.has_failed());
    run(&mut inbound, b"more", 1000, 1000);
    let failure = inbound.take_failure().expect("refused again");
    assert_eq!(
        (failure.error.code, failure.parsed, &failure.packet[..]),
        ("HPE_INVALID_METHOD", 0, &b"more"[..])
    );
}

#[test]
fn nothing_may_follow_the_last_message() {
    let mut inbound = server();
    let (out, _) = run(
        &mut inbound,
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n\r\n",
        1000,
        1000,
    );
    assert_eq!(out, "POST / HTTP/1.1\r\nconnection: close\r\n\r\n");
    assert!(inbound.take_failure().is_none());
    run(&mut inbound, GET.as_bytes(), 1000, 1000);
    assert_eq!(
        inbound.take_failure().map(|f| f.error.code),
        Some("HPE_CLOSED_CONNECTION")
    );
}

#[test]
fn an_upgrade_waits_for_a_decision() {
    let text = "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: w\r\n\r\nfirst";
    let mut inbound = server();
    let (out, heads) = run(&mut inbound, text.as_bytes(), 1000, 1000);
    assert!(out.is_empty());
    assert!(matches!(heads[..], [Found::Upgrade(_)]));
    assert_eq!(inbound.take_rest(), b"first");
    let mut inbound = server();
    run(&mut inbound, text.as_bytes(), 1000, 1000);
    inbound.go_on();
    let mut out = Vecs(Vec::new(), 1000);
    inbound.fill(&mut out, &mut true, &mut |_| {});
    assert_eq!(out.0, BARE.as_bytes());
}

#[test]
fn responses_are_framed_by_their_requests() {
    let mut inbound = Inbound::new(Kind::Response, Limits::of_size(16 * 1024));
    for flags in [flags::OUT_HEAD, 0, 0] {
        inbound.promise();
        inbound.expect(flags);
        inbound.confirm();
    }
    let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n\
        HTTP/1.1 204 None\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end";
    let (out, heads) = run(&mut inbound, text.as_bytes(), 7, 1000);
    let empty = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(out, format!("{empty}{empty}to the end"));
    assert!(matches!(
        heads[..],
        [
            Found::Message(_),
            Found::Interim(_),
            Found::Message(_),
            Found::Message(_)
        ]
    ));
    assert!(inbound.ends_with_connection());
    let mut out = Vecs(Vec::new(), 1000);
    assert_eq!(inbound.fill(&mut out, &mut true, &mut |_| {}), Fill::Wrote);
    // hyper does not hear that it is the last: JavaScript ends the connection.
    assert_eq!(out.0, empty.as_bytes());
}

#[test]
fn what_follows_a_response_in_one_piece_is_looked_at() {
    let answered = |behind: &str| {
        let mut inbound = Inbound::new(Kind::Response, Limits::of_size(16 * 1024));
        inbound.promise();
        inbound.expect(0);
        inbound.confirm();
        let text = format!("HTTP/1.1 204 None\r\n\r\n{behind}");
        let (_, heads) = run(&mut inbound, text.as_bytes(), 1000, 1000);
        assert_eq!(heads.len(), 1);
        inbound
    };
    assert!(answered("HTTP/1.1 200 OK\r\n\r\n").take_unasked());
    assert!(answered("hi world").has_failed());
    let mut inbound = answered("HTTP/1.1 2");
    assert!(!inbound.take_unasked() && !inbound.has_failed());
    // What comes later is passed over, whatever it is.
    let (_, heads) = run(&mut inbound, b"hi world", 1000, 1000);
    assert!(heads.is_empty() && inbound.take_unasked() && !inbound.has_failed());
}

#[test]
fn a_body_may_be_read_past_it() {
    let mut inbound = server();
    let (out, _) = run(
        &mut inbound,
        b"PUT / HTTP/1.1\r\nContent-Length: 10\r\n\r\n0123",
        1000,
        1000,
    );
    assert_eq!(out, [BARE, "0123"].concat());
    assert_eq!(inbound.body(), Part::Starved(6));
    inbound.passed(4);
    assert!(!inbound.ends_now());
    inbound.passed(2);
    assert!(inbound.ends_now() && !inbound.mid_message());
}
