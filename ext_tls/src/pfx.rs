//! PKCS#12 files: a key and certificates under a passphrase.

use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha512};

use crate::der::{self, Der};
use crate::error::TlsError;
use crate::keys;

/// What was in a file.
#[derive(Default)]
pub(crate) struct Contents {
    /// PKCS#8
    pub key: Option<Vec<u8>>,
    /// DER
    pub certificates: Vec<Vec<u8>>,
}

const DATA: &str = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";

fn malformed() -> TlsError {
    TlsError::new("", "not enough data")
}

pub(crate) fn read(bytes: &[u8], passphrase: &str) -> Result<Contents, TlsError> {
    // As in Node it is all one which algorithm is too old.
    contents(bytes, passphrase).map_err(|e| if e.is_unsupported() { unsupported() } else { e })
}

fn unsupported() -> TlsError {
    TlsError::new("ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported PKCS12 PFX data")
}

fn contents(bytes: &[u8], passphrase: &str) -> Result<Contents, TlsError> {
    let mut contents = Contents::default();
    let mut outer = Der(bytes).sequence().ok_or_else(malformed)?;
    outer.expect(der::INTEGER).ok_or_else(malformed)?;
    let safe = content_info(outer.sequence().ok_or_else(malformed)?)
        .filter(|(kind, _)| kind == DATA)
        .and_then(|(_, mut content)| content.expect(der::OCTET_STRING))
        .ok_or_else(malformed)?
        .content;
    if let Some(mac) = outer.sequence() {
        match mac_fits(mac, safe, passphrase) {
            None => return Err(malformed()),
            Some(false) => return Err(TlsError::new("", "mac verify failure")),
            Some(true) => {}
        }
    }
    let mut parts = Der(safe).sequence().ok_or_else(malformed)?;
    while let Some(part) = parts.sequence() {
        let (kind, mut content) = content_info(part).ok_or_else(malformed)?;
        let plain = if kind == DATA {
            content
                .expect(der::OCTET_STRING)
                .ok_or_else(malformed)?
                .content
                .to_vec()
        } else if kind == ENCRYPTED_DATA {
            decrypt_content(content, passphrase)?
        } else {
            return Err(TlsError::new(
                "ERR_OSSL_UNSUPPORTED",
                format!("unsupported: a part of kind {kind} in PFX data"),
            ));
        };
        bags(&plain, passphrase, &mut contents)?;
    }
    Ok(contents)
}

/// A ContentInfo's kind and what it carries.
fn content_info(mut fields: Der<'_>) -> Option<(String, Der<'_>)> {
    let kind = der::oid_text(fields.expect(der::OID)?.content);
    Some((kind, fields.expect(0xa0)?.inside()))
}

fn decrypt_content(mut content: Der<'_>, passphrase: &str) -> Result<Vec<u8>, TlsError> {
    let fields = (|| {
        let mut encrypted = content.sequence()?;
        encrypted.expect(der::INTEGER)?;
        let mut info = encrypted.sequence()?;
        info.expect(der::OID)?;
        let algorithm = info.sequence()?;
        Some((algorithm, info.expect(0x80)?.content))
    })();
    let (algorithm, bytes) = fields.ok_or_else(malformed)?;
    decrypt(algorithm, bytes, passphrase)
}

fn bags(plain: &[u8], passphrase: &str, contents: &mut Contents) -> Result<(), TlsError> {
    let mut list = Der(plain).sequence().ok_or_else(malformed)?;
    while let Some(mut bag) = list.sequence() {
        let kind = der::oid_text(bag.expect(der::OID).ok_or_else(malformed)?.content);
        let mut value = bag.expect(0xa0).ok_or_else(malformed)?.inside();
        match kind.as_str() {
            "1.2.840.113549.1.12.10.1.1" => {
                contents
                    .key
                    .get_or_insert(value.expect(der::SEQUENCE).ok_or_else(malformed)?.whole.to_vec());
            }
            "1.2.840.113549.1.12.10.1.2" => {
                let mut fields = value.sequence().ok_or_else(malformed)?;
                let algorithm = fields.sequence().ok_or_else(malformed)?;
                let bytes = fields.expect(der::OCTET_STRING).ok_or_else(malformed)?.content;
                let key = decrypt(algorithm, bytes, passphrase)?;
                contents.key.get_or_insert(key);
            }
            "1.2.840.113549.1.12.10.1.3" => {
                let mut fields = value.sequence().ok_or_else(malformed)?;
                fields.expect(der::OID).ok_or_else(malformed)?;
                let mut wrapped = fields.expect(0xa0).ok_or_else(malformed)?.inside();
                contents.certificates.push(
                    wrapped
                        .expect(der::OCTET_STRING)
                        .ok_or_else(malformed)?
                        .content
                        .to_vec(),
                );
            }
            _ => {}
        }
    }
    Ok(())
}

