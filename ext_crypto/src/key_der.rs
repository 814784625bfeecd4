//! Keys in DER: PKCS#1, SEC1, PKCS#8 and SubjectPublicKeyInfo, read and written.

use pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef};
use pkcs8::der::{Any, Decode, Encode};
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{ObjectIdentifier, PrivateKeyInfoRef, SubjectPublicKeyInfoRef, pkcs5};
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey, RsaPrivateKey, RsaPssParams, RsaPublicKey};
use zeroize::Zeroizing;

use crate::algorithms::Algorithm;
use crate::curves::Curve;
use crate::error::{CryptoError, Result};
use crate::key::{Key, Pss, PssLimits, rsa_private, rsa_public};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MASK: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const X25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.110");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// The key in DER under PEM's label; `None` when it is none, or of a kind that is not known here.
pub(crate) fn read(label: &str, der: &[u8]) -> Option<Key> {
    match label {
        "PUBLIC KEY" => read_spki(der),
        "RSA PUBLIC KEY" => read_rsa_public(der, Pss::default()),
        "PRIVATE KEY" => read_pkcs8(der),
        "RSA PRIVATE KEY" => read_rsa_private(der, Pss::default()),
        "EC PRIVATE KEY" => read_sec1(der, None),
        _ => None,
    }
}

fn read_rsa_public(der: &[u8], pss: Pss) -> Option<Key> {
    let numbers: RsaPublicKey<_> = RsaPublicKey::<rsa::pkcs1::UintRef<'_>>::from_der(der).ok()?;
    let key = rsa_public(numbers.modulus.as_bytes(), numbers.public_exponent.as_bytes())?;
    Some(Key::RsaPublic(Box::new(key), pss))
}

fn read_rsa_private(der: &[u8], pss: Pss) -> Option<Key> {
    let numbers = RsaPrivateKey::<rsa::pkcs1::UintRef<'_>>::from_der(der).ok()?;
    let key = rsa_private(
        numbers.modulus.as_bytes(),
        numbers.public_exponent.as_bytes(),
        numbers.private_exponent.as_bytes(),
        numbers.prime1.as_bytes(),
        numbers.prime2.as_bytes(),
    )?;
    Some(Key::RsaPrivate(Box::new(key), pss))
}

fn read_sec1(der: &[u8], curve: Option<Curve>) -> Option<Key> {
    let fields = sec1::EcPrivateKey::from_der(der).ok()?;
    let own = fields.parameters.and_then(|parameters| parameters.named_curve());
    let curve = match own {
        Some(oid) => Curve::of_oid(oid)?,
        None => curve?,
    };
    Key::ec_private(curve, fields.private_key)
}

