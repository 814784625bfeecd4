//! DEFLATE on zlib-rs: the calls of zlib's C interface, with its numbers. All `unsafe` of compression is here.

use std::ffi::CStr;

use deno_core::{op2, v8};
use libz_rs_sys as z;

use super::{Codec, Failure, Progress};
use crate::buffer::memory::bytes;
use crate::buffer::text::{Encoding, with_encoded};

/// What a stream does; js/internal/zlib/constants.js has the same numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    Deflate,
    Inflate,
    Gzip,
    Gunzip,
    DeflateRaw,
    InflateRaw,
    /// gzip or zlib, whichever comes.
    Unzip,
}

impl Mode {
    /// The mode with that number, if it is one of these.
    pub(crate) fn from_number(number: u32) -> Option<Mode> {
        Some(match number {
            1 => Mode::Deflate,
            2 => Mode::Inflate,
            3 => Mode::Gzip,
            4 => Mode::Gunzip,
            5 => Mode::DeflateRaw,
            6 => Mode::InflateRaw,
            7 => Mode::Unzip,
            _ => return None,
        })
    }

    fn compresses(self) -> bool {
        matches!(self, Mode::Deflate | Mode::Gzip | Mode::DeflateRaw)
    }

    /// zlib tells the wrapping by the window's size.
    fn window(self, bits: i32) -> i32 {
        match self {
            Mode::Deflate | Mode::Inflate => bits,
            Mode::Gzip | Mode::Gunzip => bits + 16,
            Mode::DeflateRaw | Mode::InflateRaw => -bits,
            Mode::Unzip => bits + 32,
        }
    }
}

/// What a stream is made with; the fields are zlib's.
pub(crate) struct Settings {
    pub mode: Mode,
    pub window_bits: i32,
    pub level: i32,
    pub mem_level: i32,
    pub strategy: i32,
    pub dictionary: Vec<u8>,
}

/// A stream of zlib's. It does not move: zlib's state points back at it.
pub(crate) struct Deflate {
    stream: Box<z::z_stream>,
    settings: Settings,
    /// The first bytes of an [`Mode::Unzip`] stream, as far as they are needed to tell what it is.
    seen: usize,
    gzip: bool,
}

// SAFETY: the stream's memory is its own and goes with it; nothing of it belongs to a thread.
unsafe impl Send for Deflate {}

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

impl Deflate {
    pub(crate) fn new(settings: Settings) -> Result<Deflate, Failure> {
        let mut stream = Box::new(z::z_stream::default());
        let window = settings.mode.window(settings.window_bits);
        let size = size_of::<z::z_stream>() as i32;
        // SAFETY: a fresh stream, zlib's own version and the size of what `stream` points at; it is ended in `drop`.
        let status = unsafe {
            if settings.mode.compresses() {
                z::deflateInit2_(
                    &mut *stream,
                    settings.level,
                    z::Z_DEFLATED,
                    window,
                    settings.mem_level,
                    settings.strategy,
                    z::zlibVersion(),
                    size,
                )
            } else {
                z::inflateInit2_(&mut *stream, window, z::zlibVersion(), size)
            }
        };
        if status != z::Z_OK {
            return Err(failure(status, "Init error"));
        }
        let gzip = settings.mode == Mode::Gunzip;
        let mut made = Deflate {
            stream,
            settings,
            seen: 0,
            gzip,
        };
        made.set_dictionary()?;
        Ok(made)
    }

    /// For the modes that want it before the first byte.
    fn set_dictionary(&mut self) -> Result<(), Failure> {
        if self.settings.dictionary.is_empty() {
            return Ok(());
        }
        let status = match self.settings.mode {
            Mode::Deflate | Mode::DeflateRaw | Mode::InflateRaw => self.give_dictionary(),
            _ => z::Z_OK,
        };
        if status == z::Z_OK {
            Ok(())
        } else {
            Err(failure(status, "Failed to set dictionary"))
        }
    }

    fn give_dictionary(&mut self) -> i32 {
        let dictionary = &self.settings.dictionary;
        let (data, length) = (dictionary.as_ptr(), dictionary.len() as u32);
        // SAFETY: a live stream and `length` bytes at `data`.
        unsafe {
            if self.settings.mode.compresses() {
                z::deflateSetDictionary(&mut *self.stream, data, length)
            } else {
                z::inflateSetDictionary(&mut *self.stream, data, length)
            }
        }
    }

