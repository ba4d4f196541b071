//! API keys: `ho_<mode>_` + 238 random bits, agent and slot in base62 + CRC-32 (docs/API.md, "Keys and callers").
//!
//! The secret comes first, so that the seven characters by which a key is recognised differ from key
//! to key; 196 random bits are never shown.
//!
//! A key names its agent, so the key record and the data are read at the same time; and a mistyped
//! one is recognised by its checksum without reading anything.

use domain::{AgentId, KeyId, Mode};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Characters of 128 bits.
const AGENT_CHARS: usize = 22;
/// Characters of the secret: 40 × log₂ 62 = 238 bits.
const SECRET_CHARS: usize = 40;
/// Characters of the checksum.
const CRC_CHARS: usize = 6;
/// Characters of the key that are kept to recognise it by.
const PREFIX_CHARS: usize = 15;

/// A well-formed API key. Whether it is a valid one, the record of its slot says.
#[derive(Clone)]
pub struct ApiKey {
    /// Whose it claims to be.
    pub agent: AgentId,
    /// Where its record is.
    pub slot: u8,
    text: String,
}

/// Why a text is no key of this deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Not a key, or mistyped.
    NotAKey,
    /// A key of the other mode.
    OtherMode(Mode),
}

impl ApiKey {
    /// A fresh key.
    pub fn generate(mode: Mode, agent: AgentId, slot: u8) -> Self {
        let (secret, agent_part) = (random_text(SECRET_CHARS), base62(u128::from_be_bytes(agent.bytes()), AGENT_CHARS));
        let body = format!("ho_{}_{secret}{agent_part}{}", mode.word(), char::from(ALPHABET[usize::from(slot)]));
        let text = format!("{body}{}", checksum(&body));
        Self { agent, slot, text }
    }

    /// Recognises a key of this deployment's `mode`.
    pub fn parse(text: &str, mode: Mode) -> Result<Self, Malformed> {
        let other = if mode == Mode::Test { Mode::Live } else { Mode::Test };
        if text.starts_with(&format!("ho_{}_", other.word())) {
            return Err(Malformed::OtherMode(other));
        }
        let payload = text.strip_prefix(&format!("ho_{}_", mode.word())).ok_or(Malformed::NotAKey)?;
        if payload.len() != AGENT_CHARS + 1 + SECRET_CHARS + CRC_CHARS || !payload.bytes().all(|b| digit(b).is_some()) {
            return Err(Malformed::NotAKey);
        }
        let (body, crc) = text.split_at(text.len() - CRC_CHARS);
        if checksum(body) != crc {
            return Err(Malformed::NotAKey);
        }
        let owner = &payload[SECRET_CHARS..];
        let agent = from_base62(&owner[..AGENT_CHARS]).ok_or(Malformed::NotAKey)?;
        let slot = digit(owner.as_bytes()[AGENT_CHARS]).ok_or(Malformed::NotAKey)?;
        Ok(Self { agent: AgentId::from_bytes(agent.to_be_bytes()), slot, text: text.to_owned() })
    }

    /// The whole key, for the one answer that shows it.
    pub fn reveal(&self) -> String {
        self.text.clone()
    }

    /// SHA-256 of the key, in hex: what is stored.
    pub fn hash(&self) -> String {
        base16ct::lower::encode_string(&self.digest())
    }

    /// The key's public name.
    pub fn id(&self) -> KeyId {
        KeyId::from_digest(self.digest())
    }

    /// The beginning of the key and two dots.
    pub fn prefix(&self) -> String {
        format!("{}..", &self.text[..PREFIX_CHARS])
    }

    /// Whether `hash` is this key's, compared in constant time.
    pub fn matches(&self, hash: &str) -> bool {
        self.hash().as_bytes().ct_eq(hash.as_bytes()).into()
    }

    fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.text.as_bytes()).into()
    }
}

/// Without the secret.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKey").field("agent", &self.agent).field("slot", &self.slot).finish_non_exhaustive()
    }
}

/// Random base62 characters, without bias: bytes beyond the last whole multiple of 62 are dropped.
pub fn random_text(chars: usize) -> String {
    let mut text = String::with_capacity(chars);
    while text.len() < chars {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        let usable = bytes.into_iter().filter(|byte| *byte < 248);
        text.extend(usable.map(|byte| char::from(ALPHABET[usize::from(byte % 62)])).take(chars - text.len()));
    }
    text
}

fn checksum(body: &str) -> String {
    base62(u128::from(crc32fast::hash(body.as_bytes())), CRC_CHARS)
}

fn base62(mut number: u128, chars: usize) -> String {
    let mut digits = vec![b'0'; chars];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET[usize::try_from(number % 62).expect("less than 62")];
        number /= 62;
    }
    digits.into_iter().map(char::from).collect()
}

fn from_base62(text: &str) -> Option<u128> {
    text.bytes().try_fold(0_u128, |number, byte| number.checked_mul(62)?.checked_add(u128::from(digit(byte)?)))
}

fn digit(byte: u8) -> Option<u8> {
    ALPHABET.iter().position(|&a| a == byte).and_then(|i| u8::try_from(i).ok())
}

#[cfg(test)]
mod tests;
