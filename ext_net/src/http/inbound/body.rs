//! The bodies of the messages that come in: their framing is followed, and what is between goes to whoever takes it.

use std::ops::Range;

use super::super::chunks::{self, MAX_EXTENSIONS};
use super::super::head_parser::{HeadParser, Kind};
use super::super::syntax::ParseError;
use super::{Inbound, Part, State};

enum BodyStep {
    Bytes(Range<usize>),
    End,
    Starved(u64),
    Nothing,
    Again,
}

impl Inbound {
    /// Takes what there is of the body.
    pub(crate) fn body(&mut self) -> Part<'_> {
        loop {
            match self.body_step() {
                Ok(BodyStep::Again) => {}
                Ok(BodyStep::Bytes(range)) => return Part::Bytes(&self.raw[range]),
                Ok(BodyStep::End) => return Part::End,
                Ok(BodyStep::Starved(direct)) => return Part::Starved(direct),
                Ok(BodyStep::Nothing) => return Part::Nothing,
                Err(error) => {
                    self.fail(error);
                    return Part::Nothing;
                }
            }
        }
    }

    /// So many bytes of the body were read past here.
    pub(crate) fn passed(&mut self, count: u64) {
        self.state = match self.state {
            State::Length(left) if left > count => State::Length(left - count),
            State::Length(_) => State::BodyEnd,
            State::ChunkData(left) if left > count => State::ChunkData(left - count),
            State::ChunkData(_) => State::ChunkEnd,
            state => state,
        };
    }

    /// Whether what is left of the body is its end, which is taken then.
    pub(crate) fn ends_now(&mut self) -> bool {
        while !matches!(self.state, State::Length(_) | State::ChunkData(_) | State::UntilEof) {
            match self.body_step() {
                Ok(BodyStep::Again) => {}
                Ok(step) => return matches!(step, BodyStep::End),
                Err(error) => {
                    self.fail(error);
                    return false;
                }
            }
        }
        false
    }

    /// The connection has ended: whether that is the body's end.
    pub(crate) fn ends_with_connection(&mut self) -> bool {
        let ends = self.state == State::UntilEof;
        if ends {
            self.end_body();
        }
        ends
    }

    /// One step through a body.
    fn body_step(&mut self) -> Result<BodyStep, ParseError> {
        let rest = &self.raw[self.pos..];
        match self.state {
            State::Length(left) | State::ChunkData(left) if rest.is_empty() => return Ok(BodyStep::Starved(left)),
            State::UntilEof if rest.is_empty() => return Ok(BodyStep::Starved(u64::MAX)),
            State::Length(_) | State::ChunkData(_) | State::UntilEof => {
                let left = match self.state {
                    State::Length(left) | State::ChunkData(left) => left,
                    _ => u64::MAX,
                };
                let count = rest.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                let range = self.pos..self.pos + count;
                self.pos += count;
                self.passed(count as u64);
                return Ok(BodyStep::Bytes(range));
            }
            State::ChunkSize => {
                let Some(line) = chunks::size_line(rest, MAX_EXTENSIONS)? else {
                    return Ok(BodyStep::Starved(0));
                };
                self.pos += line.length;
                if line.size == 0 {
                    self.parser = HeadParser::for_trailers();
                    self.state = State::Trailers;
                } else {
                    self.state = State::ChunkData(line.size);
                }
            }
            State::ChunkEnd => {
                if !chunks::data_end(rest)? {
                    return Ok(BodyStep::Starved(0));
                }
                self.pos += 2;
                self.state = State::ChunkSize;
            }
            State::Trailers => {
                let Some((lines, length)) = self.parser.advance(rest, self.limits)? else {
                    return Ok(BodyStep::Starved(0));
                };
                self.pos += length;
                if length > 2 {
                    self.trailers = Some(lines.bytes);
                }
                self.parser = HeadParser::new(self.kind);
                self.state = State::BodyEnd;
            }
            State::BodyEnd => {
                self.end_body();
                return Ok(BodyStep::End);
            }
            _ => return Ok(BodyStep::Nothing),
        }
        Ok(BodyStep::Again)
    }

    fn end_body(&mut self) {
        self.state = self.after_message();
        if self.kind == Kind::Response {
            self.feed();
        }
    }
}
