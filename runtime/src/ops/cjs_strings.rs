//! The values of JavaScript string literals.

use std::borrow::Cow;

/// The value of what stands between quotes; `None` when it is wrong, or no text.
pub fn unescape(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.contains('\\') {
        return Some(Cow::Borrowed(raw));
    }
    let mut units: Vec<u16> = Vec::with_capacity(raw.len());
    let mut chars = raw.chars();
    let mut buffer = [0; 2];
    while let Some(c) = chars.next() {
        if c != '\\' {
            units.extend_from_slice(c.encode_utf16(&mut buffer));
            continue;
        }
        let unit = match chars.next()? {
            'n' => 10,
            't' => 9,
            'r' => 13,
            'b' => 8,
            'f' => 12,
            'v' => 11,
            '0' => 0,
            'x' => hex(&mut chars, 2)?,
            'u' if chars.as_str().starts_with('{') => {
                let rest = &chars.as_str()[1..];
                let end = rest.find('}')?;
                let value = u32::from_str_radix(&rest[..end], 16).ok()?;
                match u16::try_from(value) {
                    // Perhaps half of a pair whose other half follows.
                    Ok(unit) => units.push(unit),
                    Err(_) => units.extend_from_slice(char::from_u32(value)?.encode_utf16(&mut buffer)),
                }
                chars = rest[end + 1..].chars();
                continue;
            }
            'u' => hex(&mut chars, 4)?,
            '\n' => continue,
            c => {
                units.extend_from_slice(c.encode_utf16(&mut buffer));
                continue;
            }
        };
        units.push(unit);
    }
    String::from_utf16(&units).ok().map(Cow::Owned)
}

fn hex(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<u16> {
    let text = chars.as_str().get(..digits)?;
    let value = u16::from_str_radix(text, 16).ok()?;
    *chars = chars.as_str()[digits..].chars();
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_replaced() {
        assert_eq!(unescape("plain").as_deref(), Some("plain"));
        assert_eq!(unescape(r"\x41\u0042\u{43}\n\'\\").as_deref(), Some("ABC\n'\\"));
        assert_eq!(unescape(r"\uD83C\uDF10 \u{1F310}").as_deref(), Some("🌐 🌐"));
    }

    #[test]
    fn what_is_no_text_has_no_value() {
        for raw in [r"\uD83C", r"\u{110000}", r"\u{", r"\x4", r"\u12", "\\"] {
            assert_eq!(unescape(raw), None, "{raw}");
        }
    }
}
