use super::*;

fn feed(decoder: &mut Decoder, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        let space = decoder.space();
        let count = space.len().min(bytes.len());
        space[..count].copy_from_slice(&bytes[..count]);
        decoder.filled(count);
        bytes = &bytes[count..];
    }
}

fn drain(decoder: &mut Decoder) -> Result<Vec<Vec<u8>>, FrameError> {
    let mut frames = Vec::new();
    while let Some(frame) = decoder.peek()? {
        frames.push(frame.to_vec());
        decoder.consume();
    }
    Ok(frames)
}

fn frame(mode: Mode, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let open = begin(mode, &mut out);
    out.extend_from_slice(payload);
    open.finish(&mut out).unwrap();
    out
}

fn stream(mode: Mode, payloads: &[Vec<u8>]) -> Vec<u8> {
    payloads.iter().flat_map(|p| frame(mode, p)).collect()
}

fn payloads(mode: Mode) -> Vec<Vec<u8>> {
    let texts = ["{\"a\":1}", "\"\u{e9}\u{65e5}\u{1f600}\"", "[]", "12", "\"x\\ny\""];
    texts
        .iter()
        .map(|t| match mode {
            Mode::Json => t.as_bytes().to_vec(),
            Mode::Advanced => [&[VERSION_TAG, 15], t.as_bytes()].concat(),
        })
        .collect()
}

#[test]
fn what_is_written_is_read_at_every_split() {
    for mode in [Mode::Json, Mode::Advanced] {
        let payloads = payloads(mode);
        let bytes = stream(mode, &payloads);
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let mut decoder = Decoder::new(mode);
                let mut frames = Vec::new();
                for part in [&bytes[..first], &bytes[first..second], &bytes[second..]] {
                    feed(&mut decoder, part);
                    frames.extend(drain(&mut decoder).unwrap());
                }
                assert_eq!(frames, payloads);
                assert_eq!(decoder.buffered(), 0);
            }
        }
    }
}

#[test]
fn one_byte_at_a_time() {
    for mode in [Mode::Json, Mode::Advanced] {
        let payloads = payloads(mode);
        let mut decoder = Decoder::new(mode);
        let mut frames = Vec::new();
        for byte in stream(mode, &payloads) {
            feed(&mut decoder, &[byte]);
            frames.extend(drain(&mut decoder).unwrap());
        }
        assert_eq!(frames, payloads);
    }
}

#[test]
fn half_a_character_stays_until_the_rest_comes() {
    let mut decoder = Decoder::new(Mode::Json);
    feed(&mut decoder, b"\"\xe6\x97");
    assert_eq!(drain(&mut decoder).unwrap(), Vec::<Vec<u8>>::new());
    feed(&mut decoder, b"\xa5\"\n");
    assert_eq!(drain(&mut decoder).unwrap(), vec!["\"\u{65e5}\"".as_bytes().to_vec()]);
}

#[test]
fn peek_is_stable_while_more_arrives() {
    let mut decoder = Decoder::new(Mode::Json);
    feed(&mut decoder, b"1\n");
    assert_eq!(decoder.peek().unwrap(), Some(&b"1"[..]));
    let rest = vec![b' '; 3 * FIRST_CAPACITY];
    feed(&mut decoder, &rest);
    assert_eq!(decoder.peek().unwrap(), Some(&b"1"[..]));
    decoder.consume();
    feed(&mut decoder, b"2\n");
    assert_eq!(drain(&mut decoder).unwrap(), vec![[rest.as_slice(), b"2"].concat()]);
}

#[test]
fn a_long_line_is_refused_before_its_end() {
    let mut decoder = Decoder::with_limit(Mode::Json, 10);
    feed(&mut decoder, b"0123456789\n");
    assert_eq!(drain(&mut decoder).unwrap().len(), 1);
    feed(&mut decoder, b"01234567890");
    assert_eq!(decoder.peek(), Err(FrameError::TooLong { limit: 10 }));
    assert_eq!(decoder.peek(), Err(FrameError::TooLong { limit: 10 }));
}

