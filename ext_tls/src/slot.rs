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
use rustls::server::StoresServerSessions;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::sign::CertifiedKey;
use rustls::{DigitallySignedStruct, DistinguishedName, Error, KeyLog, NamedGroup, PeerMisbehaved, SignatureScheme};

use crate::certificate;
use crate::identities::limited;

/// Tickets of TLS 1.3 that are kept for one session.
const TICKETS: usize = 8;

/// A session that a client may resume.
pub(crate) enum Session {
    Tls12(Tls12ClientSessionValue),
    /// rustls has a ticket serve once. So what a connection is given is one session with all its tickets, and connections that resume it add theirs.
    Tls13(RefCell<VecDeque<Tls13ClientSessionValue>>),
}

impl Session {
    /// The ticket by which it is resumed next.
    pub(crate) fn ticket(&self) -> Option<Vec<u8>> {
        let shown = match self {
            Session::Tls12(value) => format!("{value:?}"),
            Session::Tls13(tickets) => format!("{:?}", tickets.borrow().back()?),
        };
        // rustls gives tickets to nobody but those who look at a session for debugging.
        let (_, rest) = shown.split_once("ClientSessionCommon { ticket: ")?;
        let (digits, _) = rest.split_once(',')?;
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let bytes: Option<Vec<u8>> = digits.as_bytes().chunks(2).map(byte).collect();
        bytes.filter(|ticket| !ticket.is_empty())
    }

    fn add_ticket(&self, ticket: Tls13ClientSessionValue) {
        if let Session::Tls13(tickets) = self {
            let mut tickets = tickets.borrow_mut();
            if tickets.len() == TICKETS {
                tickets.pop_front();
            }
            tickets.push_back(ticket);
        }
    }
}

/// See the module.
#[derive(Default)]
pub(crate) struct Slot {
    pub identities: Vec<Arc<CertifiedKey>>,
    /// A client's: to be resumed.
    pub session: Option<Rc<Session>>,
    /// Whether it was, so that new tickets are that session's.
    pub resumed: bool,
    /// The session that the connection's tickets make up.
    tickets: Option<Rc<Session>>,
    /// What the server gave, oldest first.
    pub given: VecDeque<Rc<Session>>,
    /// A server's: the session that the program has for the client's number.
    pub stored: Option<Vec<u8>>,
    /// Whether the program wants to hear of new sessions.
    pub tells_sessions: bool,
    /// New sessions, with their numbers where they have one (tickets do not).
    pub made: VecDeque<(Option<Vec<u8>>, Vec<u8>)>,
    /// The OCSP response to send.
    pub staple: Option<Vec<u8>>,
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
            if slot.resumed
                && let Some(session) = &slot.session
            {
                session.add_ticket(value);
                return;
            }
            let session = slot
                .tickets
                .get_or_insert_with(|| Rc::new(Session::Tls13(RefCell::default())));
            session.add_ticket(value);
            slot.given.push_back(session.clone());
        });
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        current(|slot| match slot.session.as_deref() {
            Some(Session::Tls13(tickets)) => tickets.borrow_mut().pop_back(),
            _ => None,
        })
    }
}

/// Node's server keeps no session: the program does ('newSession', 'resumeSession'), or the client has tickets.
impl StoresServerSessions for Callbacks {
    fn put(&self, key: Vec<u8>, value: Vec<u8>) -> bool {
        current(|slot| {
            if slot.tells_sessions {
                slot.made.push_back((Some(key), value));
            }
        });
        true
    }

    fn get(&self, _: &[u8]) -> Option<Vec<u8>> {
        current(|slot| slot.stored.clone())
    }

    fn take(&self, _: &[u8]) -> Option<Vec<u8>> {
        None
    }

    fn can_cache(&self) -> bool {
        true
    }
}

/// A ticket has been made of this session.
pub(crate) fn sealed(session: &[u8]) {
    current(|slot| {
        if slot.tells_sessions {
            slot.made.push_back((None, session.to_vec()));
        }
    });
}

/// The OCSP response of the connection at hand.
pub(crate) fn staple() -> Option<Vec<u8>> {
    current(|slot| slot.staple.clone())
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
