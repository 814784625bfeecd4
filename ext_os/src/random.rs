//! Random names from the system's own source.

use deno_core::op2;

/// A version 4 UUID.
#[op2]
#[string]
pub fn op_os_random_uuid() -> String {
    let mut bytes = [0u8; 16];
    // SAFETY: the pointer and length are those of `bytes`.
    let filled = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
    debug_assert_eq!(filled, 16, "so few bytes are never interrupted or refused");
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    text
}
