//! A certificate as JavaScript sees it: js/internal/tls/certificate.js puts the parts together.

use deno_core::{ToJsBuffer, op2};
use serde::Serialize;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::certificate::{self, Certificate};
use crate::der::{self, Der};
use crate::error::TlsError;
use crate::{names, pem};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    subject: Vec<(String, String)>,
    issuer: Vec<(String, String)>,
    /// Without that extension nothing.
    subject_alt_name: Option<String>,
    info_access: Option<String>,
    ca: bool,
    key: PublicKey,
    /// Milliseconds since 1970.
    valid_from: f64,
    valid_to: f64,
    fingerprint: String,
    fingerprint256: String,
    fingerprint512: String,
    ext_key_usage: Option<Vec<String>>,
    serial_number: String,
    signature_algorithm_oid: String,
    /// Names in the order of their places for `checkHost` and the like: tag and text.
    dns_names: Vec<String>,
    email_names: Vec<String>,
    addresses: Vec<Vec<u8>>,
}

/// A public key's kind and numbers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKey {
    /// As `KeyObject.asymmetricKeyType` has it; '' when it is of no known kind.
    kind: &'static str,
    pub(crate) bits: u32,
    pub(crate) modulus: Option<String>,
    exponent: Option<String>,
    asn1_curve: Option<&'static str>,
    nist_curve: Option<&'static str>,
    /// A point's bytes.
    point: Option<ToJsBuffer>,
    spki: ToJsBuffer,
}

/// `der` or PEM, the first certificate of it. Throws when it is none.
#[op2]
#[serde]
pub fn op_tls_certificate_describe(#[buffer] bytes: &[u8]) -> Result<Description, TlsError> {
    let certificate = Certificate::parse(bytes).ok_or_else(TlsError::not_a_certificate)?;
    Ok(describe(&certificate))
}

/// The DER of all certificates in a PEM text, or of the one that `bytes` is.
#[op2]
#[serde]
pub fn op_tls_certificates_split(#[buffer] bytes: &[u8]) -> Result<Vec<ToJsBuffer>, TlsError> {
    let (found, broken) = pem::certificates(bytes);
    if found.is_empty() || broken || !found.iter().all(|c| Certificate::parse(c).is_some()) {
        return Err(TlsError::not_a_certificate());
    }
    Ok(found.into_iter().map(ToJsBuffer::from).collect())
}

/// DER as PEM.
#[op2]
#[string]
pub fn op_tls_pem_encode(#[string] label: &str, #[buffer] bytes: &[u8]) -> String {
    pem::encode(label, bytes)
}

/// Whether the first certificate names the second as its issuer; with `signed`, whether the second's key signed it.
#[op2(fast)]
pub fn op_tls_certificate_issued(#[buffer] bytes: &[u8], #[buffer] issuer: &[u8], signed: bool) -> bool {
    let (Some(certificate), Some(issuer)) = (Certificate::parse(bytes), Certificate::parse(issuer)) else {
        return false;
    };
    if signed {
        let algorithms = &crate::provider::provider().signature_verification_algorithms;
        crate::verify::verify_signature(algorithms, &issuer.spki, &certificate).is_none()
    } else {
        certificate.may_be_issued_by(&issuer)
    }
}

pub(crate) fn describe(certificate: &Certificate) -> Description {
    let names = certificate.alternative_names();
    let texts = |wanted: u8| {
        let of_kind = names.iter().filter(|(tag, _)| *tag == wanted);
        of_kind.map(|(_, content)| names::text(0x16, content)).collect()
    };
    Description {
        subject: names::attributes(&certificate.subject),
        issuer: names::attributes(&certificate.issuer),
        subject_alt_name: certificate.extension(certificate::SUBJECT_ALT_NAME).map(|_| {
            let all: Vec<String> = names
                .iter()
                .map(|(tag, content)| names::general_name(*tag, content))
                .collect();
            all.join(", ")
        }),
        info_access: info_access(certificate),
        ca: certificate.basic_constraints().is_some_and(|(ca, _)| ca),
        key: public_key(&certificate.spki),
        valid_from: certificate.not_before as f64 * 1000.0,
        valid_to: certificate.not_after as f64 * 1000.0,
        fingerprint: fingerprint(&Sha1::digest(&certificate.der)),
        fingerprint256: fingerprint(&Sha256::digest(&certificate.der)),
        fingerprint512: fingerprint(&Sha512::digest(&certificate.der)),
        ext_key_usage: certificate.extended_key_usage(),
        serial_number: hex(match certificate.serial.as_slice() {
            [0, rest @ ..] if !rest.is_empty() => rest,
            all => all,
        }),
        signature_algorithm_oid: Der(&certificate.signature_algorithm)
            .expect(der::OID)
            .map(|o| der::oid_text(o.content))
            .unwrap_or_default(),
        dns_names: texts(2),
        email_names: texts(1),
        addresses: names
            .iter()
            .filter(|(tag, _)| *tag == 7)
            .map(|(_, content)| content.to_vec())
            .collect(),
    }
}

