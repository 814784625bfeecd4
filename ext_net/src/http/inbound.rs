//! What comes from the peer: heads are read by Node's rules, and hyper gets heads of our own making in their place, which say that there is no body; bodies
//! go to JavaScript past hyper (`body_in.rs`).
//!
//! Pure: no I/O, no V8. It knows where each message ends, so that pipelined requests are found while the first is still being answered, and it holds
//! them back until hyper is ready for them. hyper gets a request's head at once, a response's when its body has ended.

use std::collections::VecDeque;

use super::few::Few;
use super::flags;
use super::head::{Framing, Head};
use super::head_parser::{HeadParser, Kind, Limits};
use super::syntax::{CODING, ParseError, error};

mod body;

/// Requests that are found ahead of the one that is being answered.
const MAX_AHEAD: usize = 32;
/// Bytes that are read ahead of what hyper may have.
const READ_AHEAD: usize = 64 * 1024;

/// As much of a piece is kept for an error to show although it was read past here.
const SHOWN: usize = 16 * 1024;

/// The bare request that hyper gets.
pub(crate) const REQUEST: &[u8] = b"POST / HTTP/1.1\r\n\r\n";

/// Nobody can tell where the body of a request ends whose last coding is not `chunked`.
const UNKNOWN_CODING: ParseError = ParseError {
    code: CODING,
    reason: "Request has invalid `Transfer-Encoding`",
    offset: 0,
};

/// A head for hyper.
#[derive(Debug)]
struct Feed {
    head: &'static [u8],
    /// Its message is the connection's last one.
    last: bool,
}

/// Where heads for hyper go.
pub(crate) trait Room {
    fn room(&self) -> usize;
    /// A head; `last` says that nothing follows its message.
    fn put(&mut self, head: &[u8], last: bool);
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
    /// A body must be taken first: [`Inbound::body`].
    Body,
}

