//! Whether this process may reserve the address space that V8 takes before anything runs. V8 itself ends the process when it may not.

use nix::sys::resource::{Resource, getrlimit};

use crate::options::Error;

/// What V8 asks for, most of it twice over for its alignment; hardly any of it ever becomes memory. In bytes.
const V8_RESERVES: u64 = 32 << 30;

/// # Errors
/// When the limit (`ulimit -v`) is below what V8 reserves.
pub(crate) fn check() -> Result<(), Error> {
    // A limit that cannot be read is none that one could name.
    let limit = getrlimit(Resource::RLIMIT_AS).map_or(u64::MAX, |(soft, _)| soft);
    if limit < V8_RESERVES {
        return Err(Error::AddressSpace { limit: limit >> 20 });
    }
    Ok(())
}
