//! rtjs and a real Node as parent and child of each other.

use libtest_mimic::Trial;

pub fn trials() -> Vec<Trial> {
    Vec::new()
}