#[test]
fn a_line_over_the_bound_is_refused_though_it_is_complete() {
    let mut decoder = Decoder::with_limit(Mode::Json, 4);
    feed(&mut decoder, b"12345\n1\n");
    assert_eq!(decoder.peek(), Err(FrameError::TooLong { limit: 4 }));
}

#[test]
fn a_lying_length_is_refused_without_memory() {
    let mut decoder = Decoder::new(Mode::Advanced);
    feed(&mut decoder, &[0xff, 0xff, 0xff, 0xff, VERSION_TAG]);
    assert_eq!(decoder.peek(), Err(FrameError::TooLong { limit: DEFAULT_LIMIT }));
    let mut decoder = Decoder::new(Mode::Advanced);
    feed(&mut decoder, &[0x10, 0, 0, 0, VERSION_TAG]);
    assert_eq!(decoder.peek(), Ok(None));
    assert!(decoder.buffer.len() <= FIRST_CAPACITY);
}

#[test]
fn a_payload_that_v8_never_writes_is_garbage() {
    for bytes in [&b"\0\0\0\0"[..], b"\0\0\0\x02", b"\0\0\0\x07{"] {
        let mut decoder = Decoder::new(Mode::Advanced);
        feed(&mut decoder, bytes);
        assert_eq!(decoder.peek(), Err(FrameError::Garbage));
    }
}

#[test]
fn memory_is_given_back_after_large_frames() {
    let mut decoder = Decoder::new(Mode::Json);
    let mut large = vec![b' '; 8 << 20];
    large.push(b'\n');
    feed(&mut decoder, &large);
    assert_eq!(drain(&mut decoder).unwrap().len(), 1);
    assert!(decoder.buffer.len() >= 8 << 20);
    for _ in 0..=QUIET_DRAINS + 1 {
        feed(&mut decoder, b"1\n");
        assert_eq!(drain(&mut decoder).unwrap().len(), 1);
    }
    assert!(decoder.buffer.len() <= KEPT_CAPACITY);
}

#[test]
fn a_frame_can_be_taken_back() {
    for mode in [Mode::Json, Mode::Advanced] {
        let mut out = b"before".to_vec();
        let open = begin(mode, &mut out);
        out.extend_from_slice(b"half");
        open.cancel(&mut out);
        assert_eq!(out, b"before");
    }
}

// A bounded, repeatable stand-in for the fuzz target: no input may panic or hold more than it was sent.
#[test]
fn random_bytes_never_panic() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for round in 0..2000 {
        let mode = if round % 2 == 0 { Mode::Json } else { Mode::Advanced };
        let mut decoder = Decoder::with_limit(mode, 1000);
        for _ in 0..20 {
            let length = (random() % 200) as usize;
            let bytes: Vec<u8> = (0..length)
                .map(|_| match random() % 6 {
                    0 => b'\n',
                    1 => 0,
                    2 => VERSION_TAG,
                    _ => (random() & 0xff) as u8,
                })
                .collect();
            feed(&mut decoder, &bytes);
            if drain(&mut decoder).is_err() {
                break;
            }
            assert!(decoder.buffered() <= 1000 + 200 + LENGTH_BYTES);
        }
    }
}

#[test]
fn reads_grow_while_they_take_all_the_room_there_is() {
    for size in [100, 5_000, 16_380, 40_000] {
        let payload = [&[VERSION_TAG, 15][..], &vec![7; size]].concat();
        let bytes = stream(Mode::Advanced, &vec![payload.clone(); 4 * MOST_AT_ONCE / size]);
        let mut decoder = Decoder::new(Mode::Advanced);
        let (mut rest, mut frames, mut largest) = (bytes.as_slice(), 0, 0);
        while !rest.is_empty() {
            let space = decoder.space();
            let count = space.len().min(rest.len());
            largest = largest.max(space.len());
            space[..count].copy_from_slice(&rest[..count]);
            decoder.filled(count);
            rest = &rest[count..];
            for frame in drain(&mut decoder).unwrap() {
                assert_eq!(frame, payload);
                frames += 1;
            }
        }
        assert_eq!(frames, 4 * MOST_AT_ONCE / size);
        assert!(largest > MOST_AT_ONCE / 2, "{size}: {largest}");
        assert!(decoder.buffer.len() <= MOST_AT_ONCE);
    }
}
