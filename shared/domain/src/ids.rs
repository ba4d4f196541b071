//! Identifiers: a prefix that names the kind, then 128 bits in lower-case Crockford base32.
//!
//! Not API keys: those are secrets and live in `web`.

use crate::time::Timestamp;
use std::fmt;

/// Crockford's alphabet: it sorts like the number it encodes, and has no `i l o u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const ENCODED_LEN: usize = 26;

fn encode(bytes: [u8; 16]) -> String {
    let number = u128::from_be_bytes(bytes);
    (0..ENCODED_LEN)
        .rev()
        .map(|i| char::from(ALPHABET[usize::try_from((number >> (5 * i)) & 31).expect("five bits fit")]))
        .collect()
}

fn decode(text: &str) -> Option<[u8; 16]> {
    if text.len() != ENCODED_LEN {
        return None;
    }
    let mut number: u128 = 0;
    for (i, byte) in text.bytes().enumerate() {
        let digit = ALPHABET.iter().position(|&a| a == byte)?;
        if i == 0 && digit > 7 {
            return None;
        }
        number = (number << 5) | u128::try_from(digit).ok()?;
    }
    Some(number.to_be_bytes())
}

/// Any kind of id, for who reads or describes all of them alike.
pub trait Id: fmt::Display + Sized + 'static {
    /// A regular expression that matches what [`Id::parse`] accepts.
    const PATTERN: &'static str;

    /// Parses what `Display` writes.
    fn parse(text: &str) -> Option<Self>;
}

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The prefix, with its underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A time-ordered id: 48 bits of milliseconds, 80 random bits.
            pub fn new(at: Timestamp, random: [u8; 10]) -> Self {
                let mut bytes = [0; 16];
                bytes[..6].copy_from_slice(&at.millis().to_be_bytes()[2..]);
                bytes[6..].copy_from_slice(&random);
                Self(bytes)
            }

            /// An id that is a function of what was hashed (not time-ordered).
            pub fn from_digest(digest: [u8; 32]) -> Self {
                let mut bytes = [0; 16];
                bytes.copy_from_slice(&digest[..16]);
                Self(bytes)
            }

            /// The 16 bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The 16 bytes.
            pub const fn bytes(self) -> [u8; 16] {
                self.0
            }

            /// Parses prefix and body; `None` for anything that `Display` would not have written.
            pub fn parse(text: &str) -> Option<Self> {
                decode(text.strip_prefix($prefix)?).map(Self)
            }
        }

        impl Id for $name {
            const PATTERN: &'static str = concat!("^", $prefix, "[0-7][0-9a-hjkmnp-tv-z]{25}$");

            fn parse(text: &str) -> Option<Self> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", $prefix, encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }
    )+};
}

ids! {
    /// An agent's account.
    AgentId = "agent_";
    /// An API key's public name.
    KeyId = "key_";
    /// A task.
    TaskId = "task_";
    /// A movement of money that an agent asked for.
    TransactionId = "txn_";
    /// An entry of the journal.
    EntryId = "entry_";
    /// An operator's withdrawal.
    PayoutId = "payout_";
    /// A fiat payment.
    PaymentId = "pay_";
    /// An uploaded photo.
    UploadId = "upl_";
    /// One submission of proof.
    ProofId = "proof_";
    /// Something that happened to a task.
    EventId = "evt_";
    /// A message of an agent or an operator to the other.
    MessageId = "msg_";
    /// A browser in which an operator wants notifications.
    PushId = "push_";
}

/// An operator. Derived from the identity provider's subject in live mode, so it is a text of
/// 4 to 64 letters and digits rather than 128 bits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperatorId(String);

impl OperatorId {
    /// Parses `op_` and 4 to 64 ASCII letters and digits.
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix("op_")?;
        let valid = (4..=64).contains(&body.len()) && body.bytes().all(|b| b.is_ascii_alphanumeric());
        valid.then(|| Self(text.to_owned()))
    }

    /// The operator of an identity, by the digest of its subject.
    pub fn from_digest(digest: [u8; 32]) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(format!("op_{}", encode(bytes)))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Id for OperatorId {
    const PATTERN: &'static str = "^op_[0-9A-Za-z]{4,64}$";

    fn parse(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl fmt::Display for OperatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who of the staff did something: whose admin key it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffName(String);

impl StaffName {
    /// Who holds a key that nobody is named for.
    pub fn admin() -> Self {
        Self("admin".to_owned())
    }

    /// 1 to 40 of `a` to `z`, digits, `.`, `_` and `-`, of which the first is a letter.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
        let valid = text.len() <= 40 && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(plain);
        valid.then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for StaffName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OperatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
