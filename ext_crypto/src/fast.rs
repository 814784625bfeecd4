//! Signatures of the usual kinds by ring, which is several times faster than the crates that know all kinds, and hashes the message itself.
//! `None` leaves a signature to sign.rs.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, RsaPublicKeyComponents};
use rsa::traits::PublicKeyParts;

use crate::algorithms::Algorithm;
use crate::curves::Curve;
use crate::key::Key;

/// ring's forms of a private key, each made once.
#[derive(Default)]
pub(crate) struct Fast {
    uses: AtomicU32,
    rsa: OnceLock<Option<ring::rsa::KeyPair>>,
    der: OnceLock<Option<EcdsaKeyPair>>,
    plain: OnceLock<Option<EcdsaKeyPair>>,
}

/// RSA's padding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Padding {
    Pkcs1,
    /// PSS with a salt of the hash's length.
    Pss,
}

impl Fast {
    pub(crate) fn sign(
        &self,
        key: &Key,
        algorithm: Algorithm,
        padding: Option<Padding>,
        plain: bool,
        message: &[u8],
    ) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        match key {
            Key::RsaPrivate(..) => {
                let encoding = rsa_encoding(algorithm, padding?)?;
                // Checking the key costs as much as a signature: many keys are used once.
                if self.uses.fetch_add(1, Ordering::Relaxed) == 0 {
                    return None;
                }
                let pair = self.rsa.get_or_init(|| {
                    let (_, der) = crate::key_der::write(key, "pkcs1").ok()?;
                    ring::rsa::KeyPair::from_der(&der).ok()
                });
                let pair = pair.as_ref()?;
                let mut out = vec![0; pair.public().modulus_len()];
                pair.sign(encoding, &random, message, &mut out).ok()?;
                Some(out)
            }
            Key::EcPrivate(curve, scalar, point) => {
                let (kind, cell) = match (curve, algorithm, plain) {
                    (Curve::P256, Algorithm::Sha256, false) => (&signature::ECDSA_P256_SHA256_ASN1_SIGNING, &self.der),
                    (Curve::P256, Algorithm::Sha256, true) => {
                        (&signature::ECDSA_P256_SHA256_FIXED_SIGNING, &self.plain)
                    }
                    (Curve::P384, Algorithm::Sha384, false) => (&signature::ECDSA_P384_SHA384_ASN1_SIGNING, &self.der),
                    (Curve::P384, Algorithm::Sha384, true) => {
                        (&signature::ECDSA_P384_SHA384_FIXED_SIGNING, &self.plain)
                    }
                    _ => return None,
                };
                let make = || EcdsaKeyPair::from_private_key_and_public_key(kind, scalar, point, &random).ok();
                let done = cell.get_or_init(make).as_ref()?.sign(&random, message).ok()?;
                Some(done.as_ref().to_vec())
            }
            _ => None,
        }
    }
}

fn rsa_encoding(algorithm: Algorithm, padding: Padding) -> Option<&'static dyn signature::RsaEncoding> {
    Some(match (algorithm, padding) {
        (Algorithm::Sha256, Padding::Pkcs1) => &signature::RSA_PKCS1_SHA256,
        (Algorithm::Sha384, Padding::Pkcs1) => &signature::RSA_PKCS1_SHA384,
        (Algorithm::Sha512, Padding::Pkcs1) => &signature::RSA_PKCS1_SHA512,
        (Algorithm::Sha256, Padding::Pss) => &signature::RSA_PSS_SHA256,
        (Algorithm::Sha384, Padding::Pss) => &signature::RSA_PSS_SHA384,
        (Algorithm::Sha512, Padding::Pss) => &signature::RSA_PSS_SHA512,
        _ => return None,
    })
}

/// Whether that is a signature of the message.
pub(crate) fn verify(
    key: &Key,
    algorithm: Algorithm,
    padding: Option<Padding>,
    plain: bool,
    message: &[u8],
    given: &[u8],
) -> Option<bool> {
    match key {
        Key::RsaPublic(rsa, _) => {
            let (bits, exponent) = (rsa.n().bits_vartime(), rsa.e_bytes());
            // ring takes no other keys.
            if !(2048..=8192).contains(&bits) || *exponent != [1, 0, 1] {
                return None;
            }
            let parameters = match (algorithm, padding?) {
                (Algorithm::Sha256, Padding::Pkcs1) => &signature::RSA_PKCS1_2048_8192_SHA256,
                (Algorithm::Sha384, Padding::Pkcs1) => &signature::RSA_PKCS1_2048_8192_SHA384,
                (Algorithm::Sha512, Padding::Pkcs1) => &signature::RSA_PKCS1_2048_8192_SHA512,
                (Algorithm::Sha256, Padding::Pss) => &signature::RSA_PSS_2048_8192_SHA256,
                (Algorithm::Sha384, Padding::Pss) => &signature::RSA_PSS_2048_8192_SHA384,
                (Algorithm::Sha512, Padding::Pss) => &signature::RSA_PSS_2048_8192_SHA512,
                _ => return None,
            };
            let public = RsaPublicKeyComponents {
                n: rsa.n_bytes(),
                e: exponent,
            };
            Some(public.verify(parameters, message, given).is_ok())
        }
        Key::EcPublic(curve, point) => {
            let kind: &dyn signature::VerificationAlgorithm = match (curve, algorithm, plain) {
                (Curve::P256, Algorithm::Sha256, false) => &signature::ECDSA_P256_SHA256_ASN1,
                (Curve::P256, Algorithm::Sha256, true) => &signature::ECDSA_P256_SHA256_FIXED,
                (Curve::P384, Algorithm::Sha384, false) => &signature::ECDSA_P384_SHA384_ASN1,
                (Curve::P384, Algorithm::Sha384, true) => &signature::ECDSA_P384_SHA384_FIXED,
                _ => return None,
            };
            Some(
                signature::UnparsedPublicKey::new(kind, point)
                    .verify(message, given)
                    .is_ok(),
            )
        }
        _ => None,
    }
}
