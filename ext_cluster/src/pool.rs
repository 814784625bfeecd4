//! Memory of large views that came in messages, used again when V8 has collected them: faulting in new pages for each costs more than copying.

use std::sync::Mutex;

/// Smaller views get memory of their own.
const SMALLEST: usize = 64 << 10;
/// Larger ones too.
const LARGEST: usize = 8 << 20;
/// What is kept at most, in bytes.
const KEPT: usize = 32 << 20;

// V8 lets go of memory on threads of its own.
static FREE: Mutex<Free> = Mutex::new(Free {
    blocks: Vec::new(),
    bytes: 0,
});

struct Free {
    blocks: Vec<Vec<u8>>,
    bytes: usize,
}

/// Bytes that go back to the pool when they are dropped.
pub(crate) struct Pooled(Vec<u8>);

impl Pooled {
    /// A copy of `bytes`, in memory of the pool if it has some that fits.
    pub(crate) fn copy_of(bytes: &[u8]) -> Pooled {
        let mut block = take(bytes.len()).unwrap_or_default();
        block.clear();
        block.extend_from_slice(bytes);
        Pooled(block)
    }
}

impl AsMut<[u8]> for Pooled {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        let size = self.0.capacity();
        if !(SMALLEST..=LARGEST).contains(&size) {
            return;
        }
        let mut free = FREE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if free.bytes + size <= KEPT {
            free.bytes += size;
            free.blocks.push(std::mem::take(&mut self.0));
        }
    }
}

/// A block for `size` bytes that is not much too large.
fn take(size: usize) -> Option<Vec<u8>> {
    if !(SMALLEST..=LARGEST).contains(&size) {
        return None;
    }
    let mut free = FREE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let fits = |block: &Vec<u8>| (size..=2 * size).contains(&block.capacity());
    // The latest is the most likely to be in the processor's caches.
    let index = free.blocks.iter().rposition(fits)?;
    let block = free.blocks.swap_remove(index);
    free.bytes -= block.capacity();
    Some(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    // One test, because the pool is the process's.
    #[test]
    fn memory_is_used_again_within_bounds() {
        let bytes = vec![7u8; SMALLEST + 1];
        let mut first = Pooled::copy_of(&bytes);
        assert_eq!(first.as_mut(), bytes);
        let address = first.0.as_ptr();
        drop(first);
        // Too small for much less.
        assert_ne!(Pooled::copy_of(&bytes[..SMALLEST / 2]).0.as_ptr(), address);
        let second = Pooled::copy_of(&bytes[1..]);
        assert_eq!(second.0.as_ptr(), address);
        assert_eq!(second.0.len(), SMALLEST);
        drop(second);
        let many: Vec<Pooled> = (0..10).map(|_| Pooled::copy_of(&vec![0; LARGEST])).collect();
        drop(many);
        let free = FREE.lock().unwrap();
        assert!(free.bytes <= KEPT);
        assert_eq!(free.bytes, free.blocks.iter().map(Vec::capacity).sum::<usize>());
    }
}
