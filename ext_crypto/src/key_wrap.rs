//! AES Key Wrap (RFC 3394) for the web's keys.

use aes::cipher::KeyInit;
use aes_kw::{KwAes128, KwAes192, KwAes256};
use deno_core::op2;

use crate::error::{CryptoError, Result};
use crate::job::{CryptoJob, Outcome};

fn failed<E>(_: E) -> CryptoError {
    CryptoError::new("ERR_CRYPTO_OPERATION_FAILED", "Operation failed")
}

fn wrap(key: &[u8], data: &[u8]) -> Result<Vec<u8>> {
    let mut out = vec![0; data.len() + 8];
    let done = match key.len() {
        16 => KwAes128::new_from_slice(key).map_err(failed)?.wrap_key(data, &mut out),
        24 => KwAes192::new_from_slice(key).map_err(failed)?.wrap_key(data, &mut out),
        _ => KwAes256::new_from_slice(key).map_err(failed)?.wrap_key(data, &mut out),
    };
    Ok(done.map_err(failed)?.to_vec())
}

fn unwrap(key: &[u8], data: &[u8]) -> Result<Vec<u8>> {
    let mut out = vec![0; data.len()];
    let done = match key.len() {
        16 => KwAes128::new_from_slice(key)
            .map_err(failed)?
            .unwrap_key(data, &mut out),
        24 => KwAes192::new_from_slice(key)
            .map_err(failed)?
            .unwrap_key(data, &mut out),
        _ => KwAes256::new_from_slice(key)
            .map_err(failed)?
            .unwrap_key(data, &mut out),
    };
    Ok(done.map_err(failed)?.to_vec())
}

/// A key under another key, or out of it.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_key_wrap_job(#[buffer] key: &[u8], #[buffer] data: &[u8], wraps: bool) -> CryptoJob {
    let (key, data) = (key.to_vec(), data.to_vec());
    let work = if wraps { wrap } else { unwrap };
    CryptoJob::new(move || work(&key, &data).map(Outcome::Bytes))
}
