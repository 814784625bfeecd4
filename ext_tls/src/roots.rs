//! The certificates that are trusted when a program names none: Mozilla's, those that the environment adds, or what the program has set.

use std::cell::RefCell;
use std::rc::Rc;

use deno_core::{ToJsBuffer, op2};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

use crate::certificate::Certificate;
use crate::error::TlsError;
use crate::pem;
use crate::verify::Store;

thread_local! {
    /// `None` until somebody asks.
    static DEFAULT: RefCell<Option<Rc<Store>>> = const { RefCell::new(None) };
}

/// The store that is used without a `ca` option.
pub(crate) fn default_store() -> Rc<Store> {
    DEFAULT.with(|store| {
        store
            .borrow_mut()
            .get_or_insert_with(|| {
                let mut bundled = Store::default();
                for der in TLS_SERVER_ROOT_CERTS {
                    if let Some(certificate) = Certificate::parse(der) {
                        bundled.add(certificate);
                    }
                }
                Rc::new(bundled)
            })
            .clone()
    })
}

/// The DER of Mozilla's roots.
#[op2]
#[serde]
pub fn op_tls_roots_bundled() -> Vec<ToJsBuffer> {
    TLS_SERVER_ROOT_CERTS.iter().map(|der| der.to_vec().into()).collect()
}

/// Makes these the trusted ones: PEM texts or DER, one after the other.
#[op2(fast)]
pub fn op_tls_roots_begin() {
    DEFAULT.with(|store| *store.borrow_mut() = Some(Rc::new(Store::default())));
}

/// Trusts these as well.
#[op2(fast)]
pub fn op_tls_roots_add(#[buffer] bytes: &[u8]) -> Result<(), TlsError> {
    let (found, broken) = pem::certificates(bytes);
    if broken || found.is_empty() {
        return Err(TlsError::not_a_certificate());
    }
    let mut store = (*default_store()).clone();
    for der in found {
        store.add(Certificate::parse(&der).ok_or_else(TlsError::not_a_certificate)?);
    }
    DEFAULT.with(|current| *current.borrow_mut() = Some(Rc::new(store)));
    Ok(())
}
