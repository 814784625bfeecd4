use super::*;

type Box = Outbox<u32>;

fn message(text: &str) -> Frame<u32> {
    Frame {
        bytes: text.as_bytes().to_vec(),
        fds: Vec::new(),
        kind: Kind::Message,
        tracked: true,
    }
}

fn handle(text: &str, fd: u32) -> Frame<u32> {
    Frame {
        bytes: text.as_bytes().to_vec(),
        fds: vec![fd],
        kind: Kind::Handle,
        tracked: true,
    }
}

fn answer(text: &str) -> Frame<u32> {
    Frame {
        bytes: text.as_bytes().to_vec(),
        fds: Vec::new(),
        kind: Kind::Answer,
        tracked: false,
    }
}

// What the next write would take.
fn next_bytes(outbox: &Box) -> Vec<u8> {
    let write = outbox.next_write().unwrap();
    write.pieces().iter().flat_map(|p| p.to_vec()).collect()
}

// Writes all that is ready, `step` bytes at a time; the descriptors are shown as `<fd>` before the byte they went with.
fn write_all(outbox: &mut Box, step: usize) -> (String, u32) {
    let (mut text, mut completed) = (String::new(), 0);
    while let Some(write) = outbox.next_write() {
        for fd in write.fds() {
            text.push_str(&format!("<{fd}>"));
        }
        let bytes = next_bytes(outbox);
        let count = bytes.len().min(step);
        text.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        completed += outbox.wrote(count);
    }
    assert_eq!(outbox.unwritten(), 0);
    (text, completed)
}

#[test]
fn small_messages_make_one_write() {
    let mut outbox = Box::default();
    for text in ["a\n", "bc\n", "d\n"] {
        outbox.push(message(text));
    }
    assert_eq!(outbox.unwritten(), 7);
    assert_eq!(next_bytes(&outbox), b"a\nbc\nd\n");
    assert_eq!(outbox.next_write().unwrap().pieces().len(), 1);
    assert_eq!(outbox.wrote(4), 1);
    assert_eq!(outbox.wrote(3), 2);
    assert!(outbox.next_write().is_none());
}

#[test]
fn what_is_written_between_pushes_counts_once() {
    let mut outbox = Box::default();
    outbox.push(message("abc\n"));
    assert_eq!(next_bytes(&outbox), b"abc\n");
    assert_eq!(outbox.wrote(2), 0);
    outbox.push(message("d\n"));
    assert_eq!(next_bytes(&outbox), b"c\nd\n");
    assert_eq!(outbox.wrote(4), 2);
}

#[test]
fn others_wait_behind_a_handle_in_order() {
    for step in [1, 2, 100] {
        let mut outbox = Box::default();
        outbox.push(message("1"));
        outbox.push(handle("H", 7));
        outbox.push(message("2"));
        outbox.push(handle("I", 8));
        outbox.push(message("3"));
        outbox.push(answer("A"));
        assert_eq!(outbox.waiting(), 3);
        assert_eq!(outbox.pending(), 1);
        assert_eq!(write_all(&mut outbox, step), ("1<7>HA".into(), 2));
        assert_eq!(outbox.answered(true), Answered::Done);
        assert_eq!(write_all(&mut outbox, step), ("2<8>I".into(), 2));
        assert_eq!(outbox.waiting(), 1);
        assert_eq!(outbox.answered(true), Answered::Done);
        assert_eq!(write_all(&mut outbox, step), ("3".into(), 1));
        assert_eq!(outbox.pending(), 0);
        assert_eq!(outbox.answered(true), Answered::Unexpected);
    }
}

#[test]
fn messages_pushed_in_place_wait_too() {
    let mut outbox = Box::default();
    outbox.push(handle("H", 1));
    outbox.push_pieces(&[b"m"], true);
    assert_eq!(write_all(&mut outbox, 10).0, "<1>H");
    outbox.answered(true);
    assert_eq!(write_all(&mut outbox, 10), ("m".into(), 1));
}

