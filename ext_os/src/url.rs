//! The WHATWG URL parser behind `URL`: parsing, the setters, and the mapping of domains.
//!
//! JavaScript gets the serialized URL once, together with where its components are, and slices them out when
//! somebody asks. A serialized URL is ASCII, so that bytes and UTF-16 code units are the same offsets.

use std::borrow::Cow;

use deno_core::{OpState, op2};
use url::{Position, Url, quirks};

/// The last serialization that was not what the caller had passed in, until the caller takes it.
struct Serialization(String);

// What the parsing ops answer; js/internal/url/binding.js knows the numbers.
const SAME: u32 = 0;
const CHANGED: u32 = 1;
const INVALID: u32 = 2;
// A setter that did nothing; the caller's offsets are as they were, too.
const REFUSED: u32 = 3;

// Stands for a component that is not there.
const OMITTED: u32 = u32::MAX;

const OFFSETS: usize = 9;

/// The numbers that Node gives schemes in `URLContext.scheme_type`.
fn scheme_type(scheme: &str) -> u32 {
    match scheme {
        "http" => 0,
        "https" => 2,
        "ws" => 3,
        "ftp" => 4,
        "wss" => 5,
        "file" => 6,
        _ => 1,
    }
}

fn components(url: &Url) -> [u32; OFFSETS] {
    let end_of = |position: Position| url[..position].len() as u32;
    let protocol_end = end_of(Position::AfterScheme) + 1;
    let has_authority = url.has_authority();
    let username_end = if has_authority {
        end_of(Position::AfterUsername)
    } else {
        protocol_end
    };
    let host = end_of(Position::BeforeHost);
    // With credentials, the '@' is counted to the host.
    let host_start = if !has_authority {
        protocol_end
    } else if host > username_end {
        host - 1
    } else {
        host
    };
    [
        protocol_end,
        username_end,
        host_start,
        if has_authority {
            end_of(Position::AfterHost)
        } else {
            protocol_end
        },
        url.port().map_or(OMITTED, u32::from),
        end_of(Position::BeforePath),
        url.query().map_or(OMITTED, |_| end_of(Position::AfterPath)),
        url.fragment().map_or(OMITTED, |_| end_of(Position::AfterQuery)),
        scheme_type(url.scheme()),
    ]
}

fn answer(state: &mut OpState, url: Url, given: &str, offsets: &mut [u32]) -> u32 {
    for (slot, value) in offsets.iter_mut().zip(components(&url)) {
        *slot = value;
    }
    if url.as_str() == given {
        return SAME;
    }
    state.put(Serialization(url.into()));
    CHANGED
}

// The crate follows an edition of the standard in which these were not percent-encoded: a '^' in a path, and the last of
// the spaces that end an opaque path before a query or a fragment.
fn with_newer_escapes(url: Url) -> Url {
    let path = url.path();
    let new_path = if !url.cannot_be_a_base() {
        if !path.contains('^') {
            return url;
        }
        path.replace('^', "%5E")
    } else if let Some(kept) = path.strip_suffix(' ') {
        format!("{kept}%20")
    } else {
        return url;
    };
    with_path(&url, Position::BeforePath, &new_path).unwrap_or(url)
}

// `url` with another path, as it would be written, behind `before`.
fn with_path(url: &Url, before: Position, path: &str) -> Option<Url> {
    Url::parse(&format!("{}{}{}", &url[..before], path, &url[Position::AfterPath..])).ok()
}

// Against a base such as http: any number of slashes is two. The crate takes them for an empty host.
fn without_extra_slashes<'a>(input: &'a str, base: &Url) -> Cow<'a, str> {
    let is_ignored = |c: char| matches!(c, '\t' | '\n' | '\r');
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let trimmed = input.trim_start_matches(|c: char| c <= ' ');
    if !trimmed.starts_with(is_slash) || matches!(scheme_type(base.scheme()), 1 | 6) {
        return Cow::Borrowed(input);
    }
    let rest = trimmed.trim_start_matches(|c: char| is_slash(c) || is_ignored(c));
    let slashes = trimmed[..trimmed.len() - rest.len()]
        .chars()
        .filter(|c| is_slash(*c))
        .count();
    if slashes > 2 {
        Cow::Owned(format!("//{rest}"))
    } else {
        Cow::Borrowed(input)
    }
}

/// The base of the last relative parse: a server has the same one for all requests.
struct LastBase {
    text: String,
    url: Url,
}

fn parse_base<'a>(state: &'a mut OpState, base: &str) -> Option<&'a Url> {
    let known = state.try_borrow::<LastBase>().is_some_and(|last| last.text == base);
    if !known {
        let url = Url::parse(base).ok()?;
        state.put(LastBase {
            text: base.to_owned(),
            url,
        });
    }
    Some(&state.borrow::<LastBase>().url)
}

/// Parses `input` and writes where its components are to `offsets` (nine numbers, in the order of Node's
/// `URLContext` with the port after the host). 0: `input` is its own serialization; 1: the serialization waits for
/// `op_os_url_serialization`; 2: not a URL.
#[op2(fast)]
pub fn op_os_url_parse(state: &mut OpState, #[string] input: &str, #[buffer] offsets: &mut [u32]) -> u32 {
    match Url::parse(input) {
        Ok(url) => answer(state, with_newer_escapes(url), input, offsets),
        Err(_) => INVALID,
    }
}

