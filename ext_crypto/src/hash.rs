//! The object under a `crypto.Hash` or `crypto.Hmac`.

use std::cell::RefCell;

use deno_core::{GarbageCollected, op2, v8};
use deno_error::JsErrorBox;

use crate::algorithms::Hasher;

/// A hash under way, and then none.
pub struct CryptoHash {
    hasher: RefCell<Option<Hasher>>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for CryptoHash {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"CryptoHash"
    }
}

impl CryptoHash {
    fn of(hasher: Option<Hasher>) -> Result<CryptoHash, JsErrorBox> {
        let hasher = hasher.ok_or_else(|| JsErrorBox::generic("Digest method not supported"))?;
        Ok(CryptoHash {
            hasher: RefCell::new(Some(hasher)),
        })
    }
}

#[op2]
impl CryptoHash {
    /// A hash by its name; with a key, a keyed hash. Throws when no algorithm has that name.
    #[constructor]
    #[cppgc]
    fn new(#[string] name: &str, #[buffer] key: Option<&[u8]>) -> Result<CryptoHash, JsErrorBox> {
        CryptoHash::of(match key {
            Some(key) => Hasher::keyed(name, key),
            None => Hasher::new(name),
        })
    }

    /// Takes more bytes; after the end nothing.
    #[fast]
    fn update(&self, #[buffer] data: &[u8]) {
        if let Some(hasher) = &mut *self.hasher.borrow_mut() {
            hasher.update(data);
        }
    }

    /// Takes the UTF-8 of a text.
    #[fast]
    fn update_text(&self, #[string] text: &str) {
        if let Some(hasher) = &mut *self.hasher.borrow_mut() {
            hasher.update(text.as_bytes());
        }
    }

    /// Another one in the same state.
    #[cppgc]
    fn copy(&self) -> Result<CryptoHash, JsErrorBox> {
        CryptoHash::of(self.hasher.borrow().clone())
    }

    /// The hash itself, which ends it; empty when it has ended already.
    #[buffer]
    fn digest(&self) -> Vec<u8> {
        let hasher = self.hasher.borrow_mut().take();
        hasher.map(|hasher| hasher.finish().into_vec()).unwrap_or_default()
    }
}
