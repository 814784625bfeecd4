//! `tls.createSecureContext()`'s native part: certificates, keys, trust and limits, and the rustls configurations made of them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use deno_core::{GarbageCollected, ToJsBuffer, op2, v8};
use ring::rand::{SecureRandom, SystemRandom};
use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, SupportedKxGroup};
use rustls::pki_types::CertificateDer;
use rustls::sign::{CertifiedKey, SigningKey};
use rustls::{ClientConfig, DistinguishedName, ServerConfig, SignatureScheme, SupportedCipherSuite};

use crate::certificate::{self, Certificate};
use crate::error::TlsError;
use crate::identities::{Identities, fits, key_for};
use crate::slot::ClientCertificates;
use crate::tickets::{KEYS_LENGTH, Tickets};
use crate::verify::{RevocationList, Store};
use crate::{crl, keys, pem, pfx, provider, roots};

/// What a context is made of.
pub(crate) struct Settings {
    pub chains: Vec<Vec<Rc<Certificate>>>,
    keys: Vec<Arc<dyn SigningKey>>,
    /// `None`: what is trusted by default.
    pub store: Option<Store>,
    pub revocations: Vec<RevocationList>,
    pub partial: bool,
    suites: Vec<SupportedCipherSuite>,
    groups: Vec<&'static dyn SupportedKxGroup>,
    /// Signatures that are made and taken; empty for all.
    pub schemes: Vec<SignatureScheme>,
    min: u16,
    max: u16,
    ticket_keys: Option<[u8; KEYS_LENGTH]>,
    tickets: bool,
    /// Seconds.
    session_timeout: u32,
    own_order: bool,
    client: Option<Arc<ClientConfig>>,
    /// Without a request for the client's certificate, with one, and with one that it must meet.
    server: [Option<Arc<ServerConfig>>; 3],
}

impl Settings {
    fn new() -> Settings {
        Settings {
            chains: Vec::new(),
            keys: Vec::new(),
            store: None,
            revocations: Vec::new(),
            partial: false,
            suites: Vec::new(),
            groups: Vec::new(),
            schemes: Vec::new(),
            min: 0x0303,
            max: 0x0304,
            ticket_keys: None,
            tickets: true,
            session_timeout: 300,
            own_order: true,
            client: None,
            server: [None, None, None],
        }
    }

    fn changed(&mut self) {
        self.client = None;
        self.server = [None, None, None];
    }

    fn add_chain(&mut self, bytes: &[u8]) -> Result<(), TlsError> {
        let (found, _) = pem::certificates(bytes);
        if found.is_empty() {
            return Err(TlsError::not_a_certificate());
        }
        let chain: Option<Vec<_>> = found.iter().map(|der| Certificate::parse(der)).collect();
        self.add_parsed_chain(chain.ok_or_else(TlsError::not_a_certificate)?)
    }

    fn add_parsed_chain(&mut self, chain: Vec<Rc<Certificate>>) -> Result<(), TlsError> {
        if chain[0].rsa_bits().is_some_and(|bits| bits < 2048) {
            return Err(TlsError::new(
                "ERR_SSL_EE_KEY_TOO_SMALL",
                "error:0A00018F:SSL routines::ee key too small",
            ));
        }
        let kind = |c: &Certificate| c.public_key().map(|(algorithm, _)| algorithm.to_vec());
        // One for each kind of key.
        self.chains.retain(|known| kind(&known[0]) != kind(&chain[0]));
        self.chains.push(chain);
        self.changed();
        Ok(())
    }

    fn add_key(&mut self, bytes: &[u8], passphrase: Option<&[u8]>) -> Result<(), TlsError> {
        self.add_parsed_key(keys::private_key(bytes, passphrase)?)
    }

    fn add_parsed_key(&mut self, der: rustls::pki_types::PrivateKeyDer<'static>) -> Result<(), TlsError> {
        let key = provider::provider().key_provider.load_private_key(der).map_err(|e| {
            TlsError::new(
                "ERR_OSSL_UNSUPPORTED",
                format!("error:0308010C:digital envelope routines::unsupported: {e}"),
            )
        })?;
        let algorithm = key.algorithm();
        let of_kind = |c: &&Vec<Rc<Certificate>>| {
            let rsa = c[0]
                .public_key()
                .is_some_and(|(a, _)| a.starts_with(&certificate::RSA_OID));
            rsa == (algorithm == rustls::SignatureAlgorithm::RSA)
        };
        if self.chains.iter().any(|c| of_kind(&c)) && !self.chains.iter().any(|c| fits(&*key, &c[0])) {
            return Err(TlsError::new(
                "ERR_OSSL_X509_KEY_VALUES_MISMATCH",
                "error:05800074:x509 certificate routines::key values mismatch",
            ));
        }
        self.keys.push(key);
        self.changed();
        Ok(())
    }

