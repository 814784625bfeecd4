//! TLS for rtjs: rustls' connections, certificates and keys as ops.
//!
//! - `connection.rs` and `handle.rs` are a connection without its transport (`codec.rs` is how Rust code reaches it), `hello.rs` what a client's hello asks for; `context.rs` is what it is configured by, `identities.rs` what it shows;
//! - `verify.rs` decides about chains of certificates (`certificate.rs`, on `der.rs`), in OpenSSL's words;
//! - `keys.rs`, `pem.rs`, `pfx.rs` and `crl.rs` read files; `describe.rs` shows a certificate to JavaScript;
//! - `key_objects.rs` opens files of keys for `require('crypto')`.
//!
//! Nothing here runs before it is first used.

mod certificate;
mod codec;
mod connection;
mod context;
mod crl;
mod der;
mod describe;
mod error;
mod handle;
mod hello;
mod identities;
mod key_objects;
mod keys;
mod name_constraints;
mod names;
mod pem;
mod pfx;
mod provider;
mod records;
mod roots;
mod sessions;
mod slot;
mod tickets;
mod verify;

pub use codec::{Received, TlsCodec};
pub use connection::TlsConnection;

deno_core::extension!(
    rtjs_tls,
    deps = [rtjs_core],
    ops = [
        describe::op_tls_certificate_describe,
        describe::op_tls_certificate_issued,
        describe::op_tls_certificates_split,
        describe::op_tls_pem_encode,
        roots::op_tls_roots_add,
        roots::op_tls_roots_begin,
        roots::op_tls_roots_bundled,
        key_objects::op_tls_private_key,
        key_objects::op_tls_public_key,
        key_objects::op_tls_certificate_verify,
    ],
    objects = [connection::TlsConnection, context::TlsContext,],
);
