//! Memory of large views that came in messages, used again when V8 has collected them: faulting in new pages for each costs more than copying.

use std::sync::Mutex;

/// Smaller views get memory of their own.
const SMALLEST: usize = 4 << 10;
/// Larger ones too.
const LARGEST: usize = 8 << 20;
/// What is kept at most, in bytes.
const KEPT: usize = 32 << 20;
/// Sizes from one power of two to the next.
const STEPS: usize = 4;
const CLASSES: usize = STEPS * (LARGEST / SMALLEST).ilog2() as usize + 1;

// V8 lets go of memory on threads of its own.
static FREE: Mutex<Free> = Mutex::new(Free {
    blocks: [const { Vec::new() }; CLASSES],
    bytes: 0,
});

struct Free {
    // By class: all blocks of one have the same capacity.
    blocks: [Vec<Vec<u8>>; CLASSES],
    bytes: usize,
}

/// The class of the smallest blocks that hold `size` bytes, and their capacity.
fn class_of(size: usize) -> Option<(usize, usize)> {
    if !(SMALLEST..=LARGEST).contains(&size) {
        return None;
    }
    let doubling = (size / SMALLEST).ilog2() as usize;
    let step = (SMALLEST << doubling) / STEPS;
    let steps = (size - (SMALLEST << doubling)).div_ceil(step);
    Some((doubling * STEPS + steps, (SMALLEST << doubling) + steps * step))
}

/// Bytes that go back to the pool when they are dropped.
pub(crate) struct Pooled(Vec<u8>);

impl Pooled {
    /// A copy of `bytes`, in memory of the pool if it has some that fits.
    pub(crate) fn copy_of(bytes: &[u8]) -> Pooled {
        let mut block = match class_of(bytes.len()) {
            Some((class, capacity)) => take(class).unwrap_or_else(|| Vec::with_capacity(capacity)),
            None => Vec::new(),
        };
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
        let Some((class, _)) = class_of(size).filter(|(_, capacity)| *capacity == size) else {
            return;
        };
        let mut free = FREE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if free.bytes + size <= KEPT {
            free.bytes += size;
            free.blocks[class].push(std::mem::take(&mut self.0));
        }
    }
}

fn take(class: usize) -> Option<Vec<u8>> {
    let mut free = FREE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    // The latest is the most likely to be in the processor's caches.
    let block = free.blocks[class].pop()?;
    free.bytes -= block.capacity();
    Some(block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_their_sizes() {
        assert_eq!(class_of(SMALLEST - 1), None);
        assert_eq!(class_of(SMALLEST), Some((0, SMALLEST)));
        assert_eq!(class_of(LARGEST), Some((CLASSES - 1, LARGEST)));
        assert_eq!(class_of(LARGEST + 1), None);
        for size in (SMALLEST..200_000).step_by(7) {
            let (class, capacity) = class_of(size).unwrap();
            assert!(
                capacity >= size && capacity <= size + size / 4 + 1,
                "{size} in {capacity}"
            );
            assert_eq!(class_of(capacity), Some((class, capacity)));
        }
    }

    // One test, because the pool is the process's.
    #[test]
    fn memory_is_used_again_within_bounds() {
        let bytes = vec![7u8; 65_537];
        let mut first = Pooled::copy_of(&bytes);
        assert_eq!(first.as_mut(), bytes);
        let address = first.0.as_ptr();
        drop(first);
        // Too small for much less.
        assert_ne!(Pooled::copy_of(&bytes[..30_000]).0.as_ptr(), address);
        let second = Pooled::copy_of(&bytes[1..]);
        assert_ne!(second.0.as_ptr(), address);
        let third = Pooled::copy_of(&vec![1; 65_600]);
        assert_eq!((third.0.as_ptr(), third.0.len()), (address, 65_600));
        drop((second, third));
        let many: Vec<Pooled> = (0..10).map(|_| Pooled::copy_of(&vec![0; LARGEST])).collect();
        drop(many);
        let free = FREE.lock().unwrap();
        assert!(free.bytes <= KEPT);
        let held: usize = free.blocks.iter().flatten().map(Vec::capacity).sum();
        assert_eq!(free.bytes, held);
    }
}
