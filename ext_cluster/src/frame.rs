//! Framing of the IPC channel: bytes in, frames out, and back. No V8, no I/O, no descriptors.
//!
//! Node has two formats, and a channel uses one of them for its whole life ([`Mode`]). What a frame means is not known here.

/// How messages are laid out on the wire; `NODE_CHANNEL_SERIALIZATION_MODE` says which.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// One JSON text a line.
    Json,
    /// A length (4 bytes, big-endian), then that many bytes from V8's serializer.
    Advanced,
}

/// Why a peer's bytes are not frames. The channel cannot go on after one of these.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FrameError {
    /// A frame is, or claims to be, longer than allowed.
    #[error("IPC message is longer than {limit} bytes")]
    TooLong {
        /// The bound in force, in bytes.
        limit: usize,
    },
    /// The bytes cannot be the beginning of a serialized value.
    #[error("IPC message is not a serialized value")]
    Garbage,
}

/// The bound on one frame unless told otherwise, in bytes. V8 strings end at about this length too.
pub const DEFAULT_LIMIT: usize = 512 << 20;

const FIRST_CAPACITY: usize = 4 << 10;
// Without a frame that needs more, this is the most that one read may bring.
const MOST_AT_ONCE: usize = 256 << 10;
// Memory kept by an idle channel is at most this, once large frames have stopped coming.
const KEPT_CAPACITY: usize = 64 << 10;
// So many drains in a row that needed little memory give the rest back.
const QUIET_DRAINS: u32 = 64;

const LENGTH_BYTES: usize = 4;
// Each serialized value starts with this tag and its format version.
const VERSION_TAG: u8 = 0xff;
// Tag, version, and at least one byte of value.
const SHORTEST_PAYLOAD: usize = 3;

/// Cuts a stream of bytes into frames.
///
/// The owner fills [`Decoder::space`], says how much with [`Decoder::filled`], and then alternates [`Decoder::peek`] and
/// [`Decoder::consume`] until there is no whole frame left.
#[derive(Debug)]
pub struct Decoder {
    mode: Mode,
    limit: usize,
    // Valid bytes are start..end; what is beyond is room that was zeroed once.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    // There is no line end in start..scanned.
    scanned: usize,
    // The frame that peek found: its bytes, and where the next one starts.
    found: Option<Found>,
    largest_since_drain: usize,
    quiet_drains: u32,
    // The last read took all the space there was.
    hungry: bool,
}

#[derive(Clone, Copy, Debug)]
struct Found {
    from: usize,
    to: usize,
    next: usize,
}

impl Decoder {
    /// A decoder with the default bound on a frame's length.
    pub fn new(mode: Mode) -> Decoder {
        Decoder::with_limit(mode, DEFAULT_LIMIT)
    }

    /// A decoder that takes frames of at most `limit` bytes.
    pub fn with_limit(mode: Mode, limit: usize) -> Decoder {
        Decoder {
            mode,
            limit,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            scanned: 0,
            found: None,
            largest_since_drain: 0,
            quiet_drains: 0,
            hungry: false,
        }
    }

    /// The format this decoder reads.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// How many bytes are held that no frame has been made of.
    pub fn buffered(&self) -> usize {
        self.end - self.start
    }

    /// Room for bytes that follow those seen so far; never empty.
    pub fn space(&mut self) -> &mut [u8] {
        if self.start == self.end {
            self.drained();
        }
        // A small rest of space would make for a small read.
        if self.buffer.len() - self.end <= self.buffer.len() / 4 {
            self.make_room();
        }
        &mut self.buffer[self.end..]
    }

    /// Says that the first `count` bytes of the last [`Decoder::space`] are now valid.
    pub fn filled(&mut self, count: usize) {
        debug_assert!(count <= self.buffer.len() - self.end);
        self.hungry = count == self.buffer.len() - self.end;
        self.end = (self.end + count).min(self.buffer.len());
        self.largest_since_drain = self.largest_since_drain.max(self.end - self.start);
    }

    /// The next whole frame, if it has come. It stays the next one until [`Decoder::consume`].
    ///
    /// # Errors
    /// When the bytes cannot become a frame. The same error comes back each time.
    pub fn peek(&mut self) -> Result<Option<&[u8]>, FrameError> {
        if self.found.is_none() {
            self.found = match self.mode {
                Mode::Json => self.find_line()?,
                Mode::Advanced => self.find_payload()?,
            };
        }
        Ok(self.found.map(|f| &self.buffer[f.from..f.to]))
    }

    /// Moves past the frame that [`Decoder::peek`] returned.
    pub fn consume(&mut self) {
        if let Some(found) = self.found.take() {
            self.start = found.next;
            self.scanned = found.next;
        }
    }

