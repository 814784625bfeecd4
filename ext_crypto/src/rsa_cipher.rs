//! RSA for encryption: OAEP and PKCS#1 v1.5, no padding, and the older use of signing without a hash.

use deno_core::op2;
use rsa::pkcs1v15::Pkcs1v15Sign;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Oaep, Pkcs1v15Encrypt, RsaPrivateKey, RsaPublicKey, hazmat};

use crate::algorithms::{Algorithm, with_digest};
use crate::error::{CryptoError, Result};
use crate::job::{CryptoJob, Outcome};
use crate::key::Key;
use crate::key_handle::KeyHandle;

/// OpenSSL's numbers, which `crypto.constants` has.
const PKCS1: i32 = 1;
const NONE: i32 = 3;
const OAEP: i32 = 4;

fn illegal_padding() -> CryptoError {
    CryptoError::new(
        "ERR_OSSL_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE",
        "error:1C8000A5:Provider routines::illegal or unsupported padding mode",
    )
}

fn error_of(error: rsa::Error, padding: i32) -> CryptoError {
    match (error, padding) {
        (rsa::Error::MessageTooLong, _) => CryptoError::new(
            "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE",
            "error:0200006E:rsa routines::data too large for key size",
        ),
        (_, OAEP) => CryptoError::new(
            "ERR_OSSL_RSA_OAEP_DECODING_ERROR",
            "error:02000079:rsa routines::oaep decoding error",
        ),
        _ => CryptoError::new(
            "ERR_OSSL_RSA_DATA_GREATER_THAN_MOD_LEN",
            "error:0200006C:rsa routines::data greater than mod len",
        ),
    }
}

struct Padding {
    number: i32,
    hash: Algorithm,
    label: Box<[u8]>,
}

fn encrypt(key: &Key, padding: &Padding, data: &[u8]) -> Result<Vec<u8>> {
    let mut rng = crate::random::rng()?;
    let Key::RsaPublic(rsa, _) = key.public() else {
        return Err(CryptoError::wrong_kind());
    };
    let done = match padding.number {
        NONE => return raw_encrypt(&rsa, data),
        PKCS1 => rsa.encrypt(&mut rng, Pkcs1v15Encrypt, data),
        OAEP => with_digest!(padding.hash, D => {
            rsa.encrypt(&mut rng, Oaep::<D>::new_with_label(padding.label.clone()), data)
        }),
        _ => return Err(illegal_padding()),
    };
    done.map_err(|error| error_of(error, 0))
}

fn decrypt(key: &Key, padding: &Padding, data: &[u8]) -> Result<Vec<u8>> {
    let mut rng = crate::random::rng()?;
    let Key::RsaPrivate(rsa, _) = key else {
        return Err(CryptoError::wrong_kind());
    };
    if data.len() > rsa.size() {
        return Err(CryptoError::new(
            "ERR_OSSL_RSA_DATA_GREATER_THAN_MOD_LEN",
            "error:0200006C:rsa routines::data greater than mod len",
        ));
    }
    let done = match padding.number {
        NONE => return raw_decrypt(rsa, data),
        PKCS1 => rsa.decrypt_blinded(&mut rng, Pkcs1v15Encrypt, data),
        OAEP => with_digest!(padding.hash, D => {
            rsa.decrypt_blinded(&mut rng, Oaep::<D>::new_with_label(padding.label.clone()), data)
        }),
        _ => return Err(illegal_padding()),
    };
    done.map_err(|error| error_of(error, padding.number))
}

fn number(rsa: &impl PublicKeyParts, data: &[u8]) -> Result<BoxedUint> {
    if data.len() < rsa.size() {
        return Err(CryptoError::new(
            "ERR_OSSL_RSA_DATA_TOO_SMALL_FOR_KEY_SIZE",
            "error:0200007A:rsa routines::data too small for key size",
        ));
    }
    let number = BoxedUint::from_be_slice(data, rsa.n_bits_precision()).ok();
    let number = number.filter(|number| number < rsa.n().as_ref() && data.len() == rsa.size());
    number.ok_or_else(|| {
        CryptoError::new(
            "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_MODULUS",
            "error:02000084:rsa routines::data too large for modulus",
        )
    })
}

/// A number in as many bytes as the modulus has.
fn digits(number: &BoxedUint, length: usize) -> Vec<u8> {
    let digits = number.to_be_bytes();
    digits[digits.len().saturating_sub(length)..].to_vec()
}

/// What a signature of this kind was made of. Nothing of it is secret.
fn recover_plain(key: &Key, padding: &Padding, data: &[u8]) -> Result<Vec<u8>> {
    let Key::RsaPublic(rsa, _) = key.public() else {
        return Err(CryptoError::wrong_kind());
    };
    let bytes = raw_encrypt(&rsa, data)?;
    match padding.number {
        NONE => Ok(bytes),
        PKCS1 => {
            let text = bytes.strip_prefix(&[0, 1]).and_then(|rest| {
                let filled = rest.iter().take_while(|byte| **byte == 0xff).count();
                rest[filled..].strip_prefix(&[0]).filter(|_| filled >= 8)
            });
            text.map(<[u8]>::to_vec).ok_or_else(|| {
                CryptoError::new(
                    "ERR_OSSL_RSA_PADDING_CHECK_FAILED",
                    "error:02000072:rsa routines::padding check failed",
                )
            })
        }
        _ => Err(illegal_padding()),
    }
}

fn raw_encrypt(rsa: &RsaPublicKey, data: &[u8]) -> Result<Vec<u8>> {
    let done = hazmat::rsa_encrypt(rsa, &number(rsa, data)?);
    Ok(digits(&done.map_err(|error| error_of(error, 0))?, rsa.size()))
}

fn raw_decrypt(rsa: &RsaPrivateKey, data: &[u8]) -> Result<Vec<u8>> {
    let done = hazmat::rsa_decrypt_and_check(rsa, Some(&mut crate::random::rng()?), &number(rsa, data)?);
    Ok(digits(&done.map_err(|error| error_of(error, 0))?, rsa.size()))
}

/// A signature of the data itself.
fn sign_plain(key: &Key, padding: &Padding, data: &[u8]) -> Result<Vec<u8>> {
    let Key::RsaPrivate(rsa, _) = key else {
        return Err(CryptoError::wrong_kind());
    };
    match padding.number {
        PKCS1 => {}
        NONE => return raw_decrypt(rsa, data),
        _ => return Err(illegal_padding()),
    }
    let done = rsa.sign_with_rng(&mut crate::random::rng()?, Pkcs1v15Sign::new_unprefixed(), data);
    done.map_err(|error| error_of(error, 0))
}

/// One of 'publicEncrypt', 'privateDecrypt', 'privateEncrypt' and 'publicDecrypt'. Hash and label are OAEP's.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_rsa_job(
    #[string] what: &str,
    #[cppgc] handle: &KeyHandle,
    padding: i32,
    #[string] hash: &str,
    #[buffer] label: &[u8],
    #[buffer] data: &[u8],
) -> Result<CryptoJob> {
    let work = match what {
        "publicEncrypt" => encrypt,
        "privateDecrypt" => decrypt,
        "publicDecrypt" => recover_plain,
        _ => sign_plain,
    };
    let hash = Algorithm::named(hash).ok_or_else(CryptoError::no_digest)?;
    let padding = Padding {
        number: padding,
        hash,
        label: label.into(),
    };
    let (key, data) = (handle.key.clone(), data.to_vec());
    Ok(CryptoJob::new(move || work(&key, &padding, &data).map(Outcome::Bytes)))
}
