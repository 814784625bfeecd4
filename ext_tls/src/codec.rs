//! A connection whose ciphertext somebody else's Rust code moves: ext_net serves HTTP through it without JavaScript between.

use std::cell::RefCell;
use std::io::{self, IoSlice, Write};
use std::mem::MaybeUninit;
use std::rc::Rc;

use crate::connection::{Connection, FAILED, PEER_CLOSED, TlsConnection};

/// How a connection stands after [`TlsCodec::receive`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// More may come.
    Open,
    /// The peer has said that it sends no more.
    Closed,
    /// What came is no TLS, or is not the peer's; [`TlsConnection`] says what is wrong.
    Failed,
}

/// A [`TlsConnection`] whose handshake is over, shared with JavaScript, which asks it for what was agreed.
#[derive(Clone)]
pub struct TlsCodec {
    connection: Rc<RefCell<Connection>>,
}

impl TlsConnection {
    /// The same connection for Rust.
    pub fn codec(&self) -> TlsCodec {
        TlsCodec {
            connection: self.inner.clone(),
        }
    }
}

impl TlsCodec {
    /// Takes ciphertext. Plaintext may be there to read, ciphertext to send.
    pub fn receive(&self, bytes: &[u8]) -> Received {
        match self.connection.borrow_mut().receive(bytes) {
            bits if bits & FAILED != 0 => Received::Failed,
            bits if bits & PEER_CLOSED != 0 => Received::Closed,
            _ => Received::Open,
        }
    }

    /// Whether the peer has said that it sends no more.
    pub fn is_closed(&self) -> bool {
        self.connection.borrow().is_closed()
    }

    /// Whether there are sessions or keys that JavaScript is to be told of.
    pub fn has_news(&self) -> bool {
        self.connection.borrow().has_news()
    }

    /// Moves plaintext to the start of `buffer`, of one record at most; the number of bytes, 0 when there is none.
    pub fn read(&self, buffer: &mut [MaybeUninit<u8>]) -> usize {
        self.connection.borrow_mut().read_plaintext(buffer)
    }

    /// Encrypts the start of what is in `slices`, `limit` bytes at most; the number of bytes. What is given together shares records.
    pub fn write(&self, slices: &[IoSlice<'_>], limit: usize) -> usize {
        let mut taken = 0;
        let mut parts = Vec::with_capacity(slices.len());
        for slice in slices {
            let part = &slice[..slice.len().min(limit - taken)];
            taken += part.len();
            parts.push(IoSlice::new(part));
        }
        self.connection.borrow_mut().write_parts(&parts);
        taken
    }

    /// Says that nothing more will be written.
    pub fn close_notify(&self) {
        self.connection.borrow_mut().close_notify();
    }

    /// Has `out` take what ciphertext there is.
    ///
    /// # Errors
    /// Those of `out`; what it did not take waits for the next call.
    pub fn send(&self, out: &mut dyn Write) -> io::Result<()> {
        self.connection.borrow_mut().send(out)
    }
}
