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

// Writes all that is ready, `step` bytes at a time; the descriptors are shown as `<fd>` before the byte they went with.
fn write_all(outbox: &mut Box, step: usize) -> (String, u32) {
    let (mut text, mut completed) = (String::new(), 0);
    while let Some((bytes, fds)) = outbox.next_write() {
        for fd in fds {
            text.push_str(&format!("<{fd}>"));
        }
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
    assert_eq!(outbox.next_write(), Some((&b"a\nbc\nd\n"[..], &[][..])));
    assert_eq!(outbox.wrote(4), 1);
    assert_eq!(outbox.wrote(3), 2);
    assert_eq!(outbox.next_write(), None);
}

#[test]
fn what_is_written_between_pushes_counts_once() {
    let mut outbox = Box::default();
    outbox.push(message("abc\n"));
    assert_eq!(outbox.next_write().unwrap().0, b"abc\n");
    assert_eq!(outbox.wrote(2), 0);
    outbox.push(message("d\n"));
    assert_eq!(outbox.next_write().unwrap().0, b"c\nd\n");
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
    outbox.push_bytes(b"m", true);
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
    assert_eq!(write_all(&mut outbox, 10).0, "-<1>b-<2>c");
    // The first has arrived, the second has not: it is sent again, and answered last.
    assert_eq!(outbox.answered(true), Answered::Done);
    assert_eq!(write_all(&mut outbox, 10).0, "-<3>d");
    assert_eq!(outbox.answered(false), Answered::Again);
    assert_eq!(write_all(&mut outbox, 10).0, "<1>b");
    for left in [2, 1, 0] {
        assert_eq!(outbox.answered(true), Answered::Done);
        assert_eq!(outbox.pending(), left);
    }
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
fn large_messages_are_not_gathered() {
    let mut outbox = Box::default();
    let large = "x".repeat(GATHER + 1);
    outbox.push(message("a"));
    outbox.push(message(&large));
    outbox.push(message("b"));
    assert_eq!(outbox.unwritten(), GATHER + 3);
    let (text, completed) = write_all(&mut outbox, 1000);
    assert_eq!((text, completed), (format!("a{large}b"), 3));
}

#[test]
fn clearing_counts_what_is_lost() {
    let mut outbox = Box::default();
    outbox.push(message("1"));
    outbox.push(handle("H", 7));
    outbox.push(message("2"));
    assert_eq!(outbox.clear(), 3);
    assert_eq!(outbox.next_write(), None);
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
