//! What comes from the peer, on its way to hyper: heads are taken out and read by Node's rules, hyper gets heads of our own making in their
//! place, which say how the body is framed and nothing else; bodies pass.
//!
//! Pure: no I/O, no V8. It knows where each message ends, so that pipelined requests are found while the first is still being answered, and it holds
//! them back until hyper is ready for them.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::chunks::{self, MAX_EXTENSIONS};
use super::flags;
use super::head::{Framing, Head};
use super::head_parser::{HeadParser, Kind, ParseError, error};

/// Requests that are found ahead of the one that is being answered.
const MAX_AHEAD: usize = 32;
/// Bytes that are read ahead of what hyper may have.
const READ_AHEAD: usize = 64 * 1024;

/// Where bytes for hyper go.
pub(crate) trait Room {
    fn room(&self) -> usize;
    fn put(&mut self, bytes: &[u8]);
}

/// What [`Inbound::fill`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fill {
    /// There are bytes for hyper.
    Wrote,
    /// More must come from the peer first.
    Starved,
    /// hyper must finish what it has, or somebody must decide, first.
    Blocked,
}

/// A head that was read.
#[derive(Debug)]
pub(crate) enum Found {
    /// A request, or the final response to one.
    Message(Head),
    /// An interim response.
    Interim(Head),
    /// A message after which the connection may be another protocol's: nothing more is read until [`Inbound::go_on`].
    Upgrade(Head),
}

/// An error, the piece of input it was found in, and how much of the piece was good.
#[derive(Debug)]
pub(crate) struct Failure {
    pub error: ParseError,
    pub packet: Vec<u8>,
    pub parsed: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Head,
    Length(u64),
    ChunkSize,
    ChunkData(u64),
    ChunkEnd,
    Trailers,
    UntilEof,
    /// A message said that it is the last.
    Last,
    /// Somebody decides what the connection becomes; then the body is framed so.
    Held(Framing),
    Failed,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Inbound {
    kind: Kind,
    max_head: usize,
    raw: Vec<u8>,
    pos: usize,
    /// Where in `raw` the last piece of input starts.
    piece: usize,
    parser: HeadParser,
    state: State,
    last: bool,
    extensions: usize,
    /// Heads that hyper has not got yet.
    feeds: VecDeque<Cow<'static, [u8]>>,
    /// Bytes of ours for hyper.
    small: Vec<u8>,
    trailers: Option<Box<[u8]>>,
    failure: Option<Failure>,
    /// The flags of requests whose responses are to come.
    expected: VecDeque<u32>,
}

impl Inbound {
    pub(crate) fn new(kind: Kind, max_head: usize) -> Inbound {
        Inbound {
            kind,
            max_head,
            raw: Vec::new(),
            pos: 0,
            piece: 0,
            parser: HeadParser::new(kind),
            state: State::Head,
            last: false,
            extensions: 0,
            feeds: VecDeque::new(),
            small: Vec::new(),
            trailers: None,
            failure: None,
            expected: VecDeque::new(),
        }
    }

    pub(crate) fn set_max_head(&mut self, max_head: usize) {
        self.max_head = max_head;
    }

    /// Adds a piece of input. An empty `raw` takes the buffer itself and leaves its own.
    pub(crate) fn receive(&mut self, piece: &mut Vec<u8>) {
        self.compact();
        self.piece = self.raw.len();
        if self.raw.is_empty() {
            std::mem::swap(&mut self.raw, piece);
        } else {
            self.raw.extend_from_slice(piece);
        }
    }

    /// Gives a large buffer back that is not needed: idle connections hold none.
    pub(crate) fn give_back(&mut self, buffer: &mut Vec<u8>) {
        if self.raw.is_empty() {
            return;
        }
        if self.pos == self.raw.len() {
            self.raw.clear();
            self.pos = 0;
            self.piece = 0;
            if buffer.capacity() < self.raw.capacity() {
                std::mem::swap(&mut self.raw, buffer);
            }
        } else if self.raw.capacity() > 2 * self.raw.len() && buffer.capacity() < self.raw.capacity() {
            let rest = self.raw[self.pos..].to_vec();
            *buffer = std::mem::replace(&mut self.raw, rest);
            buffer.clear();
            self.piece = self.piece.saturating_sub(self.pos);
            self.pos = 0;
        }
    }

