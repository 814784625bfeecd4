//! Internal messages (`cmd` starting with `NODE_`) as Rust reads and writes them: small flat objects in either wire format. No V8.
//!
//! This is for the frames that must not enter JavaScript. What is not of the usual shape is left for JavaScript to look at.

use std::borrow::Cow;

use crate::frame::{self, FrameError, Mode};
use crate::internal_v8;

/// What Rust needs to know of an internal message. Fields that the message lacks, or has with another type, are `None`.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(default)]
pub struct Head<'a> {
    /// `NODE_CLUSTER`, `NODE_HANDLE`, `NODE_HANDLE_ACK`, ...
    #[serde(borrow, deserialize_with = "json::text")]
    pub cmd: Option<Cow<'a, str>>,
    /// What a `NODE_CLUSTER` message is about: `newconn`, `listening`, ...
    #[serde(borrow, deserialize_with = "json::text")]
    pub act: Option<Cow<'a, str>>,
    /// The message's own number, which its answer repeats in `ack`.
    #[serde(deserialize_with = "json::number")]
    pub seq: Option<f64>,
    /// The number of the message that this one answers.
    #[serde(deserialize_with = "json::number")]
    pub ack: Option<f64>,
    /// In the answer to `newconn`: whether the worker took the connection.
    #[serde(deserialize_with = "json::truth")]
    pub accepted: Option<bool>,
    /// In the answer of an rtjs worker that takes no connection: it is at its limit, and sends `room` when it is not any more.
    #[serde(deserialize_with = "json::truth")]
    pub full: Option<bool>,
    /// Which server a message is about: `address:port:addressType:fd:index`.
    #[serde(borrow, deserialize_with = "json::text")]
    pub key: Option<Cow<'a, str>>,
    /// How many connections a message carries or accepts, between two rtjs processes.
    #[serde(deserialize_with = "json::number")]
    pub count: Option<f64>,
    /// How many connections a worker takes before it answers, between two rtjs processes.
    #[serde(deserialize_with = "json::number")]
    pub window: Option<f64>,
    /// In `NODE_HANDLE`: the handle's type (`net.Native`, `net.Socket`, ...).
    #[serde(borrow, rename = "type", deserialize_with = "json::text")]
    pub handle_type: Option<Cow<'a, str>>,
    /// In `NODE_HANDLE`: the message that travels with the handle, when it is an object.
    #[serde(borrow, deserialize_with = "json::object")]
    pub msg: Option<Box<Head<'a>>>,
}

impl<'a> Head<'a> {
    /// How many connections the message speaks of. A count that is no count is one: it is a peer's word.
    pub fn connections(&self) -> usize {
        self.count.map_or(1, |count| count.clamp(1.0, 1024.0) as usize)
    }

    /// Reads `frame` when it begins as an internal message does (`cmd` first, as every known sender writes it), else `None`.
    /// Costs a comparison of a few bytes for other messages.
    pub fn read(mode: Mode, frame: &'a [u8]) -> Option<Head<'a>> {
        let head: Head = match mode {
            Mode::Json => {
                if !frame.starts_with(br#"{"cmd":"NODE_"#) {
                    return None;
                }
                serde_json::from_slice(frame).ok()?
            }
            Mode::Advanced => internal_v8::read(frame)?,
        };
        head.is_internal().then_some(head)
    }

    /// Whether `cmd` is an internal one: the prefix alone does not count, as in Node.
    pub fn is_internal(&self) -> bool {
        self.cmd
            .as_deref()
            .is_some_and(|cmd| cmd.len() > "NODE_".len() && cmd.starts_with("NODE_"))
    }

    /// The `NODE_CLUSTER` message in this one, which may have come with a handle.
    pub fn cluster(&self) -> Option<&Head<'a>> {
        match self.cmd.as_deref() {
            Some("NODE_CLUSTER") => Some(self),
            Some("NODE_HANDLE") => self.msg.as_deref().filter(|m| m.cmd.as_deref() == Some("NODE_CLUSTER")),
            _ => None,
        }
    }

    /// Whether the receiver of this message has to answer with `NODE_HANDLE_ACK` or `NODE_HANDLE_NACK`.
    pub fn carries_handle(&self) -> bool {
        self.cmd.as_deref() == Some("NODE_HANDLE")
    }

    pub(crate) fn set_text(&mut self, key: &str, value: Cow<'a, str>) {
        match key {
            "cmd" => self.cmd = Some(value),
            "act" => self.act = Some(value),
            "key" => self.key = Some(value),
            "type" => self.handle_type = Some(value),
            _ => {}
        }
    }

    pub(crate) fn set_number(&mut self, key: &str, value: f64) {
        match key {
            "seq" => self.seq = Some(value),
            "ack" => self.ack = Some(value),
            "count" => self.count = Some(value),
            "window" => self.window = Some(value),
            _ => {}
        }
    }

    pub(crate) fn set_bool(&mut self, key: &str, value: bool) {
        match key {
            "accepted" => self.accepted = Some(value),
            "full" => self.full = Some(value),
            _ => {}
        }
    }
}

/// Appends one frame with an internal message to `out`; `fill` names its fields in the order they are written.
///
/// ```
/// use rtjs_cluster::{Mode, write_message};
/// let mut out = Vec::new();
/// write_message(Mode::Json, &mut out, |m| m.text("cmd", "NODE_CLUSTER").number("ack", 1).bool("accepted", true));
/// assert_eq!(out, b"{\"cmd\":\"NODE_CLUSTER\",\"ack\":1,\"accepted\":true}\n");
/// ```
pub fn write_message(mode: Mode, out: &mut Vec<u8>, fill: impl for<'o> FnOnce(Fields<'o>) -> Fields<'o>) {
    let open = frame::begin(mode, out);
    let payload = out.len();
    if mode == Mode::Advanced {
        internal_v8::write_version(out);
    }
    fill(Fields::open(mode, out, payload)).close();
    // Only a payload of 4 GiB fails, and that is not made of a few fields.
    let finished: Result<(), FrameError> = open.finish(out);
    debug_assert!(finished.is_ok());
}

