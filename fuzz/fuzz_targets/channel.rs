//! A peer's bytes in pieces: the decoder and the reader of internal messages neither panic nor hold more than they were sent.

#![no_main]

#[path = "../../ext_cluster/src/frame.rs"]
#[allow(dead_code)]
mod frame;
#[path = "../../ext_cluster/src/internal.rs"]
#[allow(dead_code)]
mod internal;
#[path = "../../ext_cluster/src/internal_v8.rs"]
mod internal_v8;

use frame::{Decoder, Mode};
use internal::Head;
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 4096;

fuzz_target!(|input: (bool, Vec<Vec<u8>>)| {
    let (advanced, pieces) = input;
    let mode = if advanced { Mode::Advanced } else { Mode::Json };
    let mut decoder = Decoder::with_limit(mode, LIMIT);
    for piece in pieces {
        let mut rest = piece.as_slice();
        while !rest.is_empty() {
            let space = decoder.space();
            let count = space.len().min(rest.len());
            space[..count].copy_from_slice(&rest[..count]);
            decoder.filled(count);
            rest = &rest[count..];
        }
        loop {
            match decoder.peek() {
                Ok(Some(frame)) => {
                    assert!(frame.len() <= LIMIT);
                    if let Some(head) = Head::read(mode, frame) {
                        assert!(head.is_internal());
                        let _ = (head.cluster(), head.carries_handle());
                    }
                }
                Ok(None) => break,
                Err(_) => return,
            }
            decoder.consume();
        }
        assert!(decoder.buffered() <= LIMIT + piece.len() + 4);
    }
});
