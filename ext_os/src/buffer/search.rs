//! Finding bytes in bytes by Buffer's rules for offsets and alignment. Pure functions; no V8.

use memchr::memmem;

/// Where a search begins: the offset that the user gave, counted from the start, or `None` when nothing can
/// be found from there.
fn start_of(length: usize, needle: usize, offset: f64, forward: bool) -> Option<usize> {
    let size = length as f64;
    if offset < 0.0 {
        let from_start = offset + size;
        if from_start >= 0.0 {
            return Some(from_start as usize);
        }
        return if forward || needle == 0 {
            Some(0)
        } else {
            None
        };
    }
    if offset + needle as f64 <= size {
        return Some(offset as usize);
    }
    if needle == 0 {
        Some(length)
    } else if forward {
        None
    } else {
        length.checked_sub(1)
    }
}

/// The first place of `needle` at or after `offset`, or the last at or before it. With `pairs` both are
/// UTF-16: places are even and odd bytes at the end do not count.
pub(crate) fn find(
    haystack: &[u8],
    needle: &[u8],
    offset: f64,
    forward: bool,
    pairs: bool,
) -> Option<usize> {
    let start = start_of(haystack.len(), needle.len(), offset, forward)?;
    if needle.is_empty() {
        return Some(start);
    }
    if pairs && (needle.len() < 2 || haystack.len() < 2) {
        return None;
    }
    let (haystack, needle, start) = if pairs {
        (
            &haystack[..haystack.len() & !1],
            &needle[..needle.len() & !1],
            start & !1,
        )
    } else {
        (haystack, needle, start)
    };
    if needle.len() > haystack.len() {
        return None;
    }
    let fits = |place: &usize| !pairs || place.is_multiple_of(2);
    if forward {
        if start + needle.len() > haystack.len() {
            return None;
        }
        let rest = &haystack[start..];
        if !pairs {
            return find_in(rest, needle).map(|place| place + start);
        }
        // Occurrences may overlap, and the one before an aligned one may not be aligned.
        let finder = memmem::Finder::new(needle);
        let mut from = 0;
        while let Some(place) = finder.find(&rest[from..]) {
            if fits(&(from + place)) {
                return Some(start + from + place);
            }
            from += place + 1;
        }
        None
    } else {
        let last = start.min(haystack.len() - needle.len());
        let mut end = last + needle.len();
        let finder = memmem::FinderRev::new(needle);
        while let Some(place) = finder.rfind(&haystack[..end]) {
            if fits(&place) {
                return Some(place);
            }
            end = place + needle.len() - 1;
        }
        None
    }
}

// Building memmem's tables costs more than looking through a few bytes.
fn find_in(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    if needle.len() == 1 {
        return memchr::memchr(needle[0], haystack);
    }
    if haystack.len() > 64 {
        return memmem::find(haystack, needle);
    }
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

/// [`find`] for one byte.
pub(crate) fn find_byte(haystack: &[u8], byte: u8, offset: f64, forward: bool) -> Option<usize> {
    if haystack.is_empty() {
        return None;
    }
    let start = start_of(haystack.len(), 1, offset, forward)?;
    if forward {
        memchr::memchr(byte, &haystack[start..]).map(|place| place + start)
    } else {
        memchr::memrchr(byte, &haystack[..=start])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_from_either_end() {
        let text = b"this is a test";
        assert_eq!(find(text, b"is", 0.0, true, false), Some(2));
        assert_eq!(find(text, b"is", 3.0, true, false), Some(5));
        assert_eq!(find(text, b"is", -100.0, true, false), Some(2));
        assert_eq!(find(text, b"is", 100.0, true, false), None);
        assert_eq!(find(text, b"is", 100.0, false, false), Some(5));
        assert_eq!(find(text, b"is", -100.0, false, false), None);
        assert_eq!(find(text, b"is", 4.0, false, false), Some(2));
        assert_eq!(find(text, b"", 100.0, true, false), Some(14));
        assert_eq!(find(text, b"", 5.0, true, false), Some(5));
    }

    #[test]
    fn utf16_places_are_even() {
        let text = [0, 1, 0, 1, 0, 1];
        assert_eq!(find(&text, &[1, 0], 0.0, true, true), None);
        assert_eq!(find(&text, &[0, 1], 1.0, true, true), Some(0));
        assert_eq!(find(&text, &[0, 1], 5.0, false, true), Some(4));
    }

    #[test]
    fn bytes_are_found_from_either_end() {
        assert_eq!(find_byte(b"abca", b'a', 1.0, true), Some(3));
        assert_eq!(find_byte(b"abca", b'a', -2.0, false), Some(0));
        assert_eq!(find_byte(b"", b'a', 0.0, true), None);
        assert_eq!(find_byte(b"abc", b'c', f64::INFINITY, false), Some(2));
    }
}
