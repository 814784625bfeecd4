//! Whatever is sent and however the peer answers: nothing is lost, nothing is written twice, each handle has its own descriptor when its frame is
//! complete, and the counts add up.

#![no_main]

#[path = "../../ext_cluster/src/outbox.rs"]
#[allow(dead_code)]
mod outbox;

use std::collections::VecDeque;

use libfuzzer_sys::fuzz_target;
use outbox::{Answered, Frame, Kind, Outbox};

// The peer's side: bytes and descriptors that have come, of which the latter belong to the frames in order.
#[derive(Default)]
struct Peer {
    bytes: Vec<u8>,
    fds: VecDeque<u8>,
}

const HANDLE: u8 = b'H';
const MESSAGE: u8 = b'M';

// A frame: its kind, its length, its value again and again.
fn frame(kind: u8, value: u8) -> Vec<u8> {
    let length = 1 + value % 9;
    [vec![kind, length], vec![value; usize::from(length)]].concat()
}

impl Peer {
    fn receive(&mut self, bytes: &[u8], fds: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.fds.extend(fds);
        while let [kind, length, rest @ ..] = self.bytes.as_slice()
            && rest.len() >= usize::from(*length)
        {
            let (kind, payload) = (*kind, &rest[..usize::from(*length)]);
            assert!(payload.iter().all(|b| *b == payload[0]));
            if kind == HANDLE {
                assert_eq!(self.fds.pop_front(), Some(payload[0]));
            }
            let end = 2 + payload.len();
            self.bytes.drain(..end);
        }
    }
}

// Writes up to `most` bytes; how many, and how many frames that completes.
fn write(outbox: &mut Outbox<u8>, peer: &mut Peer, most: usize) -> Option<u32> {
    let write = outbox.next_write()?;
    let bytes: Vec<u8> = write.pieces().iter().flat_map(|p| p.to_vec()).collect();
    let count = bytes.len().min(most);
    peer.receive(&bytes[..count], write.fds());
    Some(outbox.wrote(count))
}

fuzz_target!(|steps: Vec<(u8, u8)>| {
    let mut outbox: Outbox<u8> = Outbox::default();
    let (mut pushed, mut completed) = (0u32, 0u32);
    let mut peer = Peer::default();
    for (step, value) in steps {
        match step % 7 {
            0 | 1 => {
                outbox.push_pieces(&[&frame(MESSAGE, value)], true);
                pushed += 1;
            }
            2 | 3 => {
                outbox.push(Frame {
                    bytes: frame(HANDLE, value),
                    fds: vec![value],
                    kind: Kind::Handle,
                    tracked: true,
                });
                pushed += 1;
            }
            4 => {
                completed += write(&mut outbox, &mut peer, 1 + usize::from(value)).unwrap_or(0);
            }
            5 => {
                outbox.answered(value % 4 != 0);
            }
            _ => outbox.set_window(usize::from(value)),
        }
        assert!(outbox.pending() <= outbox::MAX_WINDOW);
    }
    loop {
        while let Some(count) = write(&mut outbox, &mut peer, usize::MAX) {
            completed += count;
        }
        if outbox.answered(true) == Answered::Unexpected {
            break;
        }
    }
    assert_eq!((outbox.unwritten(), outbox.waiting()), (0, 0));
    assert_eq!(completed, pushed);
    assert!(peer.bytes.is_empty() && peer.fds.is_empty());
});
