//! What the readers of heads and of chunks share: errors as Node's users know them, and which bytes may stand where.

/// Why a message is refused: Node's code and reason, and how far its parser had come when it saw it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ParseError {
    pub code: &'static str,
    pub reason: &'static str,
    /// Counted from the start of the buffer that the parser was given.
    pub offset: usize,
}

pub(crate) fn error<T>(code: &'static str, reason: &'static str, offset: usize) -> Result<T, ParseError> {
    Err(ParseError { code, reason, offset })
}

pub(crate) const METHOD: &str = "HPE_INVALID_METHOD";
pub(crate) const URL: &str = "HPE_INVALID_URL";
pub(crate) const CONSTANT: &str = "HPE_INVALID_CONSTANT";
pub(crate) const VERSION: &str = "HPE_INVALID_VERSION";
pub(crate) const STATUS: &str = "HPE_INVALID_STATUS";
pub(crate) const TOKEN: &str = "HPE_INVALID_HEADER_TOKEN";
pub(crate) const LENGTH: &str = "HPE_INVALID_CONTENT_LENGTH";
pub(crate) const CODING: &str = "HPE_INVALID_TRANSFER_ENCODING";
pub(crate) const STRICT: &str = "HPE_STRICT";

/// Bits of [`CLASS`]: the byte may stand in a header's name, in its value, in a target.
pub(crate) const IN_NAME: u8 = 1;
pub(crate) const IN_VALUE: u8 = 2;
pub(crate) const IN_TARGET: u8 = 4;
static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        if b.is_ascii_alphanumeric()
            || matches!(
                b,
                b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
            )
        {
            table[byte] |= IN_NAME;
        }
        if b == b'\t' || (b >= b' ' && b != 0x7f) {
            table[byte] |= IN_VALUE;
        }
        if b > b' ' && b < 0x7f {
            table[byte] |= IN_TARGET;
        }
        byte += 1;
    }
    table
}

pub(crate) fn is(byte: u8, class: u8) -> bool {
    CLASS[byte as usize] & class != 0
}
