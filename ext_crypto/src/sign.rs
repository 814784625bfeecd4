//! Signatures: RSASSA-PKCS1-v1_5, RSASSA-PSS, ECDSA and Ed25519.

use deno_core::op2;
use ed25519_dalek::Signer;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::traits::PublicKeyParts;

use crate::algorithms::{Algorithm, with_digest};
use crate::error::{CryptoError, Result};
use crate::fast::{self, Padding};
use crate::job::{CryptoJob, Outcome};
use crate::key::Key;
use crate::key_handle::KeyHandle;

/// OpenSSL's numbers, which `crypto.constants` has.
const PKCS1: i32 = 1;
const PSS: i32 = 6;
const SALT_OF_DIGEST: i32 = -1;
/// The longest when signing, any when verifying.
const SALT_AUTO: i32 = -2;
/// Not one of OpenSSL's: nobody has said anything.
const SALT_DEFAULT: i32 = -4;

/// How a signature is made.
struct Scheme {
    algorithm: Option<Algorithm>,
    /// 0: what is usual for the key.
    padding: i32,
    /// In bytes, or one of OpenSSL's negative numbers.
    salt: i32,
    /// ECDSA's numbers one after the other, not in DER.
    plain: bool,
}

fn bad_padding() -> CryptoError {
    CryptoError::new(
        "ERR_OSSL_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE",
        "error:1C8000A5:Provider routines::illegal or unsupported padding mode",
    )
}

fn failed<E>(_: E) -> CryptoError {
    CryptoError::new("ERR_CRYPTO_OPERATION_FAILED", "Operation failed")
}

impl Scheme {
    fn algorithm(&self) -> Result<Algorithm> {
        self.algorithm.ok_or_else(CryptoError::no_digest)
    }

    fn is_pss(&self, key: &Key) -> Result<bool> {
        match self.padding {
            0 => Ok(key.pss().only),
            PKCS1 if !key.pss().only => Ok(false),
            PSS => Ok(true),
            _ => Err(bad_padding()),
        }
    }

    /// The padding where it is one that fast.rs has.
    fn usual_padding(&self, key: &Key) -> Option<Padding> {
        match self.padding {
            _ if key.pss().only => None,
            0 | PKCS1 => Some(Padding::Pkcs1),
            PSS if self.salt == SALT_OF_DIGEST => Some(Padding::Pss),
            PSS if self
                .algorithm
                .is_some_and(|a| usize::try_from(self.salt) == Ok(a.output_size())) =>
            {
                Some(Padding::Pss)
            }
            _ => None,
        }
    }

    fn digest_for_pss(&self, key: &Key) -> Result<Algorithm> {
        let algorithm = self.algorithm()?;
        match key.pss().limits {
            Some(limits) if limits.hash != algorithm || limits.mask_hash != algorithm => Err(CryptoError::new(
                "ERR_OSSL_DIGEST_NOT_ALLOWED",
                "error:1C8000AE:Provider routines::digest not allowed",
            )),
            _ => Ok(algorithm),
        }
    }
}

/// The longest salt that there is room for.
fn longest_salt(bits: u32, algorithm: Algorithm) -> Result<usize> {
    let room = (bits as usize - 1).div_ceil(8);
    room.checked_sub(algorithm.output_size() + 2).ok_or_else(|| {
        CryptoError::new(
            "ERR_OSSL_RSA_DIGEST_TOO_BIG_FOR_RSA_KEY",
            "error:0200007A:rsa routines::digest too big for rsa key",
        )
    })
}

fn sign(key: &Key, scheme: &Scheme, hash: &[u8]) -> Result<Vec<u8>> {
    match key {
        Key::RsaPrivate(rsa, pss) => {
            let mut rng = crate::random::rng()?;
            if !scheme.is_pss(key)? {
                let algorithm = scheme.algorithm()?;
                let padding = with_digest!(algorithm, D => Pkcs1v15Sign::new::<D>());
                return rsa.sign_with_rng(&mut rng, padding, hash).map_err(failed);
            }
            let algorithm = scheme.digest_for_pss(key)?;
            let longest = longest_salt(rsa.n().bits_vartime(), algorithm)?;
            let salt = match scheme.salt {
                SALT_OF_DIGEST => algorithm.output_size(),
                SALT_DEFAULT if pss.limits.is_some() => usize::from(pss.limits.map_or(0, |limits| limits.salt_length)),
                SALT_AUTO | SALT_DEFAULT => longest,
                salt => usize::try_from(salt).map_err(failed)?,
            };
            let least = pss.limits.map_or(0, |limits| usize::from(limits.salt_length));
            if salt < least {
                return Err(CryptoError::new(
                    "ERR_OSSL_PSS_SALTLEN_TOO_SMALL",
                    "error:1C8000AC:Provider routines::pss saltlen too small",
                ));
            }
            if salt > longest {
                return Err(CryptoError::new(
                    "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE",
                    "error:0200006E:rsa routines::data too large for key size",
                ));
            }
            with_digest!(algorithm, D => {
                rsa.sign_with_rng(&mut rng, rsa::Pss::<D>::new_with_salt(salt), hash).map_err(failed)
            })
        }
        Key::EcPrivate(curve, scalar, _) => {
            scheme.algorithm()?;
            curve.sign(scalar, hash, scheme.plain)
        }
        Key::Ed25519Private(key) => Ok(key.sign(hash).to_bytes().to_vec()),
        _ => Err(CryptoError::wrong_kind()),
    }
}

