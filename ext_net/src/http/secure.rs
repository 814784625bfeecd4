//! A descriptor with TLS before it: a connection of https that JavaScript has accepted, and whose bytes need not pass through it any more.
//!
//! js/internal/tls/handle.js hands it over when the handshake is done and nothing is on its way.

use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice, Write};
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::task::{Context, Poll, ready};

use rtjs_tls::{Received, TlsCodec};

use super::raw;
use super::transport::{Descriptor, Transport};

/// Ciphertext of one read.
const READ_SIZE: usize = 64 * 1024;

/// Plaintext that is encrypted before its ciphertext is sent, and as much of that as waits for a slow peer.
const WRITE_SIZE: usize = 256 * 1024;

thread_local! {
    static INCOMING: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// See the module.
pub(crate) struct Secure {
    descriptor: Descriptor,
    codec: TlsCodec,
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
        let _ = self.poll_flush(cx);
        Poll::Ready(Ok(()))
    }
}

/// The descriptor as rustls writes to it.
struct Sender<'a, 'b> {
    descriptor: &'a Descriptor,
    cx: &'a mut Context<'b>,
}

impl Write for Sender<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match self.descriptor.poll_send(self.cx, slices) {
            Poll::Ready(result) => result,
            Poll::Pending => Err(io::ErrorKind::WouldBlock.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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
        // What the kernel does not take now goes before what comes next.
        match self.poll_flush(cx) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            _ => Poll::Ready(Ok(count)),
        }
    }

    fn poll_flush(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let descriptor = &self.descriptor;
        match self.codec.send(&mut Sender { descriptor, cx }) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Poll::Pending,
            result => Poll::Ready(result),
        }
    }

    fn poll_shutdown(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.ending.replace(true) {
            self.codec.close_notify();
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

    fn has_unread(&self) -> bool {
        self.descriptor.has_unread()
    }

    fn take_news(&self) -> bool {
        self.news.replace(false)
    }

    fn release(&self) -> Option<OwnedFd> {
        self.descriptor.release()
    }
}
