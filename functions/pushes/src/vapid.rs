//! Says to a push service who sends: RFC 8292. No other function has this code or the key.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::Timestamp;
use domain::time::HOUR_S;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::json;
use std::sync::Arc;

/// Seconds that a token counts; a day is the most (RFC 8292, 2).
const COUNTS_S: i64 = 12 * HOUR_S;

/// The key, and whom a push service may write to.
#[derive(Clone)]
pub struct Vapid {
    key: Arc<EcdsaKeyPair>,
    contact: String,
}

/// Without the key.
impl std::fmt::Debug for Vapid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vapid({})", self.public_key())
    }
}

impl Vapid {
    /// From a key on P-256 as PKCS#8 in base64, with the lines of PEM or without; `None` if it is none. `contact` is a
    /// `mailto:` or an https URL.
    pub fn parse(key: &str, contact: &str) -> Option<Self> {
        let base64: String = key.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
        let der = STANDARD.decode(base64).ok()?;
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der, &SystemRandom::new()).ok()?;
        Some(Self { key: Arc::new(key), contact: contact.to_owned() })
    }

    /// The text of a new key.
    pub fn generate() -> String {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        STANDARD.encode(made.expect("the operating system gives random bytes"))
    }

    /// `applicationServerKey` for browsers.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.public_key())
    }

    /// `Authorization` for the push service at `origin`, from `now` on.
    pub(crate) fn authorization(&self, origin: &str, now: Timestamp) -> String {
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({ "aud": origin, "exp": now.seconds() + COUNTS_S, "sub": self.contact });
        let signed = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ES256" })), part(claims));
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.expect("the operating system gives random bytes"));
        format!("vapid t={signed}.{signature}, k={}", self.public_key())
    }
}

#[cfg(test)]
mod tests;