    fn add_ca(&mut self, bytes: &[u8]) -> Result<(), TlsError> {
        let (found, _) = pem::certificates(bytes);
        if found.is_empty() {
            return Ok(());
        }
        for der in found {
            let certificate = Certificate::parse(&der).ok_or_else(TlsError::not_a_certificate)?;
            self.store.get_or_insert_default().add(certificate);
        }
        self.changed();
        Ok(())
    }

    /// Chains with their keys. A chain of one certificate is completed from what is trusted.
    pub(crate) fn identities(&self) -> Vec<Arc<CertifiedKey>> {
        let mut found = Vec::new();
        for chain in &self.chains {
            let Some(key) = key_for(&self.keys, chain, &self.schemes) else {
                continue;
            };
            let mut whole = chain.clone();
            if let (Some(store), 1) = (&self.store, chain.len()) {
                while let Some(last) = whole.last().filter(|c| !c.is_self_issued() && whole.len() < 10)
                    && let Some(issuer) = store.issuer_of(last)
                {
                    whole.push(issuer);
                }
            }
            let certificates = whole.iter().map(|c| CertificateDer::from(c.der.clone())).collect();
            found.push(Arc::new(CertifiedKey::new(certificates, key)));
        }
        found
    }

    pub(crate) fn trusted(&self) -> Rc<Store> {
        match &self.store {
            Some(store) => Rc::new(store.clone()),
            None => roots::default_store(),
        }
    }

    fn provider(&self) -> Arc<CryptoProvider> {
        let all = provider::provider();
        let whole = self.min <= 0x0303 && self.max >= 0x0304;
        if whole && self.suites.is_empty() && self.groups.is_empty() {
            return all.clone();
        }
        let mut own = (**all).clone();
        if !self.suites.is_empty() {
            own.cipher_suites = self.suites.clone();
        }
        // Suites of a version that is not spoken must not be offered: a server chooses its certificate by them.
        own.cipher_suites.retain(|suite| match suite.tls13() {
            Some(_) => self.max >= 0x0304,
            None => self.min <= 0x0303,
        });
        if !self.groups.is_empty() {
            own.kx_groups = self.groups.clone();
        }
        Arc::new(own)
    }

    /// The configuration of clients, without what belongs to one connection.
    pub(crate) fn client(&mut self) -> Result<Arc<ClientConfig>, TlsError> {
        if let Some(made) = &self.client {
            return Ok(made.clone());
        }
        let callbacks = provider::callbacks().clone();
        let mut config = ClientConfig::builder_with_provider(self.provider())
            .with_protocol_versions(&provider::versions_in(self.min, self.max)?)
            .map_err(|e| TlsError::no_ciphers(&e))?
            .dangerous()
            .with_custom_certificate_verifier(callbacks.clone())
            .with_client_cert_resolver(callbacks.clone());
        config.resumption = Resumption::store(callbacks.clone());
        config.key_log = callbacks;
        let made = Arc::new(config);
        self.client = Some(made.clone());
        Ok(made)
    }

    /// The same for servers. `request`: 1 asks for the client's certificate, 2 insists on one.
    pub(crate) fn server(&mut self, request: u32) -> Result<Arc<ServerConfig>, TlsError> {
        let place = request.min(2) as usize;
        if let Some(made) = &self.server[place] {
            return Ok(made.clone());
        }
        let callbacks = provider::callbacks().clone();
        let builder = ServerConfig::builder_with_provider(self.provider())
            .with_protocol_versions(&provider::versions_in(self.min, self.max)?)
            .map_err(|e| TlsError::no_ciphers(&e))?;
        let builder = if place > 0 {
            let subjects = self.store.iter().flat_map(Store::subjects).cloned();
            builder.with_client_cert_verifier(Arc::new(ClientCertificates {
                callbacks: callbacks.clone(),
                mandatory: place == 2,
                subjects: subjects.map(DistinguishedName::from).collect(),
            }))
        } else {
            builder.with_no_client_auth()
        };
        let mut config = builder.with_cert_resolver(Arc::new(Identities {
            all: self.identities(),
            tls13: self.max >= 0x0304,
        }));
        config.ignore_client_order = self.own_order;
        config.session_storage = callbacks.clone();
        config.key_log = callbacks;
        if self.tickets
            && let Some(tickets) = Tickets::new(&self.ticket_keys(), self.session_timeout)
        {
            config.ticketer = Arc::new(tickets);
        }
        let made = Arc::new(config);
        self.server[place] = Some(made.clone());
        Ok(made)
    }

