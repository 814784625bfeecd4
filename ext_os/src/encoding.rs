//! The Encoding standard's decoders behind TextDecoder, and the encoder behind TextEncoder.

use std::cell::RefCell;

use deno_core::{GarbageCollected, op2, v8};
use encoding_rs::{Decoder, DecoderResult, Encoding};

use crate::buffer::memory::{any_bytes, bytes_mut};

/// The name, in lower case, of the encoding that `label` stands for; empty when there is none.
#[op2]
#[string]
pub fn op_os_encoding_name(#[string] label: &str) -> String {
    Encoding::for_label(label.as_bytes())
        .map(|encoding| encoding.name().to_ascii_lowercase())
        .unwrap_or_default()
}

// What a decoder answers instead of a string; js/internal/encoding.js knows the numbers.
const INVALID: i32 = 0;
const TOO_LONG: i32 = 1;

fn failure<'s>(scope: &mut v8::PinScope<'s, '_>, code: i32) -> v8::Local<'s, v8::Value> {
    v8::Integer::new(scope, code).into()
}

fn text<'s>(scope: &mut v8::PinScope<'s, '_>, utf8: &[u8]) -> v8::Local<'s, v8::Value> {
    if utf8.len() <= v8::String::MAX_LENGTH
        && let Some(string) = v8::String::new_from_utf8(scope, utf8, v8::NewStringType::Normal)
    {
        return string.into();
    }
    failure(scope, TOO_LONG)
}

/// All of `input` decoded from UTF-8. 0 when it is invalid and `fatal`; 1 when the text would be too long.
#[op2]
pub fn op_os_encoding_decode_utf8<'s>(
    scope: &mut v8::PinScope<'s, '_>,
    input: v8::Local<'s, v8::Value>,
    fatal: bool,
    ignore_bom: bool,
) -> v8::Local<'s, v8::Value> {
    let mut input = any_bytes(input).unwrap_or_default();
    if !ignore_bom {
        input = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    }
    if fatal && !input.is_ascii() && !v8::simdutf::validate_utf8(input) {
        return failure(scope, INVALID);
    }
    text(scope, input)
}

/// `source` as UTF-8 in `target`, as many whole characters as fit. Writes the UTF-16 code units read and the
/// bytes written to `counts`.
#[op2(fast)]
pub fn op_os_encoding_encode_into(
    scope: &mut v8::PinScope<'_, '_>,
    source: v8::Local<v8::Value>,
    target: v8::Local<v8::Value>,
    #[buffer] counts: &mut [u32],
) {
    let mut read = 0;
    let mut written = 0;
    if let (Ok(source), Some(target)) = (source.try_cast::<v8::String>(), bytes_mut(target)) {
        let flags = v8::WriteFlags::kReplaceInvalidUtf8;
        written = source.write_utf8_v2(scope, target, flags, Some(&mut read));
    }
    if let [read_out, written_out] = counts {
        // A string is shorter than 2^32, and what it becomes is not longer than three times that.
        *read_out = read as u32;
        *written_out = written as u32;
    }
}

/// A decoder that takes its input in pieces.
pub struct TextDecoderHandle {
    encoding: &'static Encoding,
    fatal: bool,
    ignore_bom: bool,
    // In the middle of a stream; a decoder does not outlive one.
    decoder: RefCell<Option<Decoder>>,
}

// SAFETY: the decoder holds no handles of V8's.
unsafe impl GarbageCollected for TextDecoderHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"TextDecoderHandle"
    }
}

impl TextDecoderHandle {
    fn start(&self) -> Decoder {
        if self.ignore_bom {
            self.encoding.new_decoder_without_bom_handling()
        } else {
            self.encoding.new_decoder_with_bom_removal()
        }
    }

    // `None` for invalid input to a fatal decoder.
    fn run(&self, decoder: &mut Decoder, input: &[u8], last: bool) -> Option<String> {
        let mut output = String::new();
        let mut rest = input;
        loop {
            let room = if self.fatal {
                decoder.max_utf8_buffer_length_without_replacement(rest.len())
            } else {
                decoder.max_utf8_buffer_length(rest.len())
            };
            output.reserve(room?);
            if self.fatal {
                let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut output, last);
                match result {
                    DecoderResult::InputEmpty => return Some(output),
                    DecoderResult::OutputFull => rest = &rest[read..],
                    DecoderResult::Malformed(..) => return None,
                }
            } else {
                let (result, read, _) = decoder.decode_to_string(rest, &mut output, last);
                match result {
                    encoding_rs::CoderResult::InputEmpty => return Some(output),
                    encoding_rs::CoderResult::OutputFull => rest = &rest[read..],
                }
            }
        }
    }
}

#[op2]
impl TextDecoderHandle {
    /// `label` is one that [`op_os_encoding_name`] knows.
    #[constructor]
    #[cppgc]
    fn new(#[string] label: &str, fatal: bool, ignore_bom: bool) -> TextDecoderHandle {
        TextDecoderHandle {
            encoding: Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8),
            fatal,
            ignore_bom,
            decoder: RefCell::new(None),
        }
    }

    /// The text of `input`. With `stream` more input follows, else this was the last of it. Returns 0 for
    /// invalid input to a fatal decoder, which starts anew then, and 1 for text that would be too long.
    fn decode<'s>(
        &self,
        scope: &mut v8::PinScope<'s, '_>,
        input: v8::Local<'s, v8::Value>,
        stream: bool,
    ) -> v8::Local<'s, v8::Value> {
        let mut decoder = self.decoder.borrow_mut().take().unwrap_or_else(|| self.start());
        let input = any_bytes(input).unwrap_or_default();
        let decoded = self.run(&mut decoder, input, !stream);
        if stream && decoded.is_some() {
            *self.decoder.borrow_mut() = Some(decoder);
        }
        match decoded {
            Some(decoded) => text(scope, decoded.as_bytes()),
            None => failure(scope, INVALID),
        }
    }
}
