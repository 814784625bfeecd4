//! One TLS connection without its transport: ciphertext goes in and out, plaintext goes out and in. js/internal/tls/handle.js moves the bytes.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, IoSlice, Write};
use std::mem::MaybeUninit;
use std::ops::DerefMut;
use std::rc::Rc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::{Accepted, Acceptor};
use rustls::{ClientConnection, Error, HandshakeKind, ProtocolVersion, ServerConnection};

use crate::context::Settings;
use crate::error::{self, TlsError, is_no_tls};
use crate::hello::{self, Asked};
use crate::records::{Records, drain, feed, send};
use crate::sessions;
use crate::slot::{self, Slot};

/// What `receive` and the like have brought about, as bits.
pub(crate) const PLAINTEXT: u32 = 1;
pub(crate) const OUTGOING: u32 = 2;
pub(crate) const HANDSHAKE_DONE: u32 = 4;
pub(crate) const CLIENT_HELLO: u32 = 8;
pub(crate) const PEER_CLOSED: u32 = 16;
pub(crate) const FAILED: u32 = 32;
pub(crate) const KEY_LINES: u32 = 64;
pub(crate) const NEW_SESSIONS: u32 = 128;

enum Engine {
    /// Not begun, or failed.
    None,
    Accepting(Box<Acceptor>),
    /// JavaScript is to choose the context.
    Accepted(Box<Accepted>),
    Client(Box<ClientConnection>),
    Server(Box<ServerConnection>),
}

/// What a client has offered.
#[derive(Default, Clone)]
pub(crate) struct Hello {
    pub servername: Option<String>,
    pub protocols: Vec<Vec<u8>>,
    pub schemes: Vec<u16>,
    /// What rustls does not tell.
    pub asked: Asked,
}

/// Why a connection failed: the OpenSSL-like reason, and rustls' words.
#[derive(Clone)]
pub(crate) struct Failure {
    pub reason: &'static str,
    pub text: String,
}

/// See the module.
pub(crate) struct Connection {
    engine: Engine,
    slot: Slot,
    pub hello: Hello,
    records: Records,
    /// Plaintext, a record each.
    plain: VecDeque<Vec<u8>>,
    /// Alerts of a connection that has no engine any more.
    outgoing: Vec<u8>,
    /// What came while the context was not chosen.
    waiting: Vec<u8>,
    /// What came before the hello was whole.
    opening: Vec<u8>,
    pub failure: Option<Failure>,
    done: bool,
    closed: bool,
    /// Bytes of plaintext in a record at most; 0 for no limit of one's own.
    pub fragment: usize,
    pub session_id: Option<Vec<u8>>,
}

impl Connection {
    pub(crate) fn new(is_server: bool) -> Connection {
        Connection {
            engine: if is_server {
                Engine::Accepting(Box::default())
            } else {
                Engine::None
            },
            slot: Slot::default(),
            hello: Hello::default(),
            records: Records::default(),
            plain: VecDeque::new(),
            outgoing: Vec::new(),
            waiting: Vec::new(),
            opening: Vec::new(),
            failure: None,
            done: false,
            closed: false,
            fragment: 0,
            session_id: None,
        }
    }

    pub(crate) fn log_keys(&mut self) {
        self.slot.log_keys = true;
    }

    pub(crate) fn tell_sessions(&mut self) {
        self.slot.tells_sessions = true;
    }

    /// Begins a client's handshake. `name` is '' for none.
    pub(crate) fn connect(
        &mut self,
        settings: &mut Settings,
        name: &str,
        protocols: Vec<Vec<u8>>,
        session: Option<&[u8]>,
    ) -> Result<u32, TlsError> {
        let mut config = (*settings.client()?).clone();
        config.alpn_protocols = protocols;
        let server = if name.is_empty() {
            // Of an address nothing is sent.
            ServerName::IpAddress(std::net::Ipv4Addr::UNSPECIFIED.into())
        } else {
            ServerName::try_from(name.to_string()).map_err(|e| {
                TlsError::new(
                    "ERR_INVALID_ARG_VALUE",
                    format!("The servername {name:?} is no host's: {e}"),
                )
            })?
        };
        self.slot.identities = settings.identities();
        self.slot.schemes.clone_from(&settings.schemes);
        self.slot.session = session.and_then(sessions::find);
        if self.slot.session.is_some() {
            self.session_id = session.map(<[u8]>::to_vec);
        }
        let made = slot::with(&mut self.slot, || ClientConnection::new(config.into(), server));
        let mut made =
            made.map_err(|e| TlsError::new("ERR_SSL_NO_PROTOCOLS_AVAILABLE", format!("SSL routines::{e}")))?;
        made.set_buffer_limit(None);
        self.engine = Engine::Client(Box::new(made));
        Ok(self.state(0))
    }

