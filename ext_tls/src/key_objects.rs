//! The files of keys, opened for `require('crypto')`: PEM, passphrases and certificates taken off, DER left.

use deno_core::{ToJsBuffer, op2};
use rustls::pki_types::PrivateKeyDer;

use crate::certificate::Certificate;
use crate::error::TlsError;
use crate::{keys, pem, provider};

/// DER and its label in PEM.
type Opened = (&'static str, ToJsBuffer);

fn opened(label: &'static str, der: &[u8]) -> Opened {
    (label, der.to_vec().into())
}

fn private(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<Opened, TlsError> {
    let der = keys::private_key(bytes, passphrase).map_err(|error| {
        if error.is_no_start_line() {
            unsupported()
        } else if passphrase.is_none() && error.is_bad_decrypt() {
            TlsError::new(
                "ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED",
                "error:07880109:common libcrypto routines::interrupted or cancelled",
            )
        } else {
            error
        }
    })?;
    let label = match &der {
        PrivateKeyDer::Pkcs1(_) => "RSA PRIVATE KEY",
        PrivateKeyDer::Sec1(_) => "EC PRIVATE KEY",
        _ => "PRIVATE KEY",
    };
    Ok(opened(label, der.secret_der()))
}

/// The private key of DER, or the first of PEM.
#[op2]
#[serde]
pub fn op_tls_private_key(
    #[buffer] bytes: &[u8],
    #[buffer] passphrase: Option<&[u8]>,
    der: bool,
) -> Result<Opened, TlsError> {
    if der && bytes.first() != Some(&crate::der::SEQUENCE) {
        return Err(keys::unreadable());
    }
    private(bytes, passphrase)
}

/// The first key of PEM: a public one, a certificate's, or a private one.
#[op2]
#[serde]
pub fn op_tls_public_key(#[buffer] bytes: &[u8], #[buffer] passphrase: Option<&[u8]>) -> Result<Opened, TlsError> {
    let (blocks, _) = pem::blocks(bytes);
    for block in &blocks {
        match block.label.as_str() {
            "PUBLIC KEY" => return Ok(opened("PUBLIC KEY", &block.bytes)),
            "RSA PUBLIC KEY" => return Ok(opened("RSA PUBLIC KEY", &block.bytes)),
            "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => {
                let certificate = Certificate::parse(&block.bytes).ok_or_else(unsupported)?;
                return Ok(opened("PUBLIC KEY", &certificate.spki));
            }
            "PRIVATE KEY" | "ENCRYPTED PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" => {
                return private(bytes, passphrase);
            }
            _ => {}
        }
    }
    Err(unsupported())
}

/// What OpenSSL says of bytes in which none of its decoders sees a key.
fn unsupported() -> TlsError {
    TlsError::new("ERR_OSSL_UNSUPPORTED", "error:1E08010C:DECODER routines::unsupported")
}

/// Whether the public key (SubjectPublicKeyInfo) verifies the certificate's signature.
#[op2(fast)]
pub fn op_tls_certificate_verify(#[buffer] certificate: &[u8], #[buffer] spki: &[u8]) -> bool {
    let algorithms = &provider::provider().signature_verification_algorithms;
    Certificate::parse(certificate)
        .is_some_and(|certificate| crate::verify::verify_signature(algorithms, spki, &certificate).is_none())
}
