//! Descriptors that came over a channel and become nobody's handle.

use deno_core::op2;

use crate::channel_io;

/// Closes a descriptor that `claimHandle` gave out and that cannot be used.
#[op2(fast)]
pub fn op_cluster_fd_close(fd: i32) {
    // Not open: nothing to close.
    drop(channel_io::own(fd));
}