    /// Goes on with a server's handshake, the context being chosen.
    pub(crate) fn accept(
        &mut self,
        settings: &mut Settings,
        request: u32,
        protocols: Vec<Vec<u8>>,
        session: Option<Vec<u8>>,
        staple: Option<Vec<u8>>,
    ) -> Result<u32, TlsError> {
        let Engine::Accepted(accepted) = std::mem::replace(&mut self.engine, Engine::None) else {
            return Ok(self.state(0));
        };
        let mut config = (*settings.server(request)?).clone();
        config.alpn_protocols = protocols;
        self.slot.schemes.clone_from(&settings.schemes);
        self.slot.stored = session;
        self.slot.staple = staple;
        match slot::with(&mut self.slot, || accepted.into_connection(config.into())) {
            Ok(mut connection) => {
                connection.set_buffer_limit(None);
                self.engine = Engine::Server(Box::new(connection));
                let waiting = std::mem::take(&mut self.waiting);
                Ok(self.receive(&waiting))
            }
            Err((error, mut alert)) => {
                let _ = alert.write_all(&mut self.outgoing);
                Ok(self.fail(&error))
            }
        }
    }

    /// Takes ciphertext.
    pub(crate) fn receive(&mut self, bytes: &[u8]) -> u32 {
        if self.failure.is_some() {
            return 0;
        }
        match &mut self.engine {
            Engine::None => 0,
            Engine::Accepted(_) => {
                self.waiting.extend_from_slice(bytes);
                0
            }
            Engine::Accepting(_) => self.receive_hello(bytes),
            Engine::Client(connection) => {
                let outcome = slot::with(&mut self.slot, || {
                    feed(connection.deref_mut(), bytes, &mut self.records, &mut self.plain)
                });
                self.fed(outcome)
            }
            Engine::Server(connection) => {
                let outcome = slot::with(&mut self.slot, || {
                    feed(connection.deref_mut(), bytes, &mut self.records, &mut self.plain)
                });
                self.fed(outcome)
            }
        }
    }

    /// Whether the peer has said that it sends no more.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether there are sessions or keys to be told of.
    pub(crate) fn has_news(&self) -> bool {
        let Slot {
            given, made, key_lines, ..
        } = &self.slot;
        !given.is_empty() || !made.is_empty() || !key_lines.is_empty()
    }

    /// What there is to do for who moves the bytes from here on.
    pub(crate) fn pending(&mut self) -> u32 {
        self.state(if self.closed { PEER_CLOSED } else { 0 })
    }

    fn fed(&mut self, outcome: Result<bool, Error>) -> u32 {
        match outcome {
            Ok(closed) => {
                let ends = if closed && !self.closed { PEER_CLOSED } else { 0 };
                self.closed |= closed;
                self.state(ends)
            }
            Err(error) => self.fail(&error),
        }
    }

