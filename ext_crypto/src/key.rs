//! Keys with a public and a private half: what they are, and their numbers one by one, as JWK has them.

use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BoxedUint, RsaPrivateKey, RsaPublicKey};
use zeroize::{Zeroize, Zeroizing};

use crate::algorithms::Algorithm;
use crate::curves::Curve;
use crate::error::{CryptoError, Result};

/// The sizes of RSA keys that are read, in bits.
const RSA_SIZES: std::ops::RangeInclusive<usize> = 512..=16384;

/// What a key of RSASSA-PSS may be used with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PssLimits {
    pub hash: Algorithm,
    pub mask_hash: Algorithm,
    pub salt_length: u8,
}

/// Whether a key is for RSASSA-PSS only, and with what limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pss {
    pub only: bool,
    pub limits: Option<PssLimits>,
}

pub(crate) enum Key {
    RsaPrivate(Box<RsaPrivateKey>, Pss),
    RsaPublic(Box<RsaPublicKey>, Pss),
    /// Curve, scalar, uncompressed point.
    EcPrivate(Curve, Zeroizing<Vec<u8>>, Vec<u8>),
    EcPublic(Curve, Vec<u8>),
    Ed25519Private(Box<ed25519_dalek::SigningKey>),
    Ed25519Public(Box<ed25519_dalek::VerifyingKey>),
    X25519Private(x25519_dalek::StaticSecret),
    X25519Public(x25519_dalek::PublicKey),
}