    fn compact(&mut self) {
        if self.pos > 0 {
            self.raw.drain(..self.pos);
            self.piece = self.piece.saturating_sub(self.pos);
            self.pos = 0;
        }
    }

    /// Whether more input is wanted, be it only to see the end of the connection.
    pub(crate) fn wants_input(&self) -> bool {
        self.state != State::Failed && self.raw.len() - self.pos < READ_AHEAD
    }

    /// So many bytes may go to hyper without being looked at.
    pub(crate) fn direct(&self) -> u64 {
        match self.state {
            State::Length(left) if self.pos == self.raw.len() && self.feeds.is_empty() && self.small.is_empty() => left,
            _ => 0,
        }
    }

    /// So many bytes went there.
    pub(crate) fn passed(&mut self, count: u64) {
        if let State::Length(left) = self.state {
            self.state = if left > count {
                State::Length(left - count)
            } else {
                self.after_message()
            };
        }
    }

    /// Whether the peer is in the middle of a message, or has sent something that is not yet one.
    pub(crate) fn mid_message(&self) -> bool {
        match self.state {
            State::Head | State::Last => self.raw[self.pos..].iter().any(|b| !matches!(b, b'\r' | b'\n')),
            State::UntilEof | State::Held(_) | State::Failed => false,
            _ => true,
        }
    }

    /// Whether the peer is in the middle of a message's body.
    pub(crate) fn mid_body(&self) -> bool {
        !matches!(self.state, State::Head | State::Last | State::Held(_) | State::Failed)
    }

    /// Whether requests wait for hyper.
    pub(crate) fn has_ahead(&self) -> bool {
        !self.feeds.is_empty()
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.state == State::Failed
    }

    pub(crate) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    pub(crate) fn take_trailers(&mut self) -> Option<Box<[u8]>> {
        self.trailers.take()
    }

    /// A request goes out whose response will come here; `flags` are its `OUT_` bits.
    pub(crate) fn expect(&mut self, flags: u32) {
        self.expected.push_back(flags);
    }

    /// The message that was found as an upgrade is an ordinary one.
    pub(crate) fn go_on(&mut self) {
        if let State::Held(framing) = self.state {
            self.feed(framing);
            self.begin(framing);
        }
    }

    /// What was read behind the last head: the other protocol's first bytes.
    pub(crate) fn take_rest(&mut self) -> Vec<u8> {
        self.compact();
        self.state = State::Failed;
        std::mem::take(&mut self.raw)
    }

    /// The peer ended its side in the middle of something.
    pub(crate) fn fail_at_eof(&mut self) {
        self.piece = self.raw.len();
        self.fail(ParseError {
            code: "HPE_INVALID_EOF_STATE",
            reason: "Invalid EOF state",
            offset: 0,
        });
        if let Some(failure) = &mut self.failure {
            failure.parsed = 0;
        }
    }

    fn fail(&mut self, error: ParseError) {
        if self.state == State::Failed {
            return;
        }
        self.state = State::Failed;
        let parsed = (self.pos + error.offset).saturating_sub(self.piece);
        self.failure = Some(Failure {
            error,
            packet: self.raw[self.piece.min(self.raw.len())..].to_vec(),
            parsed,
        });
    }

    /// Gives hyper what there is for it. `open` says that it may have the next message, and becomes false when it gets that.
    pub(crate) fn fill(&mut self, out: &mut dyn Room, open: &mut bool, found: &mut dyn FnMut(Found)) -> Fill {
        let before = out.room();
        let stopped = loop {
            if !self.small.is_empty() {
                if out.room() < self.small.len() {
                    break Fill::Wrote;
                }
                out.put(&self.small);
                self.small.clear();
            }
            if let Some(front) = self.feeds.front() {
                if *open && out.room() >= front.len() {
                    out.put(front);
                    self.feeds.pop_front();
                    *open = false;
                    continue;
                }
                if self.state != State::Head || self.feeds.len() >= MAX_AHEAD {
                    break Fill::Blocked;
                }
            }
            match self.step(out, found) {
                Ok(None) => {}
                Ok(Some(stopped)) => {
                    let blocked = stopped == Fill::Starved && !self.feeds.is_empty() && !*open;
                    break if blocked { Fill::Blocked } else { stopped };
                }
                Err(error) => {
                    self.fail(error);
                    break Fill::Blocked;
                }
            }
        };
        if out.room() < before { Fill::Wrote } else { stopped }
    }

