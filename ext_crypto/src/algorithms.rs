//! The hash algorithms by name, and the keyed hash (RFC 2104) and key derivation (RFC 8018) that are made of any of them. No V8, no I/O.

use digest::DynDigest;

/// The names that `crypto.getHashes()` lists.
pub const NAMES: [&str; 12] = [
    "md5",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sha512-224",
    "sha512-256",
    "sha3-224",
    "sha3-256",
    "sha3-384",
    "sha3-512",
];

/// A hash under way.
pub type Digest = Box<dyn DynDigest>;

/// The algorithms themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512_224,
    Sha512_256,
    Sha3_224,
    Sha3_256,
    Sha3_384,
    Sha3_512,
}

/// `$body` with `$digest` as the name of the type that does `$algorithm`.
macro_rules! with_digest {
    ($algorithm:expr, $digest:ident => $body:expr) => {
        match $algorithm {
            $crate::algorithms::Algorithm::Md5 => {
                type $digest = md5::Md5;
                $body
            }
            $crate::algorithms::Algorithm::Sha1 => {
                type $digest = sha1::Sha1;
                $body
            }
            $crate::algorithms::Algorithm::Sha224 => {
                type $digest = sha2::Sha224;
                $body
            }
            $crate::algorithms::Algorithm::Sha256 => {
                type $digest = sha2::Sha256;
                $body
            }
            $crate::algorithms::Algorithm::Sha384 => {
                type $digest = sha2::Sha384;
                $body
            }
            $crate::algorithms::Algorithm::Sha512 => {
                type $digest = sha2::Sha512;
                $body
            }
            $crate::algorithms::Algorithm::Sha512_224 => {
                type $digest = sha2::Sha512_224;
                $body
            }
            $crate::algorithms::Algorithm::Sha512_256 => {
                type $digest = sha2::Sha512_256;
                $body
            }
            $crate::algorithms::Algorithm::Sha3_224 => {
                type $digest = sha3::Sha3_224;
                $body
            }
            $crate::algorithms::Algorithm::Sha3_256 => {
                type $digest = sha3::Sha3_256;
                $body
            }
            $crate::algorithms::Algorithm::Sha3_384 => {
                type $digest = sha3::Sha3_384;
                $body
            }
            $crate::algorithms::Algorithm::Sha3_512 => {
                type $digest = sha3::Sha3_512;
                $body
            }
        }
    };
}
pub(crate) use with_digest;

impl Algorithm {
    /// All of them.
    pub const ALL: [Algorithm; 12] = [
        Algorithm::Md5,
        Algorithm::Sha1,
        Algorithm::Sha224,
        Algorithm::Sha256,
        Algorithm::Sha384,
        Algorithm::Sha512,
        Algorithm::Sha512_224,
        Algorithm::Sha512_256,
        Algorithm::Sha3_224,
        Algorithm::Sha3_256,
        Algorithm::Sha3_384,
        Algorithm::Sha3_512,
    ];

    /// Its number in ASN.1.
    pub(crate) fn oid(self) -> pkcs8::ObjectIdentifier {
        use pkcs8::AssociatedOid;
        with_digest!(self, D => D::OID)
    }

    /// The name that Node shows.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Algorithm::Md5 => "md5",
            Algorithm::Sha1 => "sha1",
            Algorithm::Sha224 => "sha224",
            Algorithm::Sha256 => "sha256",
            Algorithm::Sha384 => "sha384",
            Algorithm::Sha512 => "sha512",
            Algorithm::Sha512_224 => "sha512-224",
            Algorithm::Sha512_256 => "sha512-256",
            Algorithm::Sha3_224 => "sha3-224",
            Algorithm::Sha3_256 => "sha3-256",
            Algorithm::Sha3_384 => "sha3-384",
            Algorithm::Sha3_512 => "sha3-512",
        }
    }

    /// By one of the names that OpenSSL has for it.
    pub fn named(name: &str) -> Option<Algorithm> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_prefix("rsa-").unwrap_or(&name);
        Some(match name {
            "md5" | "ssl3-md5" => Algorithm::Md5,
            "sha1" | "sha-1" | "ssl3-sha1" | "sha1-2" => Algorithm::Sha1,
            "sha224" | "sha-224" | "sha2-224" => Algorithm::Sha224,
            "sha256" | "sha-256" | "sha2-256" => Algorithm::Sha256,
            "sha384" | "sha-384" | "sha2-384" => Algorithm::Sha384,
            "sha512" | "sha-512" | "sha2-512" => Algorithm::Sha512,
            "sha512-224" | "sha-512/224" | "sha512/224" => Algorithm::Sha512_224,
            "sha512-256" | "sha-512/256" | "sha512/256" => Algorithm::Sha512_256,
            "sha3-224" => Algorithm::Sha3_224,
            "sha3-256" => Algorithm::Sha3_256,
            "sha3-384" => Algorithm::Sha3_384,
            "sha3-512" => Algorithm::Sha3_512,
            _ => return None,
        })
    }

    /// The hash of `data`.
    pub fn digest(self, data: &[u8]) -> Vec<u8> {
        use digest::Digest;
        with_digest!(self, D => D::digest(data).to_vec())
    }

    /// Its length in bytes.
    pub fn output_size(self) -> usize {
        use digest::Digest;
        with_digest!(self, D => <D as Digest>::output_size())
    }
}

/// A new hash by its name, and its block size in bytes.
pub fn start(name: &str) -> Option<(Digest, usize)> {
    use digest::block_api::BlockSizeUser;
    let algorithm = Algorithm::named(name)?;
    Some(with_digest!(algorithm, D => (Box::new(D::default()) as Digest, D::block_size())))
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
        assert!(Hasher::keyed("sha3-256", &[1; 200]).is_some());
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
