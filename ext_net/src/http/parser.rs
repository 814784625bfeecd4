//! `require('_http_common').HTTPParser`'s native part: messages read from bytes that a program brings, one event after the other. Servers and clients
//! do not use it: their bytes go the way of `inbound.rs`.

use std::cell::RefCell;

use deno_core::{GarbageCollected, op2, v8};

use super::chunks::{self, MAX_EXTENSIONS};
use super::head::{Fields, Framing, Head, flat_array, one_byte};
use super::head_parser::{HeadParser, Kind, Limits};
use super::syntax::{ParseError, error};

/// What [`HttpMessageParser::next`] tells, as the first item of an array.
const HEAD: i32 = 1;
const BODY: i32 = 2;
const END: i32 = 3;
const FAILED: i32 = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Head,
    /// The head was told of; whether a body follows is the program's to say.
    Begun(Framing),
    Length(u64),
    ChunkSize,
    ChunkData(u64),
    ChunkEnd,
    Trailers,
    UntilEof,
    Failed(ParseError),
}

enum Item {
    Head(Head),
    Body(Vec<u8>),
    End(Option<Head>),
}

struct Reader {
    kind: Kind,
    limits: Limits,
    raw: Vec<u8>,
    pos: usize,
    /// Where in `raw` the last piece starts.
    piece: usize,
    parser: HeadParser,
    state: State,
}

impl Reader {
    fn feed(&mut self, bytes: &[u8]) {
        self.raw.drain(..self.pos);
        self.pos = 0;
        self.piece = self.raw.len();
        self.raw.extend_from_slice(bytes);
    }

    /// The next thing there is to tell.
    fn next(&mut self) -> Result<Option<Item>, ParseError> {
        loop {
            let rest = &self.raw[self.pos..];
            match self.state {
                State::Failed(failed) => return Err(ParseError { offset: 0, ..failed }),
                State::Begun(framing) => match framing {
                    Framing::None => return Ok(Some(self.end(None))),
                    Framing::Length(length) => self.state = State::Length(length),
                    Framing::Chunked => self.state = State::ChunkSize,
                    Framing::UntilEof => self.state = State::UntilEof,
                    Framing::Unknown => {
                        return error(super::syntax::CODING, "Request has invalid `Transfer-Encoding`", 0);
                    }
                },
                State::Length(0) => return Ok(Some(self.end(None))),
                _ if rest.is_empty() => return Ok(None),
                State::Head => {
                    let Some((head, length)) = self.parser.advance(rest, self.limits)? else {
                        return Ok(None);
                    };
                    self.pos += length;
                    self.state = State::Begun(head.framing);
                    return Ok(Some(Item::Head(head)));
                }
                State::Length(left) => {
                    let bytes = self.take(left);
                    self.state = State::Length(left - bytes.len() as u64);
                    return Ok(Some(Item::Body(bytes)));
                }
                State::UntilEof => return Ok(Some(Item::Body(self.take(u64::MAX)))),
                State::ChunkSize => {
                    let Some(line) = chunks::size_line(rest, MAX_EXTENSIONS)? else {
                        return Ok(None);
                    };
                    self.pos += line.length;
                    self.state = if line.size == 0 {
                        self.parser = HeadParser::for_trailers();
                        State::Trailers
                    } else {
                        State::ChunkData(line.size)
                    };
                }
                State::ChunkData(left) => {
                    let bytes = self.take(left);
                    self.state = match left - bytes.len() as u64 {
                        0 => State::ChunkEnd,
                        left => State::ChunkData(left),
                    };
                    return Ok(Some(Item::Body(bytes)));
                }
                State::ChunkEnd => {
                    if !chunks::data_end(rest)? {
                        return Ok(None);
                    }
                    self.pos += 2;
                    self.state = State::ChunkSize;
                }
                State::Trailers => {
                    let Some((lines, length)) = self.parser.advance(rest, self.limits)? else {
                        return Ok(None);
                    };
                    self.pos += length;
                    return Ok(Some(self.end(Some(lines).filter(|_| length > 2))));
                }
            }
        }
    }

    fn in_head(&self) -> bool {
        self.state == State::Head && self.raw[self.pos..].iter().any(|b| !matches!(b, b'\r' | b'\n'))
    }

    fn take(&mut self, limit: u64) -> Vec<u8> {
        let rest = &self.raw[self.pos..];
        let count = usize::try_from(limit).unwrap_or(usize::MAX).min(rest.len());
        let bytes = rest[..count].to_vec();
        self.pos += count;
        bytes
    }

    fn end(&mut self, trailers: Option<Head>) -> Item {
        self.parser = HeadParser::new(self.kind);
        self.state = State::Head;
        Item::End(trailers)
    }
}

/// See the module.
pub struct HttpMessageParser {
    reader: RefCell<Reader>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for HttpMessageParser {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"HttpMessageParser"
    }
}

