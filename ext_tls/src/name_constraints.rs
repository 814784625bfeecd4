//! Name constraints: which names the certificates below an issuer may carry.

use std::rc::Rc;

use crate::certificate::{Certificate, NAME_CONSTRAINTS};
use crate::der::Der;

const EMAIL: u8 = 1;
const DNS: u8 = 2;
const DIRECTORY: u8 = 4;
const URI: u8 = 6;
const ADDRESS: u8 = 7;

/// Whether a certificate of the chain has a name that one above it does not permit.
pub(crate) fn violated(chain: &[Rc<Certificate>]) -> bool {
    for (index, issuer) in chain.iter().enumerate().skip(1) {
        let Some(extension) = issuer.extension(NAME_CONSTRAINTS) else {
            continue;
        };
        let Some((permitted, excluded)) = parse(&extension.value) else {
            return true;
        };
        for (below, certificate) in chain[..index].iter().enumerate() {
            // An issuer that renews its own key names itself as it likes.
            if below != 0 && certificate.subject == certificate.issuer {
                continue;
            }
            for (kind, name) in names(certificate) {
                let of_kind: Vec<_> = permitted.iter().filter(|(k, _)| *k == kind).collect();
                if !of_kind.is_empty() && !of_kind.iter().any(|(_, base)| matches(kind, &name, base)) {
                    return true;
                }
                if excluded
                    .iter()
                    .any(|(k, base)| *k == kind && matches(kind, &name, base))
                {
                    return true;
                }
            }
        }
    }
    false
}

type Subtrees<'a> = Vec<(u8, &'a [u8])>;

fn parse(value: &[u8]) -> Option<(Subtrees<'_>, Subtrees<'_>)> {
    let mut fields = Der(value).sequence()?;
    let mut lists = [Vec::new(), Vec::new()];
    for (list, tag) in lists.iter_mut().zip([0xa0, 0xa1]) {
        let Some(element) = fields.optional(tag) else { continue };
        let mut subtrees = element.inside();
        while !subtrees.is_empty() {
            let base = subtrees.sequence()?.next()?;
            let kind = base.tag & 0x1f;
            // What cannot be compared cannot be permitted.
            if ![EMAIL, DNS, DIRECTORY, URI, ADDRESS].contains(&kind) {
                return None;
            }
            list.push((kind, base.content));
        }
    }
    let [permitted, excluded] = lists;
    Some((permitted, excluded))
}

fn names(certificate: &Certificate) -> Vec<(u8, std::borrow::Cow<'_, [u8]>)> {
    let mut found: Vec<(u8, std::borrow::Cow<'_, [u8]>)> = certificate
        .alternative_names()
        .into_iter()
        .map(|(kind, name)| (kind, name.into()))
        .collect();
    // Without names of hosts, checkServerIdentity() takes the common name for one.
    if !found.iter().any(|(kind, _)| *kind == DNS) {
        let common = crate::names::attributes(&certificate.subject)
            .into_iter()
            .filter(|(n, _)| n == "CN");
        let hosts = common
            .map(|(_, value)| value.into_bytes())
            .filter(|value| looks_like_host(value));
        found.extend(hosts.map(|value| (DNS, value.into())));
    }
    // A subject without any attribute is no name.
    if certificate.subject.len() > 2 {
        found.push((DIRECTORY, certificate.subject.as_slice().into()));
    }
    found
}

fn looks_like_host(name: &[u8]) -> bool {
    name.contains(&b'.') && name.iter().all(|b| b.is_ascii_alphanumeric() || b"-._*".contains(b))
}

fn matches(kind: u8, name: &[u8], base: &[u8]) -> bool {
    match kind {
        DNS => is_below(name, base),
        EMAIL => {
            let host = name.iter().rposition(|b| *b == b'@').map_or(name, |at| &name[at + 1..]);
            if base.contains(&b'@') {
                name.eq_ignore_ascii_case(base)
            } else {
                host_matches(host, base)
            }
        }
        URI => {
            let text = String::from_utf8_lossy(name);
            let rest = text.split_once("://").map_or("", |(_, rest)| rest);
            let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
            let host = authority
                .rsplit('@')
                .next()
                .unwrap_or("")
                .split(':')
                .next()
                .unwrap_or("");
            host_matches(host.as_bytes(), base)
        }
        ADDRESS => {
            let (address, mask) = base.split_at(base.len() / 2);
            name.len() == address.len() && name.iter().zip(address).zip(mask).all(|((n, a), m)| n & m == a & m)
        }
        // A name's attributes begin as the base's do.
        DIRECTORY => match (Der(name).sequence(), Der(base).sequence()) {
            (Some(name), Some(base)) => name.0.starts_with(base.0),
            _ => false,
        },
        _ => false,
    }
}

/// Equal, or below a base that begins with a dot.
fn host_matches(host: &[u8], base: &[u8]) -> bool {
    if base.first() == Some(&b'.') {
        host.len() > base.len() && host[host.len() - base.len()..].eq_ignore_ascii_case(base)
    } else {
        host.eq_ignore_ascii_case(base)
    }
}

/// Equal or below.
fn is_below(name: &[u8], base: &[u8]) -> bool {
    let base = base.strip_prefix(b".").unwrap_or(base);
    if base.is_empty() {
        return true;
    }
    let Some(start) = name.len().checked_sub(base.len()) else {
        return false;
    };
    name[start..].eq_ignore_ascii_case(base) && (start == 0 || name[start - 1] == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_below_a_base() {
        assert!(matches(DNS, b"a.example.com", b"example.com"));
        assert!(matches(DNS, b"EXAMPLE.com", b"example.com"));
        assert!(!matches(DNS, b"badexample.com", b"example.com"));
        assert!(matches(EMAIL, b"me@mail.example.com", b".example.com"));
        assert!(!matches(EMAIL, b"me@example.com", b".example.com"));
        assert!(matches(URI, b"https://u@host.org:1/x", b"host.org"));
        assert!(matches(ADDRESS, &[10, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]));
        assert!(!matches(ADDRESS, &[11, 1, 2, 3], &[10, 0, 0, 0, 255, 0, 0, 0]));
    }
}
