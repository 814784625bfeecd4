//! Certificate revocation lists: who issued them, and the numbers that they name. Their signatures are not looked at: they come from the program.

use crate::der::{self, Der};
use crate::error::TlsError;
use crate::pem;
use crate::verify::RevocationList;

/// The lists of a PEM text.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<RevocationList>, TlsError> {
    let (blocks, _) = pem::blocks(bytes);
    let lists: Option<Vec<_>> = blocks
        .iter()
        .filter(|b| b.label == "X509 CRL")
        .map(|b| parse(&b.bytes))
        .collect();
    match lists {
        Some(lists) if !lists.is_empty() => Ok(lists),
        _ => Err(TlsError::new("ERR_CRYPTO_OPERATION_FAILED", "Failed to parse CRL")),
    }
}

fn parse(bytes: &[u8]) -> Option<RevocationList> {
    let mut fields = Der(bytes).sequence()?.sequence()?;
    fields.optional(der::INTEGER);
    fields.expect(der::SEQUENCE)?;
    let issuer = fields.expect(der::SEQUENCE)?.whole.to_vec();
    // thisUpdate, and perhaps nextUpdate
    fields.next()?;
    if matches!(fields.peek(), Some(0x17 | 0x18)) {
        fields.next()?;
    }
    let mut serials = Vec::new();
    if let Some(list) = fields.optional(der::SEQUENCE) {
        let mut entries = list.inside();
        while !entries.is_empty() {
            serials.push(entries.sequence()?.expect(der::INTEGER)?.content.to_vec());
        }
    }
    Some(RevocationList { issuer, serials })
}
