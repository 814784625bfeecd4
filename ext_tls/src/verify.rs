//! Whether a chain of certificates leads to one that is trusted, told in OpenSSL's words: as there, all checks are made and the last complaint counts.

use std::collections::HashMap;
use std::rc::Rc;

use rustls::crypto::WebPkiSupportedAlgorithms;

use crate::certificate::{self, Certificate, KEY_CERT_SIGN};
use crate::name_constraints;

/// Longer chains are refused.
const MAX_DEPTH: usize = 100;

/// A complaint: OpenSSL's name for it and its words.
pub(crate) type Complaint = (&'static str, &'static str);

macro_rules! complaints {
    ($($name:ident = $text:literal;)*) => { $(const $name: Complaint = (stringify!($name), $text);)* };
}

complaints! {
    UNABLE_TO_GET_ISSUER_CERT = "unable to get issuer certificate";
    CERT_SIGNATURE_FAILURE = "certificate signature failure";
    CERT_NOT_YET_VALID = "certificate is not yet valid";
    CERT_HAS_EXPIRED = "certificate has expired";
    DEPTH_ZERO_SELF_SIGNED_CERT = "self-signed certificate";
    SELF_SIGNED_CERT_IN_CHAIN = "self-signed certificate in certificate chain";
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY = "unable to get local issuer certificate";
    UNABLE_TO_VERIFY_LEAF_SIGNATURE = "unable to verify the first certificate";
    CERT_CHAIN_TOO_LONG = "certificate chain too long";
    CERT_REVOKED = "certificate revoked";
    UNABLE_TO_GET_CRL = "unable to get certificate CRL";
    INVALID_CA = "invalid CA certificate";
    PATH_LENGTH_EXCEEDED = "path length constraint exceeded";
    INVALID_PURPOSE = "unsuitable certificate purpose";
    KEYUSAGE_NO_CERTSIGN = "key usage does not include certificate signing";
    UNHANDLED_CRITICAL_EXTENSION = "unhandled critical extension";
    PERMITTED_VIOLATION = "permitted subtree violation";
    UNSUPPORTED_SIGNATURE_ALGORITHM = "unsupported signature algorithm";
}

/// Certificates by their subject.
#[derive(Default, Clone)]
pub(crate) struct Store {
    by_subject: HashMap<Vec<u8>, Vec<Rc<Certificate>>>,
}

impl Store {
    /// False when it is there already.
    pub(crate) fn add(&mut self, certificate: Rc<Certificate>) -> bool {
        let same_name = self.by_subject.entry(certificate.subject.clone()).or_default();
        if same_name.iter().any(|known| known.der == certificate.der) {
            return false;
        }
        same_name.push(certificate);
        true
    }

    pub(crate) fn contains(&self, certificate: &Certificate) -> bool {
        let same_name = self.by_subject.get(&certificate.subject);
        same_name.is_some_and(|list| list.iter().any(|known| known.der == certificate.der))
    }

    /// One that may have issued `certificate`; the longest valid of several.
    pub(crate) fn issuer_of(&self, certificate: &Certificate) -> Option<Rc<Certificate>> {
        let candidates = self.by_subject.get(&certificate.issuer)?.iter();
        candidates
            .filter(|c| certificate.may_be_issued_by(c))
            .max_by_key(|c| c.not_after)
            .cloned()
    }

    pub(crate) fn subjects(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.by_subject.keys()
    }
}

/// Serial numbers that an issuer has revoked.
pub(crate) struct RevocationList {
    pub issuer: Vec<u8>,
    pub serials: Vec<Vec<u8>>,
}

/// What is checked against.
pub(crate) struct Trust<'a> {
    pub store: &'a Store,
    /// A trusted certificate ends a chain even if it is no root.
    pub partial: bool,
    pub revocations: &'a [RevocationList],
    pub algorithms: &'a WebPkiSupportedAlgorithms,
    /// Seconds since 1970.
    pub now: i64,
}

/// The purpose that the first certificate of the chain must allow.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Purpose {
    Server,
    Client,
}

