//! What a channel has still to write: frames in order, the descriptors that travel with them, and the queue behind handles that the peer has not
//! acknowledged yet. Pure: it is told what was written and what the peer answered, and says what to write next.
//!
//! Node takes one handle at a time: whatever is sent after it waits until it has answered. A peer that says it takes more ([`Outbox::set_window`])
//! gets so many before anything waits; the order of frames is the same, except that a handle which has to be sent again comes later than it would.

use std::collections::VecDeque;

/// How many times a handle is sent again when the peer says that it did not arrive.
pub const MAX_RETRANSMISSIONS: u32 = 3;

/// The most handles that wait for their answers at a time, whatever the peer says.
pub const MAX_WINDOW: usize = 64;

// Frames are gathered into one write up to about this many bytes.
const GATHER: usize = 64 << 10;

/// What kind of frame it is, for the order of things.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Waits behind unacknowledged handles.
    Message,
    /// `NODE_HANDLE`: waits as well, and then has the others wait until the peer has answered.
    Handle,
    /// `NODE_HANDLE_ACK` and `NODE_HANDLE_NACK`: never waits, or two peers that send handles would wait for each other.
    Answer,
}

/// What came of the peer's answer to a handle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answered {
    /// The handle is through, or given up; what waited behind it goes out.
    Done,
    /// It is sent again.
    Again,
    /// It was sent often enough, and dropped.
    GaveUp,
    /// There was no handle to answer.
    Unexpected,
}

/// One frame to write.
#[derive(Debug)]
pub struct Frame<F> {
    /// The frame, complete.
    pub bytes: Vec<u8>,
    /// Descriptors that travel with its first byte.
    pub fds: Vec<F>,
    /// How it is ordered among the others.
    pub kind: Kind,
    /// Whether its completion is counted ([`Outbox::wrote`]).
    pub tracked: bool,
}

/// See the module.
#[derive(Debug)]
pub struct Outbox<F> {
    segments: VecDeque<Segment<F>>,
    unwritten: usize,
    // The handles that wait for their answers, in the order in which these come, and what waits behind them.
    pending: VecDeque<Pending<F>>,
    window: usize,
    behind: VecDeque<Frame<F>>,
    behind_tracked: u32,
    spare: Vec<u8>,
}

#[derive(Debug)]
struct Segment<F> {
    bytes: Vec<u8>,
    written: usize,
    fds: Vec<F>,
    // Ends, within `bytes`, of the tracked frames.
    marks: VecDeque<usize>,
}

#[derive(Debug)]
struct Pending<F> {
    bytes: Vec<u8>,
    fds: Vec<F>,
    retransmissions: u32,
}

impl<F> Default for Outbox<F> {
    fn default() -> Self {
        Outbox {
            segments: VecDeque::new(),
            unwritten: 0,
            pending: VecDeque::new(),
            window: 1,
            behind: VecDeque::new(),
            behind_tracked: 0,
            spare: Vec::new(),
        }
    }
}

impl<F: Clone> Outbox<F> {
    /// Bytes that are ready to be written and are not written yet.
    pub fn unwritten(&self) -> usize {
        self.unwritten
    }

    /// How many frames wait behind an unacknowledged handle.
    pub fn waiting(&self) -> usize {
        self.behind.len()
    }

    /// How many handles wait for their answers.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// Sets how many handles the peer takes before it has answered the first: 1 unless it has said so.
    pub fn set_window(&mut self, window: usize) {
        self.window = window.clamp(1, MAX_WINDOW);
        self.advance();
    }

    fn is_held_up(&self) -> bool {
        self.pending.len() >= self.window || !self.behind.is_empty()
    }

    /// Appends a message without descriptors.
    pub fn push_bytes(&mut self, bytes: &[u8], tracked: bool) {
        if self.is_held_up() {
            let frame = Frame {
                bytes: bytes.to_vec(),
                fds: Vec::new(),
                kind: Kind::Message,
                tracked,
            };
            self.push(frame);
            return;
        }
        let segment = self.tail();
        segment.bytes.extend_from_slice(bytes);
        if tracked {
            segment.marks.push_back(segment.bytes.len());
        }
        self.unwritten += bytes.len();
    }

