//! Whatever is sent and however the peer answers: nothing is lost, nothing is written twice, and the counts add up.

#![no_main]

#[path = "../../ext_cluster/src/outbox.rs"]
#[allow(dead_code)]
mod outbox;

use libfuzzer_sys::fuzz_target;
use outbox::{Answered, Frame, Kind, Outbox};

// How many bytes the next write would take.
fn next(outbox: &Outbox<u8>) -> usize {
    outbox.next_write().map_or(0, |w| w.pieces().iter().map(|p| p.len()).sum())
}

fuzz_target!(|steps: Vec<(u8, u8)>| {
    let mut outbox: Outbox<u8> = Outbox::default();
    let (mut pushed, mut completed) = (0u32, 0u32);
    for (step, value) in steps {
        match step % 7 {
            0 | 1 => {
                outbox.push_pieces(&[&[value], &[value]], true);
                pushed += 1;
            }
            2 | 3 => {
                outbox.push(Frame {
                    bytes: vec![value; 1 + usize::from(value) % 9],
                    fds: vec![value],
                    kind: Kind::Handle,
                    tracked: true,
                });
                pushed += 1;
            }
            4 => {
                let count = next(&outbox).min(1 + usize::from(value));
                completed += outbox.wrote(count);
            }
            5 => {
                outbox.answered(value % 4 != 0);
            }
            _ => outbox.set_window(usize::from(value)),
        }
        assert!(outbox.pending() <= outbox::MAX_WINDOW);
    }
    loop {
        while let Some(count) = Some(next(&outbox)).filter(|n| *n > 0) {
            completed += outbox.wrote(count);
        }
        if outbox.answered(true) == Answered::Unexpected {
            break;
        }
    }
    assert_eq!((outbox.unwritten(), outbox.waiting()), (0, 0));
    assert_eq!(completed, pushed);
});
