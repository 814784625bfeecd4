//! What a client's hello asks for besides what rustls tells of it. rustls has found the hello to be whole and well-formed before.

/// What a program may be asked about before the hello is answered.
#[derive(Default, Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    /// The number of a session, where the client has no ticket for one.
    pub session: Option<Vec<u8>>,
    /// Whether an OCSP response is wanted.
    pub ocsp: bool,
}

const HANDSHAKE: u8 = 22;
const CLIENT_HELLO: u8 = 1;
const STATUS_REQUEST: u16 = 5;
const SESSION_TICKET: u16 = 35;
const OCSP: u8 = 1;

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// What follows its own length, which has `width` bytes.
    fn vector(&mut self, width: usize) -> Option<&'a [u8]> {
        let length = self.take(width)?.iter().fold(0, |sum, b| sum << 8 | usize::from(*b));
        self.take(length)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }
}

/// `records` are the records that the hello came in.
pub(crate) fn asked(records: &[u8]) -> Option<Asked> {
    let mut records = Reader(records);
    let mut message = Vec::new();
    while !records.0.is_empty() {
        let header = records.take(3)?;
        if header[0] != HANDSHAKE {
            return None;
        }
        message.extend_from_slice(records.vector(2)?);
    }
    let mut message = Reader(&message);
    if message.take(1)?[0] != CLIENT_HELLO {
        return None;
    }
    let mut hello = Reader(message.vector(3)?);
    // The version, and what is random.
    hello.take(2 + 32)?;
    let session = hello.vector(1)?;
    let _suites = hello.vector(2)?;
    let _compressions = hello.vector(1)?;
    let mut asked = Asked::default();
    let mut ticket = false;
    let mut extensions = Reader(hello.vector(2).unwrap_or_default());
    while !extensions.0.is_empty() {
        let kind = extensions.u16()?;
        let content = extensions.vector(2)?;
        match kind {
            STATUS_REQUEST => asked.ocsp = content.first() == Some(&OCSP),
            SESSION_TICKET => ticket = !content.is_empty(),
            _ => {}
        }
    }
    if !session.is_empty() && !ticket {
        asked.session = Some(session.to_vec());
    }
    Some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello(session: &[u8], extensions: &[u8]) -> Vec<u8> {
        let mut body = vec![3, 3];
        body.extend([7; 32]);
        body.push(session.len() as u8);
        body.extend(session);
        body.extend([0, 2, 0x13, 1, 1, 0]);
        body.extend((extensions.len() as u16).to_be_bytes());
        body.extend(extensions);
        let mut message = vec![1, 0];
        message.extend((body.len() as u16).to_be_bytes());
        message.extend(body);
        message
    }

    fn record(bytes: &[u8]) -> Vec<u8> {
        let mut record = vec![22, 3, 1];
        record.extend((bytes.len() as u16).to_be_bytes());
        record.extend(bytes);
        record
    }

    #[test]
    fn tells_what_is_asked() {
        let message = hello(&[9; 4], &[0, 5, 0, 5, 1, 0, 0, 0, 0]);
        let expected = Asked {
            session: Some(vec![9; 4]),
            ocsp: true,
        };
        assert_eq!(asked(&record(&message)), Some(expected.clone()));
        // In two records.
        let (first, second) = message.split_at(30);
        assert_eq!(asked(&[record(first), record(second)].concat()), Some(expected));
        // With a ticket the number means nothing.
        let with_ticket = hello(&[9; 4], &[0, 35, 0, 1, 1]);
        assert_eq!(asked(&record(&with_ticket)), Some(Asked::default()));
    }

    #[test]
    fn half_a_hello_is_none() {
        let message = record(&hello(&[9; 4], &[0, 5, 0, 1, 1]));
        for end in 0..message.len() {
            assert_eq!(asked(&message[..end]), None);
        }
    }
}
