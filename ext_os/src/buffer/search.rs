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
        return if forward || needle == 0 { Some(0) } else { None };
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

/// `bytes` without an odd one at the end.
pub(crate) fn whole_pairs(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len() & !1]
}

/// The first place of `needle` at or after `offset`, or the last at or before it. With `pairs` both are
/// UTF-16: places are even and odd bytes at the end do not count.
pub(crate) fn find(haystack: &[u8], needle: &[u8], offset: f64, forward: bool, pairs: bool) -> Option<usize> {
    let start = start_of(haystack.len(), needle.len(), offset, forward)?;
    if needle.is_empty() {
        return Some(start);
    }
    let (haystack, needle) = if pairs {
        (whole_pairs(haystack), whole_pairs(needle))
    } else {
        (haystack, needle)
    };
    if needle.is_empty() || needle.len() > haystack.len() {
        return None;
    }
    if forward && start + needle.len() > haystack.len() {
        return None;
    }
    let start = if pairs { start & !1 } else { start };
    let last = haystack.len() - needle.len();
    match (forward, pairs) {
        (true, false) => find_first(&haystack[start..], needle).map(|place| place + start),
        (false, false) => find_last(&haystack[..start.min(last) + needle.len()], needle),
        (true, true) => find_first_pair(&haystack[start..], needle).map(|place| place + start),
        (false, true) => find_last_pair(&haystack[..start.min(last) + needle.len()], needle),
    }
}

// Looking for one byte is twice as fast as looking for several, as long as it is rarely the wrong place. The
// allowance is in bytes that a wrong place may cost.
const WRONG_PLACE: usize = 512;
const ALLOWANCE: usize = 16 * WRONG_PLACE;

fn find_first(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, others) = needle.split_first()?;
    let last = haystack.len() - needle.len();
    let mut from = 0;
    let mut wrong = 0;
    while from <= last {
        let place = from + memchr::memchr(*first, &haystack[from..=last])?;
        if haystack[place + 1..].starts_with(others) {
            return Some(place);
        }
        from = place + 1;
        wrong += WRONG_PLACE;
        if wrong > from + ALLOWANCE {
            return memmem::find(&haystack[from..], needle).map(|place| place + from);
        }
    }
    None
}

fn find_last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, others) = needle.split_first()?;
    let mut end = haystack.len() - needle.len() + 1;
    let all = end;
    let mut wrong = 0;
    loop {
        let place = memchr::memrchr(*first, &haystack[..end])?;
        if haystack[place + 1..].starts_with(others) {
            return Some(place);
        }
        end = place;
        wrong += WRONG_PLACE;
        if wrong > all - end + ALLOWANCE {
            return memmem::rfind(&haystack[..end + others.len()], needle);
        }
    }
}

// As `find_first`, but only places that are even count.
fn find_first_pair(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, others) = needle.split_first()?;
    let last = haystack.len() - needle.len();
    let mut from = 0;
    let mut wrong = 0;
    while from <= last && wrong <= from + ALLOWANCE {
        let place = from + memchr::memchr(*first, &haystack[from..=last])?;
        if place.is_multiple_of(2) && haystack[place + 1..].starts_with(others) {
            return Some(place);
        }
        from = place + 1;
        wrong += WRONG_PLACE;
    }
    // Occurrences may overlap, and the one before an even one may be odd.
    let finder = memmem::Finder::new(needle);
    loop {
        let place = from + finder.find(&haystack[from..])?;
        if place.is_multiple_of(2) {
            return Some(place);
        }
        from = place + 1;
    }
}

fn find_last_pair(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let finder = memmem::FinderRev::new(needle);
    let mut end = haystack.len();
    loop {
        let place = finder.rfind(&haystack[..end])?;
        if place.is_multiple_of(2) {
            return Some(place);
        }
        end = place + needle.len() - 1;
    }
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
    fn wrong_places_do_not_hide_the_right_one() {
        let mut text = b"ab".repeat(5000);
        text.extend(b"abc");
        text.extend(b"ab".repeat(5000));
        assert_eq!(find(&text, b"abc", 0.0, true, false), Some(10000));
        assert_eq!(find(&text, b"abc", f64::INFINITY, false, false), Some(10000));
        assert_eq!(find(&text, b"abd", 0.0, true, false), None);
        assert_eq!(find(&text, b"abd", f64::INFINITY, false, false), None);
        assert_eq!(find(b"aab", b"ab", f64::INFINITY, false, false), Some(1));
        assert_eq!(find(b"ab", b"ab", f64::INFINITY, false, false), Some(0));
    }

    #[test]
    fn utf16_places_are_even() {
        let text = [0, 1, 0, 1, 0, 1];
        assert_eq!(find(&text, &[1, 0], 0.0, true, true), None);
        let text = [&b"a\0b\0".repeat(5000)[..], b"a\0c\0"].concat();
        assert_eq!(find(&text, b"a\0c\0", 0.0, true, true), Some(20000));
        assert_eq!(find(&text, b"\0c\0a", 0.0, true, true), None);
        let text = [0, 1, 0, 1, 0, 1];
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