/// The fields of a message being written; see [`write_message`].
#[derive(Debug)]
#[must_use]
pub struct Fields<'o> {
    mode: Mode,
    out: &'o mut Vec<u8>,
    payload: usize,
    count: u32,
}

impl<'o> Fields<'o> {
    fn open(mode: Mode, out: &'o mut Vec<u8>, payload: usize) -> Fields<'o> {
        match mode {
            Mode::Json => out.push(b'{'),
            Mode::Advanced => internal_v8::write_object_start(out),
        }
        Fields {
            mode,
            out,
            payload,
            count: 0,
        }
    }

    fn close(self) {
        match self.mode {
            Mode::Json => self.out.push(b'}'),
            Mode::Advanced => internal_v8::write_object_end(self.out, self.count),
        }
    }

    fn key(&mut self, key: &str) {
        match self.mode {
            Mode::Json => {
                if self.count > 0 {
                    self.out.push(b',');
                }
                json::write_text(self.out, key);
                self.out.push(b':');
            }
            Mode::Advanced => internal_v8::write_text(self.out, self.payload, key),
        }
        self.count += 1;
    }

    /// A string.
    pub fn text(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        match self.mode {
            Mode::Json => json::write_text(self.out, value),
            Mode::Advanced => internal_v8::write_text(self.out, self.payload, value),
        }
        self
    }

    /// A whole number; those beyond 53 bits lose precision at a JavaScript peer.
    pub fn number(mut self, key: &str, value: u64) -> Self {
        self.key(key);
        match self.mode {
            Mode::Json => self.out.extend_from_slice(value.to_string().as_bytes()),
            Mode::Advanced => internal_v8::write_number(self.out, value),
        }
        self
    }

    /// A boolean.
    pub fn bool(mut self, key: &str, value: bool) -> Self {
        self.key(key);
        match self.mode {
            Mode::Json => self.out.extend_from_slice(if value { b"true" } else { b"false" }),
            Mode::Advanced => internal_v8::write_bool(self.out, value),
        }
        self
    }

    /// An object within the object.
    pub fn object(mut self, key: &str, fill: impl for<'i> FnOnce(Fields<'i>) -> Fields<'i>) -> Self {
        self.key(key);
        fill(Fields::open(self.mode, self.out, self.payload)).close();
        self
    }
}

mod json {
    use std::borrow::Cow;
    use std::fmt;

    use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

    use super::Head;

    // A field of another type than expected is as good as absent: the peer may be of another version.
    enum Any<'a> {
        Text(Cow<'a, str>),
        Number(f64),
        Truth(bool),
        Object(Box<Head<'a>>),
        Other,
    }

    struct AnyVisitor;

    impl<'de> Visitor<'de> for AnyVisitor {
        type Value = Any<'de>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("any JSON value")
        }
        fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Any<'de>, E> {
            Ok(Any::Text(Cow::Borrowed(v)))
        }
        fn visit_str<E>(self, v: &str) -> Result<Any<'de>, E> {
            Ok(Any::Text(Cow::Owned(v.to_owned())))
        }
        fn visit_bool<E>(self, v: bool) -> Result<Any<'de>, E> {
            Ok(Any::Truth(v))
        }
        fn visit_i64<E>(self, v: i64) -> Result<Any<'de>, E> {
            Ok(Any::Number(v as f64))
        }
        fn visit_u64<E>(self, v: u64) -> Result<Any<'de>, E> {
            Ok(Any::Number(v as f64))
        }
        fn visit_f64<E>(self, v: f64) -> Result<Any<'de>, E> {
            Ok(Any::Number(v))
        }
        fn visit_unit<E>(self) -> Result<Any<'de>, E> {
            Ok(Any::Other)
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Any<'de>, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Any::Other)
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Any<'de>, A::Error> {
            let head = serde::de::value::MapAccessDeserializer::new(map);
            serde::Deserialize::deserialize(head).map(|h| Any::Object(Box::new(h)))
        }
    }

    pub(super) fn text<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Cow<'de, str>>, D::Error> {
        Ok(match d.deserialize_any(AnyVisitor)? {
            Any::Text(text) => Some(text),
            _ => None,
        })
    }

    pub(super) fn number<'de, D: Deserializer<'de>>(d: D) -> Result<Option<f64>, D::Error> {
        Ok(match d.deserialize_any(AnyVisitor)? {
            Any::Number(number) => Some(number),
            _ => None,
        })
    }

    pub(super) fn truth<'de, D: Deserializer<'de>>(d: D) -> Result<Option<bool>, D::Error> {
        Ok(match d.deserialize_any(AnyVisitor)? {
            Any::Truth(truth) => Some(truth),
            _ => None,
        })
    }

    pub(super) fn object<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Box<Head<'de>>>, D::Error> {
        Ok(match d.deserialize_any(AnyVisitor)? {
            Any::Object(object) => Some(object),
            _ => None,
        })
    }

    pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
        // Writing to memory does not fail.
        let written = serde_json::to_writer(&mut *out, text);
        debug_assert!(written.is_ok());
    }
}

#[cfg(test)]
#[path = "internal_tests.rs"]
mod tests;