fn verify(key: &Key, scheme: &Scheme, hash: &[u8], signature: &[u8]) -> Result<bool> {
    let public = key.public();
    match &public {
        Key::RsaPublic(rsa, _) => {
            if !scheme.is_pss(key)? {
                let algorithm = scheme.algorithm()?;
                let padding = with_digest!(algorithm, D => Pkcs1v15Sign::new::<D>());
                return Ok(rsa.verify(padding, hash, signature).is_ok());
            }
            let algorithm = scheme.digest_for_pss(key)?;
            let salt = match scheme.salt {
                SALT_OF_DIGEST => Some(algorithm.output_size()),
                SALT_AUTO | SALT_DEFAULT => None,
                salt => Some(usize::try_from(salt).map_err(failed)?),
            };
            with_digest!(algorithm, D => {
                let padding = rsa::Pss::<D> { blinded: false, digest: D::default(), salt_len: salt };
                Ok(rsa.verify(padding, hash, signature).is_ok())
            })
        }
        Key::EcPublic(curve, point) => {
            scheme.algorithm()?;
            Ok(curve.verify(point, hash, signature, scheme.plain))
        }
        Key::Ed25519Public(key) => {
            let signature = ed25519_dalek::Signature::from_slice(signature);
            Ok(signature.is_ok_and(|signature| key.verify_strict(hash, &signature).is_ok()))
        }
        _ => Err(CryptoError::wrong_kind()),
    }
}

/// A signature, or with `signature` the question whether that is one. `digest` is a hash's name or '' for none; `data` is the hash
/// itself where `hashed` says so.
#[op2]
#[cppgc]
#[allow(clippy::too_many_arguments, reason = "an op's arguments are plain values")]
pub(crate) fn op_crypto_sign_job(
    #[cppgc] handle: &KeyHandle,
    #[string] digest: &str,
    #[buffer] data: &[u8],
    hashed: bool,
    padding: i32,
    salt: i32,
    plain: bool,
    #[buffer] signature: Option<&[u8]>,
) -> Result<CryptoJob> {
    let algorithm = match digest {
        "" => None,
        name => Some(Algorithm::named(name).ok_or_else(CryptoError::no_digest)?),
    };
    let key = handle.key.clone();
    let whole = matches!(*key, Key::Ed25519Private(_) | Key::Ed25519Public(_));
    if whole && algorithm.is_some() {
        return Err(CryptoError::new(
            "ERR_OSSL_INVALID_DIGEST",
            "error:1C80007A:Provider routines::invalid digest",
        ));
    }
    let scheme = Scheme {
        algorithm,
        padding,
        salt,
        plain,
    };
    let data = data.to_vec();
    let signature = signature.map(<[u8]>::to_vec);
    let fast = handle.fast.clone();
    Ok(CryptoJob::new(move || {
        let Some(algorithm) = scheme.algorithm.filter(|_| !hashed) else {
            return finish(&key, &scheme, &data, signature.as_deref());
        };
        let padding = scheme.usual_padding(&key);
        let done = match &signature {
            Some(given) => {
                fast::verify(&key.public(), algorithm, padding, scheme.plain, &data, given).map(Outcome::Flag)
            }
            None => fast
                .sign(&key, algorithm, padding, scheme.plain, &data)
                .map(Outcome::Bytes),
        };
        match done {
            Some(done) => Ok(done),
            None => finish(&key, &scheme, &algorithm.digest(&data), signature.as_deref()),
        }
    }))
}

fn finish(key: &Key, scheme: &Scheme, hash: &[u8], signature: Option<&[u8]>) -> Result<Outcome> {
    match signature {
        Some(signature) => verify(key, scheme, hash, signature).map(Outcome::Flag),
        None => sign(key, scheme, hash).map(Outcome::Bytes),
    }
}
