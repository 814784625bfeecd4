//! Ciphertext into a connection of rustls, and out of it.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::ops::DerefMut;

use rustls::{ConnectionCommon, Error, SideData};

/// Gives all of `bytes` to the engine, a record at a time: a record's plaintext is told as one, however many arrive together. Whether the peer has
/// said that it sends no more.
pub(crate) fn feed<D: SideData, C: DerefMut<Target = ConnectionCommon<D>>>(
    connection: &mut C,
    mut bytes: &[u8],
    records: &mut Records,
    plain: &mut VecDeque<Vec<u8>>,
) -> Result<bool, Error> {
    loop {
        let (mut piece, rest) = bytes.split_at(records.cut(bytes));
        bytes = rest;
        loop {
            let taken = connection
                .read_tls(&mut piece)
                .map_err(|e| Error::General(e.to_string()))?;
            let state = connection.process_new_packets()?;
            let count = state.plaintext_bytes_to_read();
            if count > 0 {
                let mut record = vec![0; count];
                if connection.reader().read_exact(&mut record).is_ok() {
                    plain.push_back(record);
                }
            }
            if taken == 0 || bytes.is_empty() && piece.is_empty() {
                return Ok(state.peer_has_closed());
            }
            if piece.is_empty() {
                break;
            }
        }
    }
}

/// Where records end in what comes.
#[derive(Default)]
pub(crate) struct Records {
    header: Vec<u8>,
    /// Bytes of the record's body that are to come.
    left: usize,
}

impl Records {
    /// How much of `bytes` belongs to the record at hand.
    fn cut(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        if self.left == 0 {
            at = bytes.len().min(5 - self.header.len());
            self.header.extend_from_slice(&bytes[..at]);
            if let [_, _, _, high, low] = *self.header {
                self.left = u16::from_be_bytes([high, low]).into();
                self.header.clear();
            }
        }
        let body = self.left.min(bytes.len() - at);
        self.left -= body;
        at + body
    }
}

/// All that is to be sent.
pub(crate) fn drain<D: SideData, C: DerefMut<Target = ConnectionCommon<D>>>(connection: &mut C, out: &mut Vec<u8>) {
    while connection.wants_write() {
        if connection.write_tls(out).unwrap_or(0) == 0 {
            break;
        }
    }
}

/// Has `out` take all that is to be sent; what it does not take stays.
pub(crate) fn send<D: SideData, C: DerefMut<Target = ConnectionCommon<D>>>(
    connection: &mut C,
    out: &mut dyn Write,
) -> io::Result<()> {
    while connection.wants_write() {
        connection.write_tls(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Records;

    #[test]
    fn cuts_where_records_end() {
        let stream = [23, 3, 3, 0, 2, 1, 2, 23, 3, 3, 0, 0, 23, 3, 3, 0, 1, 9];
        for size in 1..=stream.len() {
            let mut records = Records::default();
            let mut ends = Vec::new();
            let mut at = 0;
            for piece in stream.chunks(size) {
                let mut rest = piece;
                while !rest.is_empty() {
                    let cut = records.cut(rest);
                    at += cut;
                    rest = &rest[cut..];
                    if records.left == 0 && records.header.is_empty() {
                        ends.push(at);
                    }
                }
            }
            assert_eq!(ends, [7, 12, 18], "in pieces of {size}");
        }
    }
}
