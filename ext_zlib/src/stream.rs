//! One zlib stream. All `unsafe` of the crate is here: zlib's interface is C's.

use std::ffi::{CStr, c_int};

use libz_rs_sys as z;

/// The first byte of a gzip file, and of no text in zlib's format.
const GZIP_MAGIC: u8 = 0x1f;

/// What a stream does; the numbers are those of `zlib.constants`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Compresses to zlib's format.
    Deflate,
    /// Reads zlib's format.
    Inflate,
    /// Compresses to a gzip file.
    Gzip,
    /// Reads gzip files, one behind the other.
    Gunzip,
    /// Compresses without head and checksum.
    DeflateRaw,
    /// Reads that.
    InflateRaw,
    /// Reads gzip's or zlib's format, whichever it is.
    Unzip,
}

impl Mode {
    /// By its number.
    pub fn from_number(number: u32) -> Option<Mode> {
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

    /// zlib's way to be told the format.
    fn window_bits(self, bits: i32) -> i32 {
        match self {
            Mode::Deflate | Mode::Inflate => bits,
            Mode::Gzip | Mode::Gunzip => bits + 16,
            Mode::DeflateRaw | Mode::InflateRaw => -bits,
            Mode::Unzip => bits + 32,
        }
    }
}

/// What a write has left, and how it went.
#[derive(Debug)]
pub struct Progress {
    /// zlib's code.
    pub code: i32,
    /// Bytes of the input that were not taken.
    pub input_left: usize,
    /// Bytes of the output that were not filled.
    pub output_left: usize,
}

/// A stream of either direction.
pub struct Stream {
    // zlib's state points back at it.
    raw: Box<z::z_stream>,
    mode: Mode,
    dictionary: Vec<u8>,
    /// Of `Unzip`: whether the text began as a gzip file does.
    is_gzip: Option<bool>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the stream was initialised in `new` for this direction, and ends once.
        unsafe {
            if self.mode.compresses() {
                z::deflateEnd(&mut *self.raw);
            } else {
                z::inflateEnd(&mut *self.raw);
            }
        }
    }
}

impl Stream {
    /// A new stream.
    ///
    /// # Errors
    /// zlib's code: a parameter is out of range, or there is no memory.
    pub fn new(
        mode: Mode,
        level: i32,
        window_bits: i32,
        memory_level: i32,
        strategy: i32,
        dictionary: Vec<u8>,
    ) -> Result<Stream, i32> {
        let mut raw = Box::new(z::z_stream::default());
        let bits = mode.window_bits(window_bits);
        let size = std::mem::size_of::<z::z_stream>() as c_int;
        // SAFETY: `raw` is a stream without a state, the version and size are this library's own.
        let code = unsafe {
            let version = z::zlibVersion();
            if mode.compresses() {
                z::deflateInit2_(
                    &mut *raw,
                    level,
                    z::Z_DEFLATED,
                    bits,
                    memory_level,
                    strategy,
                    version,
                    size,
                )
            } else {
                z::inflateInit2_(&mut *raw, bits, version, size)
            }
        };
        if code != z::Z_OK {
            return Err(code);
        }
        let mut stream = Stream {
            raw,
            mode,
            dictionary,
            is_gzip: None,
        };
        match stream.set_first_dictionary() {
            z::Z_OK => Ok(stream),
            code => Err(code),
        }
    }

    /// A compressor, and a reader of raw text, have their dictionary from the beginning; other readers when the text asks for it.
    fn set_first_dictionary(&mut self) -> i32 {
        if self.dictionary.is_empty() {
            return z::Z_OK;
        }
        let (bytes, length) = (self.dictionary.as_ptr(), self.dictionary.len() as u32);
        // SAFETY: an initialised stream of this direction; pointer and length are those of the dictionary.
        unsafe {
            match self.mode {
                Mode::Deflate | Mode::DeflateRaw => z::deflateSetDictionary(&mut *self.raw, bytes, length),
                Mode::InflateRaw => z::inflateSetDictionary(&mut *self.raw, bytes, length),
                _ => z::Z_OK,
            }
        }
    }

    /// Whether the stream was given a dictionary.
    pub fn has_dictionary(&self) -> bool {
        !self.dictionary.is_empty()
    }

    /// zlib's own words for what went wrong last.
    pub fn message(&self) -> Option<String> {
        if self.raw.msg.is_null() {
            return None;
        }
        // SAFETY: zlib's messages are static texts.
        let text = unsafe { CStr::from_ptr(self.raw.msg) };
        Some(text.to_string_lossy().into_owned())
    }

    /// Takes input and gives output, as much as fits.
    pub fn write(&mut self, flush: i32, input: &[u8], output: &mut [u8]) -> Progress {
        self.raw.next_in = input.as_ptr().cast_mut().cast();
        self.raw.avail_in = u32::try_from(input.len()).unwrap_or(u32::MAX);
        self.raw.next_out = output.as_mut_ptr().cast();
        self.raw.avail_out = u32::try_from(output.len()).unwrap_or(u32::MAX);
        let given = self.raw.avail_in as usize;
        let room = self.raw.avail_out as usize;
        let code = if self.mode.compresses() {
            // SAFETY: an initialised compressor; its input and output outlive the call.
            unsafe { z::deflate(&mut *self.raw, flush) }
        } else {
            self.read(flush, input)
        };
        let progress = Progress {
            code,
            input_left: input.len() - given + self.raw.avail_in as usize,
            output_left: output.len() - room + self.raw.avail_out as usize,
        };
        // Nothing of the caller's is pointed at after this.
        self.raw.next_in = std::ptr::null_mut();
        self.raw.next_out = std::ptr::null_mut();
        progress
    }

