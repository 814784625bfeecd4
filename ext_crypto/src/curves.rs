//! The elliptic curves over prime fields: names, points, ECDSA and ECDH. Keys are bytes here: a scalar of the field's length, a point in SEC1's form.

use ecdsa::hazmat;
use p256::elliptic_curve::sec1::ToSec1Point;
use pkcs8::ObjectIdentifier;
use zeroize::Zeroizing;

use crate::error::{CryptoError, Result};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    P256,
    P384,
    P521,
    K256,
}

/// `$body` with `$c` as the name of the curve's type.
macro_rules! with_curve {
    ($curve:expr, $c:ident => $body:expr) => {
        match $curve {
            Curve::P256 => {
                type $c = p256::NistP256;
                $body
            }
            Curve::P384 => {
                type $c = p384::NistP384;
                $body
            }
            Curve::P521 => {
                type $c = p521::NistP521;
                $body
            }
            Curve::K256 => {
                type $c = k256::Secp256k1;
                $body
            }
        }
    };
}

type Secret<C> = p256::elliptic_curve::SecretKey<C>;
type Public<C> = p256::elliptic_curve::PublicKey<C>;

fn not_on_curve() -> CryptoError {
    CryptoError::new(
        "ERR_OSSL_EC_POINT_IS_NOT_ON_CURVE",
        "error:0800006B:elliptic curve routines::point is not on curve",
    )
}

impl Curve {
    pub(crate) const ALL: [Curve; 4] = [Curve::P256, Curve::P384, Curve::P521, Curve::K256];

    /// OpenSSL's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Curve::P256 => "prime256v1",
            Curve::P384 => "secp384r1",
            Curve::P521 => "secp521r1",
            Curve::K256 => "secp256k1",
        }
    }

    /// By OpenSSL's name, the standards' or the web's.
    pub(crate) fn named(name: &str) -> Option<Curve> {
        Some(match name {
            "prime256v1" | "secp256r1" | "P-256" => Curve::P256,
            "secp384r1" | "P-384" => Curve::P384,
            "secp521r1" | "P-521" => Curve::P521,
            "secp256k1" => Curve::K256,
            _ => return None,
        })
    }

    pub(crate) fn oid(self) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(match self {
            Curve::P256 => "1.2.840.10045.3.1.7",
            Curve::P384 => "1.3.132.0.34",
            Curve::P521 => "1.3.132.0.35",
            Curve::K256 => "1.3.132.0.10",
        })
    }

    pub(crate) fn of_oid(oid: ObjectIdentifier) -> Option<Curve> {
        Curve::ALL.into_iter().find(|curve| curve.oid() == oid)
    }

    /// The length of a coordinate and of a scalar in bytes.
    pub(crate) fn size(self) -> usize {
        match self {
            Curve::P256 | Curve::K256 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }

    /// A scalar in the field's length, from digits that may be shorter or have zeros before them.
    pub(crate) fn scalar(self, digits: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        let digits = &digits[zeros..];
        let mut scalar = Zeroizing::new(vec![0; self.size()]);
        let start = self.size().checked_sub(digits.len())?;
        scalar[start..].copy_from_slice(digits);
        with_curve!(self, C => Secret::<C>::from_slice(&scalar).is_ok()).then_some(scalar)
    }

    /// The point that belongs to a scalar, uncompressed.
    pub(crate) fn point_of(self, scalar: &[u8]) -> Result<Vec<u8>> {
        with_curve!(self, C => {
            let secret = Secret::<C>::from_slice(scalar).map_err(|_| CryptoError::no_key())?;
            Ok(secret.public_key().to_sec1_point(false).as_bytes().to_vec())
        })
    }

    /// A point in any of SEC1's forms, in the one that is asked for; an error when it is not on the curve.
    pub(crate) fn point(self, bytes: &[u8], compress: bool) -> Result<Vec<u8>> {
        let mut plain;
        // The hybrid form has the sign of y in its first byte, which y itself says too.
        let bytes = match bytes.split_first() {
            Some((6 | 7, rest))
                if bytes.len() == 1 + 2 * self.size() && rest.last().is_some_and(|y| bytes[0] == 6 + (y & 1)) =>
            {
                plain = bytes.to_vec();
                plain[0] = 4;
                &plain[..]
            }
            _ => bytes,
        };
        with_curve!(self, C => {
            let public = Public::<C>::from_sec1_bytes(bytes).map_err(|_| not_on_curve())?;
            Ok(public.to_sec1_point(compress).as_bytes().to_vec())
        })
    }

    /// A new scalar.
    pub(crate) fn generate(self) -> Result<Zeroizing<Vec<u8>>> {
        loop {
            let mut scalar = Zeroizing::new(vec![0; self.size()]);
            crate::random::fill(&mut scalar)?;
            if self == Curve::P521 {
                scalar[0] &= 1;
            }
            // Numbers that are not below the order are thrown away, which keeps the rest even.
            if with_curve!(self, C => Secret::<C>::from_slice(&scalar).is_ok()) {
                return Ok(scalar);
            }
        }
    }

    /// ECDH: the x coordinate of the product.
    pub(crate) fn agree(self, scalar: &[u8], point: &[u8]) -> Result<Vec<u8>> {
        with_curve!(self, C => {
            let secret = Secret::<C>::from_slice(scalar).map_err(|_| CryptoError::no_key())?;
            let public = Public::<C>::from_sec1_bytes(point).map_err(|_| not_on_curve())?;
            Ok(secret.diffie_hellman(&public).raw_secret_bytes().to_vec())
        })
    }

    /// ECDSA of a hash: DER, or with `plain` both numbers one after the other. Its nonce comes of the key, the hash and fresh
    /// random bytes (RFC 6979, section 3.6).
    pub(crate) fn sign(self, scalar: &[u8], hash: &[u8], plain: bool) -> Result<Vec<u8>> {
        let mut extra = [0; 32];
        crate::random::fill(&mut extra)?;
        with_curve!(self, C => {
            let secret = Secret::<C>::from_slice(scalar).map_err(|_| CryptoError::no_key())?;
            let (signature, _) =
                hazmat::sign_prehashed_rfc6979::<C, sha2::Sha512>(&secret.to_nonzero_scalar(), hash, &extra);
            Ok(if plain { signature.to_bytes().to_vec() } else { signature.to_der().as_bytes().to_vec() })
        })
    }

    /// Whether that is a signature of the hash.
    pub(crate) fn verify(self, point: &[u8], hash: &[u8], signature: &[u8], plain: bool) -> bool {
        with_curve!(self, C => {
            let Ok(public) = Public::<C>::from_sec1_bytes(point) else { return false };
            let signature = if plain {
                ecdsa::Signature::<C>::from_slice(signature)
            } else {
                ecdsa::Signature::<C>::from_der(signature)
            };
            // Of the two signatures that differ in the sign of s, some curves' users allow only one; OpenSSL has both.
            signature.is_ok_and(|s| hazmat::verify_prehashed(&public.to_projective(), hash, &s.normalize_s()).is_ok())
        })
    }
}
