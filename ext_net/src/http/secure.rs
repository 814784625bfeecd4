//! A descriptor with TLS before it: a connection of https that JavaScript has accepted, and whose bytes need not pass through it any more.
//!
//! js/internal/tls/handle.js hands it over when the handshake is done and nothing is on its way.

use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::task::{Context, Poll, ready};

use rtjs_tls::{Received, TlsCodec};

use super::raw;
use super::transport::{Descriptor, Transport};

/// Ciphertext of one read.
const READ_SIZE: usize = 64 * 1024;

/// Plaintext that is encrypted before its ciphertext is sent.
const WRITE_SIZE: usize = 64 * 1024;

thread_local! {
    static INCOMING: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTGOING: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// See the module.
pub(crate) struct Secure {
    descriptor: Descriptor,
    codec: TlsCodec,
    /// Ciphertext that the kernel has not taken.
    unsent: RefCell<Vec<u8>>,
    /// What the next read says when there is no plaintext left: the end (0), or a negative errno.
    end: Cell<Option<i32>>,
    /// The peer has been told that nothing more comes.
    ending: Cell<bool>,
    news: Cell<bool>,
    read: Cell<u64>,
    written: Cell<u64>,
}

impl Secure {
    pub(crate) fn new(descriptor: Descriptor, codec: TlsCodec) -> Secure {
        Secure {
            end: Cell::new(codec.is_closed().then_some(0)),
            descriptor,
            codec,
            unsent: RefCell::default(),
            ending: Cell::new(false),
            news: Cell::new(false),
            read: Cell::new(0),
            written: Cell::new(0),
        }
    }

    /// Reads once: plaintext, ciphertext to send, or the end.
    fn poll_ciphertext(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let received = INCOMING.with_borrow_mut(|scratch| {
            scratch.clear();
            scratch.reserve(READ_SIZE);
            let count = ready!(
                self.descriptor
                    .poll_recv(cx, &mut scratch.spare_capacity_mut()[..READ_SIZE])
            )?;
            raw::set_filled(scratch, count);
            Poll::Ready(io::Result::Ok(if count > 0 {
                self.codec.receive(scratch)
            } else {
                Received::Closed
            }))
        });
        match ready!(received)? {
            Received::Open => {}
            Received::Closed => self.end.set(Some(0)),
            Received::Failed => self.end.set(Some(-libc::EPROTO)),
        }
        if self.codec.has_news() {
            self.news.set(true);
        }
        // An alert, or the answer to new keys. What is wrong with sending it the next write will find.
        let _ = self.send_outgoing(cx);
        Poll::Ready(Ok(()))
    }

    /// Sends what there is; what the kernel does not take now goes before what comes next.
    fn send_outgoing(&self, cx: &mut Context<'_>) -> io::Result<()> {
        if !self.unsent.borrow().is_empty() {
            self.codec.take_outgoing(&mut self.unsent.borrow_mut());
            return match self.poll_flush(cx) {
                Poll::Ready(result) => result,
                Poll::Pending => Ok(()),
            };
        }
        OUTGOING.with_borrow_mut(|bytes| {
            bytes.clear();
            self.codec.take_outgoing(bytes);
            let (sent, result) = self.send(cx, bytes);
            self.unsent.borrow_mut().extend_from_slice(&bytes[sent..]);
            match result {
                Poll::Ready(Err(error)) => Err(error),
                _ => Ok(()),
            }
        })
    }

    /// Sends as much as can be; the number of bytes, and whether that is all.
    fn send(&self, cx: &mut Context<'_>, bytes: &[u8]) -> (usize, Poll<io::Result<()>>) {
        let mut sent = 0;
        while sent < bytes.len() {
            match self.descriptor.poll_send(cx, &[IoSlice::new(&bytes[sent..])]) {
                Poll::Ready(Ok(count)) => sent += count,
                Poll::Ready(Err(error)) => return (sent, Poll::Ready(Err(error))),
                Poll::Pending => return (sent, Poll::Pending),
            }
        }
        (sent, Poll::Ready(Ok(())))
    }
}

impl Transport for Secure {
    fn poll_recv(&self, cx: &mut Context<'_>, buffer: &mut [MaybeUninit<u8>]) -> Poll<io::Result<usize>> {
        loop {
            let count = self.codec.read(buffer);
            if count > 0 {
                self.read.set(self.read.get() + count as u64);
                return Poll::Ready(Ok(count));
            }
            match self.end.get() {
                Some(0) => return Poll::Ready(Ok(0)),
                Some(errno) => return Poll::Ready(Err(io::Error::from_raw_os_error(-errno))),
                None => ready!(self.poll_ciphertext(cx))?,
            }
        }
    }

    fn poll_send(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        ready!(self.poll_flush(cx))?;
        let count = self.codec.write(slices, WRITE_SIZE);
        self.written.set(self.written.get() + count as u64);
        self.send_outgoing(cx)?;
        Poll::Ready(Ok(count))
    }

    fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut unsent = self.unsent.borrow_mut();
        let (sent, result) = self.send(cx, &unsent);
        unsent.drain(..sent);
        if unsent.is_empty() {
            *unsent = Vec::new();
        }
        result
    }

    fn poll_shutdown(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.ending.replace(true) {
            self.codec.close_notify();
            self.codec.take_outgoing(&mut self.unsent.borrow_mut());
        }
        ready!(self.poll_flush(cx))?;
        self.descriptor.poll_shutdown(cx)
    }

    fn close(&self) {
        self.descriptor.close();
    }

    fn descriptor(&self) -> Option<&Descriptor> {
        Some(&self.descriptor)
    }

    fn moved(&self) -> (u64, u64) {
        (self.read.get(), self.written.get())
    }

    fn take_news(&self) -> bool {
        self.news.replace(false)
    }

    fn release(&self) -> Option<OwnedFd> {
        self.codec.put_back(&self.unsent.take());
        self.descriptor.release()
    }
}
