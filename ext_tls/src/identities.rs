//! Which certificate a side shows, and which signatures it makes and takes: the choice that rustls leaves to its user.

use std::rc::Rc;
use std::sync::Arc;

use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, Signer, SigningKey};
use rustls::{SignatureAlgorithm, SignatureScheme};

use crate::certificate::{Certificate, split_spki};
use crate::slot;

/// Whether the certificate is about this key.
pub(crate) fn fits(key: &dyn SigningKey, certificate: &Certificate) -> bool {
    let Some(public) = key.public_key() else { return false };
    split_spki(&public).map(|(_, bits)| bits) == certificate.public_key().map(|(_, bits)| bits)
}

/// The key that fits a chain's certificate; with `schemes` given, it signs by these only.
pub(crate) fn key_for(
    keys: &[Arc<dyn SigningKey>],
    chain: &[Rc<Certificate>],
    schemes: &[SignatureScheme],
) -> Option<Arc<dyn SigningKey>> {
    let key = keys.iter().find(|k| fits(&***k, &chain[0]))?.clone();
    if schemes.is_empty() {
        return Some(key);
    }
    Some(Arc::new(LimitedKey {
        key,
        schemes: schemes.to_vec(),
    }))
}

/// Those of `offered` that `allowed` has, in the latter's order; all where nothing is said.
pub(crate) fn limited(offered: Vec<SignatureScheme>, allowed: &[SignatureScheme]) -> Vec<SignatureScheme> {
    if allowed.is_empty() {
        return offered;
    }
    allowed.iter().filter(|s| offered.contains(s)).copied().collect()
}

/// A key that signs by some of its schemes only.
#[derive(Debug)]
struct LimitedKey {
    key: Arc<dyn SigningKey>,
    schemes: Vec<SignatureScheme>,
}

impl SigningKey for LimitedKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        self.key.choose_scheme(&limited(offered.to_vec(), &self.schemes))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.key.algorithm()
    }
}

/// A server's certificates: the first that suits the client.
#[derive(Debug)]
pub(crate) struct Identities {
    pub all: Vec<Arc<CertifiedKey>>,
    /// Whether TLS 1.3 may be spoken, whose suites suit all keys.
    pub tls13: bool,
}

impl ResolvesServerCert for Identities {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let schemes = hello.signature_schemes();
        let suites: Vec<_> = hello.cipher_suites().iter().filter_map(|s| s.as_str()).collect();
        let any_key = self.tls13 && suites.iter().any(|name| name.starts_with("TLS13_"));
        let suits = |key: &&Arc<CertifiedKey>| {
            let kind = if key.key.algorithm() == SignatureAlgorithm::RSA {
                "_RSA_"
            } else {
                "_ECDSA_"
            };
            any_key || suites.iter().any(|name| name.contains(kind))
        };
        let mut suiting = self.all.iter().filter(suits);
        let first = suiting.clone().next();
        // One that cannot sign for this client is still the one whose failure says why.
        let chosen = suiting.find(|i| i.key.choose_scheme(schemes).is_some()).or(first)?;
        match slot::staple() {
            None => Some(chosen.clone()),
            response => Some(Arc::new(CertifiedKey {
                ocsp: response,
                ..(**chosen).clone()
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SignatureScheme as S;

    #[test]
    fn a_limit_has_the_order() {
        let offered = vec![S::RSA_PSS_SHA256, S::ED25519, S::ECDSA_NISTP256_SHA256];
        assert_eq!(limited(offered.clone(), &[]), offered);
        let allowed = [S::ECDSA_NISTP256_SHA256, S::RSA_PKCS1_SHA256, S::RSA_PSS_SHA256];
        assert_eq!(
            limited(offered, &allowed),
            [S::ECDSA_NISTP256_SHA256, S::RSA_PSS_SHA256]
        );
    }
}
