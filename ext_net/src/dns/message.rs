//! Questions and answers as bytes. Pure.

use std::net::IpAddr;

use hickory_proto::op::{Message, MessageType, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, Name, Record, RecordType};

/// A failure, by the name that Node gives it: `ENODATA` and the like.
pub(super) type Code = &'static str;

/// What is asked for; `js/internal/dns/resolver.js` has the numbers of the types.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    name: Name,
    pub(super) kind: RecordType,
}

/// What a message from a name server is to a question.
#[derive(Debug, PartialEq)]
pub(super) enum Reply {
    /// An answer to something else, or no message at all.
    NotOurs,
    /// Ours, but broken.
    Broken,
    /// Ours; the whole of it has to be asked for by TCP.
    Cut,
    /// The records of the type that was asked for, in their order; all of them where that was `ANY`.
    Records(Vec<Record>),
    /// The server says no.
    Failed(Code),
}

/// A domain name in ASCII; `None` where it can have no such form.
pub(super) fn to_ascii(name: &str) -> Option<std::borrow::Cow<'_, str>> {
    if name.is_ascii() {
        return Some(name.into());
    }
    idna::domain_to_ascii_cow(name.as_bytes(), idna::AsciiDenyList::EMPTY).ok()
}

/// The labels of a name; a backslash takes the next character, or three digits, out of its meaning.
fn labels(name: &str) -> Option<Vec<Vec<u8>>> {
    let mut labels = vec![Vec::new()];
    let mut bytes = name.bytes();
    while let Some(byte) = bytes.next() {
        let byte = match byte {
            b'.' => {
                labels.push(Vec::new());
                continue;
            }
            b'\\' => match bytes.next()? {
                first if first.is_ascii_digit() => {
                    let digits = [first, bytes.next()?, bytes.next()?];
                    std::str::from_utf8(&digits).ok()?.parse().ok()?
                }
                other => other,
            },
            // What no name can have unless it says that it means it.
            byte if !byte.is_ascii_graphic() => return None,
            byte => byte,
        };
        labels.last_mut()?.push(byte);
    }
    // The dot at the end of a full name.
    if labels.last().is_some_and(Vec::is_empty) {
        labels.pop();
    }
    // A dot alone is the root.
    if labels.len() == 1 && labels[0].is_empty() {
        labels.pop();
    }
    labels.iter().all(|label| !label.is_empty()).then_some(labels)
}

impl Question {
    /// # Errors
    /// `EBADNAME`; `ENOTFOUND` for names that are never to be asked for.
    pub(super) fn new(name: &str, kind: RecordType) -> Result<Question, Code> {
        const BAD: Code = "EBADNAME";
        let labels = labels(&to_ascii(name).ok_or(BAD)?).ok_or(BAD)?;
        // RFC 7686: nobody shall hear of these.
        if labels.last().is_some_and(|label| label.eq_ignore_ascii_case(b"onion")) {
            return Err("ENOTFOUND");
        }
        let mut name = Name::from_labels(labels.iter().map(Vec::as_slice)).map_err(|_| BAD)?;
        name.set_fqdn(true);
        Ok(Question { name, kind })
    }

    /// Whose address this is.
    pub(super) fn reverse(address: IpAddr) -> Question {
        let mut name = Name::from(address);
        name.set_fqdn(true);
        Question {
            name,
            kind: RecordType::PTR,
        }
    }

    /// The message that asks it, with a new id, and that id.
    ///
    /// # Errors
    /// `EBADNAME` for a name that fits into no message.
    pub(super) fn encode(&self) -> Result<(Vec<u8>, u16), Code> {
        let mut message = Message::query();
        message.metadata.recursion_desired = true;
        message.add_query(Query::query(self.name.clone(), self.kind));
        let bytes = message.to_vec().map_err(|_| "EBADNAME")?;
        Ok((bytes, message.metadata.id))
    }

