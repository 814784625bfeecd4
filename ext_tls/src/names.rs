//! Names in certificates as text, with OpenSSL's short words for the attributes.

use crate::der::{self, Der};

/// Attribute (its short word, else its numbers) and value, in order. What cannot be read ends the list.
pub(crate) fn attributes(name: &[u8]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Some(mut sets) = Der(name).sequence() else {
        return found;
    };
    while let Some(set) = sets.optional(der::SET) {
        let mut pairs = set.inside();
        while let Some(mut pair) = pairs.sequence() {
            let (Some(oid), Some(value)) = (pair.expect(der::OID), pair.next()) else {
                return found;
            };
            let oid = der::oid_text(oid.content);
            let short = short_word(&oid).map_or(oid, str::to_string);
            found.push((short, text(value.tag, value.content)));
        }
    }
    found
}

/// A string of any of ASN.1's kinds.
pub(crate) fn text(tag: u8, content: &[u8]) -> String {
    match tag {
        // BMPString
        0x1e => {
            let units: Vec<u16> = content
                .chunks_exact(2)
                .map(|p| u16::from_be_bytes([p[0], p[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        // UniversalString
        0x1c => content
            .chunks_exact(4)
            .map(|c| {
                char::from_u32(u32::from_be_bytes([c[0], c[1], c[2], c[3]])).unwrap_or(char::REPLACEMENT_CHARACTER)
            })
            .collect(),
        0x0c => String::from_utf8_lossy(content).into_owned(),
        // The others are taken for Latin-1, as OpenSSL takes a T61String.
        _ => content.iter().map(|b| char::from(*b)).collect(),
    }
}

fn short_word(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.13" => "description",
        "2.5.4.15" => "businessCategory",
        "2.5.4.17" => "postalCode",
        "2.5.4.20" => "telephoneNumber",
        "2.5.4.41" => "name",
        "2.5.4.42" => "GN",
        "2.5.4.43" => "initials",
        "2.5.4.44" => "generationQualifier",
        "2.5.4.46" => "dnQualifier",
        "2.5.4.65" => "pseudonym",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        "1.2.840.113549.1.9.2" => "unstructuredName",
        "1.3.6.1.4.1.311.60.2.1.1" => "jurisdictionL",
        "1.3.6.1.4.1.311.60.2.1.2" => "jurisdictionST",
        "1.3.6.1.4.1.311.60.2.1.3" => "jurisdictionC",
        _ => return None,
    })
}

/// One GeneralName as Node prints it: kind, colon, value. Values that could be taken for a further name are in JSON's quotes.
pub(crate) fn general_name(tag: u8, content: &[u8]) -> String {
    let quoted = |kind: &str, value: &str| {
        let odd = value
            .chars()
            .any(|c| matches!(c, '"' | '\\' | ',' | '\'') || !(' '..='~').contains(&c));
        if odd {
            format!("{kind}:{}", json(value))
        } else {
            format!("{kind}:{value}")
        }
    };
    match tag {
        0 => "othername:<unsupported>".to_string(),
        1 => quoted("email", &text(0x16, content)),
        2 => quoted("DNS", &text(0x16, content)),
        4 => {
            let parts: Vec<String> = attributes(content)
                .into_iter()
                .map(|(n, v)| format!("{n} = {v}"))
                .collect();
            quoted("DirName", &parts.join(", "))
        }
        6 => quoted("URI", &text(0x16, content)),
        7 => match content.len() {
            4 => format!("IP Address:{}.{}.{}.{}", content[0], content[1], content[2], content[3]),
            16 => {
                let groups: Vec<String> = content
                    .chunks_exact(2)
                    .map(|p| format!("{:X}", u16::from_be_bytes([p[0], p[1]])))
                    .collect();
                format!("IP Address:{}", groups.join(":"))
            }
            length => format!("IP Address:<invalid length={length}>"),
        },
        8 => format!("Registered ID:{}", der::oid_text(content)),
        _ => "<unsupported>".to_string(),
    }
}

fn json(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            ' '..='~' => out.push(c),
            _ => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out.push('"');
    out
}