    fn step(&mut self, flush: u32) -> i32 {
        // SAFETY: a live stream whose `next_in` and `next_out` were set by `process` to memory that is valid for the lengths beside them.
        unsafe {
            if self.settings.mode.compresses() {
                z::deflate(&mut *self.stream, flush as i32)
            } else {
                z::inflate(&mut *self.stream, flush as i32)
            }
        }
    }

    fn inflate(&mut self, flush: u32, input: &[u8]) -> i32 {
        if self.settings.mode == Mode::Unzip && self.seen < GZIP_MAGIC.len() {
            for byte in input.iter().take(GZIP_MAGIC.len() - self.seen) {
                self.gzip = *byte == GZIP_MAGIC[self.seen] && (self.seen == 0 || self.gzip);
                self.seen += 1;
            }
        }
        let mut status = self.step(flush);
        if status == z::Z_NEED_DICT && !self.settings.dictionary.is_empty() {
            status = self.give_dictionary();
            if status == z::Z_OK {
                status = self.step(flush);
            } else if status == z::Z_DATA_ERROR {
                // The stream goes on wanting the right one.
                status = z::Z_NEED_DICT;
            }
        }
        // Members of one archive may follow each other; zeros behind the last are padding.
        while status == z::Z_STREAM_END && self.gzip && self.next_input(input).is_some_and(|byte| byte != 0) {
            // SAFETY: a live stream; its input and output stay set.
            status = unsafe { z::inflateReset(&mut *self.stream) };
            if status == z::Z_OK {
                status = self.step(flush);
            }
        }
        status
    }

    fn next_input(&self, input: &[u8]) -> Option<u8> {
        input.get(input.len() - self.stream.avail_in as usize).copied()
    }

    fn judge(&self, status: i32, flush: u32) -> Option<Failure> {
        match status {
            z::Z_STREAM_END => None,
            z::Z_OK | z::Z_BUF_ERROR => {
                // At the end all has to be out, unless there was no room for it.
                let ended = flush as i32 == z::Z_FINISH && self.stream.avail_out != 0;
                ended.then(|| failure(z::Z_BUF_ERROR, "unexpected end of file"))
            }
            z::Z_NEED_DICT if self.settings.dictionary.is_empty() => Some(failure(status, "Missing dictionary")),
            z::Z_NEED_DICT => Some(failure(status, "Bad dictionary")),
            _ => {
                let message = if self.stream.msg.is_null() {
                    "Zlib error".into()
                } else {
                    // SAFETY: zlib's messages are static strings with an end.
                    unsafe { CStr::from_ptr(self.stream.msg) }
                        .to_string_lossy()
                        .into_owned()
                };
                Some(Failure::new(message, name_of(status), status))
            }
        }
    }
}

impl Codec for Deflate {
    fn process(&mut self, flush: u32, input: &[u8], output: &mut [u8]) -> Progress {
        let input = &input[..input.len().min(u32::MAX as usize)];
        let room = output.len().min(u32::MAX as usize) as u32;
        self.stream.next_in = input.as_ptr();
        self.stream.avail_in = input.len() as u32;
        self.stream.next_out = output.as_mut_ptr();
        self.stream.avail_out = room;
        let status = if self.settings.mode.compresses() {
            self.step(flush)
        } else {
            self.inflate(flush, input)
        };
        let progress = Progress {
            consumed: input.len() - self.stream.avail_in as usize,
            produced: (room - self.stream.avail_out) as usize,
            failure: self.judge(status, flush),
        };
        // The memory is not zlib's any more.
        self.stream.next_in = std::ptr::null();
        self.stream.next_out = std::ptr::null_mut();
        progress
    }

    fn reset(&mut self) -> Result<(), Failure> {
        // SAFETY: a live stream.
        let status = unsafe {
            if self.settings.mode.compresses() {
                z::deflateReset(&mut *self.stream)
            } else {
                z::inflateReset(&mut *self.stream)
            }
        };
        if status != z::Z_OK {
            return Err(failure(status, "Failed to reset stream"));
        }
        self.seen = 0;
        self.gzip = self.settings.mode == Mode::Gunzip;
        self.set_dictionary()
    }