    fn receive_hello(&mut self, mut bytes: &[u8]) -> u32 {
        let Engine::Accepting(acceptor) = &mut self.engine else {
            return 0;
        };
        if self.opening.is_empty() && bytes.first().is_some_and(u8::is_ascii_uppercase) {
            let methods: [&[u8]; 4] = [b"GET ", b"POST", b"HEAD", b"PUT "];
            if methods.iter().any(|m| bytes.starts_with(m)) {
                self.engine = Engine::None;
                self.failure = Some(Failure {
                    reason: "HTTP_REQUEST",
                    text: String::new(),
                });
                return FAILED;
            }
            if bytes.starts_with(b"CONNE") {
                self.engine = Engine::None;
                self.failure = Some(Failure {
                    reason: "HTTPS_PROXY_REQUEST",
                    text: String::new(),
                });
                return FAILED;
            }
        }
        let received = self.opening.len() + bytes.len();
        self.opening.extend_from_slice(bytes);
        loop {
            if acceptor.read_tls(&mut bytes).is_err() {
                return self.fail(&Error::General("a hello without end".into()));
            }
            match acceptor.accept() {
                Ok(Some(accepted)) => {
                    let hello = accepted.client_hello();
                    let opening = std::mem::take(&mut self.opening);
                    let asked = hello::asked(&opening[..received - bytes.len()]).unwrap_or_default();
                    self.hello = Hello {
                        asked,
                        servername: hello.server_name().map(str::to_string),
                        protocols: hello
                            .alpn()
                            .map(|all| all.map(<[u8]>::to_vec).collect())
                            .unwrap_or_default(),
                        schemes: hello.signature_schemes().iter().map(|s| u16::from(*s)).collect(),
                    };
                    self.engine = Engine::Accepted(Box::new(accepted));
                    self.waiting = bytes.to_vec();
                    return CLIENT_HELLO;
                }
                Ok(None) if bytes.is_empty() => return 0,
                Ok(None) => {}
                Err((error, mut alert)) => {
                    let _ = alert.write_all(&mut self.outgoing);
                    return self.fail(&error);
                }
            }
        }
    }

    /// Ends the connection with an error, after which there is at most an alert to send.
    fn fail(&mut self, error: &Error) -> u32 {
        self.failure = Some(Failure {
            reason: error::reason(error),
            text: error.to_string(),
        });
        if is_no_tls(error) && !self.done {
            // Who speaks no TLS is not answered in it.
            self.engine = Engine::None;
            self.outgoing.clear();
        }
        self.state(FAILED)
    }

    fn state(&mut self, mut bits: u32) -> u32 {
        if !self.plain.is_empty() {
            bits |= PLAINTEXT;
        }
        let (handshaking, wants_write) = match &self.engine {
            Engine::Client(c) => (c.is_handshaking(), c.wants_write()),
            Engine::Server(c) => (c.is_handshaking(), c.wants_write()),
            _ => (true, false),
        };
        if wants_write || !self.outgoing.is_empty() {
            bits |= OUTGOING;
        }
        if !handshaking && !self.done && self.failure.is_none() {
            self.done = true;
            bits |= HANDSHAKE_DONE;
            self.slot.resumed = self.is_resumed();
            if !self.slot.resumed {
                // It was refused.
                self.slot.session = None;
                self.session_id = None;
            }
        }
        self.forget_known();
        if !self.slot.key_lines.is_empty() {
            bits |= KEY_LINES;
        }
        if !self.slot.given.is_empty() || !self.slot.made.is_empty() {
            bits |= NEW_SESSIONS;
        }
        bits
    }

    /// Forgets what is no new session to a program: what a resumed connection brings, and sessions of TLS 1.2 that the client has in a ticket.
    fn forget_known(&mut self) {
        if self.slot.made.is_empty() && self.slot.given.is_empty() {
            return;
        }
        let newer = self.common().and_then(|c| c.protocol_version()) == Some(ProtocolVersion::TLSv1_3);
        if self.is_resumed() || !newer && self.slot.made.iter().any(|(id, _)| id.is_none()) {
            self.slot.made.clear();
        }
        if self.is_resumed() && !newer {
            self.slot.given.clear();
        }
    }

    /// A server's next new session: its number and what is in it.
    pub(crate) fn take_made(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        let (id, session) = self.slot.made.pop_front()?;
        Some((id.unwrap_or_else(sessions::new_id), session))
    }

