//! A P-256 public key as WebCrypto exports it. Not a private key, and nothing that multiplies
//! points.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::encoding;

/// A point on P-256, never the identity, as 65 bytes: `0x04`, X, Y.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 65]);

/// Why a key is refused; the text is one sentence for the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefusal {
    #[error("must be base64 of at most 91 bytes")]
    NotBase64,
    #[error("must be base64 in one line: leave out line breaks, spaces and the lines of PEM")]
    Armoured,
    #[error("must be 65 raw bytes, or 91 bytes of SPKI DER")]
    WrongLength,
    #[error("must name an elliptic curve key on P-256")]
    NotP256,
    #[error("must be an uncompressed point, whose first byte is 0x04")]
    NotUncompressed,
    #[error("must be a point on P-256")]
    NotOnCurve,
}

/// WebCrypto's `exportKey("spki")` is these bytes and then the raw key; DER allows no other form.
const SPKI_PREFIX: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const RAW_BYTES: usize = 65;
const SPKI_BYTES: usize = SPKI_PREFIX.len() + RAW_BYTES;

impl PublicKey {
    /// Reads base64 of the raw key or of its SPKI.
    ///
    /// # Errors
    /// The first rule that the key breaks.
    pub fn parse(text: &str) -> Result<PublicKey, KeyRefusal> {
        if text.contains("-----") || text.contains(char::is_whitespace) {
            return Err(KeyRefusal::Armoured);
        }
        let bytes = encoding::decode(text, SPKI_BYTES).ok_or(KeyRefusal::NotBase64)?;
        if bytes.len() == SPKI_BYTES {
            let raw = bytes.strip_prefix(&SPKI_PREFIX);
            PublicKey::from_raw(raw.ok_or(KeyRefusal::NotP256)?)
        } else {
            PublicKey::from_raw(&bytes)
        }
    }

    /// Padded standard base64 of the 65 bytes.
    pub fn to_base64(&self) -> String {
        encoding::encode(&self.0)
    }

    /// `0x04`, X, Y.
    pub const fn bytes(&self) -> [u8; 65] {
        self.0
    }

    /// Lower-case hex SHA-256 of the 65 bytes, for people to compare.
    pub fn fingerprint(&self) -> String {
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(self.0) {
            write!(hex, "{byte:02x}").expect("writing to a String cannot fail");
        }
        hex
    }

    pub(crate) fn from_raw(bytes: &[u8]) -> Result<PublicKey, KeyRefusal> {
        let raw: [u8; RAW_BYTES] = bytes.try_into().map_err(|_| KeyRefusal::WrongLength)?;
        // p256 also reads compact points (0x05), which WebCrypto peers do not.
        if raw[0] != 0x04 {
            return Err(KeyRefusal::NotUncompressed);
        }
        match p256::PublicKey::from_sec1_bytes(&raw) {
            Ok(_) => Ok(PublicKey(raw)),
            Err(_) => Err(KeyRefusal::NotOnCurve),
        }
    }
}

#[cfg(test)]
mod tests;