fn curve_of(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<Curve> {
    Curve::of_oid(algorithm.parameters?.decode_as::<ObjectIdentifier>().ok()?)
}

fn pss_of(algorithm: &AlgorithmIdentifierRef<'_>) -> Option<Pss> {
    let Some(parameters) = algorithm.parameters else {
        return Some(Pss {
            only: true,
            limits: None,
        });
    };
    let der = parameters.to_der().ok()?;
    let parameters = RsaPssParams::<Any>::from_der(&der).ok()?;
    let mask_hash = parameters.mask_gen.parameters.and_then(|mask| digest_of(mask.oid));
    Some(Pss {
        only: true,
        limits: Some(PssLimits {
            hash: digest_of(parameters.hash.oid)?,
            mask_hash: mask_hash?,
            salt_length: parameters.salt_len,
        }),
    })
}

fn digest_of(oid: ObjectIdentifier) -> Option<Algorithm> {
    Algorithm::ALL.into_iter().find(|algorithm| algorithm.oid() == oid)
}

fn read_spki(der: &[u8]) -> Option<Key> {
    let fields = SubjectPublicKeyInfoRef::from_der(der).ok()?;
    let bytes = fields.subject_public_key.as_bytes()?;
    match fields.algorithm.oid {
        RSA => read_rsa_public(bytes, Pss::default()),
        RSA_PSS => read_rsa_public(bytes, pss_of(&fields.algorithm)?),
        EC => {
            let curve = curve_of(&fields.algorithm)?;
            Some(Key::EcPublic(curve, curve.point(bytes, false).ok()?))
        }
        ED25519 => Key::raw_public("ed25519", bytes),
        X25519 => Key::raw_public("x25519", bytes),
        _ => None,
    }
}

fn read_pkcs8(der: &[u8]) -> Option<Key> {
    let fields = PrivateKeyInfoRef::from_der(der).ok()?;
    let bytes = fields.private_key.as_bytes();
    let inner = || octets_of(bytes);
    match fields.algorithm.oid {
        RSA => read_rsa_private(bytes, Pss::default()),
        RSA_PSS => read_rsa_private(bytes, pss_of(&fields.algorithm)?),
        EC => read_sec1(bytes, curve_of(&fields.algorithm)),
        ED25519 => Key::raw_private("ed25519", inner()?),
        X25519 => Key::raw_private("x25519", inner()?),
        _ => None,
    }
}

/// What an OCTET STRING holds.
fn octets_of(der: &[u8]) -> Option<&[u8]> {
    <&OctetStringRef>::from_der(der).ok().map(|string| string.as_bytes())
}

fn failed<E>(_: E) -> CryptoError {
    CryptoError::new("ERR_CRYPTO_OPERATION_FAILED", "The key cannot be encoded")
}

/// The key in one of the forms 'pkcs1', 'spki', 'pkcs8' and 'sec1', with its label in PEM.
pub(crate) fn write(key: &Key, form: &str) -> Result<(&'static str, Zeroizing<Vec<u8>>)> {
    let (label, der) = match (form, key) {
        ("pkcs1", Key::RsaPublic(key, _)) => (
            "RSA PUBLIC KEY",
            key.to_pkcs1_der().map_err(failed)?.as_bytes().to_vec(),
        ),
        ("pkcs1", Key::RsaPrivate(key, _)) => (
            "RSA PRIVATE KEY",
            key.to_pkcs1_der().map_err(failed)?.as_bytes().to_vec(),
        ),
        ("sec1", Key::EcPrivate(curve, scalar, point)) => ("EC PRIVATE KEY", sec1_der(*curve, scalar, point, true)?),
        ("spki", key) if !key.is_private() => ("PUBLIC KEY", spki(key)?),
        ("pkcs8", key) if key.is_private() => ("PRIVATE KEY", pkcs8_der(key)?),
        _ => return Err(CryptoError::wrong_kind()),
    };
    Ok((label, Zeroizing::new(der)))
}

fn sec1_der(curve: Curve, scalar: &[u8], point: &[u8], named: bool) -> Result<Vec<u8>> {
    let key = sec1::EcPrivateKey {
        private_key: scalar,
        parameters: named.then(|| sec1::EcParameters::NamedCurve(curve.oid())),
        public_key: Some(point),
    };
    key.to_der().map_err(failed)
}

/// The parameters of RSASSA-PSS in DER.
fn pss_parameters(limits: PssLimits) -> Result<Vec<u8>> {
    let hash = |algorithm: Algorithm| AlgorithmIdentifierRef {
        oid: algorithm.oid(),
        parameters: Some(AnyRef::NULL),
    };
    let parameters = RsaPssParams::<AnyRef<'_>> {
        hash: hash(limits.hash),
        mask_gen: pkcs8::spki::AlgorithmIdentifier {
            oid: MASK,
            parameters: Some(hash(limits.mask_hash)),
        },
        salt_len: limits.salt_length,
        trailer_field: Default::default(),
    };
    parameters.to_der().map_err(failed)
}