#[op2]
impl HttpMessageParser {
    /// For requests or responses, with so many bytes of names and values in a head.
    #[constructor]
    #[cppgc]
    fn new(responses: bool, max_head: u32) -> HttpMessageParser {
        let kind = if responses { Kind::Response } else { Kind::Request };
        HttpMessageParser {
            reader: RefCell::new(Reader {
                kind,
                limits: Limits::of_size(max_head as usize),
                raw: Vec::new(),
                pos: 0,
                piece: 0,
                parser: HeadParser::new(kind),
                state: State::Head,
            }),
        }
    }

    /// Adds a piece of input.
    #[fast]
    fn feed(&self, #[buffer] bytes: &[u8]) {
        self.reader.borrow_mut().feed(bytes);
    }

    /// The message whose head was told of last has no body.
    #[fast]
    fn skip_body(&self) {
        self.reader.borrow_mut().state = State::Begun(Framing::None);
    }

    /// How many bytes of the last piece have been read.
    #[fast]
    fn parsed(&self) -> u32 {
        let reader = self.reader.borrow();
        reader.pos.saturating_sub(reader.piece) as u32
    }

    /// Whether a part of a head has come.
    #[fast]
    fn mid_message(&self) -> bool {
        self.reader.borrow().in_head()
    }

    /// The input ends: 0 between messages, 1 when the end is that of a message, 2 in the middle of one.
    #[fast]
    fn finish(&self) -> u32 {
        let mut reader = self.reader.borrow_mut();
        match reader.state {
            State::UntilEof => {
                reader.end(None);
                1
            }
            State::Failed(_) => 0,
            State::Head if !reader.in_head() => 0,
            _ => 2,
        }
    }

    /// The next event, `undefined` when more must come first: [HEAD, flags, fields, method, text, status, major, minor], [BODY, bytes],
    /// [END, trailers] or [FAILED, code, reason, bytes parsed of the last piece].
    fn next<'s>(&self, scope: &mut v8::PinScope<'s, '_>) -> v8::Local<'s, v8::Value> {
        let mut reader = self.reader.borrow_mut();
        let number = |n: i32| v8::Integer::new(scope, n).into();
        let items: Vec<v8::Local<v8::Value>> = match reader.next() {
            Ok(None) => return v8::undefined(scope).into(),
            Ok(Some(Item::Head(head))) => {
                let (major, minor) = head.version;
                vec![
                    number(HEAD),
                    number(head.flags as i32),
                    flat_array(scope, head.fields(), usize::MAX).into(),
                    one_byte(scope, &head.bytes[head.method.clone()]),
                    one_byte(scope, &head.bytes[head.text.clone()]),
                    number(head.status.into()),
                    number(major.into()),
                    number(minor.into()),
                ]
            }
            Ok(Some(Item::Body(bytes))) => vec![number(BODY), rtjs_core::array_buffer(scope, bytes).into()],
            Ok(Some(Item::End(trailers))) => {
                let lines = trailers.map(|t| flat_array(scope, Fields::of(&t.bytes), usize::MAX));
                let lines = lines.map_or_else(|| v8::undefined(scope).into(), Into::into);
                vec![number(END), lines]
            }
            Err(error) => {
                let parsed = (reader.pos + error.offset).saturating_sub(reader.piece);
                reader.state = State::Failed(error);
                vec![
                    number(FAILED),
                    one_byte(scope, error.code.as_bytes()),
                    one_byte(scope, error.reason.as_bytes()),
                    number(parsed as i32),
                ]
            }
        };
        v8::Array::new_with_elements(scope, &items).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(kind: Kind) -> Reader {
        Reader {
            kind,
            limits: Limits::of_size(16 * 1024),
            raw: Vec::new(),
            pos: 0,
            piece: 0,
            parser: HeadParser::new(kind),
            state: State::Head,
        }
    }

    /// What `text` comes to in pieces of `size` bytes: bodies joined.
    fn read(text: &[u8], size: usize) -> Vec<String> {
        let mut reader = reader(Kind::Request);
        let mut seen: Vec<String> = Vec::new();
        for piece in text.chunks(size) {
            reader.feed(piece);
            while let Some(item) = reader.next().expect("a message") {
                match item {
                    Item::Head(head) => seen.push(String::from_utf8_lossy(&head.bytes[head.text.clone()]).into_owned()),
                    Item::Body(bytes) => {
                        let text = String::from_utf8_lossy(&bytes).into_owned();
                        match seen.last_mut().filter(|s| s.starts_with('=')) {
                            Some(body) => body.push_str(&text),
                            None => seen.push(format!("={text}")),
                        }
                    }
                    Item::End(trailers) => seen.push(format!("end {}", trailers.is_some())),
                }
            }
        }
        seen
    }

    #[test]
    fn pieces_of_any_size_give_the_same() {
        let text = b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n\
            PUT /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /c HTTP/1.1\r\n\r\n";
        let expected = ["/a", "=abcde", "end true", "/b", "=hi", "end false", "/c", "end false"];
        for size in 1..text.len() {
            assert_eq!(read(text, size), expected, "{size}");
        }
    }
}