    /// Encrypts; what comes of it is outgoing.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let limit = if self.fragment == 0 {
            bytes.len().max(1)
        } else {
            self.fragment
        };
        for piece in bytes.chunks(limit) {
            // Without a limit of the buffer writing cannot fail.
            let _ = match &mut self.engine {
                Engine::Client(c) => c.writer().write_all(piece),
                Engine::Server(c) => c.writer().write_all(piece),
                _ => Ok(()),
            };
        }
    }

    /// The same of what is in several places.
    pub(crate) fn write_parts(&mut self, parts: &[IoSlice<'_>]) {
        if self.fragment != 0 {
            self.write(&parts.iter().flat_map(|p| p.iter().copied()).collect::<Vec<u8>>());
            return;
        }
        let _ = match &mut self.engine {
            Engine::Client(c) => c.writer().write_vectored(parts),
            Engine::Server(c) => c.writer().write_vectored(parts),
            _ => Ok(0),
        };
    }

    pub(crate) fn close_notify(&mut self) {
        match &mut self.engine {
            Engine::Client(c) => c.send_close_notify(),
            Engine::Server(c) => c.send_close_notify(),
            _ => {}
        }
    }

    pub(crate) fn take_outgoing(&mut self) -> Vec<u8> {
        let mut out = std::mem::take(&mut self.outgoing);
        match &mut self.engine {
            Engine::Client(c) => drain(&mut **c, &mut out),
            Engine::Server(c) => drain(&mut **c, &mut out),
            _ => {}
        }
        out
    }

    /// Has `out` take what is to be sent, once the handshake is over.
    pub(crate) fn send(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match &mut self.engine {
            Engine::Client(c) => send(&mut **c, out),
            Engine::Server(c) => send(&mut **c, out),
            _ => Ok(()),
        }
    }

    /// The next record's plaintext.
    pub(crate) fn take_plaintext(&mut self) -> Option<Vec<u8>> {
        self.plain.pop_front()
    }

    /// Moves plaintext of the next record to the start of `buffer`; the number of bytes.
    pub(crate) fn read_plaintext(&mut self, buffer: &mut [MaybeUninit<u8>]) -> usize {
        let Some(mut record) = self.plain.pop_front() else {
            return 0;
        };
        let count = record.len().min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(&record[..count]) {
            to.write(*from);
        }
        if count < record.len() {
            record.drain(..count);
            self.plain.push_front(record);
        }
        count
    }

    pub(crate) fn take_key_line(&mut self) -> Option<Vec<u8>> {
        self.slot.key_lines.pop_front()
    }

    /// The next session that the server gave: its id.
    pub(crate) fn take_session(&mut self) -> Option<Vec<u8>> {
        let session = self.slot.given.pop_front()?;
        let id = sessions::keep(session.clone());
        self.slot.session = Some(session);
        self.session_id = Some(id.clone());
        Some(id)
    }

    /// A client's ticket for its session.
    pub(crate) fn ticket(&self) -> Option<Vec<u8>> {
        if !self.done {
            return None;
        }
        self.slot.session.as_deref()?.ticket()
    }

    pub(crate) fn ocsp(&self) -> &[u8] {
        &self.slot.ocsp
    }

    /// What both sides have in common.
    pub(crate) fn common(&self) -> Option<&rustls::CommonState> {
        match &self.engine {
            Engine::Client(c) => Some(c),
            Engine::Server(c) => Some(c),
            _ => None,
        }
    }

    pub(crate) fn peer_certificates(&self) -> &[CertificateDer<'static>] {
        self.common().and_then(|c| c.peer_certificates()).unwrap_or_default()
    }

    pub(crate) fn is_resumed(&self) -> bool {
        self.common().and_then(|c| c.handshake_kind()) == Some(HandshakeKind::Resumed)
    }

    pub(crate) fn export(&self, length: usize, label: &str, context: Option<&[u8]>) -> Option<Vec<u8>> {
        let out = vec![0; length];
        match &self.engine {
            Engine::Client(c) => c.export_keying_material(out, label.as_bytes(), context).ok(),
            Engine::Server(c) => c.export_keying_material(out, label.as_bytes(), context).ok(),
            _ => None,
        }
    }
}

/// The connection as a JavaScript object has it.
pub struct TlsConnection {
    pub(crate) inner: Rc<RefCell<Connection>>,
}