pub(crate) fn public_key(spki: &[u8]) -> PublicKey {
    let mut described = PublicKey {
        kind: "",
        bits: 0,
        modulus: None,
        exponent: None,
        asn1_curve: None,
        nist_curve: None,
        point: None,
        spki: spki.to_vec().into(),
    };
    let Some((algorithm, key)) = certificate::split_spki(spki) else {
        return described;
    };
    let mut fields = Der(algorithm);
    let oid = fields
        .expect(der::OID)
        .map(|o| der::oid_text(o.content))
        .unwrap_or_default();
    match oid.as_str() {
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => {
            described.kind = if oid.ends_with(".10") { "rsa-pss" } else { "rsa" };
            let numbers = Der(key)
                .sequence()
                .and_then(|mut n| Some((n.expect(der::INTEGER)?, n.expect(der::INTEGER)?)));
            if let Some((modulus, exponent)) = numbers {
                let digits = modulus.magnitude();
                described.bits = digits.len() as u32 * 8 - digits.first().map_or(0, |d| d.leading_zeros());
                described.modulus = Some(hex(digits));
                described.exponent = Some(format!(
                    "0x{}",
                    hex(exponent.magnitude()).trim_start_matches('0').to_lowercase()
                ));
            }
        }
        "1.2.840.10045.2.1" => {
            described.kind = "ec";
            let curve = fields
                .expect(der::OID)
                .map(|o| der::oid_text(o.content))
                .unwrap_or_default();
            let known = match curve.as_str() {
                "1.2.840.10045.3.1.7" => Some(("prime256v1", Some("P-256"), 256)),
                "1.3.132.0.34" => Some(("secp384r1", Some("P-384"), 384)),
                "1.3.132.0.35" => Some(("secp521r1", Some("P-521"), 521)),
                "1.3.132.0.10" => Some(("secp256k1", None, 256)),
                _ => None,
            };
            if let Some((name, nist, bits)) = known {
                described.asn1_curve = Some(name);
                described.nist_curve = nist;
                described.bits = bits;
            }
            described.point = Some(key.to_vec().into());
        }
        "1.2.840.10040.4.1" => described.kind = "dsa",
        "1.3.101.112" => described.kind = "ed25519",
        "1.3.101.113" => described.kind = "ed448",
        "1.3.101.110" => described.kind = "x25519",
        "1.3.101.111" => described.kind = "x448",
        _ => {}
    }
    described
}

fn info_access(certificate: &Certificate) -> Option<String> {
    let mut list = Der(&certificate.extension(certificate::AUTHORITY_INFO)?.value).sequence()?;
    let mut lines = String::new();
    while let Some(mut fields) = list.sequence() {
        let oid = der::oid_text(fields.expect(der::OID)?.content);
        let method = match oid.as_str() {
            "1.3.6.1.5.5.7.48.1" => "OCSP",
            "1.3.6.1.5.5.7.48.2" => "CA Issuers",
            other => other,
        };
        let name = fields.next()?;
        lines.push_str(&format!(
            "{method} - {}\n",
            names::general_name(name.tag & 0x1f, name.content)
        ));
    }
    Some(lines)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02X}")).collect()
}

fn fingerprint(digest: &[u8]) -> String {
    let pairs: Vec<String> = digest.iter().map(|b| format!("{b:02X}")).collect();
    pairs.join(":")
}
