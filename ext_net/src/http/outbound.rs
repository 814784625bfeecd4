//! What goes to the peer: hyper does the framing, the program's own head (its names' case, their order, its duplicates) replaces the one that
//! hyper wrote, and bytes of the program's own go out where no message is cut.
//!
//! Pure: it follows the byte stream that comes from hyper. It relies on one property of hyper's queued writing: hyper encodes the next head only after it
//! has handed over every body byte of the last message.

use std::io::IoSlice;

use bytes::{Buf, Bytes};

use super::few::Few;

/// The end of a chunked body, in which trailers go.
pub(super) const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Outbound {
    /// Heads whose message hyper has been given and whose bytes have not come yet.
    heads: Few<Bytes>,
    /// Bytes of ours that the connection has not taken.
    out: Bytes,
    /// Interim responses: they go before the next head.
    interim: Vec<u8>,
    /// What the program wrote to the socket itself: it goes out behind everything that hyper has.
    raw: Vec<u8>,
    /// Trailers for the last chunk that is to come.
    trailers: Option<Bytes>,
    /// hyper has bytes that the connection did not take.
    blocked: bool,
}

impl Outbound {
    /// The next message that hyper is given goes out with this head, its empty line included.
    pub(crate) fn push_head(&mut self, head: Bytes) {
        self.heads.push_back(head);
    }

    /// Bytes that go out before the head of the next message.
    pub(crate) fn push_interim(&mut self, bytes: &[u8]) {
        self.interim.extend_from_slice(bytes);
    }

    pub(crate) fn push_raw(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
    }

    /// The lines of trailers, each with its CRLF: hyper has been told of the body's end.
    pub(crate) fn set_trailers(&mut self, lines: Bytes) {
        self.trailers = Some(lines);
    }

    /// Bytes that wait, hyper's own aside.
    pub(crate) fn waiting(&self) -> usize {
        self.out.len() + self.interim.len() + self.raw.len()
    }

    /// Whether nothing waits, of hyper's bytes or of ours.
    pub(crate) fn is_empty(&self) -> bool {
        !self.blocked && self.waiting() == 0
    }

    /// Whether hyper waits for the connection to take what it has.
    pub(crate) fn is_blocked(&self) -> bool {
        self.blocked || !self.out.is_empty()
    }

    /// Whether hyper has written the heads that it was given, and all that was behind them.
    pub(crate) fn is_settled(&self) -> bool {
        self.heads.is_empty() && self.trailers.is_none() && !self.is_blocked()
    }

