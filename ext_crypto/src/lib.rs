//! What `require('crypto')` is made of: hashes, keys, signatures, ciphers, on the RustCrypto crates.
//!
//! - `algorithms.rs` and `hash.rs` are the hashes; `scrypt.rs` and `ops.rs` derive keys from passwords; `random.rs` is the system's source;
//! - `key.rs` is what a key is, `key_der.rs` its files, `curves.rs` the curves with points, `key_handle.rs` the object that JavaScript has;
//! - `sign.rs` makes and checks signatures, `fast.rs` the usual ones; `cipher.rs` and `cipher_handle.rs` are the ciphers, `rsa_cipher.rs` is RSA's encryption,
//!   `key_wrap.rs` AES Key Wrap;
//! - `generate.rs` makes key pairs and the secrets that two of them share;
//! - `job.rs` runs what takes time, here or on another thread.
//!
//! Files of keys are opened by ext_tls (PEM, passphrases, certificates), which hands DER over.

#![warn(missing_docs)]

mod algorithms;
mod cipher;
mod cipher_handle;
mod curves;
mod error;
mod fast;
mod generate;
mod hash;
mod job;
mod key;
mod key_der;
mod key_handle;
mod key_wrap;
mod ops;
mod random;
mod rsa_cipher;
mod scrypt;
mod sign;

deno_core::extension!(
    rtjs_crypto,
    ops = [
        ops::op_crypto_hash_names,
        ops::op_crypto_pbkdf2,
        ops::op_crypto_random_fill,
        ops::op_crypto_equal,
        scrypt::op_crypto_scrypt,
        ops::op_crypto_pbkdf2_job,
        scrypt::op_crypto_scrypt_job,
        cipher_handle::op_crypto_cipher_job,
        generate::op_crypto_agree_job,
        generate::op_crypto_generate_job,
        generate::op_crypto_generate_rsa_job,
        rsa_cipher::op_crypto_rsa_job,
        job::op_crypto_job_start,
        key_handle::op_crypto_key_from_parts,
        key_handle::op_crypto_key_from_raw,
        key_wrap::op_crypto_key_wrap_job,
        sign::op_crypto_sign_job,
    ],
    objects = [
        hash::CryptoHash,
        cipher_handle::CryptoCipher,
        job::CryptoJob,
        key_handle::KeyHandle
    ],
);
