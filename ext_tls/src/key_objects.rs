//! Key objects, as far as TLS needs them: what a key is, and whether a certificate is about it.

use deno_core::op2;
use rustls::pki_types::PrivateKeyDer;
use serde::Serialize;

use crate::certificate::{self, Certificate};
use crate::describe::{PublicKey, public_key};
use crate::error::TlsError;
use crate::{keys, pem, provider};

/// A private key: DER and its label in PEM, with the public key that belongs to it where it can be had.
#[derive(Serialize)]
pub struct PrivateKey {
    label: &'static str,
    der: deno_core::ToJsBuffer,
    public: Option<PublicKey>,
}

/// The private key in PEM or DER; an empty passphrase is none.
#[op2]
#[serde]
pub fn op_tls_private_key(#[buffer] bytes: &[u8], #[buffer] passphrase: &[u8]) -> Result<PrivateKey, TlsError> {
    let der = keys::private_key(bytes, (!passphrase.is_empty()).then_some(passphrase));
    let der = der.map_err(|error| if error.is_no_start_line() { unsupported() } else { error })?;
    let label = match &der {
        PrivateKeyDer::Pkcs1(_) => "RSA PRIVATE KEY",
        PrivateKeyDer::Sec1(_) => "EC PRIVATE KEY",
        _ => "PRIVATE KEY",
    };
    let loaded = provider::provider().key_provider.load_private_key(der.clone_key()).ok();
    let public = loaded.and_then(|key| key.public_key().map(|spki| public_key(&spki)));
    Ok(PrivateKey {
        label,
        der: der.secret_der().to_vec().into(),
        public,
    })
}

/// The public key in PEM or DER: of itself, of a certificate, or of a private key.
#[op2]
#[serde]
pub fn op_tls_public_key(#[buffer] bytes: &[u8]) -> Result<PublicKey, TlsError> {
    let (blocks, _) = pem::blocks(bytes);
    let spki = match blocks.first() {
        Some(block) => match block.label.as_str() {
            "PUBLIC KEY" => Some(block.bytes.clone()),
            "CERTIFICATE" => Certificate::parse(&block.bytes).map(|c| c.spki.clone()),
            _ => {
                let key = provider::provider()
                    .key_provider
                    .load_private_key(keys::private_key(bytes, None)?)
                    .ok();
                key.and_then(|k| k.public_key().map(|spki| spki.to_vec()))
            }
        },
        None => Some(bytes.to_vec()),
    };
    let described = spki
        .filter(|spki| certificate::split_spki(spki).is_some())
        .map(|spki| public_key(&spki));
    described.ok_or_else(unsupported)
}

/// What OpenSSL says of bytes in which none of its decoders sees a key.
fn unsupported() -> TlsError {
    TlsError::new("ERR_OSSL_UNSUPPORTED", "error:1E08010C:DECODER routines::unsupported")
}

/// Whether the certificate (DER) is about the private key (PEM or DER).
#[op2(fast)]
pub fn op_tls_key_fits(#[buffer] certificate: &[u8], #[buffer] key: &[u8]) -> bool {
    let Some(certificate) = Certificate::parse(certificate) else {
        return false;
    };
    let Ok(der) = keys::private_key(key, None) else {
        return false;
    };
    let loaded = provider::provider().key_provider.load_private_key(der).ok();
    let Some(loaded) = loaded else { return false };
    let Some(spki) = loaded.public_key() else { return false };
    certificate::split_spki(&spki).map(|(_, key)| key) == certificate.public_key().map(|(_, key)| key)
}