#[test]
fn a_handle_is_sent_again_three_times() {
    let mut outbox = Box::default();
    outbox.push(handle("H", 5));
    outbox.push(message("m"));
    assert_eq!(write_all(&mut outbox, 10), ("<5>H".into(), 1));
    for _ in 0..MAX_RETRANSMISSIONS {
        assert_eq!(outbox.answered(false), Answered::Again);
        assert_eq!(write_all(&mut outbox, 10), ("<5>H".into(), 0));
    }
    assert_eq!(outbox.answered(false), Answered::GaveUp);
    assert_eq!(write_all(&mut outbox, 10), ("m".into(), 1));
}

#[test]
fn a_peer_that_takes_more_gets_more() {
    let mut outbox = Box::default();
    for (index, text) in ["a", "b", "c", "d"].iter().enumerate() {
        outbox.push(handle(text, index as u32));
        outbox.push(message("-"));
    }
    assert_eq!(write_all(&mut outbox, 10).0, "<0>a");
    outbox.set_window(3);
    assert_eq!(write_all(&mut outbox, 10).0, "<1><2>-b-c");
    // The first has arrived, the second has not: it is sent again when the others are answered, and what comes behind them waits.
    assert_eq!(outbox.answered(true), Answered::Done);
    assert_eq!(write_all(&mut outbox, 10).0, "<3>-d");
    assert_eq!(outbox.answered(false), Answered::Again);
    for left in [2, 1] {
        assert_eq!(write_all(&mut outbox, 10).0, "");
        assert_eq!(outbox.answered(true), Answered::Done);
        assert_eq!(outbox.pending(), left);
    }
    assert_eq!(write_all(&mut outbox, 10).0, "<1>b");
    assert_eq!(outbox.answered(true), Answered::Done);
    assert_eq!(write_all(&mut outbox, 10), ("-".into(), 1));
    assert_eq!(outbox.waiting(), 0);
}

#[test]
fn a_window_is_what_a_peer_says_within_reason() {
    let mut outbox = Box::default();
    outbox.set_window(0);
    outbox.push(handle("a", 1));
    outbox.push(message("m"));
    assert_eq!(outbox.waiting(), 1);
    outbox.set_window(usize::MAX);
    for _ in 0..2 * MAX_WINDOW {
        outbox.push(handle("h", 1));
    }
    assert_eq!(outbox.pending(), MAX_WINDOW);
}

#[test]
fn large_messages_stay_where_they_are() {
    for step in [1000, usize::MAX] {
        let mut outbox = Box::default();
        let large = "x".repeat(COPIED + 1);
        for text in ["a", "b", &large, "c", "d"] {
            outbox.push(message(text));
        }
        assert_eq!(outbox.unwritten(), COPIED + 5);
        assert_eq!(outbox.next_write().unwrap().pieces().len(), 3);
        let (text, completed) = write_all(&mut outbox, step);
        assert_eq!((text, completed), (format!("ab{large}cd"), 5));
    }
}

#[test]
fn one_write_takes_so_much() {
    let mut outbox = Box::default();
    for _ in 0..2 * PIECES {
        outbox.push(message(&"x".repeat(COPIED + 1)));
    }
    assert_eq!(outbox.next_write().unwrap().pieces().len(), PIECES);
    assert_eq!(outbox.wrote((COPIED + 1) * PIECES + 1), PIECES as u32);
    assert_eq!(outbox.wrote((COPIED + 1) * PIECES - 1), PIECES as u32);
    assert_eq!(outbox.unwritten(), 0);
    for _ in 0..3 {
        outbox.push(message(&"x".repeat(WRITE)));
    }
    assert_eq!(outbox.next_write().unwrap().pieces().len(), 1);
}

#[test]
fn answers_that_the_peer_does_not_read_are_counted() {
    let mut outbox = Box::default();
    for _ in 0..10 {
        outbox.push(answer("A"));
    }
    assert_eq!((outbox.unwritten_answers(), outbox.wrote(4)), (10, 0));
    assert_eq!(outbox.unwritten_answers(), 6);
    outbox.clear();
    assert_eq!(outbox.unwritten_answers(), 0);
}

#[test]
fn clearing_counts_what_is_lost() {
    let mut outbox = Box::default();
    outbox.push(message("1"));
    outbox.push(handle("H", 7));
    outbox.push(message("2"));
    assert_eq!(outbox.clear(), 3);
    assert!(outbox.next_write().is_none());
    assert_eq!(outbox.clear(), 0);
}

