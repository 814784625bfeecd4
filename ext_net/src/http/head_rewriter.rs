//! The head that goes out: hyper does the framing, the program's own head (its names' case, their order, its duplicates) replaces
//! the one that hyper wrote.
//!
//! A pure follower of the byte stream that comes from hyper. It relies on one property of hyper's vectored writing: by the time hyper asks for
//! the next message, it has handed over every body byte of the last.

use std::collections::VecDeque;
use std::io::IoSlice;

use bytes::Bytes;

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct HeadRewriter {
    /// Heads whose message hyper has been given and whose bytes have not come yet.
    heads: VecDeque<Bytes>,
    /// Bytes of ours that the socket has not taken.
    out: Bytes,
}

/// What to do with one write of hyper's.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// So many bytes of hyper's input are replaced by what is now in `pending()`.
    pub replaced: usize,
}

impl HeadRewriter {
    /// The next message that hyper is given goes out with this head, its empty line included.
    pub(crate) fn push(&mut self, head: Bytes) {
        self.heads.push_back(head);
    }

    /// Bytes to write before anything else.
    pub(crate) fn pending(&self) -> &[u8] {
        &self.out
    }

    /// The socket took `count` bytes of [`HeadRewriter::pending`].
    pub(crate) fn advance(&mut self, count: usize) {
        let _ = self.out.split_to(count.min(self.out.len()));
    }

    /// Looks at what hyper wants to write; to be called with nothing pending. The heads at its start are taken out and ours put into `pending`.
    pub(crate) fn step(&mut self, slices: &[IoSlice<'_>]) -> Step {
        let mut replaced = 0;
        let Some(first) = slices.iter().find(|s| !s.is_empty()) else {
            return Step { replaced };
        };
        while !self.heads.is_empty() {
            let rest = &first[replaced..];
            if !rest.starts_with(b"HTTP/1.") && !is_request_line(rest) {
                break;
            }
            let Some(length) = rest.windows(4).position(|w| w == b"\r\n\r\n").map(|i| i + 4) else {
                break;
            };
            replaced += length;
            // hyper's own interim response goes out as it is, before the head.
            let interim = rest.starts_with(b"HTTP/1.1 100");
            let head = if interim {
                Bytes::copy_from_slice(&rest[..length])
            } else {
                self.heads.pop_front().unwrap_or_default()
            };
            self.out = if self.out.is_empty() {
                head
            } else {
                Bytes::from([&self.out[..], &head[..]].concat())
            };
        }
        Step { replaced }
    }
}

/// Whether this may be the head of a request that hyper's client side wrote: `METHOD target HTTP/1.x`.
fn is_request_line(bytes: &[u8]) -> bool {
    bytes
        .split(|b| *b == b'\r')
        .next()
        .is_some_and(|line| line.ends_with(b" HTTP/1.1") || line.ends_with(b" HTTP/1.0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(rewriter: &mut HeadRewriter, input: &[&[u8]]) -> Vec<u8> {
        let slices: Vec<IoSlice<'_>> = input.iter().map(|s| IoSlice::new(s)).collect();
        let step = rewriter.step(&slices);
        let mut out = rewriter.pending().to_vec();
        rewriter.advance(out.len());
        out.extend_from_slice(&input.concat()[step.replaced..]);
        out
    }

    #[test]
    fn a_head_is_replaced_and_its_body_kept() {
        let mut rewriter = HeadRewriter::default();
        rewriter.push(Bytes::from_static(b"HTTP/1.1 200 Fine\r\nX-Y: 1\r\n\r\n"));
        let out = run(&mut rewriter, &[b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n", b"hi"]);
        assert_eq!(out, b"HTTP/1.1 200 Fine\r\nX-Y: 1\r\n\r\nhi");
        assert_eq!(
            run(&mut rewriter, &[b"more HTTP/1.1\r\n\r\n"]),
            b"more HTTP/1.1\r\n\r\n"
        );
    }

    #[test]
    fn heads_without_bodies_may_come_together() {
        let mut rewriter = HeadRewriter::default();
        rewriter.push(Bytes::from_static(b"A\r\n\r\n"));
        rewriter.push(Bytes::from_static(b"B\r\n\r\n"));
        let out = run(
            &mut rewriter,
            &[b"HTTP/1.1 304 x\r\n\r\nHTTP/1.1 204 y\r\n\r\n", b"body"],
        );
        assert_eq!(out, b"A\r\n\r\nB\r\n\r\nbody");
    }

    #[test]
    fn an_interim_response_passes() {
        let mut rewriter = HeadRewriter::default();
        rewriter.push(Bytes::from_static(b"A\r\n\r\n"));
        let interim = b"HTTP/1.1 100 Continue\r\n\r\n";
        assert_eq!(run(&mut rewriter, &[interim]), interim);
        rewriter.push(Bytes::from_static(b"B\r\n\r\n"));
        rewriter.heads.swap(0, 1);
        assert_eq!(
            run(&mut rewriter, &[&[&interim[..], b"HTTP/1.1 200 OK\r\n\r\n"].concat()]),
            [&interim[..], b"B\r\n\r\n"].concat()
        );
        assert_eq!(run(&mut rewriter, &[b"HTTP/1.1 200 OK\r\n\r\n"]), b"A\r\n\r\n");
    }

    #[test]
    fn hypers_own_refusal_passes() {
        let mut rewriter = HeadRewriter::default();
        let refusal = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(run(&mut rewriter, &[refusal]), refusal);
    }
}
