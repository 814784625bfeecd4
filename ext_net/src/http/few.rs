//! A queue that mostly holds one thing or nothing: only more than one takes memory of its own.

use std::collections::VecDeque;

/// See the module.
#[derive(Debug)]
pub(crate) struct Few<T> {
    first: Option<T>,
    /// Empty while there is no first.
    rest: VecDeque<T>,
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few {
            first: None,
            rest: VecDeque::new(),
        }
    }
}

impl<T> Few<T> {
    pub(crate) fn push_back(&mut self, value: T) {
        if self.first.is_none() {
            self.first = Some(value);
        } else {
            self.rest.push_back(value);
        }
    }

    pub(crate) fn pop_front(&mut self) -> Option<T> {
        let first = self.first.take()?;
        self.first = self.rest.pop_front();
        if self.rest.is_empty() {
            self.rest = VecDeque::new();
        }
        Some(first)
    }

    pub(crate) fn front(&self) -> Option<&T> {
        self.first.as_ref()
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.first.is_some()) + self.rest.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(&self.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pushed_comes_in_order() {
        let mut few = Few::default();
        assert!(few.is_empty() && few.pop_front().is_none());
        for round in 0..3 {
            for value in 0..=round {
                few.push_back(value);
            }
            assert_eq!((few.len(), few.front()), (round + 1, Some(&0)));
            assert!(few.iter().copied().eq(0..=round));
            for value in 0..=round {
                assert_eq!(few.pop_front(), Some(value));
            }
            assert_eq!((few.len(), few.front()), (0, None));
        }
    }
}
