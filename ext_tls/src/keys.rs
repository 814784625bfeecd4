//! Private keys: PEM or DER, plain or encrypted, as rustls wants them.

use aes::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::Pkcs7};
use md5::{Digest, Md5};
use rustls::pki_types::PrivateKeyDer;

use crate::der::{self, Der};
use crate::error::TlsError;
use crate::pem;

/// The first private key of `bytes`.
pub(crate) fn private_key(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<PrivateKeyDer<'static>, TlsError> {
    if bytes.first() == Some(&der::SEQUENCE) {
        return from_der(bytes.to_vec(), passphrase);
    }
    let (blocks, broken) = pem::blocks(bytes);
    for block in blocks {
        let plain = match &block.dek_info {
            Some(info) => decrypt_legacy(info, &block.bytes, passphrase)?,
            None => block.bytes,
        };
        match block.label.as_str() {
            "RSA PRIVATE KEY" => return Ok(PrivateKeyDer::Pkcs1(plain.into())),
            "EC PRIVATE KEY" => return Ok(PrivateKeyDer::Sec1(plain.into())),
            "PRIVATE KEY" => return Ok(PrivateKeyDer::Pkcs8(plain.into())),
            "ENCRYPTED PRIVATE KEY" => return Ok(PrivateKeyDer::Pkcs8(decrypt_pkcs8(&plain, passphrase)?.into())),
            _ => {}
        }
    }
    Err(if broken {
        TlsError::new("ERR_OSSL_PEM_BAD_END_LINE", "error:04800066:PEM routines::bad end line")
    } else {
        TlsError::new(
            "ERR_OSSL_PEM_NO_START_LINE",
            "error:0480006C:PEM routines::no start line",
        )
    })
}

fn from_der(bytes: Vec<u8>, passphrase: Option<&[u8]>) -> Result<PrivateKeyDer<'static>, TlsError> {
    // An encrypted key begins with the algorithm, all others with a version.
    let encrypted = Der(&bytes)
        .sequence()
        .is_some_and(|fields| fields.peek() == Some(der::SEQUENCE));
    if encrypted {
        return Ok(PrivateKeyDer::Pkcs8(decrypt_pkcs8(&bytes, passphrase)?.into()));
    }
    PrivateKeyDer::try_from(bytes).map_err(|_| unreadable())
}

pub(crate) fn unreadable() -> TlsError {
    TlsError::new(
        "ERR_OSSL_ASN1_WRONG_TAG",
        "error:068000A8:asn1 encoding routines::wrong tag",
    )
}

fn bad_decrypt() -> TlsError {
    TlsError::new("ERR_OSSL_BAD_DECRYPT", "error:1C800064:Provider routines::bad decrypt")
}

fn unsupported(what: &str) -> TlsError {
    TlsError::new(
        "ERR_OSSL_UNSUPPORTED",
        format!("error:0308010C:digital envelope routines::unsupported: {what}"),
    )
}

/// PEM's own encryption, keyed by MD5 of passphrase and salt.
fn decrypt_legacy(info: &str, bytes: &[u8], passphrase: Option<&[u8]>) -> Result<Vec<u8>, TlsError> {
    let passphrase = passphrase.ok_or_else(bad_decrypt)?;
    let (cipher, iv) = info.split_once(',').ok_or_else(unreadable)?;
    let iv: Option<Vec<u8>> = iv
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    let iv = iv.filter(|iv| iv.len() >= 8).ok_or_else(unreadable)?;
    let length = match cipher {
        "DES-EDE3-CBC" | "AES-192-CBC" => 24,
        "AES-128-CBC" => 16,
        "AES-256-CBC" => 32,
        other => return Err(unsupported(other)),
    };
    let mut key: Vec<u8> = Vec::new();
    while key.len() < length {
        let start = key.len().saturating_sub(16);
        let round = Md5::new()
            .chain_update(&key[start..])
            .chain_update(passphrase)
            .chain_update(&iv[..8])
            .finalize();
        key.extend_from_slice(&round);
    }
    key.truncate(length);
    decrypt_cbc(cipher, &key, &iv, bytes)
}

/// CBC with PKCS#7 padding.
pub(crate) fn decrypt_cbc(cipher: &str, key: &[u8], iv: &[u8], bytes: &[u8]) -> Result<Vec<u8>, TlsError> {
    macro_rules! with {
        ($cipher:ty) => {
            cbc::Decryptor::<$cipher>::new_from_slices(key, iv)
                .map_err(|_| unreadable())?
                .decrypt_padded_vec::<Pkcs7>(bytes)
                .map_err(|_| bad_decrypt())
        };
    }
    match cipher {
        "DES-EDE3-CBC" => with!(des::TdesEde3),
        "AES-128-CBC" => with!(aes::Aes128),
        "AES-192-CBC" => with!(aes::Aes192),
        "AES-256-CBC" => with!(aes::Aes256),
        other => Err(unsupported(other)),
    }
}

