//! The object under a `crypto.Cipheriv` or `crypto.Decipheriv`, and ciphers in one go for the web's keys.

use std::cell::RefCell;

use deno_core::{GarbageCollected, op2, v8};

use crate::cipher::{Cipher, tag_matches};
use crate::error::{CryptoError, Result};
use crate::job::{CryptoJob, Outcome};

/// A cipher under way, and then its tag.
pub struct CryptoCipher {
    cipher: RefCell<Option<Cipher>>,
    tag: RefCell<Option<[u8; 16]>>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for CryptoCipher {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"CryptoCipher"
    }
}

fn unauthentic() -> CryptoError {
    CryptoError::new("", "Unsupported state or unable to authenticate data")
}

#[op2]
impl CryptoCipher {
    /// `mode` is 'cbc', 'ecb', 'ctr', 'gcm' or 'chacha20-poly1305'; the key's length says which AES it is.
    #[constructor]
    #[cppgc]
    fn new(#[string] mode: &str, #[buffer] key: &[u8], #[buffer] iv: &[u8], encrypt: bool) -> Result<CryptoCipher> {
        Ok(CryptoCipher {
            cipher: RefCell::new(Some(Cipher::new(mode, key, iv, encrypt)?)),
            tag: RefCell::new(None),
        })
    }

    #[fast]
    fn set_padding(&self, on: bool) {
        if let Some(cipher) = &mut *self.cipher.borrow_mut() {
            cipher.set_padding(on);
        }
    }

    /// Additional authenticated data, before all text.
    #[fast]
    fn additional(&self, #[buffer] data: &[u8]) {
        if let Some(cipher) = &mut *self.cipher.borrow_mut() {
            cipher.additional(data);
        }
    }

    /// What comes out for these bytes; after the end nothing.
    #[buffer]
    fn update(&self, #[buffer] data: &[u8]) -> Vec<u8> {
        let cipher = &mut *self.cipher.borrow_mut();
        cipher.as_mut().map(|cipher| cipher.update(data)).unwrap_or_default()
    }

    /// The last bytes. With `expected`, what has been deciphered must have this tag.
    #[buffer]
    fn finish(&self, #[buffer] expected: Option<&[u8]>) -> Result<Vec<u8>> {
        let Some(cipher) = self.cipher.borrow_mut().take() else {
            return Ok(Vec::new());
        };
        let (rest, tag) = cipher.finish()?;
        if let (Some(own), Some(expected)) = (&tag, expected)
            && !tag_matches(own, expected)
        {
            return Err(unauthentic());
        }
        *self.tag.borrow_mut() = tag;
        Ok(rest)
    }

    /// The whole tag; empty before the end.
    #[buffer]
    fn tag(&self) -> Vec<u8> {
        self.tag.borrow().map(|tag| tag.to_vec()).unwrap_or_default()
    }
}

/// All of a text at once. The tag of `tag_length` bytes stands behind an authenticated cipher's text.
#[op2]
#[cppgc]
pub(crate) fn op_crypto_cipher_job(
    #[string] mode: &str,
    #[buffer] key: &[u8],
    #[buffer] iv: &[u8],
    #[buffer] additional: &[u8],
    tag_length: u32,
    encrypt: bool,
    #[buffer] data: &[u8],
) -> Result<CryptoJob> {
    let mut cipher = Cipher::new(mode, key, iv, encrypt)?;
    cipher.additional(additional);
    let mut data = data.to_vec();
    let tag_length = tag_length.min(16) as usize;
    Ok(CryptoJob::new(move || {
        let given = if encrypt {
            Vec::new()
        } else {
            let start = data.len().checked_sub(tag_length).ok_or_else(unauthentic)?;
            data.split_off(start)
        };
        let mut out = cipher.update(&data);
        let (rest, tag) = cipher.finish()?;
        out.extend(rest);
        if let Some(tag) = tag {
            if encrypt {
                out.extend_from_slice(&tag[..tag_length]);
            } else if !tag_matches(&tag, &given) {
                return Err(unauthentic());
            }
        }
        Ok(Outcome::Bytes(out))
    }))
}