    /// Appends a frame.
    pub fn push(&mut self, frame: Frame<F>) {
        if self.is_held_up() && frame.kind != Kind::Answer {
            self.behind_tracked += u32::from(frame.tracked);
            self.behind.push_back(frame);
        } else {
            self.enqueue(frame);
        }
    }

    /// The bytes to write next, with the descriptors that have to go along with the first of them.
    pub fn next_write(&mut self) -> Option<(&[u8], &[F])> {
        self.segments.front().map(|s| (&s.bytes[s.written..], s.fds.as_slice()))
    }

    /// Says that the first `count` bytes of [`Outbox::next_write`] were written, and its descriptors with them. Returns how many tracked
    /// frames that completes.
    pub fn wrote(&mut self, count: usize) -> u32 {
        let Some(segment) = self.segments.front_mut() else {
            return 0;
        };
        segment.fds.clear();
        segment.written = (segment.written + count).min(segment.bytes.len());
        self.unwritten -= count.min(self.unwritten);
        let mut completed = 0;
        while segment.marks.front().is_some_and(|&end| end <= segment.written) {
            segment.marks.pop_front();
            completed += 1;
        }
        if segment.written == segment.bytes.len() {
            let mut bytes = self.segments.pop_front().map(|s| s.bytes).unwrap_or_default();
            if bytes.capacity() > self.spare.capacity() && bytes.capacity() <= GATHER {
                bytes.clear();
                self.spare = bytes;
            }
        }
        completed
    }

    /// The peer has the handle that was sent first (`arrived`), or asks for it again.
    pub fn answered(&mut self, arrived: bool) -> Answered {
        let Some(mut pending) = self.pending.pop_front() else {
            return Answered::Unexpected;
        };
        if !arrived && pending.retransmissions < MAX_RETRANSMISSIONS {
            pending.retransmissions += 1;
            self.unwritten += pending.bytes.len();
            self.segments.push_back(Segment {
                bytes: pending.bytes.clone(),
                written: 0,
                fds: pending.fds.clone(),
                marks: VecDeque::new(),
            });
            self.pending.push_back(pending);
            return Answered::Again;
        }
        self.advance();
        if arrived { Answered::Done } else { Answered::GaveUp }
    }

    /// Lets go what no longer has to wait.
    fn advance(&mut self) {
        while self.pending.len() < self.window
            && let Some(frame) = self.behind.pop_front()
        {
            self.behind_tracked -= u32::from(frame.tracked);
            self.enqueue(frame);
        }
    }

    /// Forgets everything. Returns how many tracked frames will now never be written.
    pub fn clear(&mut self) -> u32 {
        let unwritten: usize = self.segments.iter().map(|s| s.marks.len()).sum();
        let lost = u32::try_from(unwritten)
            .unwrap_or(u32::MAX)
            .saturating_add(self.behind_tracked);
        *self = Outbox::default();
        lost
    }

    fn enqueue(&mut self, frame: Frame<F>) {
        self.unwritten += frame.bytes.len();
        if frame.kind == Kind::Handle {
            self.pending.push_back(Pending {
                bytes: frame.bytes.clone(),
                fds: frame.fds.clone(),
                retransmissions: 0,
            });
        }
        let end = frame.bytes.len();
        if frame.fds.is_empty() && end <= GATHER {
            let segment = self.tail();
            segment.bytes.extend_from_slice(&frame.bytes);
            if frame.tracked {
                segment.marks.push_back(segment.bytes.len());
            }
            return;
        }
        // Descriptors arrive with the first byte they were sent with, so their frame starts a write.
        self.segments.push_back(Segment {
            bytes: frame.bytes,
            written: 0,
            fds: frame.fds,
            marks: frame.tracked.then_some(end).into_iter().collect(),
        });
    }

    fn tail(&mut self) -> &mut Segment<F> {
        if self.segments.back().is_none_or(|s| s.bytes.len() >= GATHER) {
            self.segments.push_back(Segment {
                bytes: std::mem::take(&mut self.spare),
                written: 0,
                fds: Vec::new(),
                marks: VecDeque::new(),
            });
        }
        self.segments.back_mut().expect("one was pushed if there was none")
    }
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