    fn find_line(&mut self) -> Result<Option<Found>, FrameError> {
        // Seen before the line is complete, so that a peer that talks another language is noticed at once: how no JSON text begins, and a byte
        // that none contains.
        if self.buffer[self.start..self.end]
            .first()
            .is_some_and(|&b| !begins_text(b))
        {
            return Err(FrameError::Garbage);
        }
        let found = memchr::memchr2(b'\n', 0, &self.buffer[self.scanned..self.end]);
        if found.is_some_and(|offset| self.buffer[self.scanned + offset] == 0) {
            return Err(FrameError::Garbage);
        }
        match found {
            Some(offset) if self.scanned + offset - self.start <= self.limit => Ok(Some(Found {
                from: self.start,
                to: self.scanned + offset,
                next: self.scanned + offset + 1,
            })),
            None if self.end - self.start <= self.limit => {
                self.scanned = self.end;
                Ok(None)
            }
            _ => Err(FrameError::TooLong { limit: self.limit }),
        }
    }

    fn find_payload(&mut self) -> Result<Option<Found>, FrameError> {
        let held = &self.buffer[self.start..self.end];
        let Some((length, payload)) = held.split_first_chunk::<LENGTH_BYTES>() else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*length) as usize;
        if length > self.limit {
            return Err(FrameError::TooLong { limit: self.limit });
        }
        // Seen before the payload is complete, so that a peer that talks another language is noticed at once.
        if length < SHORTEST_PAYLOAD || payload.first().is_some_and(|&tag| tag != VERSION_TAG) {
            return Err(FrameError::Garbage);
        }
        if payload.len() < length {
            return Ok(None);
        }
        let from = self.start + LENGTH_BYTES;
        Ok(Some(Found {
            from,
            to: from + length,
            next: from + length,
        }))
    }

    // Nothing is held: go back to the front, and give memory back after a quiet while.
    fn drained(&mut self) {
        self.start = 0;
        self.end = 0;
        self.scanned = 0;
        if self.wants_larger_reads() {
            self.hungry = false;
            self.buffer = vec![0; (self.buffer.len() * 2).max(FIRST_CAPACITY)];
        }
        if self.buffer.len() <= KEPT_CAPACITY {
            return;
        }
        if self.largest_since_drain > self.buffer.len() / 4 {
            self.quiet_drains = 0;
        } else {
            self.quiet_drains += 1;
        }
        self.largest_since_drain = 0;
        if self.quiet_drains >= QUIET_DRAINS {
            self.quiet_drains = 0;
            self.buffer = vec![0; KEPT_CAPACITY];
        }
    }

    fn wants_larger_reads(&self) -> bool {
        self.hungry && self.buffer.len() < MOST_AT_ONCE
    }

    // Moves what is held to the front when that frees enough and reads are large enough, else doubles. A declared length is never trusted with
    // memory.
    fn make_room(&mut self) {
        let held = self.end - self.start;
        if self.start > 0 && held <= self.buffer.len() / 2 && !self.wants_larger_reads() {
            self.buffer.copy_within(self.start..self.end, 0);
        } else {
            let capacity = (self.buffer.len() * 2).max(FIRST_CAPACITY);
            let mut larger = vec![0; capacity];
            larger[..held].copy_from_slice(&self.buffer[self.start..self.end]);
            self.buffer = larger;
            self.hungry = false;
        }
        let shift = self.start;
        self.start = 0;
        self.end = held;
        self.scanned -= shift;
        if let Some(found) = &mut self.found {
            found.from -= shift;
            found.to -= shift;
            found.next -= shift;
        }
    }
}

fn begins_text(byte: u8) -> bool {
    matches!(
        byte,
        b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' | b' ' | b'\t' | b'\r' | b'\n'
    )
}

/// A frame under construction at the end of a buffer; see [`begin`].
#[derive(Debug)]
#[must_use]
pub struct Open {
    mode: Mode,
    start: usize,
}

/// Starts a frame at the end of `out`. The payload is then appended to `out`, and [`Open::finish`] or [`Open::cancel`] ends it.
pub fn begin(mode: Mode, out: &mut Vec<u8>) -> Open {
    let start = out.len();
    if mode == Mode::Advanced {
        out.extend_from_slice(&[0; LENGTH_BYTES]);
    }
    Open { mode, start }
}

impl Open {
    /// Ends the frame.
    ///
    /// # Errors
    /// When the payload is longer than the format can say; `out` is as it was before [`begin`].
    pub fn finish(self, out: &mut Vec<u8>) -> Result<(), FrameError> {
        self.finish_before(out, 0)
    }

    /// Ends a frame of which `more` bytes follow that are not in `out`: in [`Mode::Json`] without the line's end.
    ///
    /// # Errors
    /// As [`Open::finish`].
    pub fn finish_before(self, out: &mut Vec<u8>, more: usize) -> Result<(), FrameError> {
        match self.mode {
            Mode::Json if more > 0 => {}
            Mode::Json => out.push(b'\n'),
            Mode::Advanced => {
                let payload = self.start + LENGTH_BYTES;
                let Ok(length) = u32::try_from(out.len() - payload + more) else {
                    self.cancel(out);
                    return Err(FrameError::TooLong {
                        limit: u32::MAX as usize,
                    });
                };
                out[self.start..payload].copy_from_slice(&length.to_be_bytes());
            }
        }
        Ok(())
    }

    /// Takes the frame back.
    pub fn cancel(self, out: &mut Vec<u8>) {
        out.truncate(self.start);
    }
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
