//! scrypt.

use deno_core::op2;

use crate::job::{CryptoJob, Outcome};

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
    derive(password, salt, cost, block_size, parallelization, key)
}

fn derive(password: &[u8], salt: &[u8], cost: u32, block_size: u32, parallelization: u32, key: &mut [u8]) -> bool {
    let Some(log_cost) = cost.checked_ilog2().and_then(|log| u8::try_from(log).ok()) else {
        return false;
    };
    let Ok(parameters) = scrypt::Params::new(log_cost, block_size, parallelization) else {
        return false;
    };
    // Without a byte to fill there is nothing to do.
    key.is_empty() || scrypt::scrypt(password, salt, &parameters, key).is_ok()
}

/// The same as work for another thread. The numbers must fit together.
#[op2]
#[cppgc]
pub fn op_crypto_scrypt_job(
    #[buffer] password: &[u8],
    #[buffer] salt: &[u8],
    cost: u32,
    block_size: u32,
    parallelization: u32,
    length: u32,
) -> CryptoJob {
    let (password, salt) = (password.to_vec(), salt.to_vec());
    CryptoJob::new(move || {
        let mut key = vec![0; length as usize];
        derive(&password, &salt, cost, block_size, parallelization, &mut key);
        Ok(Outcome::Bytes(key))
    })
}
