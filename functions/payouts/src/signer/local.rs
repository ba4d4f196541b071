//! A private key in memory, from a secret's text: for test networks and for this machine. Not where a treasury's
//! belongs.

use super::{KeyRefusal, Signature};
use alloy::primitives::{Address, B256, hex};
use alloy::signers::k256::ecdsa::SigningKey;
use std::fmt;

const KEY_DIGITS: usize = 64;

/// Wiped when it is dropped, by `SigningKey`.
pub struct Local {
    key: SigningKey,
}

/// As its address, which is no secret.
impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Local({})", self.address())
    }
}

impl Local {
    /// From `0x` and 64 hexadecimal digits of either case.
    ///
    /// # Errors
    /// The text is anything else, or no key of the curve. The refusal says nothing of what was in it.
    pub fn parse(text: &str) -> Result<Self, KeyRefusal> {
        let digits = text.strip_prefix("0x").filter(|digits| digits.len() == KEY_DIGITS);
        let digits = digits.ok_or(KeyRefusal::NotHexadecimal)?;
        let bytes: [u8; KEY_DIGITS / 2] = hex::decode_to_array(digits).map_err(|_| KeyRefusal::NotHexadecimal)?;
        let key = SigningKey::from_slice(&bytes).map_err(|_| KeyRefusal::OutOfRange)?;
        Ok(Self { key })
    }

    pub fn address(&self) -> Address {
        Address::from_private_key(&self.key)
    }

    pub(super) fn sign(&self, digest: B256) -> Signature {
        let signed = self.key.sign_prehash_recoverable(digest.as_slice());
        let signed = signed.expect("no 32 bytes are known that give zero for r or s");
        alloy::primitives::Signature::from(signed).as_bytes()
    }
}

#[cfg(test)]
mod tests;
