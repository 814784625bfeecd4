//! The object under a stream of `zlib`.

use std::cell::RefCell;

use deno_core::{GarbageCollected, op2, v8};
use deno_error::JsErrorBox;

use crate::stream::{self, Mode, Stream};

/// A stream, until it is closed.
pub struct ZlibHandle {
    stream: RefCell<Option<Stream>>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for ZlibHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"ZlibHandle"
    }
}

#[op2]
impl ZlibHandle {
    /// A stream of a mode of `zlib.constants`. Throws when zlib refuses its parameters, which the caller has checked.
    #[constructor]
    #[cppgc]
    fn new(
        mode: u32,
        level: i32,
        window_bits: i32,
        memory_level: i32,
        strategy: i32,
        #[buffer] dictionary: Option<&[u8]>,
    ) -> Result<ZlibHandle, JsErrorBox> {
        let mode = Mode::from_number(mode).ok_or_else(|| JsErrorBox::generic("Bad argument"))?;
        let dictionary = dictionary.unwrap_or_default().to_vec();
        let stream = Stream::new(mode, level, window_bits, memory_level, strategy, dictionary)
            .map_err(|_| JsErrorBox::generic("Initialization failed"))?;
        Ok(ZlibHandle {
            stream: RefCell::new(Some(stream)),
        })
    }

    /// Takes input and gives output; `left` gets the room left in the output and the input that was not taken. Returns zlib's code.
    #[fast]
    fn write(
        &self,
        flush: i32,
        #[buffer] input: &[u8],
        #[buffer] output: &mut [u8],
        #[buffer] left: &mut [u32],
    ) -> i32 {
        let mut stream = self.stream.borrow_mut();
        let (Some(stream), [output_left, input_left, ..]) = (&mut *stream, left) else {
            return STREAM_ERROR;
        };
        let progress = stream.write(flush, input, output);
        *output_left = u32::try_from(progress.output_left).unwrap_or(u32::MAX);
        *input_left = u32::try_from(progress.input_left).unwrap_or(u32::MAX);
        progress.code
    }

    /// zlib's words for what went wrong, or an empty text.
    #[string]
    fn message(&self) -> String {
        let stream = self.stream.borrow();
        stream.as_ref().and_then(Stream::message).unwrap_or_default()
    }

    /// Whether there is a dictionary.
    #[fast]
    fn has_dictionary(&self) -> bool {
        self.stream.borrow().as_ref().is_some_and(Stream::has_dictionary)
    }

    /// Back to the beginning; zlib's code.
    #[fast]
    fn reset(&self) -> i32 {
        self.stream.borrow_mut().as_mut().map_or(STREAM_ERROR, Stream::reset)
    }

    /// Another level and strategy; zlib's code.
    #[fast]
    fn params(&self, level: i32, strategy: i32) -> i32 {
        let mut stream = self.stream.borrow_mut();
        stream
            .as_mut()
            .map_or(STREAM_ERROR, |stream| stream.set_parameters(level, strategy))
    }

    /// Ends the stream and gives its memory back.
    #[fast]
    fn close(&self) {
        self.stream.borrow_mut().take();
    }
}

const STREAM_ERROR: i32 = -2;

/// The CRC-32 of `data`, going on from `value`.
#[op2(fast)]
pub fn op_zlib_crc32(#[buffer] data: &[u8], value: u32) -> u32 {
    stream::crc32(data, value)
}
