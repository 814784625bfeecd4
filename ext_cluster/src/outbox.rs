//! What a channel has still to write: frames in order, the descriptors that travel with them, and the queue behind handles that the peer has not
//! acknowledged yet. Pure: it is told what was written and what the peer answered, and says what to write next.
//!
//! Node takes one handle at a time: whatever is sent after it waits until it has answered. A peer that says it takes more ([`Outbox::set_window`])
//! gets so many before anything waits, and several in one write, whose descriptors are in the order of their frames; the order of frames is the same, except
//! that a handle which has to be sent again comes later than it would.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::IoSlice;

/// How many times a handle is sent again when the peer says that it did not arrive.
pub const MAX_RETRANSMISSIONS: u32 = 3;

/// The most handles that wait for their answers at a time, whatever the peer says.
pub const MAX_WINDOW: usize = 64;

// Small frames are copied together up to about this many bytes.
const GATHER: usize = 64 << 10;
// Larger frames stay where they are.
const COPIED: usize = 4 << 10;
// One write takes so many pieces, and stops adding to them at so many bytes.
const PIECES: usize = 16;
const WRITE: usize = 256 << 10;
// One write takes so many descriptors of several frames; the kernel's bound is 253.
const DESCRIPTORS: usize = 128;

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

/// What to write next; see [`Outbox::next_write`].
#[derive(Debug)]
pub struct Write<'a, F: Clone> {
    pieces: [IoSlice<'a>; PIECES],
    count: usize,
    fds: Cow<'a, [F]>,
}

impl<'a, F: Clone> Write<'a, F> {
    /// The bytes, in pieces.
    pub fn pieces(&self) -> &[IoSlice<'a>] {
        &self.pieces[..self.count]
    }

    /// The descriptors that have to go along with the first byte.
    pub fn fds(&self) -> &[F] {
        &self.fds
    }
}

/// See the module.
#[derive(Debug)]
pub struct Outbox<F> {
    segments: VecDeque<Segment<F>>,
    unwritten: usize,
    unwritten_answers: usize,
    // The handles that wait for their answers, in the order in which these come, and what waits behind them.
    pending: VecDeque<Pending<F>>,
    // Those that have not arrived, and are sent again.
    again: VecDeque<Pending<F>>,
    window: usize,
    // A handle has not arrived: one at a time until all have, or are given up.
    careful: bool,
    behind: VecDeque<Frame<F>>,
    behind_tracked: u32,
    spare: Vec<u8>,
}

#[derive(Debug)]
struct Segment<F> {
    bytes: Vec<u8>,
    written: usize,
    fds: Vec<F>,
    // Small frames are appended to it.
    gathers: bool,
    // Its descriptors go without those of others.
    alone: bool,
    // Ends, within `bytes`, of the frames that are counted.
    marks: VecDeque<Mark>,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    end: usize,
    tracked: bool,
    answer: bool,
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
            unwritten_answers: 0,
            pending: VecDeque::new(),
            again: VecDeque::new(),
            window: 1,
            careful: false,
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

    /// Answers to the peer's handles that are not written yet: many, when it sends and does not read.
    pub fn unwritten_answers(&self) -> usize {
        self.unwritten_answers
    }

    /// How many frames wait behind an unacknowledged handle.
    pub fn waiting(&self) -> usize {
        self.behind.len()
    }

    /// How many handles wait for their answers.
    pub fn pending(&self) -> usize {
        self.pending.len() + self.again.len()
    }

    /// Sets how many handles the peer takes before it has answered the first: 1 unless it has said so.
    pub fn set_window(&mut self, window: usize) {
        self.window = window.clamp(1, MAX_WINDOW);
        self.advance();
    }

    fn takes(&self) -> usize {
        if self.careful { 1 } else { self.window }
    }

    fn is_held_up(&self) -> bool {
        self.pending.len() >= self.takes() || !self.behind.is_empty() || !self.again.is_empty()
    }

    /// Appends a message without descriptors, which is copied from these pieces.
    pub fn push_pieces(&mut self, pieces: &[&[u8]], tracked: bool) {
        let size: usize = pieces.iter().map(|piece| piece.len()).sum();
        if self.is_held_up() || size > GATHER {
            let frame = Frame {
                bytes: pieces.concat(),
                fds: Vec::new(),
                kind: Kind::Message,
                tracked,
            };
            self.push(frame);
            return;
        }
        self.append(pieces, tracked, false);
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

    /// What to write next.
    pub fn next_write(&self) -> Option<Write<'_, F>> {
        let mut write = Write {
            pieces: [IoSlice::new(&[]); PIECES],
            count: 0,
            fds: Cow::Borrowed(&self.segments.front()?.fds),
        };
        for segment in self.segments.iter().take(self.pieces()) {
            write.pieces[write.count] = IoSlice::new(&segment.bytes[segment.written..]);
            if write.count > 0 && !segment.fds.is_empty() {
                write.fds.to_mut().extend_from_slice(&segment.fds);
            }
            write.count += 1;
        }
        Some(write)
    }

