//! Ciphers, byte by byte as they come: AES in CBC, ECB, CTR and GCM, and ChaCha20-Poly1305. The block ciphers, modes and universal hashes are
//! the crates'; what is here is their order (NIST SP 800-38D, RFC 8439) and PKCS#7's padding.

use aes::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, KeyInit, KeyIvInit, StreamCipher,
};
use aes::{Aes128, Aes192, Aes256, Block};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;
use poly1305::Poly1305;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::error::{CryptoError, Result};

const BLOCK: usize = 16;

/// Works on whole blocks, in place.
trait Blocks: Send {
    fn run(&mut self, blocks: &mut [Block]);
}

macro_rules! blocks {
    ($name:ident, $bound:ident, $method:ident) => {
        struct $name<C>(C);
        impl<C: $bound<BlockSize = aes::cipher::consts::U16> + Send> Blocks for $name<C> {
            fn run(&mut self, blocks: &mut [Block]) {
                self.0.$method(blocks);
            }
        }
    };
}
blocks!(PlainEncrypt, BlockCipherEncrypt, encrypt_blocks);
blocks!(PlainDecrypt, BlockCipherDecrypt, decrypt_blocks);
blocks!(ChainEncrypt, BlockModeEncrypt, encrypt_blocks);
blocks!(ChainDecrypt, BlockModeDecrypt, decrypt_blocks);

/// Any number of bytes, in place.
trait Keystream: Send {
    fn apply(&mut self, bytes: &mut [u8]);
}

impl<C: StreamCipher + Send> Keystream for C {
    fn apply(&mut self, bytes: &mut [u8]) {
        self.apply_keystream(bytes);
    }
}

enum Hash {
    Galois(Box<GHash>),
    Poly(Box<Poly1305>),
}

/// What authenticates: a universal hash of the additional data, the ciphertext and their lengths.
struct Authenticator {
    hash: Hash,
    rest: Vec<u8>,
    additional: u64,
    text: u64,
    /// Of GCM: what the hash is masked with.
    mask: [u8; BLOCK],
}

impl Authenticator {
    fn blocks(&mut self, bytes: &[u8]) {
        let (blocks, _) = Block::slice_as_chunks(bytes);
        match &mut self.hash {
            Hash::Galois(hash) => hash.update(blocks),
            Hash::Poly(hash) => hash.update(blocks),
        }
    }

    fn take(&mut self, mut bytes: &[u8]) {
        if !self.rest.is_empty() {
            let (first, more) = bytes.split_at(bytes.len().min(BLOCK - self.rest.len()));
            self.rest.extend_from_slice(first);
            bytes = more;
            if self.rest.len() < BLOCK {
                return;
            }
            let block = std::mem::take(&mut self.rest);
            self.blocks(&block);
        }
        let whole = bytes.len() - bytes.len() % BLOCK;
        self.blocks(&bytes[..whole]);
        self.rest.extend_from_slice(&bytes[whole..]);
    }

    /// Fills up with zeros to a whole block.
    fn pad(&mut self) {
        if !self.rest.is_empty() {
            let mut block = std::mem::take(&mut self.rest);
            block.resize(BLOCK, 0);
            self.blocks(&block);
        }
    }

    fn additional(&mut self, bytes: &[u8]) {
        self.additional += bytes.len() as u64;
        self.take(bytes);
    }

    fn text(&mut self, bytes: &[u8]) {
        if self.text == 0 {
            self.pad();
        }
        self.text += bytes.len() as u64;
        self.take(bytes);
    }

    fn finish(mut self) -> [u8; BLOCK] {
        self.pad();
        let lengths = match self.hash {
            Hash::Galois(_) => [(self.additional * 8).to_be_bytes(), (self.text * 8).to_be_bytes()],
            Hash::Poly(_) => [self.additional.to_le_bytes(), self.text.to_le_bytes()],
        };
        self.blocks(&lengths.concat());
        let hash: [u8; BLOCK] = match self.hash {
            Hash::Galois(hash) => hash.finalize().into(),
            Hash::Poly(hash) => hash.finalize().into(),
        };
        std::array::from_fn(|i| hash[i] ^ self.mask[i])
    }
}

enum Engine {
    Blocks {
        blocks: Box<dyn Blocks>,
        /// What has not been through yet.
        pending: Vec<u8>,
        padding: bool,
    },
    Stream(Box<dyn Keystream>),
    Authenticated(Box<dyn Keystream>, Box<Authenticator>),
}

/// A cipher under way.
pub(crate) struct Cipher {
    engine: Engine,
    encrypt: bool,
}

/// `$body` with `$aes` as the type for the key's length.
macro_rules! with_aes {
    ($key:expr, $aes:ident => $body:expr) => {
        match $key.len() {
            16 => {
                type $aes = Aes128;
                $body
            }
            24 => {
                type $aes = Aes192;
                $body
            }
            32 => {
                type $aes = Aes256;
                $body
            }
            _ => return None,
        }
    };
}