/// By PKCS#12's own schemes or by PBES2.
fn decrypt(algorithm: Der<'_>, bytes: &[u8], passphrase: &str) -> Result<Vec<u8>, TlsError> {
    let mut fields = algorithm;
    let oid = der::oid_text(fields.expect(der::OID).ok_or_else(malformed)?.content);
    match oid.as_str() {
        "1.2.840.113549.1.12.1.3" => {}
        "1.2.840.113549.1.12.1.5" | "1.2.840.113549.1.12.1.6" => {
            return Err(unsupported());
        }
        _ => return keys::decrypt_pbes(algorithm, bytes, passphrase.as_bytes()),
    }
    let mut numbers = fields.sequence().ok_or_else(malformed)?;
    let salt = numbers.expect(der::OCTET_STRING).ok_or_else(malformed)?.content;
    let rounds = numbers
        .expect(der::INTEGER)
        .and_then(|i| i.small())
        .ok_or_else(malformed)?;
    let secret = bmp(passphrase);
    let key = derive::<Sha1>(64, 1, &secret, salt, rounds, 24);
    let iv = derive::<Sha1>(64, 2, &secret, salt, rounds, 8);
    keys::decrypt_cbc("DES-EDE3-CBC", &key, &iv, bytes)
}

fn mac_fits(mut mac: Der<'_>, safe: &[u8], passphrase: &str) -> Option<bool> {
    let mut info = mac.sequence()?;
    let digest = der::oid_text(info.sequence()?.expect(der::OID)?.content);
    let wanted = info.expect(der::OCTET_STRING)?.content;
    let salt = mac.expect(der::OCTET_STRING)?.content;
    let rounds = match mac.optional(der::INTEGER) {
        Some(number) => number.small()?,
        None => 1,
    };
    let secret = bmp(passphrase);
    macro_rules! check {
        ($digest:ty, $block:expr, $length:expr) => {{
            let key = derive::<$digest>($block, 3, &secret, salt, rounds, $length);
            let mut mac = Hmac::<$digest>::new_from_slice(&key).ok()?;
            mac.update(safe);
            mac.verify_slice(wanted).is_ok()
        }};
    }
    Some(match digest.as_str() {
        "1.3.14.3.2.26" => check!(Sha1, 64, 20),
        "2.16.840.1.101.3.4.2.1" => check!(Sha256, 64, 32),
        "2.16.840.1.101.3.4.2.3" => check!(Sha512, 128, 64),
        _ => return None,
    })
}

/// A passphrase in UTF-16 with a zero at its end.
fn bmp(passphrase: &str) -> Vec<u8> {
    passphrase
        .encode_utf16()
        .chain([0])
        .flat_map(u16::to_be_bytes)
        .collect()
}

/// RFC 7292, appendix B.2; `block` is the digest's block size, `id` what the bytes are for.
fn derive<D: Digest>(block: usize, id: u8, secret: &[u8], salt: &[u8], rounds: u32, length: usize) -> Vec<u8> {
    let fill = |bytes: &[u8]| -> Vec<u8> {
        let size = bytes.len().div_ceil(block) * block;
        bytes.iter().copied().cycle().take(size).collect()
    };
    let mut input = fill(salt);
    input.extend(fill(secret));
    let mut out = Vec::new();
    while out.len() < length {
        let mut round = D::new().chain_update(vec![id; block]).chain_update(&input).finalize();
        for _ in 1..rounds {
            round = D::digest(&round);
        }
        out.extend_from_slice(&round);
        let added: Vec<u8> = round.iter().copied().cycle().take(block).collect();
        for chunk in input.chunks_mut(block) {
            // chunk = chunk + added + 1
            let mut carry = 1u16;
            for (to, from) in chunk.iter_mut().zip(&added).rev() {
                carry += u16::from(*to) + u16::from(*from);
                *to = carry as u8;
                carry >>= 8;
            }
        }
    }
    out.truncate(length);
    out
}