    fn ticket_keys(&mut self) -> [u8; KEYS_LENGTH] {
        *self.ticket_keys.get_or_insert_with(|| {
            let mut keys = [0; KEYS_LENGTH];
            // Without randomness no handshake works either.
            let _ = SystemRandom::new().fill(&mut keys);
            keys
        })
    }
}

/// See the module.
pub struct TlsContext {
    pub(crate) settings: RefCell<Settings>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for TlsContext {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"TlsContext"
    }
}

#[op2]
impl TlsContext {
    #[constructor]
    #[cppgc]
    fn new() -> TlsContext {
        TlsContext {
            settings: RefCell::new(Settings::new()),
        }
    }

    /// A chain in PEM, the certificate first, or one certificate in DER.
    #[fast]
    fn add_certificate(&self, #[buffer] bytes: &[u8]) -> Result<(), TlsError> {
        self.settings.borrow_mut().add_chain(bytes)
    }

    /// A private key. It has to fit the certificate of its kind, if there is one.
    #[fast]
    fn add_key(&self, #[buffer] bytes: &[u8]) -> Result<(), TlsError> {
        self.settings.borrow_mut().add_key(bytes, None)
    }

    /// The same for an encrypted one.
    #[fast]
    fn add_encrypted_key(&self, #[buffer] bytes: &[u8], #[buffer] passphrase: &[u8]) -> Result<(), TlsError> {
        self.settings.borrow_mut().add_key(bytes, Some(passphrase))
    }

    /// Certificates and keys of a PKCS#12 file.
    #[fast]
    fn add_pfx(&self, #[buffer] bytes: &[u8], #[string] passphrase: &str) -> Result<(), TlsError> {
        let contents = pfx::read(bytes, passphrase)?;
        let mut settings = self.settings.borrow_mut();
        let Some(key) = contents.key else {
            return Err(TlsError::new(
                "ERR_CRYPTO_OPERATION_FAILED",
                "Unable to load private key from PFX data",
            ));
        };
        let key_der = rustls::pki_types::PrivateKeyDer::Pkcs8(key.into());
        let mut certificates: Vec<_> = contents
            .certificates
            .iter()
            .filter_map(|c| Certificate::parse(c))
            .collect();
        let loaded = provider::provider().key_provider.load_private_key(key_der.clone_key());
        let own = loaded
            .ok()
            .and_then(|key| certificates.iter().position(|c| fits(&*key, c)));
        let Some(own) = own else {
            return Err(TlsError::new(
                "ERR_CRYPTO_OPERATION_FAILED",
                "Unable to load certificate from PFX data",
            ));
        };
        let leaf = certificates.remove(own);
        let mut chain = vec![leaf];
        chain.extend(certificates.iter().cloned());
        settings.add_parsed_chain(chain)?;
        settings.add_parsed_key(key_der)?;
        for certificate in certificates {
            settings.store.get_or_insert_default().add(certificate);
        }
        Ok(())
    }

    /// Trusts these certificates, and no longer those that are trusted by default.
    #[fast]
    fn add_ca(&self, #[buffer] bytes: &[u8]) -> Result<(), TlsError> {
        self.settings.borrow_mut().add_ca(bytes)
    }

    /// As `addCa`, but those that are trusted stay so. The name is Node's, whose programs call it.
    #[fast]
    #[rename("addCACert")]
    fn add_trusted(&self, #[string] text: &str) -> Result<(), TlsError> {
        let mut settings = self.settings.borrow_mut();
        if settings.store.is_none() {
            settings.store = Some((*roots::default_store()).clone());
        }
        settings.add_ca(text.as_bytes())
    }