/// What there is of a body.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Part<'a> {
    Bytes(&'a [u8]),
    End,
    /// More must come from the peer first. So many bytes of that are the body's, and need not come here: [`Inbound::passed`].
    Starved(u64),
    /// There is no body, or it is spoilt.
    Nothing,
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
    /// Everything of a body has been taken but its end.
    BodyEnd,
    /// A message said that it is the last.
    Last,
    /// Somebody decides what the connection becomes; then the body is framed so.
    Held(Framing),
    Failed(ParseError),
    /// Nothing more is looked at.
    Done,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Inbound {
    kind: Kind,
    limits: Limits,
    raw: Vec<u8>,
    pos: usize,
    /// Where in `raw` the last piece of input starts.
    piece: usize,
    parser: HeadParser,
    state: State,
    last: bool,
    /// Heads that hyper has not got yet.
    feeds: Few<Feed>,
    trailers: Option<Box<[u8]>>,
    failure: Option<Failure>,
    /// It was found in a body, not behind the last message.
    failed_in_body: bool,
    /// A response came that no request waited for.
    unasked: bool,
    /// The flags of requests whose responses are to come.
    expected: VecDeque<u32>,
    /// Requests that hyper has not written yet: a server may answer before it has seen them.
    promised: usize,
}

impl Inbound {
    pub(crate) fn new(kind: Kind, limits: Limits) -> Inbound {
        Inbound {
            kind,
            limits,
            raw: Vec::new(),
            pos: 0,
            piece: 0,
            parser: HeadParser::new(kind),
            state: State::Head,
            last: false,
            feeds: Few::default(),
            trailers: None,
            failure: None,
            failed_in_body: false,
            unasked: false,
            expected: VecDeque::new(),
            promised: 0,
        }
    }

    pub(crate) fn set_max_head(&mut self, max_head: usize) {
        self.limits.size = max_head;
    }

    /// Adds a piece of input and leaves an empty buffer. An empty `raw` takes the buffer itself and leaves its own.
    pub(crate) fn receive(&mut self, piece: &mut Vec<u8>) {
        self.compact();
        self.piece = self.raw.len();
        if self.raw.is_empty() {
            std::mem::swap(&mut self.raw, piece);
        } else {
            self.raw.extend_from_slice(piece);
            piece.clear();
        }
    }

    /// Adds a piece of input whose first `taken` bytes, a part of a body, were read past here.
    pub(crate) fn receive_behind(&mut self, piece: &[u8], taken: usize) {
        let known = if piece.len() <= SHOWN { 0 } else { taken };
        self.receive(&mut piece[known..].to_vec());
        self.pos += taken - known;
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
            // All of the last piece stays: an error shows it.
            let from = self.piece.min(self.pos);
            let rest = self.raw[from..].to_vec();
            *buffer = std::mem::replace(&mut self.raw, rest);
            buffer.clear();
            self.piece -= from;
            self.pos -= from;
        }
    }

    fn compact(&mut self) {
        if self.pos > 0 {
            self.raw.drain(..self.pos);
            self.piece = self.piece.saturating_sub(self.pos);
            self.pos = 0;
        }
    }

    /// Whether more input is wanted although hyper takes none, be it only to see the end of the connection.
    pub(crate) fn wants_input(&self) -> bool {
        self.state != State::Done && self.raw.len() - self.pos < READ_AHEAD
    }

    /// Whether the peer is in the middle of a message, or has sent something that is not yet one.
    pub(crate) fn mid_message(&self) -> bool {
        match self.state {
            State::Head | State::Last => self.raw[self.pos..].iter().any(|b| !matches!(b, b'\r' | b'\n')),
            State::UntilEof | State::Held(_) | State::Failed(_) | State::Done => false,
            _ => true,
        }
    }

    /// Whether the peer is in the middle of a message's body.
    pub(crate) fn mid_body(&self) -> bool {
        !matches!(
            self.state,
            State::Head | State::Last | State::Held(_) | State::Failed(_) | State::Done
        )
    }

    /// Whether requests wait for hyper.
    pub(crate) fn has_ahead(&self) -> bool {
        !self.feeds.is_empty()
    }

    pub(crate) fn has_failed(&self) -> bool {
        matches!(self.state, State::Failed(_))
    }

    pub(crate) fn failed_in_body(&self) -> bool {
        self.failed_in_body
    }

    /// Whether a response came that no request waited for; once.
    pub(crate) fn take_unasked(&mut self) -> bool {
        std::mem::take(&mut self.unasked)
    }

    pub(crate) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    pub(crate) fn take_trailers(&mut self) -> Option<Box<[u8]>> {
        self.trailers.take()
    }

    /// A request will go out.
    pub(crate) fn promise(&mut self) {
        self.promised += 1;
    }

    /// hyper gets a request whose response will come here; `flags` are its `OUT_` bits.
    pub(crate) fn expect(&mut self, flags: u32) {
        self.expected.push_back(flags);
    }

    /// hyper has written a request's head, and takes its response from now on. Whether something of that is there.
    pub(crate) fn confirm(&mut self) -> bool {
        self.promised = self.promised.saturating_sub(1);
        self.pos < self.raw.len()
    }

    /// The message that was found as an upgrade is an ordinary one.
    pub(crate) fn go_on(&mut self) {
        match self.state {
            State::Held(Framing::Unknown) => {
                self.feed();
                self.fail(UNKNOWN_CODING);
            }
            State::Held(framing) => self.begin(framing),
            _ => {}
        }
    }

    /// What was read behind the last head: the other protocol's first bytes.
    pub(crate) fn take_rest(&mut self) -> Vec<u8> {
        self.compact();
        self.state = State::Done;
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
        if self.state == State::Done {
            return;
        }
        self.failed_in_body |= self.mid_body();
        self.state = State::Failed(error);
        let parsed = (self.pos + error.offset).saturating_sub(self.piece);
        self.failure = Some(Failure {
            error,
            packet: self.raw[self.piece.min(self.raw.len())..].to_vec(),
            parsed,
        });
        self.pos = self.raw.len();
    }

    /// Gives hyper what there is for it. `open` says that it may have the next message, and becomes false when it gets that.
    pub(crate) fn fill(&mut self, out: &mut dyn Room, open: &mut bool, found: &mut dyn FnMut(Found)) -> Fill {
        let before = out.room();
        let stopped = loop {
            if let Some(front) = self.feeds.front() {
                if *open && out.room() >= front.head.len() {
                    out.put(front.head, front.last);
                    self.feeds.pop_front();
                    *open = false;
                    continue;
                }
                let looks_on = self.state == State::Head || (self.state == State::Last && self.kind == Kind::Response);
                if !looks_on || self.feeds.len() >= MAX_AHEAD {
                    break Fill::Blocked;
                }
            }
            match self.step(found) {
                Ok(None) => {}
                Ok(Some(stopped)) => {
                    let blocked = stopped == Fill::Starved && !self.feeds.is_empty() && !*open;
                    break if blocked { Fill::Blocked } else { stopped };
                }
                Err(error) => {
                    self.fail(error);
                    if self.feeds.is_empty() || !*open {
                        break Fill::Blocked;
                    }
                }
            }
        };
        match stopped {
            _ if out.room() < before => Fill::Wrote,
            _ if self.in_body() => Fill::Body,
            _ => stopped,
        }
    }

    /// One step through the input; `None` to take the next.
    fn step(&mut self, found: &mut dyn FnMut(Found)) -> Result<Option<Fill>, ParseError> {
        let rest = &self.raw[self.pos..];
        match self.state {
            State::Done | State::Held(_) => Ok(Some(Fill::Blocked)),
            // As Node's parser does: it says the same of every piece that comes after the one that it could not read.
            State::Failed(failed) if !rest.is_empty() => Err(ParseError { offset: 0, ..failed }),
            State::Failed(_) => Ok(Some(Fill::Blocked)),
            State::Last => {
                if let Some(index) = rest.iter().position(|b| !matches!(b, b'\r' | b'\n')) {
                    return error("HPE_CLOSED_CONNECTION", "Data after `Connection: close`", index + 1);
                }
                self.pos = self.raw.len();
                Ok(Some(Fill::Starved))
            }
            _ if self.in_body() => Ok(Some(Fill::Body)),
            _ if rest.is_empty() => Ok(Some(Fill::Starved)),
            _ => self.head(found),
        }
    }

    fn after_message(&self) -> State {
        if self.last { State::Last } else { State::Head }
    }

    fn in_body(&self) -> bool {
        matches!(
            self.state,
            State::Length(_)
                | State::ChunkSize
                | State::ChunkData(_)
                | State::ChunkEnd
                | State::Trailers
                | State::UntilEof
                | State::BodyEnd
        )
    }

    fn head(&mut self, found: &mut dyn FnMut(Found)) -> Result<Option<Fill>, ParseError> {
        if self.kind == Kind::Response && self.expected.len() <= self.promised {
            if self.promised > 0 {
                return Ok(Some(Fill::Blocked));
            }
            if self.pos == self.piece {
                // It came after the last response, and is passed over: who keeps the connection for other requests gives it up.
                self.pos = self.raw.len();
                self.unasked = true;
                return Ok(Some(Fill::Starved));
            }
            let unasked = self.parser.advance(&self.raw[self.pos..], self.limits)?;
            if unasked.is_some() {
                self.state = State::Done;
                self.unasked = true;
            } else {
                // What follows of it will be passed over, too.
                self.pos = self.raw.len();
                self.parser = HeadParser::new(self.kind);
            }
            return Ok(Some(Fill::Starved));
        }
        let Some((mut head, length)) = self.parser.advance(&self.raw[self.pos..], self.limits)? else {
            return Ok(Some(Fill::Starved));
        };
        self.pos += length;
        if head.framing == Framing::Unknown && head.flags & flags::UPGRADE == 0 {
            found(Found::Message(head));
            // Somebody may answer it all the same.
            self.feed();
            return Err(UNKNOWN_CODING);
        }
        let upgrade = match self.kind {
            Kind::Request => head.flags & (flags::UPGRADE | flags::CONNECT) != 0,
            Kind::Response => {
                let asked = self.expected.front().copied().unwrap_or_default();
                // Whatever answers a CONNECT is the last of HTTP on the connection.
                if matches!(head.status, 100 | 102..=199) && asked & flags::OUT_CONNECT == 0 {
                    found(Found::Interim(head));
                    return Ok(None);
                }
                self.expected.pop_front();
                if head.framing == Framing::UntilEof && !matches!(head.status, 101 | 204 | 304) {
                    // The answer to a HEAD request counts, too: JavaScript does not keep its connection.
                    head.flags |= flags::UNTIL_END;
                }
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
            if head.status == 101 {
                // Of another protocol that nobody has asked for, nothing is looked at.
                self.pos = self.raw.len();
            }
            self.begin(framing);
            found(Found::Message(head));
        }
        Ok(None)
    }

    fn begin(&mut self, framing: Framing) {
        self.state = match framing {
            Framing::None | Framing::Length(0) => self.after_message(),
            Framing::Length(length) => State::Length(length),
            Framing::Chunked => State::ChunkSize,
            Framing::UntilEof => State::UntilEof,
            Framing::Unknown => State::Done,
        };
        if self.kind == Kind::Request || !self.in_body() {
            self.feed();
        }
    }

    /// The head that hyper gets.
    fn feed(&mut self) {
        let head: &[u8] = match (self.kind, self.last) {
            (Kind::Request, false) => REQUEST,
            (Kind::Request, true) => b"POST / HTTP/1.1\r\nconnection: close\r\n\r\n",
            // JavaScript ends a client's connection, when somebody has read the last response.
            (Kind::Response, _) => b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
        };
        self.feeds.push_back(Feed { head, last: self.last });
    }
}

#[cfg(test)]
mod tests;
