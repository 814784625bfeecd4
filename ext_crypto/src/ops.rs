//! The ops that need no object.

use deno_core::op2;

use crate::algorithms;
use crate::job::{CryptoJob, Outcome};

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

/// The same as work for another thread. There must be such an algorithm.
#[op2]
#[cppgc]
pub fn op_crypto_pbkdf2_job(
    #[string] name: &str,
    #[buffer] password: &[u8],
    #[buffer] salt: &[u8],
    iterations: u32,
    length: u32,
) -> CryptoJob {
    let (name, password, salt) = (name.to_string(), password.to_vec(), salt.to_vec());
    CryptoJob::new(move || {
        let mut key = vec![0; length as usize];
        algorithms::pbkdf2(&name, &password, &salt, iterations, &mut key);
        Ok(Outcome::Bytes(key))
    })
}

/// Fills `bytes` from the system's random source; 0 or a negative errno.
#[op2(fast)]
pub fn op_crypto_random_fill(#[buffer] bytes: &mut [u8]) -> i32 {
    crate::random::fill_errno(bytes)
}

/// Whether two texts of one length are the same, in a time that does not say where they differ.
#[op2(fast)]
pub fn op_crypto_equal(#[buffer] a: &[u8], #[buffer] b: &[u8]) -> bool {
    subtle::ConstantTimeEq::ct_eq(a, b).into()
}