    /// One step through the input; `None` to take the next.
    fn step(&mut self, out: &mut dyn Room, found: &mut dyn FnMut(Found)) -> Result<Option<Fill>, ParseError> {
        let rest = &self.raw[self.pos..];
        match self.state {
            State::Failed | State::Held(_) => return Ok(Some(Fill::Blocked)),
            State::Last => {
                if let Some(index) = rest.iter().position(|b| !matches!(b, b'\r' | b'\n')) {
                    return error("HPE_CLOSED_CONNECTION", "Data after `Connection: close`", index + 1);
                }
                self.pos = self.raw.len();
                return Ok(Some(Fill::Starved));
            }
            _ if rest.is_empty() => return Ok(Some(Fill::Starved)),
            State::Head => return self.head(found),
            State::Length(left) => {
                let count = usize::try_from(left)
                    .unwrap_or(usize::MAX)
                    .min(rest.len())
                    .min(out.room());
                if count == 0 {
                    return Ok(Some(Fill::Wrote));
                }
                out.put(&rest[..count]);
                self.pos += count;
                self.passed(count as u64);
            }
            State::UntilEof => {
                let count = rest.len().min(out.room());
                out.put(&rest[..count]);
                self.pos += count;
                return Ok(Some(Fill::Wrote));
            }
            State::ChunkSize => {
                let Some(line) = chunks::size_line(rest, MAX_EXTENSIONS - self.extensions)? else {
                    return Ok(Some(Fill::Starved));
                };
                self.pos += line.length;
                self.extensions += line.extensions;
                if line.size == 0 {
                    self.parser = HeadParser::for_trailers();
                    self.state = State::Trailers;
                } else {
                    self.small.extend_from_slice(format!("{:x}\r\n", line.size).as_bytes());
                    self.state = State::ChunkData(line.size);
                }
            }
            State::ChunkData(left) => {
                let count = usize::try_from(left)
                    .unwrap_or(usize::MAX)
                    .min(rest.len())
                    .min(out.room());
                if count == 0 {
                    return Ok(Some(Fill::Wrote));
                }
                out.put(&rest[..count]);
                self.pos += count;
                let left = left - count as u64;
                self.state = if left == 0 {
                    State::ChunkEnd
                } else {
                    State::ChunkData(left)
                };
            }
            State::ChunkEnd => {
                if !chunks::data_end(rest)? {
                    return Ok(Some(Fill::Starved));
                }
                self.pos += 2;
                self.small.extend_from_slice(b"\r\n");
                self.state = State::ChunkSize;
            }
            State::Trailers => {
                let Some((lines, length)) = self.parser.advance(rest, self.max_head)? else {
                    return Ok(Some(Fill::Starved));
                };
                self.pos += length;
                if length > 2 {
                    self.trailers = Some(lines.bytes);
                }
                self.small.extend_from_slice(b"0\r\n\r\n");
                self.parser = HeadParser::new(self.kind);
                self.state = self.after_message();
            }
        }
        Ok(None)
    }

    fn after_message(&self) -> State {
        if self.last { State::Last } else { State::Head }
    }

    fn head(&mut self, found: &mut dyn FnMut(Found)) -> Result<Option<Fill>, ParseError> {
        if self.kind == Kind::Response && self.expected.is_empty() {
            // Nobody asked for it.
            return error("HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/", 0);
        }
        let Some((mut head, length)) = self.parser.advance(&self.raw[self.pos..], self.max_head)? else {
            return Ok(Some(Fill::Starved));
        };
        self.pos += length;
        let upgrade = match self.kind {
            Kind::Request => head.flags & (flags::UPGRADE | flags::CONNECT) != 0,
            Kind::Response => {
                let asked = self.expected.front().copied().unwrap_or_default();
                if matches!(head.status, 100 | 102..=199) {
                    found(Found::Interim(head));
                    return Ok(None);
                }
                self.expected.pop_front();
                if asked & flags::OUT_HEAD != 0 || matches!(head.status, 101 | 204 | 304) {
                    head.framing = Framing::None;
                    head.flags &= !flags::BODY;
                }
                if head.framing == Framing::UntilEof {
                    head.flags &= !flags::KEEP_ALIVE;
                }
                asked & flags::OUT_CONNECT != 0 || (head.status == 101 && head.flags & flags::UPGRADE != 0)
            }
        };
        self.last = head.flags & flags::KEEP_ALIVE == 0;
        let framing = head.framing;
        if upgrade {
            self.state = State::Held(framing);
            found(Found::Upgrade(head));
        } else {
            self.feed(framing);
            self.begin(framing);
            found(Found::Message(head));
        }
        Ok(None)
    }

