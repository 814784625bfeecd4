//! Reading DER: one element after the other, no copies, `None` for whatever is not well formed.

/// A cursor over DER elements.
#[derive(Clone, Copy)]
pub(crate) struct Der<'a>(pub &'a [u8]);

/// One element: its tag, its content, and the bytes of both with the length between them.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
}

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

impl<'a> Der<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tag of the next element.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    /// The next element, whatever it is.
    pub(crate) fn next(&mut self) -> Option<Element<'a>> {
        let input = self.0;
        let tag = *input.first()?;
        // Tags of several bytes occur nowhere in what is read here.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let first = *input.get(1)?;
        let (length, header) = match first {
            0..=0x7f => (usize::from(first), 2),
            0x81..=0x84 => {
                let count = usize::from(first & 0x7f);
                let digits = input.get(2..2 + count)?;
                (digits.iter().fold(0usize, |n, d| n << 8 | usize::from(*d)), 2 + count)
            }
            _ => return None,
        };
        let end = header.checked_add(length)?;
        let whole = input.get(..end)?;
        self.0 = &input[end..];
        Some(Element {
            tag,
            content: &whole[header..],
            whole,
        })
    }

    /// The next element, which must have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        if self.peek()? == tag { self.next() } else { None }
    }

    /// The next element if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Option<Element<'a>> {
        if self.peek() == Some(tag) { self.next() } else { None }
    }

    /// What is in the next element, which must be a SEQUENCE.
    pub(crate) fn sequence(&mut self) -> Option<Der<'a>> {
        Some(Der(self.expect(SEQUENCE)?.content))
    }
}

impl<'a> Element<'a> {
    /// What is in it.
    pub(crate) fn inside(&self) -> Der<'a> {
        Der(self.content)
    }

    /// The bytes of a BIT STRING that ends with a whole byte.
    pub(crate) fn bits(&self) -> Option<&'a [u8]> {
        match self.content.split_first()? {
            (0, bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A small INTEGER.
    pub(crate) fn small(&self) -> Option<u32> {
        if self.content.is_empty() || self.content.len() > 4 || self.content[0] & 0x80 != 0 {
            return None;
        }
        Some(self.content.iter().fold(0, |n, d| n << 8 | u32::from(*d)))
    }

    /// An INTEGER's digits without the sign's leading zero.
    pub(crate) fn magnitude(&self) -> &'a [u8] {
        match self.content {
            [0, rest @ ..] if !rest.is_empty() => rest,
            all => all,
        }
    }
}

/// An OID's content as numbers with dots.
pub(crate) fn oid_text(content: &[u8]) -> String {
    let mut numbers = Vec::new();
    let mut current: u64 = 0;
    for byte in content {
        current = current << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            numbers.push(current);
            current = 0;
        }
    }
    let mut text = String::new();
    for (index, number) in numbers.iter().enumerate() {
        if index == 0 {
            let root = (*number / 40).min(2);
            text = format!("{root}.{}", number - root * 40);
        } else {
            text.push_str(&format!(".{number}"));
        }
    }
    text
}

/// An element with this tag and content.
#[cfg(test)]
pub(crate) fn encode(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|d| *d == 0).collect();
        out.push(0x80 | digits.len() as u8);
        out.extend(digits);
    }
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_cut_short() {
        let whole = encode(SEQUENCE, &[5, 0]);
        for end in 0..whole.len() {
            assert!(Der(&whole[..end]).next().is_none());
        }
        assert!(Der(&whole).next().is_some());
        assert!(Der(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).next().is_none());
    }

    #[test]
    fn names_object_identifiers() {
        assert_eq!(
            oid_text(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]),
            "1.2.840.113549.1.1.11"
        );
        assert_eq!(oid_text(&[0x55, 0x1d, 0x11]), "2.5.29.17");
    }
}
