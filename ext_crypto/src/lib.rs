//! What `require('crypto')` has of its own so far: hashes, keyed hashes, key derivation from passwords, random bytes.

#![warn(missing_docs)]

mod algorithms;
mod hash;
mod ops;
mod scrypt;

deno_core::extension!(
    rtjs_crypto,
    ops = [
        ops::op_crypto_hash_names,
        ops::op_crypto_pbkdf2,
        ops::op_crypto_random_fill,
        ops::op_crypto_equal,
        scrypt::op_crypto_scrypt,
    ],
    objects = [hash::CryptoHash],
);
