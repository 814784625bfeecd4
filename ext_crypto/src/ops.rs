//! The ops that need no object.

use deno_core::op2;

use crate::algorithms;

/// The names of the hash algorithms, separated by commas.
#[op2]
#[string]
pub fn op_crypto_hash_names() -> String {
    algorithms::NAMES.join(",")
}

/// Fills `key` from a password by PBKDF2; false when there is no such algorithm.
#[op2(fast)]
pub fn op_crypto_pbkdf2(
    #[string] name: &str,
    #[buffer] password: &[u8],
    #[buffer] salt: &[u8],
    iterations: u32,
    #[buffer] key: &mut [u8],
) -> bool {
    algorithms::pbkdf2(name, password, salt, iterations, key)
}

/// Fills `bytes` from the system's random source; 0 or a negative errno.
#[op2(fast)]
pub fn op_crypto_random_fill(#[buffer] bytes: &mut [u8]) -> i32 {
    let mut rest = bytes;
    while !rest.is_empty() {
        // SAFETY: the pointer and length are those of `rest`.
        let filled = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        match usize::try_from(filled) {
            Ok(filled) => rest = &mut rest[filled..],
            Err(_) => {
                let error = std::io::Error::last_os_error();
                if error.kind() != std::io::ErrorKind::Interrupted {
                    return -error.raw_os_error().unwrap_or(libc::EIO);
                }
            }
        }
    }
    0
}

/// Whether two texts of one length are the same, in a time that does not say where they differ.
#[op2(fast)]
pub fn op_crypto_equal(#[buffer] a: &[u8], #[buffer] b: &[u8]) -> bool {
    let mut difference = u8::from(a.len() != b.len());
    for (a, b) in a.iter().zip(b) {
        difference = std::hint::black_box(difference | (a ^ b));
    }
    difference == 0
}