fn chained<C: Blocks + 'static>(blocks: C) -> Engine {
    Engine::Blocks {
        blocks: Box::new(blocks),
        pending: Vec::new(),
        padding: true,
    }
}

/// GCM's counter block zero and the hash's key.
fn galois(encrypt: impl Fn(&mut Block), iv: &[u8]) -> (GHash, Block, [u8; BLOCK]) {
    let mut key = Block::default();
    encrypt(&mut key);
    let hash = GHash::new(&key);
    let mut first = Block::default();
    if iv.len() == 12 {
        first[..12].copy_from_slice(iv);
        first[15] = 1;
    } else {
        let mut long = hash.clone();
        long.update_padded(iv);
        let mut lengths = Block::default();
        lengths[8..].copy_from_slice(&(iv.len() as u64 * 8).to_be_bytes());
        long.update(&[lengths]);
        first = long.finalize();
    }
    let mut mask = first;
    encrypt(&mut mask);
    let count = u32::from_be_bytes([first[12], first[13], first[14], first[15]]).wrapping_add(1);
    first[12..].copy_from_slice(&count.to_be_bytes());
    (hash, first, mask.into())
}

fn authenticated(stream: impl Keystream + 'static, hash: Hash, mask: [u8; BLOCK]) -> Engine {
    let authenticator = Authenticator {
        hash,
        rest: Vec::new(),
        additional: 0,
        text: 0,
        mask,
    };
    Engine::Authenticated(Box::new(stream), Box::new(authenticator))
}

fn engine(mode: &str, key: &[u8], iv: &[u8], encrypt: bool) -> Option<Engine> {
    Some(match mode {
        "ecb" => with_aes!(key, A => {
            let cipher = A::new_from_slice(key).ok()?;
            if encrypt { chained(PlainEncrypt(cipher)) } else { chained(PlainDecrypt(cipher)) }
        }),
        "cbc" => with_aes!(key, A => if encrypt {
            chained(ChainEncrypt(cbc::Encryptor::<A>::new_from_slices(key, iv).ok()?))
        } else {
            chained(ChainDecrypt(cbc::Decryptor::<A>::new_from_slices(key, iv).ok()?))
        }),
        "ctr" => with_aes!(key, A => {
            Engine::Stream(Box::new(ctr::Ctr128BE::<A>::new_from_slices(key, iv).ok()?))
        }),
        "gcm" => with_aes!(key, A => {
            let cipher = A::new_from_slice(key).ok()?;
            let (hash, counter, mask) = galois(|block| cipher.encrypt_block(block), iv);
            let stream = ctr::Ctr32BE::<A>::new_from_slices(key, &counter).ok()?;
            authenticated(stream, Hash::Galois(Box::new(hash)), mask)
        }),
        "chacha20-poly1305" => {
            let mut padded = [0; 12];
            padded[12usize.checked_sub(iv.len())?..].copy_from_slice(iv);
            let mut stream = chacha20::ChaCha20::new_from_slices(key, &padded).ok()?;
            let mut first = [0; 64];
            stream.apply_keystream(&mut first);
            let hash = Poly1305::new_from_slice(&first[..32]).ok()?;
            first.zeroize();
            authenticated(stream, Hash::Poly(Box::new(hash)), [0; BLOCK])
        }
        _ => return None,
    })
}

fn bad_decrypt() -> CryptoError {
    CryptoError::new("ERR_OSSL_BAD_DECRYPT", "error:1C800064:Provider routines::bad decrypt")
}

fn wrong_final_length() -> CryptoError {
    CryptoError::new(
        "ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH",
        "error:1C80006B:Provider routines::wrong final block length",
    )
}

/// How many bytes of a last block are text, found in the same time whatever they are.
fn unpadded(block: &[u8]) -> Result<usize> {
    let pad = block[BLOCK - 1];
    let mut good = !pad.ct_eq(&0);
    let mut inside = subtle::Choice::from(0);
    for (index, byte) in block.iter().enumerate() {
        // From where padding begins, all bytes are its length.
        inside |= (pad as usize).ct_eq(&(BLOCK - index));
        good &= !inside | byte.ct_eq(&pad);
    }
    good &= inside;
    if bool::from(good) {
        Ok(BLOCK - usize::from(pad))
    } else {
        Err(bad_decrypt())
    }
}

impl Cipher {
    /// `mode` is 'cbc', 'ecb', 'ctr', 'gcm' or 'chacha20-poly1305'; an error when key or IV have no length that fits.
    pub(crate) fn new(mode: &str, key: &[u8], iv: &[u8], encrypt: bool) -> Result<Cipher> {
        let engine = engine(mode, key, iv, encrypt);
        let engine =
            engine.ok_or_else(|| CryptoError::new("ERR_CRYPTO_INVALID_IV", "Invalid initialization vector"))?;
        Ok(Cipher { engine, encrypt })
    }

    pub(crate) fn additional(&mut self, bytes: &[u8]) {
        if let Engine::Authenticated(_, authenticator) = &mut self.engine {
            authenticator.additional(bytes);
        }
    }

