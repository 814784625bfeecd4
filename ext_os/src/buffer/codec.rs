//! Text to bytes and back in the encodings that V8 does not know: base64 and hex. Values in, values out; no V8.

use deno_core::v8::simdutf;
use deno_core::v8::simdutf::{Base64Options, LastChunkHandling};

const HEX_DIGITS: &[u8; 16] = b"0123456789abcdef";

// Without a table, so that the compiler makes many at a time.
fn hex_digit(nibble: u8) -> u8 {
    nibble + if nibble < 10 { b'0' } else { b'a' - 10 }
}

const INVALID: u8 = 0xff;

const fn hex_values() -> [u8; 256] {
    let mut table = [INVALID; 256];
    let mut i = 0;
    while i < 16 {
        table[HEX_DIGITS[i] as usize] = i as u8;
        table[HEX_DIGITS[i].to_ascii_uppercase() as usize] = i as u8;
        i += 1;
    }
    table
}

static HEX_VALUES: [u8; 256] = hex_values();

const fn base64_values() -> [u8; 256] {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [INVALID; 256];
    let mut i = 0;
    while i < 64 {
        table[digits[i] as usize] = i as u8;
        i += 1;
    }
    // The digits of the URL-safe alphabet; both are accepted everywhere.
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table
}

static BASE64_VALUES: [u8; 256] = base64_values();

/// Writes `input` as lower-case hex digits, two a byte. `output` holds twice as many bytes as `input`.
pub(crate) fn encode_hex(input: &[u8], output: &mut [u8]) {
    for (pair, byte) in output.as_chunks_mut::<2>().0.iter_mut().zip(input) {
        *pair = [hex_digit(byte >> 4), hex_digit(byte & 15)];
    }
}

/// Reads pairs of hex digits until one is not, or `output` is full. Returns the bytes written.
pub(crate) fn decode_hex(input: &[u8], output: &mut [u8]) -> usize {
    let mut written = 0;
    for (byte, pair) in output.iter_mut().zip(input.chunks_exact(2)) {
        let high = HEX_VALUES[pair[0] as usize];
        let low = HEX_VALUES[pair[1] as usize];
        if (high | low) & 0xf0 != 0 {
            break;
        }
        *byte = high << 4 | low;
        written += 1;
    }
    written
}

fn encode_options(url: bool) -> Base64Options {
    if url {
        Base64Options::Url
    } else {
        Base64Options::Default
    }
}

/// The digits and padding that `length` bytes become in base64.
pub(crate) fn base64_length(length: usize, url: bool) -> usize {
    simdutf::base64_length_from_binary(length, encode_options(url))
}

/// Writes `input` to `output` in base64: with padding, or URL-safe and without. `output` has the length that
/// [`base64_length`] tells. Returns the bytes written.
pub(crate) fn encode_base64(input: &[u8], url: bool, output: &mut [u8]) -> usize {
    assert!(output.len() >= base64_length(input.len(), url));
    // SAFETY: `output` is long enough.
    unsafe { simdutf::binary_to_base64(input, output, encode_options(url)) }
}

/// Why [`decode_base64_forgiving`] refuses.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ForgivingError {
    /// A character that is neither a digit, nor white space, nor padding at the end.
    Character,
    /// Digits or padding that do not make up whole bytes.
    Length,
}

/// Decodes by the rules of the web's `atob`.
pub(crate) fn decode_base64_forgiving(input: &[u8]) -> Result<Vec<u8>, ForgivingError> {
    let mut output = vec![0; simdutf::maximal_binary_length_from_base64(input)];
    // SAFETY: `output` has the length that was asked for.
    let result =
        unsafe { simdutf::base64_to_binary(input, &mut output, Base64Options::Default, LastChunkHandling::Loose) };
    match result.error {
        simdutf::ErrorCode::Success => {
            output.truncate(result.count);
            Ok(output)
        }
        simdutf::ErrorCode::InvalidBase64Character => Err(ForgivingError::Character),
        _ => Err(ForgivingError::Length),
    }
}

