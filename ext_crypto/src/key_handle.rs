//! The object under a public or private KeyObject.

use std::sync::Arc;

use deno_core::{GarbageCollected, ToJsBuffer, op2, v8};
use serde::Serialize;

use crate::curves::Curve;
use crate::error::{CryptoError, Result};
use crate::fast::Fast;
use crate::key::Key;
use crate::key_der;

/// One half of a key pair.
pub struct KeyHandle {
    pub(crate) key: Arc<Key>,
    pub(crate) fast: Arc<Fast>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for KeyHandle {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"KeyHandle"
    }
}

impl KeyHandle {
    pub(crate) fn holding(key: Arc<Key>) -> KeyHandle {
        KeyHandle {
            key,
            fast: Arc::default(),
        }
    }

    fn of(key: Option<Key>) -> Result<KeyHandle> {
        Ok(KeyHandle::holding(Arc::new(key.ok_or_else(CryptoError::no_key)?)))
    }
}

/// What `asymmetricKeyDetails` is made of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    kind: &'static str,
    private: bool,
    curve: Option<&'static str>,
    bits: Option<u32>,
    /// Hexadecimal digits.
    exponent: Option<String>,
    hash: Option<&'static str>,
    mask_hash: Option<&'static str>,
    salt_length: Option<u8>,
}

#[op2]
impl KeyHandle {
    /// The key in DER under PEM's label.
    #[constructor]
    #[cppgc]
    fn new(#[string] label: &str, #[buffer] der: &[u8]) -> Result<KeyHandle> {
        KeyHandle::of(key_der::read(label, der))
    }

    #[serde]
    fn details(&self) -> Details {
        let size = self.key.rsa_size();
        let limits = self.key.pss().limits;
        Details {
            kind: self.key.kind(),
            private: self.key.is_private(),
            curve: self.key.curve().map(Curve::name),
            bits: size.as_ref().map(|(bits, _)| *bits),
            exponent: size.map(|(_, digits)| digits.iter().map(|digit| format!("{digit:02x}")).collect()),
            hash: limits.map(|limits| limits.hash.name()),
            mask_hash: limits.map(|limits| limits.mask_hash.name()),
            salt_length: limits.map(|limits| limits.salt_length),
        }
    }

    /// The public half.
    #[cppgc]
    fn public_half(&self) -> KeyHandle {
        KeyHandle::holding(Arc::new(self.key.public()))
    }

    /// Label and DER of one of the forms 'pkcs1', 'sec1', 'spki' and 'pkcs8'.
    #[serde]
    fn write(&self, #[string] form: &str) -> Result<(&'static str, ToJsBuffer)> {
        let (label, der) = key_der::write(&self.key, form)?;
        Ok((label, der.to_vec().into()))
    }

    /// PKCS#8 under a passphrase.
    #[buffer]
    fn encrypt(&self, #[string] cipher: &str, #[buffer] passphrase: &[u8]) -> Result<Vec<u8>> {
        key_der::encrypt(&self.key, cipher, passphrase)
    }

    /// JWK's numbers in the order of key.rs.
    #[serde]
    fn parts(&self) -> Result<Vec<ToJsBuffer>> {
        Ok(self.key.parts()?.into_iter().map(ToJsBuffer::from).collect())
    }

    /// A point in SEC1's form, or the bytes of a key that has no other form.
    #[buffer]
    fn raw(&self, compress: bool) -> Result<Vec<u8>> {
        match &*self.key {
            Key::EcPublic(curve, point) | Key::EcPrivate(curve, _, point) => curve.point(point, compress),
            Key::Ed25519Public(key) => Ok(key.as_bytes().to_vec()),
            Key::X25519Public(key) => Ok(key.as_bytes().to_vec()),
            _ => Err(CryptoError::wrong_kind()),
        }
    }

    #[fast]
    fn equals(&self, #[cppgc] other: &KeyHandle) -> bool {
        let form = if self.key.is_private() { "pkcs8" } else { "spki" };
        let (Ok((_, own)), Ok((_, theirs))) = (key_der::write(&self.key, form), key_der::write(&other.key, form))
        else {
            return false;
        };
        subtle::ConstantTimeEq::ct_eq(own.as_slice(), theirs.as_slice()).into()
    }
}

/// The key of JWK's numbers.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_key_from_parts(
    #[string] kind: &str,
    #[string] curve: &str,
    #[serde] parts: Vec<deno_core::JsBuffer>,
) -> Result<KeyHandle> {
    let parts: Vec<&[u8]> = parts.iter().map(|part| &**part).collect();
    KeyHandle::of(Key::from_parts(kind, curve, &parts))
}

/// The key of a point in any of SEC1's forms, of a scalar, or of 32 bytes.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_key_from_raw(
    #[string] kind: &str,
    #[string] curve: &str,
    private: bool,
    #[buffer] bytes: &[u8],
) -> Result<KeyHandle> {
    KeyHandle::of(match kind {
        "ec" => {
            let curve = Curve::named(curve).ok_or_else(CryptoError::no_key)?;
            if private {
                Key::ec_private(curve, bytes)
            } else {
                Some(Key::EcPublic(curve, curve.point(bytes, false)?))
            }
        }
        kind if private => Key::raw_private(kind, bytes),
        kind => Key::raw_public(kind, bytes),
    })
}