impl Key {
    /// As `KeyObject.asymmetricKeyType` has it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Key::RsaPrivate(_, pss) | Key::RsaPublic(_, pss) => {
                if pss.only {
                    "rsa-pss"
                } else {
                    "rsa"
                }
            }
            Key::EcPrivate(..) | Key::EcPublic(..) => "ec",
            Key::Ed25519Private(_) | Key::Ed25519Public(_) => "ed25519",
            Key::X25519Private(_) | Key::X25519Public(_) => "x25519",
        }
    }

    pub(crate) fn is_private(&self) -> bool {
        matches!(
            self,
            Key::RsaPrivate(..) | Key::EcPrivate(..) | Key::Ed25519Private(_) | Key::X25519Private(_)
        )
    }

    /// The public half, of a public key itself.
    pub(crate) fn public(&self) -> Key {
        match self {
            Key::RsaPrivate(key, pss) => Key::RsaPublic(Box::new(key.to_public_key()), *pss),
            Key::RsaPublic(key, pss) => Key::RsaPublic(key.clone(), *pss),
            Key::EcPrivate(curve, _, point) | Key::EcPublic(curve, point) => Key::EcPublic(*curve, point.clone()),
            Key::Ed25519Private(key) => Key::Ed25519Public(Box::new(key.verifying_key())),
            Key::Ed25519Public(key) => Key::Ed25519Public(key.clone()),
            Key::X25519Private(key) => Key::X25519Public(key.into()),
            Key::X25519Public(key) => Key::X25519Public(*key),
        }
    }

    pub(crate) fn curve(&self) -> Option<Curve> {
        match self {
            Key::EcPrivate(curve, ..) | Key::EcPublic(curve, _) => Some(*curve),
            _ => None,
        }
    }

    pub(crate) fn pss(&self) -> Pss {
        match self {
            Key::RsaPrivate(_, pss) | Key::RsaPublic(_, pss) => *pss,
            _ => Pss::default(),
        }
    }

    /// Of RSA: the length of the modulus in bits and the exponent's digits.
    pub(crate) fn rsa_size(&self) -> Option<(u32, Box<[u8]>)> {
        match self {
            Key::RsaPrivate(key, _) => Some((key.n().bits_vartime(), key.e_bytes())),
            Key::RsaPublic(key, _) => Some((key.n().bits_vartime(), key.e_bytes())),
            _ => None,
        }
    }

    /// JWK's numbers: n, e, d, p, q, dp, dq, qi of RSA; x, y, d of a curve's point; x, d of the others. Public keys end before d.
    pub(crate) fn parts(&self) -> Result<Vec<Vec<u8>>> {
        Ok(match self {
            Key::RsaPublic(key, _) => vec![key.n_bytes().to_vec(), key.e_bytes().to_vec()],
            Key::RsaPrivate(key, _) => {
                let [p, q] = key.primes() else {
                    return Err(CryptoError::wrong_kind());
                };
                let inverse = key.crt_coefficient().ok_or_else(CryptoError::wrong_kind)?;
                let (Some(dp), Some(dq)) = (key.dp(), key.dq()) else {
                    return Err(CryptoError::wrong_kind());
                };
                let numbers = [key.d(), p.as_ref(), q.as_ref(), dp, dq, &inverse];
                let mut parts = vec![key.n_bytes().to_vec(), key.e_bytes().to_vec()];
                parts.extend(numbers.map(|number| number.to_be_bytes_trimmed_vartime().to_vec()));
                parts
            }
            Key::EcPublic(curve, point) => {
                let (x, y) = point[1..].split_at(curve.size());
                vec![x.to_vec(), y.to_vec()]
            }
            Key::EcPrivate(curve, scalar, point) => {
                let (x, y) = point[1..].split_at(curve.size());
                vec![x.to_vec(), y.to_vec(), scalar.to_vec()]
            }
            Key::Ed25519Public(key) => vec![key.as_bytes().to_vec()],
            Key::Ed25519Private(key) => vec![key.verifying_key().as_bytes().to_vec(), key.as_bytes().to_vec()],
            Key::X25519Public(key) => vec![key.as_bytes().to_vec()],
            Key::X25519Private(key) => {
                vec![
                    x25519_dalek::PublicKey::from(key).as_bytes().to_vec(),
                    key.as_bytes().to_vec(),
                ]
            }
        })
    }

    /// The key of such numbers; `kind` is one of `kind()`'s, `curve` OpenSSL's name or the web's.
    pub(crate) fn from_parts(kind: &str, curve: &str, parts: &[&[u8]]) -> Option<Key> {
        match (kind, parts) {
            ("rsa", [n, e]) => rsa_public(n, e).map(|key| Key::RsaPublic(Box::new(key), Pss::default())),
            ("rsa", [n, e, d, p, q, ..]) => {
                rsa_private(n, e, d, p, q).map(|key| Key::RsaPrivate(Box::new(key), Pss::default()))
            }
            ("ec", [x, y, rest @ ..]) => {
                let curve = Curve::named(curve)?;
                if x.len() != curve.size() || y.len() != curve.size() {
                    return None;
                }
                let point = curve.point(&[&[4], *x, *y].concat(), false).ok()?;
                match rest {
                    [] => Some(Key::EcPublic(curve, point)),
                    [d] => {
                        let scalar = curve.scalar(d)?;
                        let own = curve.point_of(&scalar).ok()? == point;
                        own.then_some(Key::EcPrivate(curve, scalar, point))
                    }
                    _ => None,
                }
            }
            ("ed25519", [x]) => Key::raw_public(kind, x),
            ("x25519", [x]) => Key::raw_public(kind, x),
            ("ed25519" | "x25519", [x, d]) => {
                let key = Key::raw_private(kind, d)?;
                let own = key.parts().ok()?.first().is_some_and(|own| own == x);
                own.then_some(key)
            }
            _ => None,
        }
    }

    /// A public key of 32 bytes.
    pub(crate) fn raw_public(kind: &str, bytes: &[u8]) -> Option<Key> {
        let bytes: [u8; 32] = bytes.try_into().ok()?;
        match kind {
            "ed25519" => Some(Key::Ed25519Public(Box::new(
                ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok()?,
            ))),
            "x25519" => Some(Key::X25519Public(bytes.into())),
            _ => None,
        }
    }

    /// A private key of 32 bytes.
    pub(crate) fn raw_private(kind: &str, bytes: &[u8]) -> Option<Key> {
        let mut bytes: [u8; 32] = bytes.try_into().ok()?;
        let key = match kind {
            "ed25519" => Some(Key::Ed25519Private(Box::new(ed25519_dalek::SigningKey::from_bytes(
                &bytes,
            )))),
            "x25519" => Some(Key::X25519Private(bytes.into())),
            _ => None,
        };
        bytes.zeroize();
        key
    }

    /// A private key of a curve with points.
    pub(crate) fn ec_private(curve: Curve, digits: &[u8]) -> Option<Key> {
        let scalar = curve.scalar(digits)?;
        let point = curve.point_of(&scalar).ok()?;
        Some(Key::EcPrivate(curve, scalar, point))
    }
}

fn number(digits: &[u8]) -> Option<BoxedUint> {
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    let digits = &digits[zeros..];
    let bits = u32::try_from(digits.len()).ok()?.checked_mul(8)?;
    BoxedUint::from_be_slice(digits, bits.max(8)).ok()
}

pub(crate) fn rsa_public(n: &[u8], e: &[u8]) -> Option<RsaPublicKey> {
    RsaPublicKey::new_with_size_limits(number(n)?, number(e)?, RSA_SIZES).ok()
}

pub(crate) fn rsa_private(n: &[u8], e: &[u8], d: &[u8], p: &[u8], q: &[u8]) -> Option<RsaPrivateKey> {
    let public = rsa_public(n, e)?;
    let primes = vec![number(p)?, number(q)?];
    RsaPrivateKey::from_components(public.n().as_ref().clone(), public.e().clone(), number(d)?, primes).ok()
}
