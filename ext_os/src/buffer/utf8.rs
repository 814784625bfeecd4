//! Strings' code units to UTF-8, whole characters only and U+FFFD for half of a surrogate pair. No V8 but its simdutf.

use deno_core::v8::simdutf;

// Fewer code units than this are not worth a call into simdutf.
const WORTH_A_CALL: usize = 16;

const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// Writes Latin-1 `units` to `output`, as many as fit. Returns the bytes written.
pub(crate) fn from_latin1(mut units: &[u8], output: &mut [u8]) -> usize {
    if units.len() <= output.len() && units.is_ascii() {
        output[..units.len()].copy_from_slice(units);
        return units.len();
    }
    let mut written = 0;
    loop {
        // simdutf wants room for the worst case, which is two bytes a unit.
        let count = units.len().min((output.len() - written) / 2);
        if count < WORTH_A_CALL {
            break;
        }
        let (now, later) = units.split_at(count);
        // SAFETY: there is room for twice as many bytes as there are units.
        written += unsafe { simdutf::convert_latin1_to_utf8(now, &mut output[written..]) };
        units = later;
    }
    for unit in units {
        let encoded = [0xc0 | unit >> 6, 0x80 | unit & 0x3f];
        let encoded = if unit.is_ascii() {
            std::slice::from_ref(unit)
        } else {
            &encoded[..]
        };
        let Some(room) = output.get_mut(written..written + encoded.len()) else {
            break;
        };
        room.copy_from_slice(encoded);
        written += encoded.len();
    }
    written
}

fn is_lead(unit: u16) -> bool {
    unit & 0xfc00 == 0xd800
}

/// Writes UTF-16 `units` to `output`, as many characters as fit. Returns the bytes written.
pub(crate) fn from_utf16(mut units: &[u16], output: &mut [u8]) -> usize {
    let mut written = 0;
    loop {
        // simdutf wants room for the worst case, which is three bytes a unit.
        let mut count = units.len().min((output.len() - written) / 3);
        if count < WORTH_A_CALL {
            break;
        }
        if is_lead(units[count - 1]) {
            count -= 1;
        }
        let room = &mut output[written..];
        // SAFETY: there is room for three times as many bytes as there are units.
        let result = unsafe { simdutf::convert_utf16le_to_utf8_with_errors(&units[..count], room) };
        if result.is_ok() {
            written += result.count;
            units = &units[count..];
            continue;
        }
        // What stands before the half pair again, this time to learn how long it became.
        let (valid, rest) = units.split_at(result.count);
        // SAFETY: as above, and `valid` has been found valid.
        written += unsafe { simdutf::convert_valid_utf16le_to_utf8(valid, room) };
        output[written..written + REPLACEMENT.len()].copy_from_slice(REPLACEMENT);
        written += REPLACEMENT.len();
        units = &rest[1..];
    }
    let mut encoded = [0; 4];
    for character in char::decode_utf16(units.iter().copied()) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        let encoded = character.encode_utf8(&mut encoded).as_bytes();
        let Some(room) = output.get_mut(written..written + encoded.len()) else {
            break;
        };
        room.copy_from_slice(encoded);
        written += encoded.len();
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected(units: &[u16], room: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for c in char::decode_utf16(units.iter().copied()) {
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            if bytes.len() + c.len_utf8() > room {
                break;
            }
            bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        bytes
    }

    #[test]
    fn every_room_holds_whole_characters() {
        let text = "abcdé€日😀".repeat(20);
        let mut units: Vec<u16> = text.encode_utf16().collect();
        units.insert(50, 0xd800);
        units.insert(51, 0xd800);
        units.insert(90, 0xdc00);
        units.push(0xd800);
        for room in 0..500 {
            let mut output = vec![0; room];
            let written = from_utf16(&units, &mut output);
            assert_eq!(output[..written], expected(&units, room), "in {room} bytes");
        }
    }

    #[test]
    fn latin1_fits_or_is_cut() {
        let units: Vec<u8> = (0..200).map(|i| (i * 7 % 256) as u8).collect();
        let wide: Vec<u16> = units.iter().map(|unit| u16::from(*unit)).collect();
        for room in 0..420 {
            let mut output = vec![0; room];
            let written = from_latin1(&units, &mut output);
            assert_eq!(output[..written], expected(&wide, room), "in {room} bytes");
        }
        let mut output = [0; 3];
        assert_eq!(from_latin1(b"abc", &mut output), 3);
    }
}
