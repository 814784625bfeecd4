//! What rustls' callbacks need to know of the connection that they are called for.
//!
//! rustls takes its callbacks from configurations, and resumes a session only where verifier and client certificates are the very objects that the
//! session began with. So there is one of each for the process, and what belongs to a connection lies in a slot of the thread while rustls works
//! for it. Which certificates are trusted is decided after the handshake, by `verify.rs`, as Node has it; here signatures are checked.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ClientSessionStore, ResolvesClientCert, Tls12ClientSessionValue, Tls13ClientSessionValue};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, DistinguishedName, Error, KeyLog, NamedGroup, PeerMisbehaved, SignatureScheme};

use crate::certificate;
use crate::identities::limited;

/// A session that a client may resume.
pub(crate) enum Session {
    Tls12(Tls12ClientSessionValue),
    /// A ticket serves once.
    Tls13(RefCell<Option<Tls13ClientSessionValue>>),
}

/// See the module.
#[derive(Default)]
pub(crate) struct Slot {
    pub identities: Vec<Arc<CertifiedKey>>,
    /// To be resumed.
    pub session: Option<Rc<Session>>,
    /// What the server gave, oldest first.
    pub given: VecDeque<Rc<Session>>,
    /// Signatures that are taken; empty for all.
    pub schemes: Vec<SignatureScheme>,
    pub log_keys: bool,
    pub key_lines: VecDeque<Vec<u8>>,
    pub ocsp: Vec<u8>,
}

thread_local! {
    static CURRENT: RefCell<Slot> = RefCell::default();
}

/// Runs `work` with `slot` as that of the thread.
pub(crate) fn with<T>(slot: &mut Slot, work: impl FnOnce() -> T) -> T {
    CURRENT.with(|current| std::mem::swap(&mut *current.borrow_mut(), slot));
    let result = work();
    CURRENT.with(|current| std::mem::swap(&mut *current.borrow_mut(), slot));
    result
}

fn current<T>(look: impl FnOnce(&mut Slot) -> T) -> T {
    CURRENT.with(|current| look(&mut current.borrow_mut()))
}

/// The process's verifier, session store, client certificates and key log.
#[derive(Debug)]
pub(crate) struct Callbacks(pub WebPkiSupportedAlgorithms);

impl Callbacks {
    /// A certificate's key is enough here: version 1 certificates are as good as others.
    fn check(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let refused = || Error::from(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme);
        let parsed = certificate::Certificate::parse(certificate).ok_or(rustls::CertificateError::BadEncoding)?;
        let (algorithm, key) = parsed.public_key().ok_or(rustls::CertificateError::BadEncoding)?;
        let candidates = self.0.mapping.iter().find(|(scheme, _)| *scheme == signed.scheme);
        for candidate in candidates.ok_or_else(refused)?.1 {
            if candidate.public_key_alg_id().as_ref() != algorithm {
                continue;
            }
            return match candidate.verify_signature(key, message, signed.signature()) {
                Ok(()) => Ok(HandshakeSignatureValid::assertion()),
                Err(_) => Err(rustls::CertificateError::BadSignature.into()),
            };
        }
        Err(refused())
    }

    fn check_tls13(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        // PKCS#1 signatures end with TLS 1.2.
        if matches!(
            signed.scheme,
            SignatureScheme::RSA_PKCS1_SHA256 | SignatureScheme::RSA_PKCS1_SHA384 | SignatureScheme::RSA_PKCS1_SHA512
        ) {
            return Err(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme.into());
        }
        self.check(message, certificate, signed)
    }
}

impl ServerCertVerifier for Callbacks {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        ocsp: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        current(|slot| slot.ocsp = ocsp.to_vec());
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check_tls13(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        current(|slot| limited(self.0.supported_schemes(), &slot.schemes))
    }
}

/// What a server with `requestCert` asks its clients.
#[derive(Debug)]
pub(crate) struct ClientCertificates {
    pub callbacks: Arc<Callbacks>,
    pub mandatory: bool,
    pub subjects: Vec<DistinguishedName>,
}

impl ClientCertVerifier for ClientCertificates {
    fn client_auth_mandatory(&self) -> bool {
        self.mandatory
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &self.subjects
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.callbacks.check(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.callbacks.check_tls13(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.callbacks.supported_verify_schemes()
    }
}

impl ResolvesClientCert for Callbacks {
    fn resolve(&self, _: &[&[u8]], schemes: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        current(|slot| {
            let fits = |i: &&Arc<CertifiedKey>| i.key.choose_scheme(schemes).is_some();
            slot.identities.iter().find(fits).cloned()
        })
    }

    fn has_certs(&self) -> bool {
        true
    }
}

impl ClientSessionStore for Callbacks {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, value: Tls12ClientSessionValue) {
        current(|slot| slot.given.push_back(Rc::new(Session::Tls12(value))));
    }

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        current(|slot| match slot.session.as_deref() {
            Some(Session::Tls12(value)) => Some(value.clone()),
            _ => None,
        })
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, value: Tls13ClientSessionValue) {
        current(|slot| {
            slot.given.push_back(Rc::new(Session::Tls13(RefCell::new(Some(value)))));
        });
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        current(|slot| match slot.session.as_deref() {
            Some(Session::Tls13(value)) => value.borrow_mut().take(),
            _ => None,
        })
    }
}

impl KeyLog for Callbacks {
    fn log(&self, label: &str, random: &[u8], secret: &[u8]) {
        use std::fmt::Write;
        let mut line = format!("{label} ");
        for byte in random {
            let _ = write!(line, "{byte:02x}");
        }
        line.push(' ');
        for byte in secret {
            let _ = write!(line, "{byte:02x}");
        }
        line.push('\n');
        current(|slot| slot.key_lines.push_back(line.into_bytes()));
    }

    fn will_log(&self, _: &str) -> bool {
        current(|slot| slot.log_keys)
    }
}