    pub(crate) fn set_padding(&mut self, on: bool) {
        if let Engine::Blocks { padding, .. } = &mut self.engine {
            *padding = on;
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) -> Vec<u8> {
        match &mut self.engine {
            Engine::Stream(stream) => {
                let mut out = bytes.to_vec();
                stream.apply(&mut out);
                out
            }
            Engine::Authenticated(stream, authenticator) => {
                let mut out = bytes.to_vec();
                if self.encrypt {
                    stream.apply(&mut out);
                    authenticator.text(&out);
                } else {
                    authenticator.text(&out);
                    stream.apply(&mut out);
                }
                out
            }
            Engine::Blocks {
                blocks,
                pending,
                padding,
            } => {
                pending.extend_from_slice(bytes);
                let mut whole = pending.len() - pending.len() % BLOCK;
                // The last block may be the one with padding.
                if !self.encrypt && *padding && whole == pending.len() && whole > 0 {
                    whole -= BLOCK;
                }
                let rest = pending.split_off(whole);
                let mut out = std::mem::replace(pending, rest);
                blocks.run(Block::slice_as_chunks_mut(&mut out).0);
                out
            }
        }
    }

    /// The end: what is left of the text, and the tag of an authenticated cipher.
    pub(crate) fn finish(self) -> Result<(Vec<u8>, Option<[u8; BLOCK]>)> {
        match self.engine {
            Engine::Stream(_) => Ok((Vec::new(), None)),
            Engine::Authenticated(_, authenticator) => Ok((Vec::new(), Some(authenticator.finish()))),
            Engine::Blocks {
                mut blocks,
                mut pending,
                padding,
            } => {
                if !padding {
                    return if pending.is_empty() {
                        Ok((pending, None))
                    } else {
                        Err(wrong_final_length())
                    };
                }
                if self.encrypt {
                    let pad = BLOCK - pending.len();
                    pending.resize(BLOCK, pad as u8);
                    blocks.run(Block::slice_as_chunks_mut(&mut pending).0);
                } else {
                    if pending.len() != BLOCK {
                        return Err(wrong_final_length());
                    }
                    blocks.run(Block::slice_as_chunks_mut(&mut pending).0);
                    let length = unpadded(&pending)?;
                    pending.truncate(length);
                }
                Ok((pending, None))
            }
        }
    }
}

/// Whether a tag, which may be cut short, is the right one.
pub(crate) fn tag_matches(own: &[u8; BLOCK], given: &[u8]) -> bool {
    own.get(..given.len())
        .is_some_and(|own| !own.is_empty() && own.ct_eq(given).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn run(mode: &str, key: &[u8], iv: &[u8], aad: &[u8], text: &[u8], step: usize) -> (Vec<u8>, Option<[u8; 16]>) {
        let mut cipher = Cipher::new(mode, key, iv, true).expect("lengths fit");
        for part in aad.chunks(step) {
            cipher.additional(part);
        }
        let mut out: Vec<u8> = text.chunks(step).flat_map(|part| cipher.update(part)).collect();
        let (last, tag) = cipher.finish().expect("padded");
        out.extend(last);
        (out, tag)
    }

    #[test]
    fn gcm_known_answers() {
        // The cases 2 and 4 of the paper that defines GCM.
        let (out, tag) = run("gcm", &[0; 16], &[0; 12], &[], &[0; 16], 5);
        assert_eq!(hex(&out), "0388dace60b6a392f328c2b971b2fe78");
        assert_eq!(hex(&tag.expect("a tag")), "ab6e47d42cec13bdf53a67b21257bddf");
    }

    #[test]
    fn any_cut_gives_the_same() {
        let text: Vec<u8> = (0..100).collect();
        for (mode, iv) in [
            ("gcm", 12),
            ("gcm", 60),
            ("chacha20-poly1305", 12),
            ("ctr", 16),
            ("cbc", 16),
            ("ecb", 0),
        ] {
            let whole = run(mode, &[7; 32], &vec![3; iv], &text[..33], &text, 100);
            for step in [1, 3, 16, 17, 64] {
                assert_eq!(
                    run(mode, &[7; 32], &vec![3; iv], &text[..33], &text, step),
                    whole,
                    "{mode} {step}"
                );
            }
            let mut back = Cipher::new(mode, &[7; 32], &vec![3; iv], false).expect("lengths fit");
            back.additional(&text[..33]);
            let mut plain = back.update(&whole.0);
            let (last, tag) = back.finish().expect("padding fits");
            plain.extend(last);
            assert_eq!((plain, tag), (text.clone(), whole.1));
        }
    }

    #[test]
    fn padding_is_checked_whole() {
        let mut block = [4; 16];
        assert_eq!(unpadded(&block).ok(), Some(12));
        block[12] = 5;
        assert!(unpadded(&block).is_err());
        assert!(unpadded(&[0; 16]).is_err());
        assert!(unpadded(&[17; 16]).is_err());
        assert_eq!(unpadded(&[16; 16]).ok(), Some(0));
    }
}