    /// Bytes to write before anything else.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.out
    }

    /// The connection took `count` bytes of [`Outbound::pending`].
    pub(crate) fn advance(&mut self, count: usize) {
        self.out.advance(count.min(self.out.len()));
        if self.out.is_empty() {
            self.out = Bytes::new();
        }
    }

    /// Between messages: interim responses become pending.
    pub(crate) fn release_interim(&mut self) {
        if !self.interim.is_empty() && !self.blocked {
            let bytes = std::mem::take(&mut self.interim);
            self.append_pending(bytes);
        }
    }

    /// With nothing left in hyper: what the program wrote itself becomes pending.
    pub(crate) fn release_raw(&mut self) {
        if !self.raw.is_empty() && !self.blocked {
            let bytes = std::mem::take(&mut self.raw);
            self.append_pending(bytes);
        }
    }

    fn append_pending(&mut self, bytes: Vec<u8>) {
        self.out = if self.out.is_empty() {
            bytes.into()
        } else {
            [&self.out[..], &bytes].concat().into()
        };
    }

    /// Looks at what hyper wants to write; to be called with nothing pending. The heads at its start are taken out and ours made pending; the number
    /// of bytes of hyper's that they replace.
    pub(crate) fn step(&mut self, slices: &[IoSlice<'_>]) -> usize {
        let mut replaced = 0;
        if self.heads.is_empty() {
            return 0;
        }
        let Some(first) = slices.iter().find(|s| !s.is_empty()) else {
            return 0;
        };
        while !self.heads.is_empty() {
            let rest = &first[replaced..];
            if !rest.starts_with(b"HTTP/1.") && !rest.starts_with(b"POST / HTTP/1.") {
                break;
            }
            let Some(length) = rest.windows(4).position(|w| w == b"\r\n\r\n").map(|i| i + 4) else {
                break;
            };
            replaced += length;
            let head = self.heads.pop_front().unwrap_or_default();
            if self.out.is_empty() && self.interim.is_empty() {
                self.out = head;
            } else {
                self.out = [&self.out[..], &self.interim, &head].concat().into();
                self.interim.clear();
            }
        }
        replaced
    }

    /// Where `slices`, all that hyper has left, end in a last chunk that trailers belong to: the lines to put before its final CRLF.
    pub(crate) fn trailers_for(&self, slices: &[IoSlice<'_>]) -> Option<Bytes> {
        let trailers = self.trailers.as_ref()?;
        let mut tail = [0; LAST_CHUNK.len()];
        let mut from = tail.len();
        for slice in slices.iter().rev() {
            let count = from.min(slice.len());
            tail[from - count..from].copy_from_slice(&slice[slice.len() - count..]);
            from -= count;
            if from == 0 {
                return (tail == LAST_CHUNK).then(|| trailers.clone());
            }
        }
        None
    }

    /// The trailers have become pending behind the rest.
    pub(crate) fn finish_trailers(&mut self, rest: Vec<u8>) {
        self.trailers = None;
        self.append_pending(rest);
    }

    pub(crate) fn set_blocked(&mut self, blocked: bool) {
        self.blocked = blocked;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(outbound: &mut Outbound, input: &[&[u8]]) -> Vec<u8> {
        let slices: Vec<IoSlice<'_>> = input.iter().map(|s| IoSlice::new(s)).collect();
        let replaced = outbound.step(&slices);
        let mut out = outbound.pending().to_vec();
        outbound.advance(out.len());
        out.extend_from_slice(&input.concat()[replaced..]);
        out
    }

    #[test]
    fn a_head_is_replaced_and_its_body_kept() {
        let mut outbound = Outbound::default();
        outbound.push_head(Bytes::from_static(b"HTTP/1.1 200 Fine\r\nX-Y: 1\r\n\r\n"));
        let out = run(&mut outbound, &[b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n", b"hi"]);
        assert_eq!(out, b"HTTP/1.1 200 Fine\r\nX-Y: 1\r\n\r\nhi");
        assert_eq!(
            run(&mut outbound, &[b"HTTP/1.1 more\r\n\r\n"]),
            b"HTTP/1.1 more\r\n\r\n"
        );
    }

    #[test]
    fn heads_without_bodies_may_come_together() {
        let mut outbound = Outbound::default();
        outbound.push_head(Bytes::from_static(b"A\r\n\r\n"));
        outbound.push_head(Bytes::from_static(b"B\r\n\r\n"));
        let out = run(
            &mut outbound,
            &[b"HTTP/1.1 304 x\r\n\r\nHTTP/1.1 204 y\r\n\r\n", b"body"],
        );
        assert_eq!(out, b"A\r\n\r\nB\r\n\r\nbody");
    }

    #[test]
    fn interim_responses_go_before_the_head_they_belong_to() {
        let mut outbound = Outbound::default();
        outbound.set_blocked(true);
        outbound.push_interim(b"I\r\n\r\n");
        outbound.release_interim();
        assert!(outbound.pending().is_empty());
        outbound.push_head(Bytes::from_static(b"A\r\n\r\n"));
        assert_eq!(run(&mut outbound, &[b"rest of a body"]), b"rest of a body");
        assert_eq!(run(&mut outbound, &[b"HTTP/1.1 200 OK\r\n\r\n"]), b"I\r\n\r\nA\r\n\r\n");
    }

    #[test]
    fn trailers_go_behind_the_last_chunk_only() {
        let mut outbound = Outbound::default();
        let end = [IoSlice::new(b"5\r\nhello\r\n0\r"), IoSlice::new(b"\n\r\n")];
        assert_eq!(outbound.trailers_for(&end), None);
        outbound.set_trailers(Bytes::from_static(b"A: b\r\n"));
        assert_eq!(outbound.trailers_for(&end).as_deref(), Some(&b"A: b\r\n"[..]));
        assert_eq!(outbound.trailers_for(&[IoSlice::new(b"5\r\nhello\r\n")]), None);
        assert_eq!(outbound.trailers_for(&[IoSlice::new(b"\r\n")]), None);
    }
}
