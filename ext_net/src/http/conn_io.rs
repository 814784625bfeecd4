//! The connection as hyper sees it: reads give the heads that `inbound.rs` makes of the peer's bytes, writes go through `outbound.rs`.
//!
//! hyper reads a client's responses from the peer; a server's requests are read by the connection itself, and hyper is given a head when it is to write.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};

use super::conn::Closing;
use super::engine::Seat;
use super::inbound::{Fill, REQUEST, Room};

/// As many slices as hyper gives in one write.
const MAX_SLICES: usize = 64;

/// See the module.
pub(crate) struct ConnIo {
    seat: Seat,
}

struct Cursor<'a, 'b>(&'b mut ReadBufCursor<'a>);

impl Room for Cursor<'_, '_> {
    fn room(&self) -> usize {
        self.0.remaining()
    }

    fn put(&mut self, bytes: &[u8], _last: bool) {
        self.0.put_slice(bytes);
    }
}

impl ConnIo {
    pub(crate) fn new(seat: Seat) -> ConnIo {
        ConnIo { seat }
    }
}

impl Read for ConnIo {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, mut buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let Some(conn) = self.seat.conn() else {
            return Poll::Pending;
        };
        if !conn.is_client() {
            if buffer.remaining() < REQUEST.len() || !conn.take_feed() {
                return Poll::Pending;
            }
            // Of every request: whether it is the connection's last one is not for hyper to say.
            buffer.put_slice(REQUEST);
            return Poll::Ready(Ok(()));
        }
        if conn.closing.get() == Closing::Now {
            return Poll::Pending;
        }
        loop {
            let fill = conn.fill(&mut Cursor(&mut buffer));
            conn.give_back();
            match fill {
                Fill::Wrote => return Poll::Ready(Ok(())),
                // A response that was cut off.
                Fill::Body if conn.at_eof() && conn.receiving().is_none() => return Poll::Ready(Ok(())),
                Fill::Body => return Poll::Pending,
                Fill::Starved if conn.at_eof() => return Poll::Ready(Ok(())),
                Fill::Blocked if conn.at_eof() => return Poll::Pending,
                Fill::Blocked if !conn.inbound.borrow().wants_input() => return Poll::Pending,
                Fill::Starved | Fill::Blocked => {}
            }
            std::task::ready!(conn.poll_receive(cx))?;
        }
    }
}

impl Write for ConnIo {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(cx, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let Some(conn) = self.seat.conn() else {
            return Poll::Ready(Err(nobody()));
        };
        let total: usize = slices.iter().map(|s| s.len()).sum();
        if conn.poll_own(cx)?.is_pending() {
            conn.outbound.borrow_mut().set_blocked(true);
            return Poll::Pending;
        }
        let (replaced, trailers) = {
            let mut outbound = conn.outbound.borrow_mut();
            let replaced = outbound.step(slices);
            if replaced > 0 && conn.is_client() && conn.inbound.borrow_mut().confirm() {
                conn.wake();
            }
            let trailers = if slices.len() < MAX_SLICES {
                outbound.trailers_for(slices)
            } else {
                None
            };
            (replaced, trailers)
        };
        if let Some(trailers) = trailers {
            let mut rest: Vec<u8> = Vec::with_capacity(total + trailers.len());
            slices.iter().for_each(|s| rest.extend_from_slice(s));
            rest.drain(..replaced);
            rest.truncate(rest.len() - 2);
            rest.extend_from_slice(&trailers);
            rest.extend_from_slice(b"\r\n");
            conn.outbound.borrow_mut().finish_trailers(rest);
            // What the connection does not take now goes with the flush that follows.
            let _ = conn.poll_own(cx)?;
            conn.outbound.borrow_mut().set_blocked(false);
            return Poll::Ready(Ok(total));
        }
        let taken = if replaced == 0 {
            conn.poll_send(cx, slices)
        } else {
            // One system call for our head and hyper's body.
            let outbound = conn.outbound.borrow();
            let own = outbound.pending();
            let mut gathered = [IoSlice::new(&[]); MAX_SLICES + 1];
            gathered[0] = IoSlice::new(own);
            let mut used = 1;
            let mut skip = replaced;
            for slice in slices.iter().take(MAX_SLICES) {
                let from = skip.min(slice.len());
                skip -= from;
                if from < slice.len() {
                    gathered[used] = IoSlice::new(&slice[from..]);
                    used += 1;
                }
            }
            let own = own.len();
            let sent = match conn.poll_send(cx, &gathered[..used]) {
                Poll::Ready(Ok(count)) => count,
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                // hyper's head is taken over all the same; ours waits for the next call.
                Poll::Pending => 0,
            };
            drop(outbound);
            conn.outbound.borrow_mut().advance(sent.min(own));
            Poll::Ready(Ok(replaced + sent.saturating_sub(own)))
        };
        let all = matches!(taken, Poll::Ready(Ok(count)) if count == total);
        conn.outbound.borrow_mut().set_blocked(!all);
        taken
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.seat.conn() {
            Some(conn) => conn.poll_own(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.seat.conn() {
            Some(conn) => conn.poll_end(cx),
            None => Poll::Ready(Ok(())),
        }
    }
}

/// hyper has something to write, and there is no connection for it.
fn nobody() -> io::Error {
    io::Error::from_raw_os_error(libc::EBADF)
}
