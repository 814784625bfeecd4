//! The hash algorithms by name, and the keyed hash (RFC 2104) and key derivation (RFC 8018) that are made of any of them. No V8, no I/O.

use digest::DynDigest;

/// The names that `crypto.getHashes()` lists.
pub const NAMES: [&str; 8] = [
    "md5",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sha512-224",
    "sha512-256",
];

/// A hash under way.
pub type Digest = Box<dyn DynDigest>;

/// A new hash by one of the names that OpenSSL has for it, and its block size in bytes.
pub fn start(name: &str) -> Option<(Digest, usize)> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("rsa-").unwrap_or(&name);
    Some(match name {
        "md5" | "ssl3-md5" => (Box::new(md5::Md5::default()), 64),
        "sha1" | "sha-1" | "ssl3-sha1" => (Box::new(sha1::Sha1::default()), 64),
        "sha224" | "sha-224" | "sha2-224" => (Box::new(sha2::Sha224::default()), 64),
        "sha256" | "sha-256" | "sha2-256" => (Box::new(sha2::Sha256::default()), 64),
        "sha384" | "sha-384" | "sha2-384" => (Box::new(sha2::Sha384::default()), 128),
        "sha512" | "sha-512" | "sha2-512" => (Box::new(sha2::Sha512::default()), 128),
        "sha512-224" | "sha-512/224" => (Box::new(sha2::Sha512_224::default()), 128),
        "sha512-256" | "sha-512/256" => (Box::new(sha2::Sha512_256::default()), 128),
        _ => return None,
    })
}

/// A hash, or a keyed hash.
pub struct Hasher {
    inner: Digest,
    /// Of a keyed hash: what the inner hash is hashed with.
    outer: Option<Digest>,
}

impl Clone for Hasher {
    fn clone(&self) -> Hasher {
        Hasher {
            inner: self.inner.box_clone(),
            outer: self.outer.as_ref().map(|outer| outer.box_clone()),
        }
    }
}

impl Hasher {
    /// A plain hash; `None` when no algorithm has that name.
    pub fn new(name: &str) -> Option<Hasher> {
        let (inner, _) = start(name)?;
        Some(Hasher { inner, outer: None })
    }

    /// A keyed hash.
    pub fn keyed(name: &str, key: &[u8]) -> Option<Hasher> {
        let (mut inner, block_size) = start(name)?;
        let mut block = vec![0; block_size];
        if key.len() > block_size {
            let (mut short, _) = start(name)?;
            short.update(key);
            let short = short.finalize();
            block[..short.len()].copy_from_slice(&short);
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        let mut outer = inner.box_clone();
        let pad = |with: u8| block.iter().map(|byte| byte ^ with).collect::<Vec<u8>>();
        inner.update(&pad(0x36));
        outer.update(&pad(0x5c));
        Some(Hasher {
            inner,
            outer: Some(outer),
        })
    }

    /// Takes more text.
    pub fn update(&mut self, data: &[u8]) {
        self.inner.update(data);
    }

    /// The end.
    pub fn finish(self) -> Box<[u8]> {
        let inner = self.inner.finalize();
        match self.outer {
            Some(mut outer) => {
                outer.update(&inner);
                outer.finalize()
            }
            None => inner,
        }
    }
}

/// PBKDF2: fills `key`. False when no algorithm has that name.
pub fn pbkdf2(name: &str, password: &[u8], salt: &[u8], iterations: u32, key: &mut [u8]) -> bool {
    let Some(keyed) = Hasher::keyed(name, password) else {
        return false;
    };
    let length = keyed.inner.output_size();
    for (index, part) in (1u32..).zip(key.chunks_mut(length)) {
        let mut hasher = keyed.clone();
        hasher.update(salt);
        hasher.update(&index.to_be_bytes());
        let mut last = hasher.finish();
        let mut sum = last.clone();
        for _ in 1..iterations {
            let mut hasher = keyed.clone();
            hasher.update(&last);
            last = hasher.finish();
            for (a, b) in sum.iter_mut().zip(&last) {
                *a ^= b;
            }
        }
        part.copy_from_slice(&sum[..part.len()]);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn every_listed_name_is_known() {
        for name in NAMES {
            assert!(Hasher::new(name).is_some(), "{name}");
        }
        assert!(Hasher::new("sha3").is_none());
        assert!(Hasher::new("RSA-SHA256").is_some());
    }

    #[test]
    fn known_answers() {
        let mut hasher = Hasher::new("sha256").expect("known");
        hasher.update(b"a");
        hasher.update(b"bc");
        let copy = hasher.clone();
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(&hasher.finish()), expected);
        assert_eq!(hex(&copy.finish()), expected);
    }

    #[test]
    fn keyed_known_answers() {
        // RFC 2202, cases 2 and 6.
        let mut hasher = Hasher::keyed("sha1", b"Jefe").expect("known");
        hasher.update(b"what do ya want for nothing?");
        assert_eq!(hex(&hasher.finish()), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        let mut hasher = Hasher::keyed("sha1", &[0xaa; 80]).expect("known");
        hasher.update(b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(hex(&hasher.finish()), "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    }

    #[test]
    fn derivation_known_answers() {
        // RFC 6070, case 2; the second key takes two blocks.
        let mut key = [0; 20];
        assert!(pbkdf2("sha1", b"password", b"salt", 2, &mut key));
        assert_eq!(hex(&key), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
        let mut key = [0; 25];
        assert!(pbkdf2(
            "sha1",
            b"passwordPASSWORDpassword",
            b"saltSALTsaltSALTsaltSALTsaltSALTsalt",
            3,
            &mut key
        ));
        assert_eq!(hex(&key), "12bff094c08980616953161b483d7890d5c26e2b22e694bac5");
        assert!(!pbkdf2("none", b"", b"", 1, &mut key));
    }
}
