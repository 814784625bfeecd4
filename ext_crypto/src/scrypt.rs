//! scrypt.

use deno_core::op2;

/// Fills `key` from a password; false when the numbers do not fit together.
#[op2(fast)]
pub fn op_crypto_scrypt(
    #[buffer] password: &[u8],
    #[buffer] salt: &[u8],
    cost: u32,
    block_size: u32,
    parallelization: u32,
    #[buffer] key: &mut [u8],
) -> bool {
    let Some(log_cost) = cost.checked_ilog2().and_then(|log| u8::try_from(log).ok()) else {
        return false;
    };
    let Ok(parameters) = scrypt::Params::new(log_cost, block_size, parallelization) else {
        return false;
    };
    // Without a byte to fill there is nothing to do.
    key.is_empty() || scrypt::scrypt(password, salt, &parameters, key).is_ok()
}