/// EncryptedPrivateKeyInfo with PBES2.
fn decrypt_pkcs8(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<Vec<u8>, TlsError> {
    let passphrase = passphrase.ok_or_else(bad_decrypt)?;
    let mut outer = Der(bytes).sequence().ok_or_else(unreadable)?;
    let algorithm = outer.sequence().ok_or_else(unreadable)?;
    let encrypted = outer.expect(der::OCTET_STRING).ok_or_else(unreadable)?;
    let plain = decrypt_pbes(algorithm, encrypted.content, passphrase)?;
    // A wrong passphrase may happen to leave a padding that looks right.
    match Der(&plain).sequence() {
        Some(_) => Ok(plain),
        None => Err(bad_decrypt()),
    }
}

/// What an AlgorithmIdentifier of PBES2 says, done.
pub(crate) fn decrypt_pbes(mut algorithm: Der<'_>, bytes: &[u8], passphrase: &[u8]) -> Result<Vec<u8>, TlsError> {
    let oid = algorithm
        .expect(der::OID)
        .map(|o| der::oid_text(o.content))
        .ok_or_else(unreadable)?;
    if oid != "1.2.840.113549.1.5.13" {
        return Err(unsupported(&oid));
    }
    pbes2(algorithm).ok_or_else(unreadable)??.decrypt(bytes, passphrase)
}

struct Pbes2<'a> {
    salt: &'a [u8],
    rounds: u32,
    digest: ring::pbkdf2::Algorithm,
    cipher: &'static str,
    length: usize,
    iv: &'a [u8],
}

fn pbes2(mut algorithm: Der<'_>) -> Option<Result<Pbes2<'_>, TlsError>> {
    let mut parameters = algorithm.sequence()?;
    let mut derivation = parameters.sequence()?;
    let kdf = der::oid_text(derivation.expect(der::OID)?.content);
    if kdf != "1.2.840.113549.1.5.12" {
        return Some(Err(unsupported(&kdf)));
    }
    let mut numbers = derivation.sequence()?;
    let salt = numbers.expect(der::OCTET_STRING)?.content;
    let rounds = numbers.expect(der::INTEGER)?.small()?;
    numbers.optional(der::INTEGER);
    let prf = match numbers.sequence() {
        Some(mut prf) => der::oid_text(prf.expect(der::OID)?.content),
        None => "1.2.840.113549.2.7".to_string(),
    };
    let digest = match prf.as_str() {
        "1.2.840.113549.2.7" => ring::pbkdf2::PBKDF2_HMAC_SHA1,
        "1.2.840.113549.2.9" => ring::pbkdf2::PBKDF2_HMAC_SHA256,
        "1.2.840.113549.2.10" => ring::pbkdf2::PBKDF2_HMAC_SHA384,
        "1.2.840.113549.2.11" => ring::pbkdf2::PBKDF2_HMAC_SHA512,
        other => return Some(Err(unsupported(other))),
    };
    let mut scheme = parameters.sequence()?;
    let scheme_oid = der::oid_text(scheme.expect(der::OID)?.content);
    let (cipher, length) = match scheme_oid.as_str() {
        "1.2.840.113549.3.7" => ("DES-EDE3-CBC", 24),
        "2.16.840.1.101.3.4.1.2" => ("AES-128-CBC", 16),
        "2.16.840.1.101.3.4.1.22" => ("AES-192-CBC", 24),
        "2.16.840.1.101.3.4.1.42" => ("AES-256-CBC", 32),
        other => return Some(Err(unsupported(other))),
    };
    let iv = scheme.expect(der::OCTET_STRING)?.content;
    Some(Ok(Pbes2 {
        salt,
        rounds,
        digest,
        cipher,
        length,
        iv,
    }))
}

impl Pbes2<'_> {
    fn decrypt(&self, bytes: &[u8], passphrase: &[u8]) -> Result<Vec<u8>, TlsError> {
        let rounds = std::num::NonZeroU32::new(self.rounds).ok_or_else(unreadable)?;
        let mut key = vec![0; self.length];
        ring::pbkdf2::derive(self.digest, rounds, self.salt, passphrase, &mut key);
        decrypt_cbc(self.cipher, &key, self.iv, bytes)
    }
}
