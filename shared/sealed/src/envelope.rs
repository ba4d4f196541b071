//! The encrypted credential that an operator hands in. Checks its shape only: what is inside, and
//! whether the agent can open it, is known to the agent alone.

use crate::encoding;
use crate::key::PublicKey;

/// The one accepted value of `algorithm`.
pub const ALGORITHM: &str = "ECDH-P256-AES-256-GCM";

/// A checked envelope; every field is padded standard base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// AES-256-GCM output with its 16-byte tag at the end.
    pub ciphertext: String,
    /// 12 bytes.
    pub iv: String,
    /// 65 raw bytes of a P-256 point.
    pub ephemeral_public_key: String,
}

/// A tag alone seals nothing: at least one byte more.
const CIPHERTEXT_BYTES: std::ops::RangeInclusive<usize> = 17..=65_536;
const IV_BYTES: usize = 12;
const RAW_KEY_BYTES: usize = 65;

impl Envelope {
    /// Checks an envelope sealed for `agent_key`.
    ///
    /// # Errors
    /// Every bad field, by its name on the wire, with one sentence each.
    pub fn check(
        ciphertext: &str,
        iv: &str,
        ephemeral_public_key: &str,
        algorithm: &str,
        agent_key: &PublicKey,
    ) -> Result<Envelope, Vec<(&'static str, String)>> {
        let ciphertext = check_ciphertext(ciphertext);
        let iv = check_iv(iv);
        let key = check_ephemeral(ephemeral_public_key, agent_key);
        let algorithm = check_algorithm(algorithm);

        match (ciphertext, iv, key, algorithm) {
            (Ok(ciphertext), Ok(iv), Ok(key), Ok(())) => {
                Ok(Envelope { ciphertext, iv, ephemeral_public_key: key.to_base64() })
            }
            (ciphertext, iv, key, algorithm) => Err([
                ("ciphertext", ciphertext.err()),
                ("iv", iv.err()),
                ("ephemeralPublicKey", key.err()),
                ("algorithm", algorithm.err()),
            ]
            .into_iter()
            .filter_map(|(field, sentence)| Some((field, sentence?)))
            .collect()),
        }
    }
}

fn check_ciphertext(text: &str) -> Result<String, String> {
    match encoding::decode(text, *CIPHERTEXT_BYTES.end()) {
        Some(bytes) if CIPHERTEXT_BYTES.contains(&bytes.len()) => Ok(encoding::encode(&bytes)),
        _ => Err("must be base64 of 17 to 65,536 bytes".to_owned()),
    }
}

fn check_iv(text: &str) -> Result<String, String> {
    match encoding::decode(text, IV_BYTES) {
        Some(bytes) if bytes.len() == IV_BYTES => Ok(encoding::encode(&bytes)),
        _ => Err("must be base64 of 12 bytes".to_owned()),
    }
}

/// Raw form only: both sides hash these 65 bytes into the key, so another encoding would not open.
fn check_ephemeral(text: &str, agent_key: &PublicKey) -> Result<PublicKey, String> {
    let Some(bytes) = encoding::decode(text, RAW_KEY_BYTES) else {
        return Err("must be base64 of 65 raw bytes".to_owned());
    };
    let key = PublicKey::from_raw(&bytes).map_err(|refusal| refusal.to_string())?;
    if key == *agent_key {
        return Err("must not be the agent's own key".to_owned());
    }
    Ok(key)
}

fn check_algorithm(algorithm: &str) -> Result<(), String> {
    if algorithm == ALGORITHM { Ok(()) } else { Err(format!("must be {ALGORITHM}")) }
}

#[cfg(test)]
mod tests;