/// Calls `then` with what identifies the key's kind.
fn with_algorithm<T>(key: &Key, then: impl FnOnce(AlgorithmIdentifierRef<'_>) -> Result<T>) -> Result<T> {
    let oid = match key {
        Key::RsaPrivate(_, pss) | Key::RsaPublic(_, pss) if pss.only => {
            let parameters = pss.limits.map(pss_parameters).transpose()?;
            let parameters = parameters
                .as_deref()
                .map(AnyRef::from_der)
                .transpose()
                .map_err(failed)?;
            return then(AlgorithmIdentifierRef {
                oid: RSA_PSS,
                parameters,
            });
        }
        Key::RsaPrivate(..) | Key::RsaPublic(..) => {
            return then(AlgorithmIdentifierRef {
                oid: RSA,
                parameters: Some(AnyRef::NULL),
            });
        }
        Key::EcPrivate(curve, ..) | Key::EcPublic(curve, _) => {
            let name = curve.oid();
            return then(AlgorithmIdentifierRef {
                oid: EC,
                parameters: Some(AnyRef::from(&name)),
            });
        }
        Key::Ed25519Private(_) | Key::Ed25519Public(_) => ED25519,
        Key::X25519Private(_) | Key::X25519Public(_) => X25519,
    };
    then(AlgorithmIdentifierRef { oid, parameters: None })
}

fn spki(key: &Key) -> Result<Vec<u8>> {
    let bytes = match key {
        Key::RsaPublic(key, _) => key.to_pkcs1_der().map_err(failed)?.as_bytes().to_vec(),
        Key::EcPublic(_, point) => point.clone(),
        Key::Ed25519Public(key) => key.as_bytes().to_vec(),
        Key::X25519Public(key) => key.as_bytes().to_vec(),
        _ => return Err(CryptoError::wrong_kind()),
    };
    with_algorithm(key, |algorithm| {
        let subject_public_key = BitStringRef::from_bytes(&bytes).map_err(failed)?;
        SubjectPublicKeyInfoRef {
            algorithm,
            subject_public_key,
        }
        .to_der()
        .map_err(failed)
    })
}

fn pkcs8_der(key: &Key) -> Result<Vec<u8>> {
    let octets = |bytes: &[u8]| {
        OctetStringRef::new(bytes)
            .and_then(|string| string.to_der())
            .map_err(failed)
    };
    let bytes = Zeroizing::new(match key {
        Key::RsaPrivate(key, _) => key.to_pkcs1_der().map_err(failed)?.as_bytes().to_vec(),
        Key::EcPrivate(curve, scalar, point) => sec1_der(*curve, scalar, point, false)?,
        Key::Ed25519Private(key) => octets(key.as_bytes())?,
        Key::X25519Private(key) => octets(key.as_bytes())?,
        _ => return Err(CryptoError::wrong_kind()),
    });
    with_algorithm(key, |algorithm| {
        let octets = OctetStringRef::new(&bytes).map_err(failed)?;
        PrivateKeyInfoRef::new(algorithm, octets).to_der().map_err(failed)
    })
}

/// PKCS#8 under a passphrase, as OpenSSL makes it: PBES2 with PBKDF2 of 2048 rounds of HMAC-SHA-256.
pub(crate) fn encrypt(key: &Key, cipher: &str, passphrase: &[u8]) -> Result<Vec<u8>> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    crate::random::fill(&mut salt)?;
    crate::random::fill(&mut iv)?;
    let parameters = match cipher.to_ascii_lowercase().as_str() {
        "aes-256-cbc" | "aes256" => pkcs5::pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(2048, &salt, iv),
        "aes-128-cbc" | "aes128" => pkcs5::pbes2::Parameters::generate_pbkdf2_sha256_aes128cbc(2048, &salt, iv),
        _ => return Err(CryptoError::new("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")),
    };
    let der = Zeroizing::new(pkcs8_der(key)?);
    let info = PrivateKeyInfoRef::from_der(&der).map_err(failed)?;
    let encrypted = info
        .encrypt_with_params(parameters.map_err(failed)?, passphrase)
        .map_err(failed)?;
    Ok(encrypted.as_bytes().to_vec())
}