impl Trust<'_> {
    /// `None` when the chain is good.
    pub(crate) fn complaint(&self, sent: &[Rc<Certificate>], purpose: Purpose) -> Option<Complaint> {
        let leaf = sent.first()?;
        let mut chain = vec![leaf.clone()];
        let mut last = None;
        let mut untrusted = usize::from(!self.store.contains(leaf));
        let mut ended = false;
        loop {
            let end = chain[chain.len() - 1].clone();
            let trusted = self.store.contains(&end);
            if end.is_self_issued() || (trusted && self.partial) {
                ended = trusted;
                break;
            }
            if chain.len() > MAX_DEPTH {
                return Some(CERT_CHAIN_TOO_LONG);
            }
            // Trusted ones first, so that a chain is no longer than it must be.
            if let Some(issuer) = self.store.issuer_of(&end) {
                chain.push(issuer);
            } else if let Some(issuer) = sent
                .iter()
                .find(|c| end.may_be_issued_by(c) && !chain.iter().any(|known| known.der == c.der))
            {
                untrusted += 1;
                chain.push(issuer.clone());
            } else {
                break;
            }
        }
        let top = chain[chain.len() - 1].clone();
        if !ended {
            last = Some(if top.is_self_issued() && chain.len() == 1 {
                DEPTH_ZERO_SELF_SIGNED_CERT
            } else if top.is_self_issued() {
                SELF_SIGNED_CERT_IN_CHAIN
            } else if untrusted < chain.len() {
                UNABLE_TO_GET_ISSUER_CERT
            } else {
                UNABLE_TO_GET_ISSUER_CERT_LOCALLY
            });
        }
        last = self.extensions(&chain, purpose).or(last);
        last = self.revocation(&chain).or(last);
        last = self.signatures(&chain, ended).or(last);
        last.or_else(|| name_constraints::violated(&chain).then_some(PERMITTED_VIOLATION))
    }

    fn extensions(&self, chain: &[Rc<Certificate>], purpose: Purpose) -> Option<Complaint> {
        let mut last = None;
        let mut below = 0;
        for (index, certificate) in chain.iter().enumerate() {
            if certificate.extensions.iter().any(|e| e.critical && !is_known(&e.oid)) {
                last = Some(UNHANDLED_CRITICAL_EXTENSION);
            }
            let is_leaf = index == 0;
            let constraints = certificate.basic_constraints();
            if !is_leaf {
                let is_ca = match constraints {
                    Some((ca, _)) => ca,
                    // Before version 3 there was no way to say so.
                    None => {
                        certificate.version < 3 && certificate.is_self_issued()
                            || certificate.key_usage(KEY_CERT_SIGN) == Some(true)
                    }
                };
                if !is_ca {
                    last = Some(INVALID_CA);
                } else if certificate.key_usage(KEY_CERT_SIGN) == Some(false) {
                    last = Some(KEYUSAGE_NO_CERTSIGN);
                }
                if let Some((_, Some(limit))) = constraints
                    && below > limit as usize
                {
                    last = Some(PATH_LENGTH_EXCEEDED);
                }
                if certificate.subject != certificate.issuer {
                    below += 1;
                }
            }
            if !allows(certificate, purpose) {
                last = Some(INVALID_PURPOSE);
            }
        }
        last
    }

    fn revocation(&self, chain: &[Rc<Certificate>]) -> Option<Complaint> {
        if self.revocations.is_empty() {
            return None;
        }
        let leaf = &chain[0];
        let mut lists = self.revocations.iter().filter(|l| l.issuer == leaf.issuer).peekable();
        if lists.peek().is_none() {
            return Some(UNABLE_TO_GET_CRL);
        }
        lists.any(|l| l.serials.contains(&leaf.serial)).then_some(CERT_REVOKED)
    }

    /// Signatures and times, from the top down.
    fn signatures(&self, chain: &[Rc<Certificate>], ended: bool) -> Option<Complaint> {
        let mut last = None;
        let top = chain.len() - 1;
        for index in (0..chain.len()).rev() {
            let certificate = &chain[index];
            if index == top && !certificate.is_self_issued() {
                if chain.len() == 1 && !ended {
                    last = Some(UNABLE_TO_VERIFY_LEAF_SIGNATURE);
                }
            } else if index != top {
                last = self.signature(certificate, &chain[index + 1]).or(last);
            }
            if self.now < certificate.not_before {
                last = Some(CERT_NOT_YET_VALID);
            } else if self.now > certificate.not_after {
                last = Some(CERT_HAS_EXPIRED);
            }
        }
        last
    }

    fn signature(&self, certificate: &Certificate, issuer: &Certificate) -> Option<Complaint> {
        verify_signature(self.algorithms, &issuer.spki, certificate)
    }
}

/// Whether the key has signed the certificate.
pub(crate) fn verify_signature(
    algorithms: &WebPkiSupportedAlgorithms,
    spki: &[u8],
    certificate: &Certificate,
) -> Option<Complaint> {
    let Some((key_algorithm, key)) = certificate::split_spki(spki) else {
        return Some(CERT_SIGNATURE_FAILURE);
    };
    let candidate = algorithms.all.iter().find(|a| {
        a.signature_alg_id().as_ref() == certificate.signature_algorithm.as_slice()
            && a.public_key_alg_id().as_ref() == key_algorithm
    });
    let Some(algorithm) = candidate else {
        return Some(UNSUPPORTED_SIGNATURE_ALGORITHM);
    };
    match algorithm.verify_signature(key, &certificate.tbs, &certificate.signature) {
        Ok(()) => None,
        Err(_) => Some(CERT_SIGNATURE_FAILURE),
    }
}

/// Extensions that are looked at, or that say nothing about trust.
fn is_known(oid: &str) -> bool {
    [
        certificate::BASIC_CONSTRAINTS,
        certificate::KEY_USAGE,
        certificate::EXTENDED_KEY_USAGE,
        certificate::SUBJECT_ALT_NAME,
        certificate::SUBJECT_KEY_ID,
        certificate::AUTHORITY_KEY_ID,
        certificate::NAME_CONSTRAINTS,
        certificate::CERTIFICATE_POLICIES,
        // Policies are not asked for, so that constraints on them say nothing.
        "2.5.29.33",
        "2.5.29.36",
        "2.5.29.54",
        "2.5.29.31",
    ]
    .contains(&oid)
}

fn allows(certificate: &Certificate, purpose: Purpose) -> bool {
    let Some(usages) = certificate.extended_key_usage() else {
        return true;
    };
    let wanted = match purpose {
        Purpose::Server => "1.3.6.1.5.5.7.3.1",
        Purpose::Client => "1.3.6.1.5.5.7.3.2",
    };
    // For an issuer the extension limits what it may issue.
    usages.iter().any(|u| u == wanted || u == "2.5.29.37.0")
}
