//! Zstandard, on the crate `zstd-safe`.

use zstd_safe::zstd_sys::{ZSTD_EndDirective as Directive, ZSTD_strategy as Strategy};
use zstd_safe::{CCtx, CParameter, DCtx, DParameter, InBuffer, OutBuffer, ResetDirective};

use super::{Codec, Failure, Progress};

/// `(parameter, value)` pairs, with Zstandard's numbers.
pub(crate) type Parameters = Vec<(u32, i32)>;

const FLUSH: u32 = 1;
const END: u32 = 2;

// zlib's words for a stream that ends too early, which is what Node uses here too.
const Z_BUF_ERROR: i32 = -5;

fn refused() -> Failure {
    Failure::new("Setting parameter failed", "ERR_ZLIB_INITIALIZATION_FAILED", -1)
}

fn no_memory() -> Failure {
    Failure::new("Initialization failed", "ERR_ZLIB_INITIALIZATION_FAILED", -1)
}

/// What the library says of `code`, one of its results that are errors.
fn failure(code: usize) -> Failure {
    let number = 0usize.wrapping_sub(code) as i32;
    let name = match number {
        10 => "prefix_unknown",
        12 => "version_unsupported",
        14 => "frameParameter_unsupported",
        16 => "frameParameter_windowTooLarge",
        20 => "corruption_detected",
        22 => "checksum_wrong",
        24 => "literals_headerWrong",
        30 => "dictionary_corrupted",
        32 => "dictionary_wrong",
        34 => "dictionaryCreation_failed",
        40 => "parameter_unsupported",
        41 => "parameter_combination_unsupported",
        42 => "parameter_outOfBound",
        44 => "tableLog_tooLarge",
        46 => "maxSymbolValue_tooLarge",
        48 => "maxSymbolValue_tooSmall",
        50 => "stabilityCondition_notRespected",
        60 => "stage_wrong",
        62 => "init_missing",
        64 => "memory_allocation",
        66 => "workSpace_tooSmall",
        70 => "dstSize_tooSmall",
        72 => "srcSize_wrong",
        74 => "dstBuffer_null",
        80 => "noForwardProgress_destFull",
        82 => "noForwardProgress_inputEmpty",
        _ => "GENERIC",
    };
    Failure::new(zstd_safe::get_error_name(code), format!("ZSTD_error_{name}"), number)
}

fn strategy(number: i32) -> Option<Strategy> {
    Some(match number {
        1 => Strategy::ZSTD_fast,
        2 => Strategy::ZSTD_dfast,
        3 => Strategy::ZSTD_greedy,
        4 => Strategy::ZSTD_lazy,
        5 => Strategy::ZSTD_lazy2,
        6 => Strategy::ZSTD_btlazy2,
        7 => Strategy::ZSTD_btopt,
        8 => Strategy::ZSTD_btultra,
        9 => Strategy::ZSTD_btultra2,
        _ => return None,
    })
}

fn parameter(number: u32, value: i32) -> Option<CParameter> {
    use CParameter as P;
    let size = u32::try_from(value);
    let on = value != 0;
    Some(match number {
        100 => P::CompressionLevel(value),
        101 => P::WindowLog(size.ok()?),
        102 => P::HashLog(size.ok()?),
        103 => P::ChainLog(size.ok()?),
        104 => P::SearchLog(size.ok()?),
        105 => P::MinMatch(size.ok()?),
        106 => P::TargetLength(size.ok()?),
        107 => P::Strategy(strategy(value)?),
        160 => P::EnableLongDistanceMatching(on),
        161 => P::LdmHashLog(size.ok()?),
        162 => P::LdmMinMatch(size.ok()?),
        163 => P::LdmBucketSizeLog(size.ok()?),
        164 => P::LdmHashRateLog(size.ok()?),
        200 => P::ContentSizeFlag(on),
        201 => P::ChecksumFlag(on),
        202 => P::DictIdFlag(on),
        _ => return None,
    })
}

// How many threads, and how they share the work: the result does not depend on it, and there is always one here.
const THREADS: std::ops::RangeInclusive<u32> = 400..=402;

/// A compressor.
pub(crate) struct Encoder {
    context: CCtx<'static>,
    pledged: Option<u64>,
    started: bool,
    /// The frame is complete: without more input there is no other.
    ended: bool,
}

impl Encoder {
    /// `pledged`: how many bytes the input is going to have, if that is known.
    pub(crate) fn new(parameters: Parameters, pledged: Option<u64>, dictionary: &[u8]) -> Result<Encoder, Failure> {
        let mut context = CCtx::try_create().ok_or_else(no_memory)?;
        for (number, value) in parameters {
            if THREADS.contains(&number) {
                continue;
            }
            let parameter = parameter(number, value).ok_or_else(refused)?;
            context.set_parameter(parameter).map_err(|_| refused())?;
        }
        if !dictionary.is_empty() {
            context.load_dictionary(dictionary).map_err(failure)?;
        }
        if pledged.is_some() {
            context.set_pledged_src_size(pledged).map_err(failure)?;
        }
        Ok(Encoder {
            context,
            pledged,
            started: false,
            ended: false,
        })
    }
}

