//! `TlsConnection` as JavaScript calls it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use deno_core::{GarbageCollected, ToJsBuffer, op2, v8};
use rustls::ProtocolVersion;
use serde::Serialize;

use crate::certificate::Certificate;
use crate::connection::{Connection, TlsConnection};
use crate::context::TlsContext;
use crate::error::TlsError;
use crate::provider::{self, SUITES};
use crate::sessions;
use crate::verify::{Purpose, Trust};

// SAFETY: no traced members.
unsafe impl GarbageCollected for TlsConnection {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"TlsConnection"
    }
}

/// What has been agreed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Agreed {
    protocol: Option<&'static str>,
    cipher: Option<&'static str>,
    standard_cipher: Option<&'static str>,
    group: Option<&'static str>,
    group_bits: u32,
    alpn: Option<String>,
    reused: bool,
}

/// What a client has offered.
#[derive(Serialize)]
pub struct Offered {
    servername: Option<String>,
    protocols: Vec<String>,
    schemes: Vec<u16>,
    /// The number of the session that it wants to resume without a ticket.
    session: Option<ToJsBuffer>,
    /// Whether it wants an OCSP response.
    ocsp: bool,
}

/// ALPN's own form: each name behind its length.
fn protocols(wire: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = wire;
    while let Some((length, tail)) = rest.split_first() {
        let Some((name, tail)) = tail.split_at_checked(usize::from(*length)) else {
            break;
        };
        if !name.is_empty() {
            found.push(name.to_vec());
        }
        rest = tail;
    }
    found
}

/// Latin-1, as Node shows protocol names.
fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char::from(*b)).collect()
}

#[op2]
impl TlsConnection {
    #[constructor]
    #[cppgc]
    fn new(is_server: bool) -> TlsConnection {
        TlsConnection {
            inner: Rc::new(RefCell::new(Connection::new(is_server))),
        }
    }

    /// Begins a client's handshake: the name for SNI ('' for none), ALPN names on the wire, the session to resume (empty for none). The bits of
    /// connection.rs.
    #[fast]
    fn connect(
        &self,
        #[cppgc] context: &TlsContext,
        #[string] name: &str,
        #[buffer] alpn: &[u8],
        #[buffer] session: &[u8],
    ) -> Result<u32, TlsError> {
        let session = (!session.is_empty()).then_some(session);
        self.inner
            .borrow_mut()
            .connect(&mut context.settings.borrow_mut(), name, protocols(alpn), session)
    }

    /// Goes on with a server's handshake after the client's hello. `session` is what the program has kept under the client's number, `staple` the
    /// OCSP response to send; empty for none.
    #[fast]
    fn accept(
        &self,
        #[cppgc] context: &TlsContext,
        request: u32,
        #[buffer] alpn: &[u8],
        #[buffer] session: &[u8],
        #[buffer] staple: &[u8],
    ) -> Result<u32, TlsError> {
        let given = |bytes: &[u8]| (!bytes.is_empty()).then(|| bytes.to_vec());
        let mut settings = context.settings.borrow_mut();
        let mut inner = self.inner.borrow_mut();
        inner.accept(&mut settings, request, protocols(alpn), given(session), given(staple))
    }

    /// Has the program told of a server's new sessions. Before the handshake.
    #[fast]
    fn tell_sessions(&self) {
        self.inner.borrow_mut().tell_sessions();
    }

    /// The next new session of a server: its number and what is in it.
    #[serde]
    fn made_session(&self) -> Option<(ToJsBuffer, ToJsBuffer)> {
        let (id, session) = self.inner.borrow_mut().take_made()?;
        Some((id.into(), session.into()))
    }

    /// Ciphertext that came. The bits of connection.rs.
    #[fast]
    fn receive(&self, #[buffer] bytes: &[u8]) -> u32 {
        self.inner.borrow_mut().receive(bytes)
    }

    /// What is left to do when somebody else has moved the bytes. The bits of connection.rs.
    #[fast]
    fn pending(&self) -> u32 {
        self.inner.borrow_mut().pending()
    }

    /// Plaintext to send.
    #[fast]
    fn write(&self, #[buffer] bytes: &[u8]) {
        self.inner.borrow_mut().write(bytes);
    }

    /// The same, for a string in UTF-8.
    #[fast]
    fn write_utf8(&self, #[string] text: &str) {
        self.inner.borrow_mut().write(text.as_bytes());
    }

    /// Says that nothing more will be sent.
    #[fast]
    fn close_notify(&self) {
        self.inner.borrow_mut().close_notify();
    }

    /// Ciphertext to be sent.
    #[buffer]
    fn outgoing(&self) -> Vec<u8> {
        self.inner.borrow_mut().take_outgoing()
    }

    /// The next record's plaintext; empty when there is no more.
    #[buffer]
    fn plaintext(&self) -> Vec<u8> {
        self.inner.borrow_mut().take_plaintext().unwrap_or_default()
    }

    /// The next line for a key log, without which it is empty.
    #[buffer]
    fn key_line(&self) -> Vec<u8> {
        self.inner.borrow_mut().take_key_line().unwrap_or_default()
    }

    /// Has lines for a key log made. Before the handshake.
    #[fast]
    fn log_keys(&self) {
        self.inner.borrow_mut().log_keys();
    }

