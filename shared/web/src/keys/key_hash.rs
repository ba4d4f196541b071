//! A key that somebody else keeps, the admin or a proxy in front: here it is a hash, compared in constant time.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Bytes of such a key at least.
pub const BYTES_MIN: usize = 32;

/// The hash of a key.
#[derive(Clone)]
pub struct KeyHash([u8; 32]);

impl KeyHash {
    /// `None` when `text` is shorter than [`BYTES_MIN`].
    pub fn new(text: &str) -> Option<Self> {
        (text.len() >= BYTES_MIN).then(|| Self(Sha256::digest(text.as_bytes()).into()))
    }

    /// The key whose SHA-256 is `hex`, 64 digits; `None` when it is none. A deployment that knows only the
    /// hash cannot lose the key. Whoever makes the key sees to its length.
    pub fn of_sha256(hex: &str) -> Option<Self> {
        let mut hash = [0; 32];
        base16ct::mixed::decode(hex, &mut hash).ok().filter(|decoded| decoded.len() == 32)?;
        Some(Self(hash))
    }

    /// Whether `given` is the key.
    pub fn matches(&self, given: &str) -> bool {
        let given: [u8; 32] = Sha256::digest(given.as_bytes()).into();
        self.0.ct_eq(&given).into()
    }
}

/// Without the hash.
impl std::fmt::Debug for KeyHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyHash")
    }
}

#[cfg(test)]
mod tests;