    /// How many segments go out with the next write.
    fn pieces(&self) -> usize {
        let (mut bytes, mut fds, mut alone) = (0, 0, false);
        let fits = |(index, segment): &(usize, &Segment<F>)| {
            let more = segment.fds.len();
            // Descriptors arrive with the first byte they were sent with: for Node their frame starts a write.
            let fit = more == 0 || !alone && !segment.alone && fds + more <= DESCRIPTORS;
            let taken = *index == 0 || (fit && bytes < WRITE);
            bytes += segment.bytes.len() - segment.written;
            fds += more;
            alone |= segment.alone && more > 0;
            taken
        };
        self.segments.iter().enumerate().take(PIECES).take_while(fits).count()
    }

    /// Says that the first `count` bytes of [`Outbox::next_write`] were written, and its descriptors with them. Returns how many tracked
    /// frames that completes.
    pub fn wrote(&mut self, count: usize) -> u32 {
        let mut left = count;
        let mut completed = 0;
        self.unwritten -= count.min(self.unwritten);
        // They went with the first byte, also those of frames that did not.
        let pieces = self.pieces();
        for segment in self.segments.iter_mut().take(pieces) {
            segment.fds.clear();
        }
        while let Some(segment) = self.segments.front_mut() {
            let taken = left.min(segment.bytes.len() - segment.written);
            left -= taken;
            segment.written += taken;
            while let Some(mark) = segment.marks.front().filter(|m| m.end <= segment.written).copied() {
                segment.marks.pop_front();
                completed += u32::from(mark.tracked);
                self.unwritten_answers -= usize::from(mark.answer);
            }
            if segment.written < segment.bytes.len() {
                break;
            }
            let mut bytes = self.segments.pop_front().map(|s| s.bytes).unwrap_or_default();
            if bytes.capacity() > self.spare.capacity() && bytes.capacity() <= GATHER {
                bytes.clear();
                self.spare = bytes;
            }
            if left == 0 {
                break;
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
            self.careful = true;
            self.again.push_back(pending);
            self.advance();
            return Answered::Again;
        }
        self.careful &= self.pending() > 0;
        self.advance();
        if arrived { Answered::Done } else { Answered::GaveUp }
    }

    /// Lets go what no longer has to wait.
    fn advance(&mut self) {
        while self.pending.len() < self.takes()
            && let Some(pending) = self.again.pop_front()
        {
            self.unwritten += pending.bytes.len();
            self.segments.push_back(Segment {
                bytes: pending.bytes.clone(),
                written: 0,
                fds: pending.fds.clone(),
                gathers: false,
                alone: true,
                marks: VecDeque::new(),
            });
            self.pending.push_back(pending);
        }
        while self.pending.len() < self.takes()
            && let Some(frame) = self.behind.pop_front()
        {
            self.behind_tracked -= u32::from(frame.tracked);
            self.enqueue(frame);
        }
    }

    /// Forgets everything. Returns how many tracked frames will now never be written.
    pub fn clear(&mut self) -> u32 {
        let marks = self.segments.iter().flat_map(|s| &s.marks);
        let unwritten = marks.filter(|m| m.tracked).count();
        let lost = u32::try_from(unwritten)
            .unwrap_or(u32::MAX)
            .saturating_add(self.behind_tracked);
        *self = Outbox::default();
        lost
    }

    fn enqueue(&mut self, frame: Frame<F>) {
        if frame.kind == Kind::Handle {
            self.pending.push_back(Pending {
                bytes: frame.bytes.clone(),
                fds: frame.fds.clone(),
                retransmissions: 0,
            });
        }
        let answer = frame.kind == Kind::Answer;
        if frame.fds.is_empty() && frame.bytes.len() <= COPIED {
            self.append(&[&frame.bytes], frame.tracked, answer);
            return;
        }
        self.unwritten += frame.bytes.len();
        let mut segment = Segment {
            bytes: frame.bytes,
            written: 0,
            fds: frame.fds,
            gathers: false,
            alone: self.window == 1,
            marks: VecDeque::new(),
        };
        self.unwritten_answers += usize::from(answer);
        segment.mark(frame.tracked, answer);
        self.segments.push_back(segment);
    }

    /// Appends a frame to those before it.
    fn append(&mut self, pieces: &[&[u8]], tracked: bool, answer: bool) {
        let size: usize = pieces.iter().map(|piece| piece.len()).sum();
        self.unwritten += size;
        self.unwritten_answers += usize::from(answer);
        let full = |s: &Segment<F>| !s.bytes.is_empty() && s.bytes.len() + size > GATHER;
        if self.segments.back().is_none_or(|s| !s.gathers || full(s)) {
            let mut bytes = std::mem::take(&mut self.spare);
            if size > COPIED {
                bytes.reserve_exact(GATHER);
            }
            self.segments.push_back(Segment {
                bytes,
                written: 0,
                fds: Vec::new(),
                gathers: true,
                alone: false,
                marks: VecDeque::new(),
            });
        }
        let segment = self.segments.back_mut().expect("one was pushed if there was none");
        for piece in pieces {
            segment.bytes.extend_from_slice(piece);
        }
        segment.mark(tracked, answer);
    }
}

impl<F> Segment<F> {
    /// Counts the frame that ends here.
    fn mark(&mut self, tracked: bool, answer: bool) {
        if tracked || answer {
            let end = self.bytes.len();
            self.marks.push_back(Mark { end, tracked, answer });
        }
    }
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