    fn set_params(&mut self, level: i32, strategy: i32) -> Result<(), Failure> {
        if !self.settings.mode.compresses() {
            return Ok(());
        }
        // What zlib would flush for it has no place to go here: the stream is flushed before.
        let mut none = [0u8; 0];
        self.stream.next_in = std::ptr::null();
        self.stream.avail_in = 0;
        self.stream.next_out = none.as_mut_ptr();
        self.stream.avail_out = 0;
        // SAFETY: a live stream without input and without room.
        let status = unsafe { z::deflateParams(&mut *self.stream, level, strategy) };
        if status == z::Z_OK || status == z::Z_BUF_ERROR {
            Ok(())
        } else {
            Err(failure(status, "Failed to set parameters"))
        }
    }
}

impl Drop for Deflate {
    fn drop(&mut self) {
        // SAFETY: a live stream, ended once.
        unsafe {
            if self.settings.mode.compresses() {
                z::deflateEnd(&mut *self.stream);
            } else {
                z::inflateEnd(&mut *self.stream);
            }
        }
    }
}

fn failure(status: i32, message: &'static str) -> Failure {
    Failure::new(message, name_of(status), status)
}

fn name_of(status: i32) -> &'static str {
    match status {
        z::Z_NEED_DICT => "Z_NEED_DICT",
        z::Z_ERRNO => "Z_ERRNO",
        z::Z_STREAM_ERROR => "Z_STREAM_ERROR",
        z::Z_DATA_ERROR => "Z_DATA_ERROR",
        z::Z_MEM_ERROR => "Z_MEM_ERROR",
        z::Z_BUF_ERROR => "Z_BUF_ERROR",
        z::Z_VERSION_ERROR => "Z_VERSION_ERROR",
        _ => "Z_ERROR",
    }
}

/// The CRC-32 of a string's UTF-8 or of a view's bytes, continued from `start`.
#[op2(fast)]
pub(crate) fn op_os_zlib_crc32(isolate: &mut v8::Isolate, data: v8::Local<v8::Value>, start: u32) -> u32 {
    let crc = |data: &[u8]| {
        // SAFETY: `data.len()` bytes at `data`.
        unsafe { z::crc32_z(start.into(), data.as_ptr(), data.len()) as u32 }
    };
    match bytes(data) {
        Some(data) => crc(data),
        None => with_encoded(isolate, data, Encoding::Utf8, crc),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codec(mode: Mode) -> Deflate {
        Deflate::new(Settings {
            mode,
            window_bits: 15,
            level: 6,
            mem_level: 8,
            strategy: 0,
            dictionary: Vec::new(),
        })
        .unwrap()
    }

    fn all(codec: &mut Deflate, input: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut out = vec![0; 1 << 16];
        let progress = codec.process(z::Z_FINISH as u32, input, &mut out);
        out.truncate(progress.produced);
        progress.failure.map_or(Ok(out), Err)
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        for (pack, unpack) in [
            (Mode::Deflate, Mode::Inflate),
            (Mode::Gzip, Mode::Gunzip),
            (Mode::DeflateRaw, Mode::InflateRaw),
            (Mode::Gzip, Mode::Unzip),
            (Mode::Deflate, Mode::Unzip),
        ] {
            let packed = all(&mut codec(pack), b"to be or not to be").unwrap();
            assert_eq!(all(&mut codec(unpack), &packed).unwrap(), b"to be or not to be");
        }
    }

    #[test]
    fn members_follow_each_other_and_padding_is_passed_over() {
        let mut archive = all(&mut codec(Mode::Gzip), b"one").unwrap();
        archive.extend(all(&mut codec(Mode::Gzip), b" two").unwrap());
        archive.extend([0; 10]);
        assert_eq!(all(&mut codec(Mode::Gunzip), &archive).unwrap(), b"one two");
    }

    #[test]
    fn garbage_and_truncation_are_told() {
        let error = all(&mut codec(Mode::Gunzip), b"garbage").unwrap_err();
        assert_eq!(
            (error.code.as_ref(), error.message.as_ref()),
            ("Z_DATA_ERROR", "incorrect header check")
        );
        let packed = all(&mut codec(Mode::Gzip), b"one").unwrap();
        let error = all(&mut codec(Mode::Gunzip), &packed[..packed.len() - 4]).unwrap_err();
        assert_eq!(error.message, "unexpected end of file");
    }
}
