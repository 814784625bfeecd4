//! X.509 certificates: the parts that verification and `getPeerCertificate()` need, cut out of the DER.

use std::rc::Rc;

use crate::der::{self, Der, Element};

/// A certificate and where its parts are.
pub(crate) struct Certificate {
    pub der: Vec<u8>,
    pub version: u32,
    /// The number's digits, as they stand.
    pub serial: Vec<u8>,
    /// The names as DER.
    pub issuer: Vec<u8>,
    pub subject: Vec<u8>,
    /// Seconds since 1970.
    pub not_before: i64,
    pub not_after: i64,
    /// SubjectPublicKeyInfo as DER.
    pub spki: Vec<u8>,
    pub tbs: Vec<u8>,
    /// What is in the signature's AlgorithmIdentifier.
    pub signature_algorithm: Vec<u8>,
    pub signature: Vec<u8>,
    pub extensions: Vec<Extension>,
}

pub(crate) struct Extension {
    pub oid: String,
    pub critical: bool,
    pub value: Vec<u8>,
}

pub(crate) const SUBJECT_KEY_ID: &str = "2.5.29.14";
pub(crate) const KEY_USAGE: &str = "2.5.29.15";
pub(crate) const SUBJECT_ALT_NAME: &str = "2.5.29.17";
pub(crate) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub(crate) const NAME_CONSTRAINTS: &str = "2.5.29.30";
pub(crate) const CERTIFICATE_POLICIES: &str = "2.5.29.32";
pub(crate) const AUTHORITY_KEY_ID: &str = "2.5.29.35";
pub(crate) const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
pub(crate) const AUTHORITY_INFO: &str = "1.3.6.1.5.5.7.1.1";

/// Bit 5 of KeyUsage, counted from the first.
pub(crate) const KEY_CERT_SIGN: usize = 5;

/// rsaEncryption, as it stands at the beginning of an algorithm.
pub(crate) const RSA_OID: [u8; 11] = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];

impl Certificate {
    /// The size of the key, if that is RSA's.
    pub(crate) fn rsa_bits(&self) -> Option<u32> {
        let described = crate::describe::public_key(&self.spki);
        described.modulus.is_some().then_some(described.bits)
    }

    pub(crate) fn parse(bytes: &[u8]) -> Option<Rc<Certificate>> {
        let mut outer = Der(bytes);
        let whole = outer.expect(der::SEQUENCE)?;
        let mut parts = whole.inside();
        let tbs = parts.expect(der::SEQUENCE)?;
        let signature_algorithm = parts.expect(der::SEQUENCE)?.content.to_vec();
        let signature = parts.expect(der::BIT_STRING)?.bits()?.to_vec();
        let mut fields = tbs.inside();
        let version = match fields.optional(0xa0) {
            Some(element) => element.inside().expect(der::INTEGER)?.small()? + 1,
            None => 1,
        };
        let serial = fields.expect(der::INTEGER)?.content.to_vec();
        fields.expect(der::SEQUENCE)?;
        let issuer = fields.expect(der::SEQUENCE)?.whole.to_vec();
        let mut validity = fields.sequence()?;
        let not_before = time(validity.next()?)?;
        let not_after = time(validity.next()?)?;
        let subject = fields.expect(der::SEQUENCE)?.whole.to_vec();
        let spki = fields.expect(der::SEQUENCE)?.whole.to_vec();
        fields.optional(0x81);
        fields.optional(0x82);
        let extensions = match fields.optional(0xa3) {
            Some(element) => parse_extensions(element)?,
            None => Vec::new(),
        };
        Some(Rc::new(Certificate {
            der: whole.whole.to_vec(),
            version,
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            spki,
            tbs: tbs.whole.to_vec(),
            signature_algorithm,
            signature,
            extensions,
        }))
    }

    pub(crate) fn extension(&self, oid: &str) -> Option<&Extension> {
        self.extensions.iter().find(|e| e.oid == oid)
    }