    fn begin(&mut self, framing: Framing) {
        self.extensions = 0;
        self.state = match framing {
            Framing::None | Framing::Length(0) => self.after_message(),
            Framing::Length(length) => State::Length(length),
            Framing::Chunked => State::ChunkSize,
            Framing::UntilEof => State::UntilEof,
        };
    }

    /// The head that hyper gets.
    fn feed(&mut self, framing: Framing) {
        const BARE: &[u8] = b"POST / HTTP/1.1\r\n\r\n";
        if framing == Framing::None && self.kind == Kind::Request && !self.last {
            self.feeds.push_back(Cow::Borrowed(BARE));
            return;
        }
        let (line, no_body) = match self.kind {
            Kind::Request => ("POST / HTTP/1.1\r\n", ""),
            Kind::Response => ("HTTP/1.1 200 OK\r\n", "content-length: 0\r\n"),
        };
        let close = if self.last { "connection: close\r\n" } else { "" };
        let head = match framing {
            Framing::None => format!("{line}{no_body}{close}\r\n"),
            Framing::Length(length) => format!("{line}content-length: {length}\r\n{close}\r\n"),
            Framing::Chunked => format!("{line}transfer-encoding: chunked\r\n{close}\r\n"),
            Framing::UntilEof => format!("{line}{close}\r\n"),
        };
        self.feeds.push_back(Cow::Owned(head.into_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Vecs(Vec<u8>, usize);

    impl Room for Vecs {
        fn room(&self) -> usize {
            self.1 - self.0.len()
        }
        fn put(&mut self, bytes: &[u8]) {
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
                if fill != Fill::Wrote {
                    break;
                }
            }
            let mut spare = Vec::new();
            inbound.give_back(&mut spare);
        }
        (String::from_utf8(all).expect("text"), heads)
    }

    fn server() -> Inbound {
        Inbound::new(Kind::Request, 16 * 1024)
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
    fn bodies_pass_and_chunks_lose_what_is_not_framing() {
        let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\na\r\n\r\n";
        let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n0A\r\n0123456789\r\n0;y\r\nT: 1\r\n\r\n";
        for step in 1..120 {
            let mut inbound = server();
            let (out, heads) = run(&mut inbound, [post, chunked, GET].concat().as_bytes(), step, 60);
            let expected = "POST / HTTP/1.1\r\ncontent-length: 5\r\n\r\na\r\n\r\nPOST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n\
                5\r\nhello\r\na\r\n0123456789\r\n0\r\n\r\nPOST / HTTP/1.1\r\n\r\n";
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
        let mut inbound = Inbound::new(Kind::Response, 16 * 1024);
        inbound.expect(flags::OUT_HEAD);
        inbound.expect(0);
        inbound.expect(0);
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n\
            HTTP/1.1 204 None\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end";
        let (out, heads) = run(&mut inbound, text.as_bytes(), 7, 1000);
        let empty = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(
            out,
            format!("{empty}{empty}HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nto the end")
        );
        assert!(matches!(
            heads[..],
            [
                Found::Message(_),
                Found::Interim(_),
                Found::Message(_),
                Found::Message(_)
            ]
        ));
        assert_eq!(inbound.state, State::UntilEof);
    }

    #[test]
    fn a_response_that_nobody_asked_for_is_refused() {
        let mut inbound = Inbound::new(Kind::Response, 16 * 1024);
        run(&mut inbound, b"HTTP/1.1 200 OK\r\n\r\n", 1000, 1000);
        assert!(inbound.has_failed());
    }
}
