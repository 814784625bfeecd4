//! The system's random source.

use crate::error::{CryptoError, Result};

/// Fills `bytes`; 0 or a negative errno.
pub(crate) fn fill_errno(bytes: &mut [u8]) -> i32 {
    let mut rest = bytes;
    while !rest.is_empty() {
        // SAFETY: the pointer and length are those of `rest`.
        let filled = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        match usize::try_from(filled) {
            Ok(filled) => rest = &mut rest[filled..],
            Err(_) => {
                let error = std::io::Error::last_os_error();
                if error.kind() != std::io::ErrorKind::Interrupted {
                    return -error.raw_os_error().unwrap_or(libc::EIO);
                }
            }
        }
    }
    0
}

pub(crate) fn fill(bytes: &mut [u8]) -> Result<()> {
    match fill_errno(bytes) {
        0 => Ok(()),
        _ => Err(CryptoError::new(
            "ERR_CRYPTO_OPERATION_FAILED",
            "The system has no random bytes",
        )),
    }
}

/// The same source as the crates want it.
pub(crate) type Rng = getrandom::rand_core::UnwrapErr<getrandom::SysRng>;

/// Makes one. It panics where the system has no random bytes, which `fill` has shown it has when this is called.
pub(crate) fn rng() -> Result<Rng> {
    fill(&mut [0])?;
    Ok(getrandom::rand_core::UnwrapErr(getrandom::SysRng))
}
