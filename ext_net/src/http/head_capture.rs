//! The bytes of the current message's head, as they came: hyper lower-cases names and hides their order, Node shows both.
//!
//! A pure follower of the byte stream that goes to hyper. It keeps what may belong to a head, and is told how each message is framed
//! once hyper has parsed it.

/// How the body of the message that was just taken ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Framing {
    /// There is none, or so many bytes.
    Length(u64),
    /// Chunked transfer coding.
    Chunked,
    /// The rest of the connection: a close-delimited body, an upgrade, CONNECT.
    Rest,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Head,
    Length(u64),
    ChunkSize { size: u64, digits: bool },
    ChunkData(u64),
    ChunkEnd,
    Trailer { blank: bool },
    Rest,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct HeadCapture {
    state: State,
    pending: Vec<u8>,
}

impl Default for HeadCapture {
    fn default() -> Self {
        HeadCapture {
            state: State::Head,
            pending: Vec::new(),
        }
    }
}

impl HeadCapture {
    /// Follows bytes that go to hyper.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        let rest = self.skip_body(bytes);
        if self.state == State::Head {
            self.pending.extend_from_slice(rest);
        }
    }

    /// The head of the message that hyper has just parsed, from its start line to its empty line; `None` if it is not whole, which a
    /// head that hyper has parsed always is.
    pub(crate) fn take(&mut self) -> Option<Vec<u8>> {
        let start = self.pending.iter().position(|b| !matches!(b, b'\r' | b'\n'))?;
        let end = start + head_length(&self.pending[start..])?;
        let rest = self.pending.split_off(end);
        let mut head = std::mem::replace(&mut self.pending, rest);
        head.drain(..start);
        Some(head)
    }

    /// Says how the body after the head just taken is framed; what has come of it already is passed over.
    pub(crate) fn body(&mut self, framing: Framing) {
        self.state = match framing {
            Framing::Length(0) => State::Head,
            Framing::Length(n) => State::Length(n),
            Framing::Chunked => State::ChunkSize { size: 0, digits: true },
            Framing::Rest => State::Rest,
        };
        if self.state != State::Head {
            let pending = std::mem::take(&mut self.pending);
            self.feed(&pending);
        }
    }

    /// Passes over body bytes; returns what lies behind the body.
    fn skip_body<'a>(&mut self, mut bytes: &'a [u8]) -> &'a [u8] {
        while !bytes.is_empty() {
            match self.state {
                State::Head => return bytes,
                State::Rest => return &[],
                State::Length(left) => {
                    let skip = left.min(bytes.len() as u64);
                    bytes = &bytes[skip as usize..];
                    self.state = if skip == left {
                        State::Head
                    } else {
                        State::Length(left - skip)
                    };
                }
                State::ChunkData(left) => {
                    let skip = left.min(bytes.len() as u64);
                    bytes = &bytes[skip as usize..];
                    self.state = if skip == left {
                        State::ChunkEnd
                    } else {
                        State::ChunkData(left - skip)
                    };
                }
                _ => {
                    self.state = self.state.after(bytes[0]);
                    bytes = &bytes[1..];
                }
            }
        }
        bytes
    }
}

impl State {
    /// One byte of chunked framing. hyper has refused what is malformed, so that anything will do then.
    fn after(self, byte: u8) -> State {
        match (self, byte) {
            (State::ChunkSize { size: 0, .. }, b'\n') => State::Trailer { blank: true },
            (State::ChunkSize { size, .. }, b'\n') => State::ChunkData(size),
            (State::ChunkSize { size, digits: true }, byte) => match (byte as char).to_digit(16) {
                Some(digit) => State::ChunkSize {
                    size: size.saturating_mul(16).saturating_add(u64::from(digit)),
                    digits: true,
                },
                None => State::ChunkSize { size, digits: false },
            },
            (State::ChunkEnd, b'\n') => State::ChunkSize { size: 0, digits: true },
            (State::Trailer { blank: true }, b'\n') => State::Head,
            (State::Trailer { .. }, b'\n') => State::Trailer { blank: true },
            (State::Trailer { blank }, b'\r') => State::Trailer { blank },
            (State::Trailer { .. }, _) => State::Trailer { blank: false },
            (state, _) => state,
        }
    }
}

/// The length of the head at the start of `bytes`, with its empty line.
fn head_length(bytes: &[u8]) -> Option<usize> {
    let mut line_start = 0;
    for (index, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' {
            if matches!(&bytes[line_start..index], b"" | b"\r") {
                return Some(index + 1);
            }
            line_start = index + 1;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nX-Y: 1\r\n\r\n";

    /// Feeds `bytes` in pieces of `step`.
    fn feed(capture: &mut HeadCapture, bytes: &[u8], step: usize) {
        for piece in bytes.chunks(step) {
            capture.feed(piece);
        }
    }

    #[test]
    fn pipelined_heads_come_one_by_one() {
        for step in 1..80 {
            let mut capture = HeadCapture::default();
            feed(&mut capture, &[GET, b"\r\n", GET].concat(), step);
            for _ in 0..2 {
                assert_eq!(capture.take().as_deref(), Some(GET), "step {step}");
                capture.body(Framing::Length(0));
            }
            assert_eq!(capture.take(), None);
        }
    }

    #[test]
    fn a_body_of_known_length_is_passed_over() {
        let post = b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n";
        for step in 1..80 {
            let mut capture = HeadCapture::default();
            feed(&mut capture, post, step);
            assert_eq!(capture.take().as_deref(), Some(&post[..]));
            capture.body(Framing::Length(5));
            feed(&mut capture, &[b"a\r\n\r\n", GET].concat(), step);
            assert_eq!(capture.take().as_deref(), Some(GET), "step {step}");
        }
    }

    #[test]
    fn a_chunked_body_with_trailers_is_passed_over() {
        let head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        let body = b"5;x=1\r\nhello\r\n0A\r\n0123456789\r\n0\r\nT: 1\r\n\r\n";
        for step in 1..120 {
            let mut capture = HeadCapture::default();
            let all = [head, &body[..], GET].concat();
            let split = head.len() + 3;
            feed(&mut capture, &all[..split], step);
            assert_eq!(capture.take().as_deref(), Some(&head[..]));
            capture.body(Framing::Chunked);
            feed(&mut capture, &all[split..], step);
            assert_eq!(capture.take().as_deref(), Some(GET), "step {step}");
        }
    }

    #[test]
    fn after_an_upgrade_nothing_is_kept() {
        let mut capture = HeadCapture::default();
        capture.feed(GET);
        capture.take();
        capture.body(Framing::Rest);
        capture.feed(&[b'x'; 1000]);
        assert!(capture.pending.is_empty());
    }

    #[test]
    fn lines_may_end_in_a_bare_newline() {
        let mut capture = HeadCapture::default();
        capture.feed(b"GET / HTTP/1.1\nHost: a\n\nrest");
        assert_eq!(capture.take().as_deref(), Some(&b"GET / HTTP/1.1\nHost: a\n\n"[..]));
    }
}