    /// The next session that the server gave; empty when there is none.
    #[buffer]
    fn new_session(&self) -> Vec<u8> {
        self.inner.borrow_mut().take_session().unwrap_or_default()
    }

    /// The last session of this connection.
    #[buffer]
    fn session(&self) -> Vec<u8> {
        self.inner
            .borrow_mut()
            .session_id
            .get_or_insert_with(sessions::new_id)
            .clone()
    }

    /// A client's ticket for its session; empty without one.
    #[buffer]
    fn ticket(&self) -> Vec<u8> {
        self.inner.borrow().ticket().unwrap_or_default()
    }

    /// Plaintext in one record at most.
    #[fast]
    fn set_fragment(&self, length: u32) {
        self.inner.borrow_mut().fragment = length as usize;
    }

    /// Why it failed: OpenSSL's reason and rustls' words.
    #[serde]
    fn failure(&self) -> Option<(&'static str, String)> {
        self.inner.borrow().failure.clone().map(|f| (f.reason, f.text))
    }

    #[serde]
    fn hello(&self) -> Offered {
        let inner = self.inner.borrow();
        Offered {
            servername: inner.hello.servername.clone(),
            protocols: inner.hello.protocols.iter().map(|p| latin1(p)).collect(),
            schemes: inner.hello.schemes.clone(),
            session: inner.hello.asked.session.clone().map(ToJsBuffer::from),
            ocsp: inner.hello.asked.ocsp,
        }
    }

    #[serde]
    fn agreed(&self) -> Agreed {
        let inner = self.inner.borrow();
        let common = inner.common();
        let suite = common
            .and_then(|c| c.negotiated_cipher_suite())
            .and_then(|s| SUITES.iter().find(|(_, _, id)| *id == s.suite()));
        let group = common
            .and_then(|c| c.negotiated_key_exchange_group())
            .map(|g| provider::group_name(g.name()));
        Agreed {
            protocol: common.and_then(|c| c.protocol_version()).and_then(|v| match v {
                ProtocolVersion::TLSv1_2 => Some("TLSv1.2"),
                ProtocolVersion::TLSv1_3 => Some("TLSv1.3"),
                _ => None,
            }),
            cipher: suite.map(|s| s.0),
            standard_cipher: suite.map(|s| s.1),
            group: group.map(|g| g.0),
            group_bits: group.map_or(0, |g| g.1),
            alpn: common.and_then(|c| c.alpn_protocol()).map(latin1),
            reused: inner.is_resumed(),
        }
    }

    /// The peer's certificates in DER, its own first, followed by those that the context knows for their issuers.
    #[serde]
    fn peer_certificates(&self, #[cppgc] context: &TlsContext, whole: bool) -> Vec<ToJsBuffer> {
        let inner = self.inner.borrow();
        let mut sent: Vec<_> = inner
            .peer_certificates()
            .iter()
            .filter_map(|c| Certificate::parse(c))
            .collect();
        if sent.is_empty() {
            return Vec::new();
        }
        let mut chain = vec![sent.remove(0)];
        let store = context.settings.borrow().trusted();
        while let Some(last) = chain
            .last()
            .filter(|c| whole && chain.len() < 20 && !c.is_self_issued())
            .cloned()
        {
            if let Some(next) = sent.iter().position(|c| last.may_be_issued_by(c)) {
                chain.push(sent.remove(next));
            } else if let Some(issuer) = store.issuer_of(&last) {
                chain.push(issuer);
            } else {
                break;
            }
        }
        chain.iter().map(|c| ToJsBuffer::from(c.der.clone())).collect()
    }

    /// What is wrong with the peer's certificates, by the context's trust: OpenSSL's code and words. Nothing where there are none.
    #[serde]
    fn verify(&self, #[cppgc] context: &TlsContext, of_server: bool) -> Option<(&'static str, &'static str)> {
        let inner = self.inner.borrow();
        let settings = context.settings.borrow();
        let sent: Option<Vec<Rc<Certificate>>> = inner
            .peer_certificates()
            .iter()
            .map(|c| Certificate::parse(c))
            .collect();
        let Some(sent) = sent else {
            return Some(("CERT_REJECTED", "certificate rejected"));
        };
        let store = settings.trusted();
        let trust = Trust {
            store: &store,
            partial: settings.partial,
            revocations: &settings.revocations,
            algorithms: &provider::provider().signature_verification_algorithms,
            now: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |d| d.as_secs() as i64),
        };
        trust.complaint(&sent, if of_server { Purpose::Server } else { Purpose::Client })
    }

    /// What the server stapled; empty when nothing.
    #[buffer]
    fn ocsp(&self) -> Vec<u8> {
        self.inner.borrow().ocsp().to_vec()
    }

    /// RFC 5705. Empty when the handshake is not over.
    #[buffer]
    fn export_keying_material(
        &self,
        length: u32,
        #[string] label: &str,
        #[buffer] context: &[u8],
        with_context: bool,
    ) -> Vec<u8> {
        let context = with_context.then_some(context);
        self.inner
            .borrow()
            .export(length as usize, label, context)
            .unwrap_or_default()
    }
}