impl Codec for Encoder {
    fn process(&mut self, flush: u32, input: &[u8], output: &mut [u8]) -> Progress {
        let directive = match flush {
            FLUSH => Directive::ZSTD_e_flush,
            END => Directive::ZSTD_e_end,
            _ => Directive::ZSTD_e_continue,
        };
        let room = output.len();
        let mut from = InBuffer::around(input);
        let mut to = OutBuffer::around(output);
        let mut failed = None;
        // A frame that begins with its end takes its length from the input, whatever was pledged.
        if !self.started && self.pledged.is_some() {
            self.started = true;
            if let Err(code) = self
                .context
                .compress_stream2(&mut to, &mut from, Directive::ZSTD_e_continue)
            {
                failed = Some(failure(code));
            }
        }
        while failed.is_none() && !(self.ended && from.pos == input.len()) {
            self.ended = false;
            match self.context.compress_stream2(&mut to, &mut from, directive) {
                Ok(0) if from.pos == input.len() => {
                    self.ended = flush == END;
                    break;
                }
                Ok(_) if to.pos() == room => break,
                Ok(_) if flush != FLUSH && flush != END && from.pos == input.len() => break,
                Ok(_) => {}
                Err(code) => {
                    failed = Some(failure(code));
                    break;
                }
            }
        }
        Progress {
            consumed: from.pos,
            produced: to.pos(),
            failure: failed,
        }
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.started = false;
        self.ended = false;
        self.context.reset(ResetDirective::SessionOnly).map_err(failure)?;
        if self.pledged.is_some() {
            self.context.set_pledged_src_size(self.pledged).map_err(failure)?;
        }
        Ok(())
    }

    fn set_params(&mut self, _level: i32, _strategy: i32) -> Result<(), Failure> {
        Ok(())
    }
}

/// A decompressor.
pub(crate) struct Decoder {
    context: DCtx<'static>,
    /// The last byte taken was a frame's last one.
    between_frames: bool,
}

impl Decoder {
    pub(crate) fn new(parameters: Parameters, dictionary: &[u8]) -> Result<Decoder, Failure> {
        const WINDOW_LOG_MAX: u32 = 100;
        let mut context = DCtx::try_create().ok_or_else(no_memory)?;
        for (number, value) in parameters {
            let value = u32::try_from(value).ok().filter(|_| number == WINDOW_LOG_MAX);
            let parameter = DParameter::WindowLogMax(value.ok_or_else(refused)?);
            context.set_parameter(parameter).map_err(|_| refused())?;
        }
        if !dictionary.is_empty() {
            context.load_dictionary(dictionary).map_err(failure)?;
        }
        Ok(Decoder {
            context,
            between_frames: false,
        })
    }
}

/// Whether `rest`, which comes after a frame, may be the beginning of another one, or of one that is to be skipped.
fn begins_frame(rest: &[u8]) -> bool {
    const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
    const SKIPPED: [u8; 4] = [0x50, 0x2a, 0x4d, 0x18];
    let known = &rest[..rest.len().min(4)];
    let is_skipped = known.first().is_none_or(|first| first & 0xf0 == SKIPPED[0])
        && known
            .iter()
            .skip(1)
            .eq(SKIPPED[1..].iter().take(known.len().saturating_sub(1)));
    !known.is_empty() && (FRAME.starts_with(known) || is_skipped)
}

impl Codec for Decoder {
    fn process(&mut self, flush: u32, input: &[u8], output: &mut [u8]) -> Progress {
        let room = output.len();
        let mut from = InBuffer::around(input);
        let mut to = OutBuffer::around(output);
        let mut failed = None;
        while !self.between_frames || begins_frame(&input[from.pos..]) {
            match self.context.decompress_stream(&mut to, &mut from) {
                Ok(more) => self.between_frames = more == 0,
                Err(code) => {
                    failed = Some(failure(code));
                    break;
                }
            }
            if to.pos() == room || (from.pos == input.len() && !self.between_frames) {
                break;
            }
        }
        if failed.is_none() && flush == END && !self.between_frames && from.pos == input.len() && to.pos() < room {
            failed = Some(Failure::new("unexpected end of file", "Z_BUF_ERROR", Z_BUF_ERROR));
        }
        Progress {
            consumed: from.pos,
            produced: to.pos(),
            failure: failed,
        }
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.between_frames = false;
        self.context.reset(ResetDirective::SessionOnly).map_err(failure)?;
        Ok(())
    }

    fn set_params(&mut self, _level: i32, _strategy: i32) -> Result<(), Failure> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::begins_frame;

    #[test]
    fn what_follows_a_frame_is_another_one_or_nothing_of_ours() {
        assert!(begins_frame(&[0x28, 0xb5, 0x2f, 0xfd, 0]));
        assert!(begins_frame(&[0x28]));
        assert!(begins_frame(&[0x5f, 0x2a, 0x4d, 0x18]));
        assert!(begins_frame(&[0x50, 0x2a]));
        assert!(!begins_frame(&[]));
        assert!(!begins_frame(b"x"));
        assert!(!begins_frame(&[0x28, 0xb6]));
        assert!(!begins_frame(&[0x50, 0x2b, 0x4d, 0x18]));
    }
}