// Whatever the peer answers, every tracked frame completes once, in order, and nothing is left over.
#[test]
fn random_answers_lose_nothing() {
    let mut seed = 88_172_645_463_325_252_u64;
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    for round in 0..500 {
        let mut outbox = Box::default();
        outbox.set_window(round % 5);
        let (mut pushed, mut completed) = (0, 0);
        let mut expected = String::new();
        let mut seen = String::new();
        for _ in 0..random(40) {
            match random(4) {
                0 => {
                    pushed += 1;
                    expected.push('h');
                    outbox.push(handle("h", pushed));
                }
                1 => {
                    pushed += 1;
                    expected.push('m');
                    outbox.push(message("m"));
                }
                2 => {
                    let (text, done) = write_all(&mut outbox, 1);
                    seen.extend(text.chars().filter(char::is_ascii_alphabetic));
                    completed += done;
                }
                _ => {
                    outbox.answered(true);
                }
            }
        }
        loop {
            let (text, done) = write_all(&mut outbox, 3);
            seen.extend(text.chars().filter(char::is_ascii_alphabetic));
            completed += done;
            if outbox.answered(true) == Answered::Unexpected {
                break;
            }
        }
        assert_eq!((seen, completed), (expected, pushed));
        assert_eq!(outbox.waiting(), 0);
    }
}

#[test]
fn messages_in_pieces_are_gathered_up_to_a_bound() {
    let mut outbox = Box::default();
    let body = "x".repeat(GATHER / 4);
    let mut expected = String::new();
    for number in 0..10 {
        let head = format!("{number}:");
        outbox.push_pieces(&[head.as_bytes(), body.as_bytes()], true);
        expected += &head;
        expected += &body;
        assert!(outbox.segments.iter().all(|s| s.bytes.len() <= GATHER));
    }
    assert_eq!(outbox.segments.len(), 4);
    assert_eq!(write_all(&mut outbox, 1000), (expected, 10));
    // One that is larger than the bound goes by itself.
    let large = "y".repeat(GATHER);
    outbox.push_pieces(&[b"a"], true);
    outbox.push_pieces(&[b"b", large.as_bytes()], true);
    outbox.push_pieces(&[b"c"], true);
    assert_eq!(outbox.segments.len(), 3);
    assert_eq!(write_all(&mut outbox, usize::MAX), (format!("ab{large}c"), 3));
}

#[test]
fn descriptors_of_several_frames_go_together_to_a_peer_that_takes_more() {
    for step in [1, 2, 100] {
        let mut outbox = Box::default();
        outbox.set_window(8);
        outbox.push(handle("a", 1));
        outbox.push(message("-"));
        outbox.push(handle("b", 2));
        outbox.push(handle("c", 3));
        let (text, completed) = write_all(&mut outbox, step);
        assert_eq!((text.as_str(), completed), ("<1><2><3>a-bc", 4));
        for answer in [false, true, false] {
            outbox.answered(answer);
        }
        outbox.push(handle("d", 4));
        // One at a time from now on.
        for text in ["<1>a", "<3>c", "<4>d"] {
            assert_eq!(write_all(&mut outbox, step).0, text);
            assert_eq!(outbox.answered(true), Answered::Done);
        }
    }
}

#[test]
fn what_was_pushed_between_writes_brings_its_own_descriptors() {
    let mut outbox = Box::default();
    outbox.set_window(8);
    outbox.push(handle("abc", 1));
    assert_eq!(outbox.wrote(1), 0);
    outbox.push(handle("d", 2));
    assert_eq!(outbox.next_write().unwrap().fds(), [2]);
    assert_eq!(write_all(&mut outbox, 100).0, "<2>bcd");
}

#[test]
fn one_write_has_room_for_so_many_descriptors() {
    let mut outbox = Box::default();
    outbox.set_window(8);
    for index in 0..3 {
        outbox.push(Frame {
            fds: vec![index; DESCRIPTORS / 2],
            ..handle("x", 0)
        });
    }
    assert_eq!(outbox.next_write().unwrap().fds().len(), DESCRIPTORS);
    assert_eq!(outbox.wrote(2), 2);
    assert_eq!(outbox.next_write().unwrap().fds(), [2; DESCRIPTORS / 2]);
}
