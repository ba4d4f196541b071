//! HMAC-SHA256 in hexadecimal digits, which dLocal signs with.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The signature of `parts`, one after the other.
pub(crate) struct Signature(Hmac<Sha256>);

impl Signature {
    pub(crate) fn of(key: &str, parts: &[&[u8]]) -> Self {
        let keyed = Hmac::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
        Self(parts.iter().fold(keyed, |mac, part| mac.chain_update(part)))
    }

    /// In lower case.
    pub(crate) fn hex(self) -> String {
        base16ct::lower::encode_string(&self.0.finalize().into_bytes())
    }

    /// Takes the same time for every wrong value.
    pub(crate) fn verify_hex(self, given: &str) -> bool {
        let mut digest = [0; 32];
        base16ct::mixed::decode(given, &mut digest).is_ok_and(|digest| self.0.verify_slice(digest).is_ok())
    }
}