    fn reads_gzip(&mut self, input: &[u8]) -> bool {
        match self.mode {
            Mode::Gunzip => true,
            Mode::Unzip => {
                if self.is_gzip.is_none() {
                    self.is_gzip = input.first().map(|first| *first == GZIP_MAGIC);
                }
                self.is_gzip == Some(true)
            }
            _ => false,
        }
    }

    fn read(&mut self, flush: i32, input: &[u8]) -> i32 {
        let is_gzip = self.reads_gzip(input);
        // SAFETY: an initialised reader; its input and output outlive the calls, and so does the dictionary.
        unsafe {
            let mut code = z::inflate(&mut *self.raw, flush);
            if code == z::Z_NEED_DICT && self.has_dictionary() {
                code = z::inflateSetDictionary(&mut *self.raw, self.dictionary.as_ptr(), self.dictionary.len() as u32);
                if code == z::Z_OK {
                    code = z::inflate(&mut *self.raw, flush);
                } else if code == z::Z_DATA_ERROR {
                    // The text was made with another dictionary.
                    code = z::Z_NEED_DICT;
                }
            }
            // Another gzip file may follow; zeros are a tape's padding.
            while code == z::Z_STREAM_END && is_gzip && self.raw.avail_in > 0 && *self.raw.next_in != 0 {
                code = z::inflateReset(&mut *self.raw);
                if code == z::Z_OK {
                    code = z::inflate(&mut *self.raw, flush);
                }
            }
            code
        }
    }

    /// Back to the beginning, with the same parameters.
    pub fn reset(&mut self) -> i32 {
        // SAFETY: an initialised stream of this direction.
        let code = unsafe {
            if self.mode.compresses() {
                z::deflateReset(&mut *self.raw)
            } else {
                z::inflateReset(&mut *self.raw)
            }
        };
        self.is_gzip = None;
        if code == z::Z_OK {
            self.set_first_dictionary()
        } else {
            code
        }
    }

    /// Another level and strategy from here on; readers have none.
    pub fn set_parameters(&mut self, level: i32, strategy: i32) -> i32 {
        if !self.mode.compresses() {
            return z::Z_OK;
        }
        // What is pending may have to be written first, and there is no room for it: the caller flushes before.
        let mut byte = [0u8; 64];
        self.raw.next_out = byte.as_mut_ptr().cast();
        self.raw.avail_out = 0;
        // SAFETY: an initialised compressor without input or room for output.
        let code = unsafe { z::deflateParams(&mut *self.raw, level, strategy) };
        self.raw.next_out = std::ptr::null_mut();
        // Nothing was pending but an empty block.
        if code == z::Z_BUF_ERROR { z::Z_OK } else { code }
    }
}

/// The CRC-32 of `data`, going on from `value`.
pub fn crc32(data: &[u8], value: u32) -> u32 {
    let mut sum = value;
    for part in data.chunks(u32::MAX as usize) {
        // SAFETY: the pointer and length are those of `part`.
        sum = unsafe { z::crc32(sum.into(), part.as_ptr(), part.len() as u32) } as u32;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINISH: i32 = z::Z_FINISH;

    fn run(stream: &mut Stream, input: &[u8]) -> (Vec<u8>, i32) {
        let mut out = vec![0; 4096];
        let progress = stream.write(FINISH, input, &mut out);
        out.truncate(4096 - progress.output_left);
        (out, progress.code)
    }

    fn stream(mode: Mode, dictionary: &[u8]) -> Stream {
        Stream::new(mode, 6, 15, 8, 0, dictionary.to_vec()).expect("valid parameters")
    }

    #[test]
    fn there_and_back() {
        for (to, from) in [
            (Mode::Deflate, Mode::Inflate),
            (Mode::Gzip, Mode::Gunzip),
            (Mode::DeflateRaw, Mode::InflateRaw),
            (Mode::Gzip, Mode::Unzip),
            (Mode::Deflate, Mode::Unzip),
        ] {
            let (packed, code) = run(&mut stream(to, b""), b"abcabcabc");
            assert_eq!(code, z::Z_STREAM_END);
            assert_eq!(
                run(&mut stream(from, b""), &packed),
                (b"abcabcabc".to_vec(), z::Z_STREAM_END)
            );
        }
    }

    #[test]
    fn gzip_files_one_behind_the_other() {
        let (mut packed, _) = run(&mut stream(Mode::Gzip, b""), b"one ");
        packed.extend(run(&mut stream(Mode::Gzip, b""), b"two").0);
        packed.push(0);
        assert_eq!(run(&mut stream(Mode::Gunzip, b""), &packed).0, b"one two");
    }

    #[test]
    fn dictionaries() {
        let (packed, _) = run(&mut stream(Mode::Deflate, b"hello"), b"hello hello");
        assert_eq!(run(&mut stream(Mode::Inflate, b"hello"), &packed).0, b"hello hello");
        assert_eq!(run(&mut stream(Mode::Inflate, b""), &packed).1, z::Z_NEED_DICT);
        assert_eq!(run(&mut stream(Mode::Inflate, b"other"), &packed).1, z::Z_NEED_DICT);
    }

    #[test]
    fn nonsense_is_an_error_with_words() {
        let mut reader = stream(Mode::Inflate, b"");
        assert_eq!(run(&mut reader, b"not packed at all").1, z::Z_DATA_ERROR);
        assert_eq!(reader.message().as_deref(), Some("incorrect header check"));
    }
}