    /// Trusts what is trusted by default, besides what is added.
    #[fast]
    fn add_root_certificates(&self) {
        let mut settings = self.settings.borrow_mut();
        settings.store = Some((*roots::default_store()).clone());
        settings.changed();
    }

    /// Trusts nobody until somebody is added.
    #[fast]
    fn trust_nobody(&self) {
        let mut settings = self.settings.borrow_mut();
        settings.store.get_or_insert_default();
        settings.changed();
    }

    /// A list of revoked certificates in PEM.
    #[fast]
    fn add_crl(&self, #[buffer] bytes: &[u8]) -> Result<(), TlsError> {
        let lists = crl::read(bytes)?;
        self.settings.borrow_mut().revocations.extend(lists);
        Ok(())
    }

    /// Suites by OpenSSL's names with colons between; those that rustls does not have are passed over. The number that is left.
    #[fast]
    fn set_ciphers(&self, #[string] list: &str) -> u32 {
        let suites = provider::suites_named(list);
        let count = suites.len() as u32;
        let mut settings = self.settings.borrow_mut();
        settings.suites = suites;
        settings.changed();
        count
    }

    /// Groups for the key exchange, likewise.
    #[fast]
    fn set_groups(&self, #[string] list: &str) -> Result<(), TlsError> {
        let groups = provider::groups_named(list)?;
        let mut settings = self.settings.borrow_mut();
        settings.groups = groups;
        settings.changed();
        Ok(())
    }

    /// Signature schemes, by the numbers that they have in the protocol: two bytes each.
    #[fast]
    fn set_schemes(&self, #[buffer] numbers: &[u8]) {
        let (pairs, _) = numbers.as_chunks::<2>();
        let mut settings = self.settings.borrow_mut();
        settings.schemes = pairs.iter().map(|n| u16::from_be_bytes(*n).into()).collect();
        settings.changed();
    }

    /// The range of versions, by the numbers that they have in the protocol.
    #[fast]
    fn set_versions(&self, min: u32, max: u32) {
        let mut settings = self.settings.borrow_mut();
        settings.min = min as u16;
        settings.max = max as u16;
        settings.changed();
    }

    #[getter]
    fn min_version(&self) -> u32 {
        self.settings.borrow().min.into()
    }

    #[getter]
    fn max_version(&self) -> u32 {
        self.settings.borrow().max.into()
    }

    /// A trusted certificate ends a chain even if it is no root.
    #[fast]
    fn set_partial_chain(&self, partial: bool) {
        self.settings.borrow_mut().partial = partial;
    }

    /// Whether a server goes by its own order of suites.
    #[fast]
    fn set_own_order(&self, own: bool) {
        let mut settings = self.settings.borrow_mut();
        settings.own_order = own;
        settings.changed();
    }

    /// 48 bytes; others are not taken.
    #[fast]
    fn set_ticket_keys(&self, #[buffer] keys: &[u8]) -> bool {
        let Ok(keys) = keys.try_into() else { return false };
        let mut settings = self.settings.borrow_mut();
        settings.ticket_keys = Some(keys);
        settings.changed();
        true
    }

    /// The 48 bytes.
    #[serde]
    fn ticket_keys(&self) -> ToJsBuffer {
        self.settings.borrow_mut().ticket_keys().to_vec().into()
    }

    /// Seconds for which a ticket is good.
    #[fast]
    fn set_session_timeout(&self, seconds: u32) {
        let mut settings = self.settings.borrow_mut();
        settings.session_timeout = seconds;
        settings.changed();
    }

    /// Whether a server gives tickets.
    #[fast]
    fn set_tickets(&self, tickets: bool) {
        let mut settings = self.settings.borrow_mut();
        settings.tickets = tickets;
        settings.changed();
    }

    /// What is wrong with the limits, before a connection finds out.
    #[fast]
    fn check(&self) -> Result<(), TlsError> {
        self.settings.borrow_mut().client().map(|_| ())
    }

    /// The context's own certificate, and the one that issued it; DER.
    #[serde]
    fn certificate(&self, issuer: bool) -> Option<ToJsBuffer> {
        let settings = self.settings.borrow();
        let chain = settings.chains.first()?;
        if !issuer {
            return Some(chain[0].der.clone().into());
        }
        if let Some(next) = chain.get(1) {
            return Some(next.der.clone().into());
        }
        Some(settings.trusted().issuer_of(&chain[0])?.der.clone().into())
    }
}
