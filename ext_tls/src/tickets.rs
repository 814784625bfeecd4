//! Session tickets of a server: sessions sealed with the server's ticket keys, so that any process that has the keys can resume them.

use std::time::{SystemTime, UNIX_EPOCH};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use rustls::server::ProducesTickets;

use crate::slot;

/// 16 bytes that name the key, 32 that are it.
pub(crate) const KEYS_LENGTH: usize = 48;
const NAME_LENGTH: usize = 16;
const TIME_LENGTH: usize = 8;

#[derive(Debug)]
pub(crate) struct Tickets {
    name: [u8; NAME_LENGTH],
    key: LessSafeKey,
    /// Seconds.
    lifetime: u32,
}

impl Tickets {
    pub(crate) fn new(keys: &[u8; KEYS_LENGTH], lifetime: u32) -> Option<Tickets> {
        let (name, key) = keys.split_at(NAME_LENGTH);
        Some(Tickets {
            name: name.try_into().ok()?,
            key: LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).ok()?),
            lifetime,
        })
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

impl ProducesTickets for Tickets {
    fn enabled(&self) -> bool {
        true
    }

    fn lifetime(&self) -> u32 {
        self.lifetime
    }

    // name, nonce, sealed { time, session }, tag
    fn encrypt(&self, plain: &[u8]) -> Option<Vec<u8>> {
        slot::sealed(plain);
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let mut sealed = now().to_be_bytes().to_vec();
        sealed.extend_from_slice(plain);
        let aad = Aad::from(self.name);
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed)
            .ok()?;
        Some([&self.name[..], &nonce, &sealed].concat())
    }

    fn decrypt(&self, ticket: &[u8]) -> Option<Vec<u8>> {
        let sealed = ticket.strip_prefix(&self.name)?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = sealed.to_vec();
        let plain = self.key.open_in_place(nonce, Aad::from(self.name), &mut bytes).ok()?;
        let (time, session) = plain.split_at_checked(TIME_LENGTH)?;
        let made = u64::from_be_bytes(time.try_into().ok()?);
        (now().saturating_sub(made) <= u64::from(self.lifetime)).then(|| session.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_what_it_sealed_only() {
        let ours = Tickets::new(&[7; KEYS_LENGTH], 300).expect("keys");
        let ticket = ours.encrypt(b"session").expect("a ticket");
        assert_eq!(ours.decrypt(&ticket).as_deref(), Some(&b"session"[..]));
        let others = Tickets::new(&[8; KEYS_LENGTH], 300).expect("keys");
        assert!(others.decrypt(&ticket).is_none());
        for end in 0..ticket.len() {
            assert!(ours.decrypt(&ticket[..end]).is_none());
        }
    }
}