/// Decodes as Buffer does: either alphabet, no padding needed, the first `=` ends it, and everything else that
/// is not a digit is skipped.
/// Returns the bytes written to `output`, which may be too short for all of them.
pub(crate) fn decode_base64_lenient(input: &[u8], output: &mut [u8], url: bool) -> usize {
    // simdutf wants room for the worst case, and takes one alphabet at a time.
    if input.len() >= 32 && simdutf::maximal_binary_length_from_base64(input) <= output.len() {
        // SAFETY: `output` has the length that simdutf asks for.
        let result = unsafe { simdutf::base64_to_binary(input, output, encode_options(url), LastChunkHandling::Loose) };
        if result.is_ok() {
            return result.count;
        }
    }
    decode_base64_slowly(input, output)
}

fn decode_base64_slowly(input: &[u8], output: &mut [u8]) -> usize {
    let mut written = 0;
    let mut bits = 0u32;
    let mut pending = 0;
    let mut at = 0;
    while at < input.len() && written < output.len() {
        // Whole groups of four digits, which is nearly all there is.
        if pending == 0
            && let (Some(group), Some(room)) = (input.get(at..at + 4), output.get_mut(written..written + 3))
        {
            let digits = [group[0], group[1], group[2], group[3]].map(|c| BASE64_VALUES[c as usize]);
            if digits.iter().all(|d| *d != INVALID) {
                let word = digits.iter().fold(0u32, |word, d| word << 6 | u32::from(*d));
                room.copy_from_slice(&word.to_be_bytes()[1..]);
                written += 3;
                at += 4;
                continue;
            }
        }
        let digit = BASE64_VALUES[input[at] as usize];
        at += 1;
        if digit == INVALID {
            if input[at - 1] == b'=' {
                break;
            }
            continue;
        }
        bits = bits << 6 | u32::from(digit);
        pending += 6;
        if pending >= 8 {
            pending -= 8;
            output[written] = (bits >> pending) as u8;
            written += 1;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_stops_at_what_is_not_a_digit() {
        let mut out = [0; 8];
        assert_eq!(decode_hex(b"00fFzz12", &mut out), 2);
        assert_eq!(out[..2], [0, 255]);
        assert_eq!(decode_hex(b"abc", &mut out), 1);
        let all: Vec<u8> = (0..=255).collect();
        let mut text = vec![0; 512];
        encode_hex(&all, &mut text);
        let mut back = vec![0; 256];
        assert_eq!(decode_hex(&text.to_ascii_uppercase(), &mut back), 256);
        assert_eq!(back, all);
        for wrong in 0..text.len() {
            let mut text = text.clone();
            text[wrong] = b"/:@G`g\x80\xff"[wrong % 8];
            assert_eq!(decode_hex(&text, &mut back), wrong / 2);
        }
        let mut text = [0; 4];
        encode_hex(&[0, 0xaf], &mut text);
        assert_eq!(&text, b"00af");
    }

    #[test]
    fn base64_skips_what_is_not_a_digit() {
        let mut out = [0; 8];
        let n = decode_base64_slowly(b"aG\nVs bG8=", &mut out);
        assert_eq!(&out[..n], b"hello");
        let n = decode_base64_slowly(b"YQ==YQ==", &mut out);
        assert_eq!(&out[..n], b"a");
        let n = decode_base64_slowly(b"_-__", &mut out);
        assert_eq!(&out[..n], [0xff, 0xef, 0xff]);
    }

    #[test]
    fn base64_fills_a_short_output() {
        let mut out = [0; 1];
        assert_eq!(decode_base64_lenient(b"aaaaaa", &mut out, false), 1);
    }

    #[test]
    fn forgiving_base64_tells_its_errors_apart() {
        assert_eq!(decode_base64_forgiving(b" YQ = = ").unwrap(), b"a");
        assert_eq!(decode_base64_forgiving(b"a"), Err(ForgivingError::Length));
        assert_eq!(decode_base64_forgiving(b"a*"), Err(ForgivingError::Character));
    }
}
