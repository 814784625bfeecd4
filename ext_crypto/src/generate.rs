//! New key pairs, and the secret that two pairs share.

use std::sync::Arc;

use deno_core::op2;
use rsa::{BoxedUint, RsaPrivateKey};
use zeroize::Zeroizing;

use crate::algorithms::Algorithm;
use crate::curves::Curve;
use crate::error::{CryptoError, Result};
use crate::job::{CryptoJob, Outcome};
use crate::key::{Key, Pss, PssLimits};
use crate::key_handle::KeyHandle;

fn failed<E>(_: E) -> CryptoError {
    CryptoError::new("ERR_CRYPTO_OPERATION_FAILED", "Key generation job failed")
}

fn pair(private: Key) -> Outcome {
    Outcome::Pair(Arc::new(private.public()), Arc::new(private))
}

/// A pair of 'ec' (with a curve), 'ed25519' or 'x25519'.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_generate_job(#[string] kind: &str, #[string] curve: &str) -> Result<CryptoJob> {
    if kind == "ec" {
        let curve =
            Curve::named(curve).ok_or_else(|| CryptoError::new("ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name"))?;
        return Ok(CryptoJob::new(move || {
            Key::ec_private(curve, &curve.generate()?)
                .map(pair)
                .ok_or_else(|| failed(()))
        }));
    }
    let kind = kind.to_string();
    Ok(CryptoJob::new(move || {
        let mut bytes = Zeroizing::new([0; 32]);
        crate::random::fill(&mut *bytes)?;
        Key::raw_private(&kind, &*bytes)
            .map(pair)
            .ok_or_else(CryptoError::wrong_kind)
    }))
}

/// A pair of RSA. With `pss` one for RSASSA-PSS, which a hash's name and a salt's length of 0 or more limit.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_generate_rsa_job(
    bits: u32,
    exponent: u32,
    pss: bool,
    #[string] hash: &str,
    #[string] mask_hash: &str,
    salt_length: i32,
) -> Result<CryptoJob> {
    let mut kind = Pss {
        only: pss,
        limits: None,
    };
    if pss && !hash.is_empty() {
        let hash = Algorithm::named(hash).ok_or_else(CryptoError::no_digest)?;
        let mask_hash = if mask_hash.is_empty() {
            Some(hash)
        } else {
            Algorithm::named(mask_hash)
        };
        kind.limits = Some(PssLimits {
            hash,
            mask_hash: mask_hash.ok_or_else(CryptoError::no_digest)?,
            salt_length: u8::try_from(salt_length).unwrap_or(hash.output_size() as u8),
        });
    }
    Ok(CryptoJob::new(move || {
        let mut rng = crate::random::rng()?;
        // Programs may want keys that are too short to be safe.
        let key = RsaPrivateKey::new_with_exp_unchecked(&mut rng, bits as usize, BoxedUint::from(exponent))
            .map_err(failed)?;
        Ok(pair(Key::RsaPrivate(Box::new(key), kind)))
    }))
}

fn agree(private: &Key, public: &Key) -> Result<Vec<u8>> {
    match (private, public) {
        (Key::EcPrivate(curve, scalar, _), Key::EcPublic(other, point) | Key::EcPrivate(other, _, point)) => {
            if curve != other {
                return Err(CryptoError::new(
                    "ERR_OSSL_MISMATCHING_DOMAIN_PARAMETERS",
                    "error:1C8000CB:Provider routines::mismatching domain parameters",
                ));
            }
            curve.agree(scalar, point)
        }
        (Key::X25519Private(own), Key::X25519Public(theirs)) => {
            let shared = own.diffie_hellman(theirs);
            if !shared.was_contributory() {
                return Err(CryptoError::new(
                    "ERR_OSSL_FAILED_DURING_DERIVATION",
                    "error:1C80010D:Provider routines::failed during derivation",
                ));
            }
            Ok(shared.as_bytes().to_vec())
        }
        _ => Err(CryptoError::wrong_kind()),
    }
}

/// Diffie-Hellman on a curve.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_agree_job(#[cppgc] private: &KeyHandle, #[cppgc] public: &KeyHandle) -> CryptoJob {
    let (private, public) = (private.key.clone(), Arc::new(public.key.public()));
    CryptoJob::new(move || agree(&private, &public).map(Outcome::Bytes))
}
