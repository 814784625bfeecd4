//! PEM: the blocks of a text, with the headers that older encrypted keys have.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What stands between BEGIN and END.
pub(crate) struct Block {
    pub label: String,
    /// The DEK-Info header of a key that is encrypted in the older way.
    pub dek_info: Option<String>,
    pub bytes: Vec<u8>,
}

/// All blocks that can be read, up to the first that cannot. The second value says whether one could not.
pub(crate) fn blocks(text: &[u8]) -> (Vec<Block>, bool) {
    let text = String::from_utf8_lossy(text);
    let mut found = Vec::new();
    let mut rest: &str = &text;
    while let Some(start) = rest.find("-----BEGIN ") {
        rest = &rest[start + 11..];
        let Some(label_end) = rest.find("-----") else {
            return (found, true);
        };
        let label = &rest[..label_end];
        let body_start = label_end + 5;
        let end_line = format!("-----END {label}-----");
        let Some(end) = rest[body_start..].find(&end_line) else {
            return (found, true);
        };
        let body = &rest[body_start..body_start + end];
        rest = &rest[body_start + end + end_line.len()..];
        let mut digits = String::with_capacity(body.len());
        let mut dek_info = None;
        for line in body.lines() {
            if let Some((name, value)) = line.split_once(':') {
                if name.trim() == "DEK-Info" {
                    dek_info = Some(value.trim().to_string());
                }
            } else {
                digits.extend(line.chars().filter(|c| !c.is_whitespace()));
            }
        }
        let Ok(bytes) = BASE64.decode(&digits) else {
            return (found, true);
        };
        found.push(Block {
            label: label.to_string(),
            dek_info,
            bytes,
        });
    }
    (found, false)
}

/// The certificates of a text, or the text itself if it is DER. Other blocks are passed over.
pub(crate) fn certificates(text: &[u8]) -> (Vec<Vec<u8>>, bool) {
    if text.first() == Some(&0x30) {
        return (vec![text.to_vec()], false);
    }
    let (all, broken) = blocks(text);
    let certificates = all
        .into_iter()
        .filter(|b| {
            matches!(
                b.label.as_str(),
                "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE"
            )
        })
        .map(|b| b.bytes)
        .collect();
    (certificates, broken)
}

/// The text of one block.
pub(crate) fn encode(label: &str, bytes: &[u8]) -> String {
    let digits = BASE64.encode(bytes);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in digits.as_bytes().chunks(64) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_back_as_they_were() {
        let text = format!(
            "junk\n{}{}",
            encode("A", &[1, 2, 3]),
            encode("CERTIFICATE", &[0x30; 100])
        );
        let (all, broken) = blocks(text.as_bytes());
        assert!(!broken);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].bytes, [1, 2, 3]);
        assert_eq!(certificates(text.as_bytes()).0, vec![vec![0x30; 100]]);
        assert!(blocks(b"-----BEGIN X-----\nAAAA\n").1);
    }
}
