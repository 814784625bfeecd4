//! Brotli, on the crate `brotli`.

use brotli::enc::StandardAlloc;
use brotli::enc::encode::{
    BrotliEncoderOperation as Operation, BrotliEncoderParameter as Parameter, BrotliEncoderStateStruct,
};
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState};

use super::{Codec, Failure, Progress};

// zlib's words for a stream that ends too early, which is what Node uses here too.
const Z_BUF_ERROR: i32 = -5;

/// `(parameter, value)` pairs, with Brotli's numbers.
pub(crate) type Parameters = Vec<(u32, u32)>;

fn operation(number: u32) -> Operation {
    match number {
        1 => Operation::BROTLI_OPERATION_FLUSH,
        2 => Operation::BROTLI_OPERATION_FINISH,
        3 => Operation::BROTLI_OPERATION_EMIT_METADATA,
        _ => Operation::BROTLI_OPERATION_PROCESS,
    }
}

const FINISH: u32 = 2;

/// A compressor.
pub(crate) struct Encoder {
    state: BrotliEncoderStateStruct<StandardAlloc>,
    parameters: Parameters,
}

impl Encoder {
    pub(crate) fn new(parameters: Parameters) -> Result<Encoder, Failure> {
        Ok(Encoder {
            state: Self::state(&parameters)?,
            parameters,
        })
    }

    fn state(parameters: &Parameters) -> Result<BrotliEncoderStateStruct<StandardAlloc>, Failure> {
        let mut state = BrotliEncoderStateStruct::new(StandardAlloc::default());
        for &(number, value) in parameters {
            let parameter = match number {
                0 => Parameter::BROTLI_PARAM_MODE,
                1 => Parameter::BROTLI_PARAM_QUALITY,
                2 => Parameter::BROTLI_PARAM_LGWIN,
                3 => Parameter::BROTLI_PARAM_LGBLOCK,
                4 => Parameter::BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING,
                5 => Parameter::BROTLI_PARAM_SIZE_HINT,
                6 => Parameter::BROTLI_PARAM_LARGE_WINDOW,
                // Postfix bits and direct codes: hints that the crate chooses by itself.
                7 | 8 => continue,
                _ => return Err(refused()),
            };
            if !state.set_parameter(parameter, value) {
                return Err(refused());
            }
        }
        Ok(state)
    }
}

fn refused() -> Failure {
    Failure::new("Setting parameter failed", "ERR_BROTLI_PARAM_SET_FAILED", -1)
}

impl Codec for Encoder {
    fn process(&mut self, flush: u32, input: &[u8], output: &mut [u8]) -> Progress {
        let (mut left, mut consumed) = (input.len(), 0);
        let (mut room, mut produced) = (output.len(), 0);
        let done = self.state.compress_stream(
            operation(flush),
            &mut left,
            input,
            &mut consumed,
            &mut room,
            output,
            &mut produced,
            &mut None,
            &mut |_, _, _, _| (),
        );
        Progress {
            consumed,
            produced,
            failure: (!done).then(|| Failure::new("Compression failed", "ERR_BROTLI_COMPRESSION_FAILED", -1)),
        }
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.state = Self::state(&self.parameters)?;
        Ok(())
    }

    fn set_params(&mut self, _level: i32, _strategy: i32) -> Result<(), Failure> {
        Ok(())
    }
}

type State = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

/// A decompressor.
pub(crate) struct Decoder {
    state: Box<State>,
    large_window: bool,
}

impl Decoder {
    pub(crate) fn new(parameters: Parameters) -> Decoder {
        let large_window = parameters.contains(&(1, 1));
        Decoder {
            state: Self::state(large_window),
            large_window,
        }
    }

    fn state(large_window: bool) -> Box<State> {
        let alloc = StandardAlloc::default;
        let mut state = Box::new(BrotliState::new(alloc(), alloc(), alloc()));
        state.large_window = large_window;
        state
    }
}

impl Codec for Decoder {
    fn process(&mut self, flush: u32, input: &[u8], output: &mut [u8]) -> Progress {
        let (mut left, mut consumed) = (input.len(), 0);
        let (mut room, mut produced) = (output.len(), 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut consumed,
            input,
            &mut room,
            &mut produced,
            output,
            &mut 0,
            &mut self.state,
        );
        let failure = match result {
            BrotliResult::ResultFailure => {
                let name = format!("{:?}", self.state.error_code);
                let code = format!("ERR_{}", name.strip_prefix("BROTLI_DECODER").unwrap_or(&name));
                Some(Failure::new("Decompression failed", code, self.state.error_code as i32))
            }
            BrotliResult::NeedsMoreInput if flush == FINISH => {
                Some(Failure::new("unexpected end of file", "Z_BUF_ERROR", Z_BUF_ERROR))
            }
            _ => None,
        };
        Progress {
            consumed,
            produced,
            failure,
        }
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.state = Self::state(self.large_window);
        Ok(())
    }

    fn set_params(&mut self, _level: i32, _strategy: i32) -> Result<(), Failure> {
        Ok(())
    }
}