    fn value(&self, oid: &str) -> Option<Der<'_>> {
        Some(Der(&self.extension(oid)?.value))
    }

    /// Algorithm (what is in its identifier) and key bytes.
    pub(crate) fn public_key(&self) -> Option<(&[u8], &[u8])> {
        split_spki(&self.spki)
    }

    /// Whether BasicConstraints says CA, and the longest path below; `None` without that extension.
    pub(crate) fn basic_constraints(&self) -> Option<(bool, Option<u32>)> {
        let mut fields = self.value(BASIC_CONSTRAINTS)?.sequence()?;
        let ca = fields.optional(der::BOOLEAN).is_some_and(|b| b.content == [0xff]);
        let path = fields.optional(der::INTEGER).and_then(|i| i.small());
        Some((ca, path))
    }

    /// `None` without that extension.
    pub(crate) fn key_usage(&self, bit: usize) -> Option<bool> {
        let bits = self.value(KEY_USAGE)?.expect(der::BIT_STRING)?;
        let byte = bits.content.get(1 + bit / 8).copied().unwrap_or(0);
        Some(byte & (0x80 >> (bit % 8)) != 0)
    }

    pub(crate) fn extended_key_usage(&self) -> Option<Vec<String>> {
        let mut list = self.value(EXTENDED_KEY_USAGE)?.sequence()?;
        let mut found = Vec::new();
        while let Some(oid) = list.optional(der::OID) {
            found.push(der::oid_text(oid.content));
        }
        Some(found)
    }

    pub(crate) fn subject_key_id(&self) -> Option<&[u8]> {
        Some(self.value(SUBJECT_KEY_ID)?.expect(der::OCTET_STRING)?.content)
    }

    pub(crate) fn authority_key_id(&self) -> Option<&[u8]> {
        Some(self.value(AUTHORITY_KEY_ID)?.sequence()?.optional(0x80)?.content)
    }

    /// Tag (0 to 8) and content of each name.
    pub(crate) fn alternative_names(&self) -> Vec<(u8, &[u8])> {
        let mut names = Vec::new();
        let Some(mut list) = self.value(SUBJECT_ALT_NAME).and_then(|mut v| v.sequence()) else {
            return names;
        };
        while let Some(name) = list.next() {
            names.push((name.tag & 0x1f, name.content));
        }
        names
    }

    /// Whether `issuer` may have issued this, by names and key ids. What the signature says is another matter.
    pub(crate) fn may_be_issued_by(&self, issuer: &Certificate) -> bool {
        self.issuer == issuer.subject
            && match (self.authority_key_id(), issuer.subject_key_id()) {
                (Some(wanted), Some(given)) => wanted == given,
                _ => true,
            }
    }

    pub(crate) fn is_self_issued(&self) -> bool {
        self.may_be_issued_by(self)
    }
}

/// Algorithm (what is in its identifier) and key bytes of a SubjectPublicKeyInfo.
pub(crate) fn split_spki(spki: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut fields = Der(spki).sequence()?;
    let algorithm = fields.expect(der::SEQUENCE)?.content;
    let key = fields.expect(der::BIT_STRING)?.bits()?;
    Some((algorithm, key))
}

fn parse_extensions(element: Element<'_>) -> Option<Vec<Extension>> {
    let mut list = element.inside().sequence()?;
    let mut found = Vec::new();
    while !list.is_empty() {
        let mut fields = list.sequence()?;
        let oid = der::oid_text(fields.expect(der::OID)?.content);
        let critical = fields.optional(der::BOOLEAN).is_some_and(|b| b.content == [0xff]);
        let value = fields.expect(der::OCTET_STRING)?.content.to_vec();
        found.push(Extension { oid, critical, value });
    }
    Some(found)
}

/// UTCTime or GeneralizedTime as seconds since 1970.
fn time(element: Element<'_>) -> Option<i64> {
    let text = std::str::from_utf8(element.content).ok()?.strip_suffix('Z')?;
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match (element.tag, text.len()) {
        (0x17, 12) => {
            let year: i64 = text[..2].parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, &text[2..])
        }
        (0x18, 14) => (text[..4].parse().ok()?, &text[4..]),
        _ => return None,
    };
    let part = |index: usize| rest[index * 2..index * 2 + 2].parse::<i64>().ok();
    let (month, day) = (part(0)?, part(1)?);
    let (hour, minute, second) = (part(2)?, part(3)?, part(4)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since 1970 in the proleptic Gregorian calendar, years counted from March.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + (153 * m + 2) / 5 + day - 1;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(tag: u8, text: &str) -> Option<i64> {
        time(Element {
            tag,
            content: text.as_bytes(),
            whole: &[],
        })
    }

    #[test]
    fn reads_times() {
        assert_eq!(at(0x17, "700101000000Z"), Some(0));
        assert_eq!(at(0x17, "240229120000Z"), Some(1_709_208_000));
        assert_eq!(at(0x18, "20500101000000Z"), Some(2_524_608_000));
        assert_eq!(at(0x17, "241301000000Z"), None);
        assert_eq!(at(0x17, "2413010000Z"), None);
    }

    #[test]
    fn reads_the_bundled_roots_and_refuses_their_beginnings() {
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
        for root in roots {
            let certificate = Certificate::parse(root).expect("a certificate");
            assert!(certificate.is_self_issued());
        }
        let first = &roots[0];
        for end in 0..first.len() {
            assert!(Certificate::parse(&first[..end]).is_none());
        }
    }
}
