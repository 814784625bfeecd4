//! Compression: DEFLATE in its three wrappings (`deflate.rs`, on zlib-rs), Brotli (`brotli.rs`) and Zstandard (`zstd.rs`), a piece at a time, on the loop's
//! thread or the pool's.
//!
//! js/internal/zlib has the streams; what is here knows of no stream, only of memory that is read and memory that is filled.

mod brotli;
mod deflate;
mod handle;
mod zstd;

use std::borrow::Cow;

pub(crate) use deflate::op_os_zlib_crc32;
pub(crate) use handle::ZlibHandle;

/// Why a piece could not be processed, in the words that the error is to have.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// The error's message.
    pub message: Cow<'static, str>,
    /// The error's `code`.
    pub code: Cow<'static, str>,
    /// The error's `errno`: the library's own number.
    pub errno: i32,
}

impl Failure {
    fn new(message: impl Into<Cow<'static, str>>, code: impl Into<Cow<'static, str>>, errno: i32) -> Failure {
        Failure {
            message: message.into(),
            code: code.into(),
            errno,
        }
    }
}

/// How far one call came.
pub(crate) struct Progress {
    /// Bytes taken from the input.
    pub consumed: usize,
    /// Bytes written to the output.
    pub produced: usize,
    /// What went wrong after them.
    pub failure: Option<Failure>,
}

/// One compressor or decompressor.
pub(crate) trait Codec: Send {
    /// Takes from `input` and fills `output` as far as either reaches. `flush` is the format's own number for how much has to come out.
    fn process(&mut self, flush: u32, input: &[u8], output: &mut [u8]) -> Progress;

    /// Starts anew with the same settings.
    fn reset(&mut self) -> Result<(), Failure>;

    /// Changes a compressor's level and strategy from here on.
    fn set_params(&mut self, level: i32, strategy: i32) -> Result<(), Failure>;
}
