//! Work that a program wants done at once or on another thread: made by an op, then either run or started.

use std::cell::RefCell;
use std::sync::Arc;

use deno_core::{GarbageCollected, ToV8, op2, v8};

use crate::error::{CryptoError, Result};
use crate::key::Key;
use crate::key_handle::KeyHandle;

/// What has come of it.
pub(crate) enum Outcome {
    Bytes(Vec<u8>),
    Flag(bool),
    /// Public and private half.
    Pair(Arc<Key>, Arc<Key>),
}

type Work = Box<dyn FnOnce() -> Result<Outcome> + Send>;

impl<'a> ToV8<'a> for Outcome {
    type Error = std::convert::Infallible;

    fn to_v8(self, scope: &mut v8::PinScope<'a, '_>) -> std::result::Result<v8::Local<'a, v8::Value>, Self::Error> {
        Ok(match self {
            Outcome::Bytes(bytes) => rtjs_core::uint8_array(scope, bytes),
            Outcome::Flag(flag) => v8::Boolean::new(scope, flag).into(),
            Outcome::Pair(public, private) => {
                let public = deno_core::cppgc::make_cppgc_object(scope, KeyHandle::holding(public));
                let private = deno_core::cppgc::make_cppgc_object(scope, KeyHandle::holding(private));
                v8::Array::new_with_elements(scope, &[public.into(), private.into()]).into()
            }
        })
    }
}

/// Work to do, once.
pub struct CryptoJob {
    work: RefCell<Option<Work>>,
}

// SAFETY: no traced members.
unsafe impl GarbageCollected for CryptoJob {
    fn trace(&self, _visitor: &mut v8::cppgc::Visitor) {}

    fn get_name(&self) -> &'static std::ffi::CStr {
        c"CryptoJob"
    }
}

impl CryptoJob {
    pub(crate) fn new(work: impl FnOnce() -> Result<Outcome> + Send + 'static) -> CryptoJob {
        CryptoJob {
            work: RefCell::new(Some(Box::new(work))),
        }
    }

    fn take(&self) -> Result<Work> {
        let work = self.work.borrow_mut().take();
        work.ok_or_else(|| CryptoError::new("ERR_CRYPTO_INVALID_STATE", "This has been done"))
    }
}

#[op2]
impl CryptoJob {
    /// Does it here.
    fn run(&self) -> Result<Outcome> {
        self.take()?()
    }
}

/// Does it on another thread.
#[op2]
pub(crate) async fn op_crypto_job_start(#[cppgc] job: &CryptoJob) -> Result<Outcome> {
    let work = job.take()?;
    let done = deno_core::unsync::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(CryptoError::new("ERR_CRYPTO_OPERATION_FAILED", "Operation failed")))
}