    /// Reads what a server has sent.
    pub(super) fn decode(&self, id: u16, bytes: &[u8]) -> Reply {
        if bytes.first_chunk() != Some(&id.to_be_bytes()) {
            return Reply::NotOurs;
        }
        let Ok(message) = Message::from_vec(bytes) else {
            return Reply::Broken;
        };
        let ours = message.metadata.message_type == MessageType::Response
            && matches!(&message.queries[..], [query] if query.query_type == self.kind && query.name == self.name);
        if !ours {
            return Reply::NotOurs;
        }
        if message.metadata.truncation {
            return Reply::Cut;
        }
        match message.metadata.response_code {
            ResponseCode::NoError => {}
            ResponseCode::FormErr => return Reply::Failed("EFORMERR"),
            ResponseCode::NXDomain => return Reply::Failed("ENOTFOUND"),
            ResponseCode::NotImp => return Reply::Failed("ENOTIMP"),
            ResponseCode::Refused => return Reply::Failed("EREFUSED"),
            _ => return Reply::Failed("ESERVFAIL"),
        }
        let wanted = |record: &Record| {
            record.dns_class == DNSClass::IN && (self.kind == RecordType::ANY || record.record_type() == self.kind)
        };
        let records: Vec<Record> = message.answers.into_iter().filter(wanted).collect();
        if records.is_empty() {
            Reply::Failed("ENODATA")
        } else {
            Reply::Records(records)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hickory_proto::rr::RData;
    use hickory_proto::rr::rdata::A;

    fn question() -> Question {
        Question::new("Example.org", RecordType::A).unwrap()
    }

    fn reply(change: impl FnOnce(&mut Message)) -> Vec<u8> {
        let mut message = Message::from_vec(&question().encode().unwrap().0).unwrap();
        message.metadata.id = 7;
        message.metadata.message_type = MessageType::Response;
        change(&mut message);
        message.to_vec().unwrap()
    }

    fn record(address: [u8; 4]) -> Record {
        let name = Name::from_ascii("example.org.").unwrap();
        Record::from_rdata(name, 60, RData::A(A(address.into())))
    }

    #[test]
    fn names_and_what_is_none() {
        for name in [
            "example.org",
            "example.org.",
            "_srv._tcp.example.org",
            "b\u{fc}ro.example",
            "",
            ".",
            "a\\.b",
            "a\\032b",
        ] {
            assert!(Question::new(name, RecordType::A).is_ok(), "{name}");
        }
        let long = "a".repeat(64);
        let many = "abc.".repeat(64);
        for name in [
            "a..b", "..", ".a", "a b", "a\0b", "a\\", "a\\25", "a\\999", &long, &many,
        ] {
            assert_eq!(Question::new(name, RecordType::A), Err("EBADNAME"), "{name}");
        }
        assert_eq!(Question::new("x.Onion", RecordType::A), Err("ENOTFOUND"));
    }

    #[test]
    fn a_question_in_bytes() {
        let (bytes, id) = Question::new("a.b\u{fc}ro.de", RecordType::MX)
            .unwrap()
            .encode()
            .unwrap();
        assert_eq!(bytes[..2], id.to_be_bytes());
        assert_eq!(
            bytes[2..],
            *b"\x01\0\0\x01\0\0\0\0\0\0\x01a\x0bxn--bro-hoa\x02de\0\0\x0f\0\x01"
        );
    }

    #[test]
    fn answers_are_told_from_other_messages() {
        let good = reply(|m| {
            m.add_answer(record([1, 2, 3, 4]));
        });
        let Reply::Records(records) = question().decode(7, &good) else {
            panic!()
        };
        assert_eq!(records.len(), 1);
        assert_eq!(question().decode(8, &good), Reply::NotOurs);
        assert_eq!(question().decode(7, &good[..good.len() - 1]), Reply::Broken);
        assert_eq!(question().decode(7, &[]), Reply::NotOurs);
        assert_eq!(question().decode(7, &[0, 7]), Reply::Broken);
        let other = Question::new("example.net", RecordType::A).unwrap();
        assert_eq!(other.decode(7, &good), Reply::NotOurs);
        let not_a_response = reply(|m| m.metadata.message_type = MessageType::Query);
        assert_eq!(question().decode(7, &not_a_response), Reply::NotOurs);
        assert_eq!(
            question().decode(7, &reply(|m| m.metadata.truncation = true)),
            Reply::Cut
        );
    }

    #[test]
    fn failures_have_names() {
        assert_eq!(question().decode(7, &reply(|_| {})), Reply::Failed("ENODATA"));
        for (code, name) in [
            (ResponseCode::FormErr, "EFORMERR"),
            (ResponseCode::ServFail, "ESERVFAIL"),
            (ResponseCode::NXDomain, "ENOTFOUND"),
            (ResponseCode::NotImp, "ENOTIMP"),
            (ResponseCode::Refused, "EREFUSED"),
        ] {
            let failed = reply(|m| m.metadata.response_code = code);
            assert_eq!(question().decode(7, &failed), Reply::Failed(name));
        }
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let good = reply(|m| {
            m.add_answer(record([1, 2, 3, 4]));
        });
        for at in 2..good.len() {
            for value in [0, 1, 0x3f, 0x40, 0xc0, 0xff] {
                let mut bad = good.clone();
                bad[at] = value;
                let _ = question().decode(7, &bad);
                let _ = question().decode(7, &bad[..at]);
            }
        }
    }
}
