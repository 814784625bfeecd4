//! rustls with ring: the cipher suites, versions and groups that there are, by OpenSSL's names.

use std::sync::{Arc, LazyLock};

use rustls::crypto::{CryptoProvider, SupportedKxGroup, ring};
use rustls::{CipherSuite, NamedGroup, SupportedCipherSuite, SupportedProtocolVersion, version};

use crate::error::TlsError;
use crate::slot::Callbacks;

/// The provider with everything it has, suites in Node's order of preference.
pub(crate) fn provider() -> &'static Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> = LazyLock::new(|| {
        let mut all = ring::default_provider();
        all.cipher_suites
            .sort_by_key(|suite| SUITES.iter().position(|known| known.2 == suite.suite()));
        Arc::new(all)
    });
    &PROVIDER
}

/// The process's callbacks (see slot.rs).
pub(crate) fn callbacks() -> &'static Arc<Callbacks> {
    static CALLBACKS: LazyLock<Arc<Callbacks>> =
        LazyLock::new(|| Arc::new(Callbacks(provider().signature_verification_algorithms)));
    &CALLBACKS
}

/// OpenSSL's name and the standard's for each suite, in the order of preference.
pub(crate) const SUITES: [(&str, &str, CipherSuite); 9] = {
    use CipherSuite as C;
    [
        (
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_256_GCM_SHA384",
            C::TLS13_AES_256_GCM_SHA384,
        ),
        (
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            C::TLS13_CHACHA20_POLY1305_SHA256,
        ),
        (
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_128_GCM_SHA256",
            C::TLS13_AES_128_GCM_SHA256,
        ),
        (
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            C::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        ),
        (
            "ECDHE-RSA-AES128-GCM-SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            C::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ),
        (
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            C::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        ),
        (
            "ECDHE-RSA-AES256-GCM-SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            C::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        ),
        (
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            C::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        ),
        (
            "ECDHE-RSA-CHACHA20-POLY1305",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            C::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        ),
    ]
};

pub(crate) fn suite(id: CipherSuite) -> Option<SupportedCipherSuite> {
    provider().cipher_suites.iter().find(|s| s.suite() == id).copied()
}

/// The suites of a list of OpenSSL's names, separated by colons; unknown ones are passed over.
pub(crate) fn suites_named(list: &str) -> Vec<SupportedCipherSuite> {
    let ids = list.split(':').filter_map(|name| SUITES.iter().find(|s| s.0 == name));
    ids.filter_map(|s| suite(s.2)).collect()
}

/// The key exchange groups of such a list, `auto` for all.
pub(crate) fn groups_named(list: &str) -> Result<Vec<&'static dyn SupportedKxGroup>, TlsError> {
    if list == "auto" {
        return Ok(provider().kx_groups.clone());
    }
    let mut found = Vec::new();
    for name in list.split(':') {
        let id = match name {
            "X25519" | "x25519" => NamedGroup::X25519,
            "P-256" | "prime256v1" | "secp256r1" => NamedGroup::secp256r1,
            "P-384" | "secp384r1" => NamedGroup::secp384r1,
            _ => continue,
        };
        found.extend(provider().kx_groups.iter().find(|g| g.name() == id).copied());
    }
    if found.is_empty() {
        return Err(TlsError::new(
            "ERR_CRYPTO_OPERATION_FAILED",
            format!("Failed to set ECDH curve: none of {list} is there (rustls has X25519, P-256 and P-384)"),
        ));
    }
    Ok(found)
}

/// The versions between two, by the numbers that they have in the protocol.
pub(crate) fn versions_in(min: u16, max: u16) -> Result<Vec<&'static SupportedProtocolVersion>, TlsError> {
    let all = [(&version::TLS13, 0x0304), (&version::TLS12, 0x0303)];
    let wanted: Vec<_> = all
        .into_iter()
        .filter(|(_, n)| (min..=max).contains(n))
        .map(|(v, _)| v)
        .collect();
    if wanted.is_empty() {
        return Err(TlsError::new(
            "ERR_SSL_NO_PROTOCOLS_AVAILABLE",
            "SSL routines::no protocols available: rustls has TLSv1.2 and TLSv1.3",
        ));
    }
    Ok(wanted)
}

/// OpenSSL's name for a group, and its size in bits.
pub(crate) fn group_name(group: NamedGroup) -> (&'static str, u32) {
    match group {
        NamedGroup::X25519 => ("X25519", 253),
        NamedGroup::secp256r1 => ("prime256v1", 256),
        NamedGroup::secp384r1 => ("secp384r1", 384),
        _ => ("", 0),
    }
}