/// [`op_os_url_parse`] of a reference that is relative to `base`.
#[op2(fast)]
pub fn op_os_url_parse_relative(
    state: &mut OpState,
    #[string] input: &str,
    #[string] base: &str,
    #[buffer] offsets: &mut [u32],
) -> u32 {
    let parsed = parse_base(state, base).and_then(|base| base.join(&without_extra_slashes(input, base)).ok());
    match parsed {
        Some(url) => answer(state, with_newer_escapes(url), input, offsets),
        None => INVALID,
    }
}

/// The serialization that the last parse or setter left behind.
#[op2]
#[string]
pub fn op_os_url_serialization(state: &mut OpState) -> String {
    state
        .try_take::<Serialization>()
        .map(|serialization| serialization.0)
        .unwrap_or_default()
}

/// Sets one component of the URL `href` as the setters of the URL standard do. The numbers of components and of
/// answers are those of js/internal/url/binding.js; a value that the setter does not accept changes nothing.
#[op2(fast)]
pub fn op_os_url_set(
    state: &mut OpState,
    #[string] href: &str,
    part: u32,
    #[string] value: &str,
    #[buffer] offsets: &mut [u32],
) -> u32 {
    let Ok(mut url) = Url::parse(href) else {
        return INVALID;
    };
    match set_part(&mut url, part, value) {
        Ok(()) => answer(state, with_newer_escapes(url), href, offsets),
        Err(()) => REFUSED,
    }
}

// Between a scheme without a host and a path that begins with two slashes.
const MARK: &str = "/.";

fn set_part(url: &mut Url, part: u32, value: &str) -> Result<(), ()> {
    let had_authority = url.has_authority();
    match part {
        0 => quirks::set_protocol(url, value),
        1 => quirks::set_username(url, value),
        2 => quirks::set_password(url, value),
        3 | 4 => {
            if part == 3 {
                quirks::set_host(url, value)?;
            } else {
                quirks::set_hostname(url, value)?;
            }
            // With a host, the mark is no longer needed; the crate leaves it where it was.
            if !had_authority && &url[Position::AfterPort..Position::BeforePath] == MARK {
                let path = url.path().to_owned();
                *url = with_path(url, Position::AfterPort, &path).ok_or(())?;
            }
            Ok(())
        }
        // What is nothing after tabs and line breaks are gone leaves the port alone; only the empty string removes it.
        5 if !value.is_empty() && value.bytes().all(|b| matches!(b, b'\t' | b'\n' | b'\r')) => Err(()),
        5 => quirks::set_port(url, value),
        6 => {
            quirks::set_pathname(url, value);
            if had_authority {
                // Only a special scheme's path has to begin with a slash.
                if value.is_empty() && scheme_type(url.scheme()) == 1 {
                    *url = with_path(url, Position::BeforePath, "").ok_or(())?;
                }
            } else if !url.cannot_be_a_base() {
                // Without the mark, what was a path would become a host; else it is not needed.
                let path = url.path().to_owned();
                let mark = if path.starts_with("//") { MARK } else { "" };
                *url = with_path(url, Position::AfterScheme, &format!(":{mark}{path}")).ok_or(())?;
            }
            Ok(())
        }
        7 => {
            quirks::set_search(url, value);
            Ok(())
        }
        8 => {
            quirks::set_hash(url, value);
            Ok(())
        }
        _ => Err(()),
    }
}

// The host of a URL of a special scheme, whichever: that is what domain names are held to.
fn special_host(domain: &str) -> Option<String> {
    let mut url = Url::parse("ws://x").ok()?;
    quirks::set_hostname(&mut url, domain).ok()?;
    Some(quirks::hostname(&url).to_owned())
}

/// The ASCII form of a domain name; empty when it has none.
#[op2]
#[string]
pub fn op_os_url_domain_to_ascii(#[string] domain: &str) -> String {
    special_host(domain).unwrap_or_default()
}

/// The Unicode form of a domain name; empty when it is not valid.
#[op2]
#[string]
pub fn op_os_url_domain_to_unicode(#[string] domain: &str) -> String {
    special_host(domain)
        .map(|host| quirks::domain_to_unicode(&host))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(href: &str) -> Vec<u32> {
        components(&Url::parse(href).expect("valid")).to_vec()
    }

    #[test]
    fn components_of_a_full_url() {
        assert_eq!(
            slices("https://username:password@host.name:8080/path/name/?que=ry#hash"),
            [6, 16, 25, 35, 8080, 40, 51, 58, 2]
        );
    }

    #[test]
    fn components_without_credentials() {
        assert_eq!(
            slices("http://example.org/"),
            [5, 7, 7, 18, OMITTED, 18, OMITTED, OMITTED, 0]
        );
    }

    #[test]
    fn components_of_an_opaque_path() {
        assert_eq!(slices("mailto:a@b?c"), [7, 7, 7, 7, OMITTED, 7, 10, OMITTED, 1]);
    }

    #[test]
    fn a_path_that_would_look_like_a_host_is_marked() {
        let url = Url::parse("web+demo:/.//not-a-host/").expect("valid");
        let at = components(&url);
        assert_eq!(at[3], 9);
        assert_eq!(&url.as_str()[at[5] as usize..], "//not-a-host/");
    }
}
