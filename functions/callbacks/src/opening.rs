//! Opens what agents confided: the secrets of their callbacks. No other function has this code or the key.

use hpke::{Deserializable as _, Kem, OpModeR, Serializable as _, single_shot_open};
use secrets::{Agreement, Cipher, Derivation, KEY_BYTES, PURPOSE};

/// Private keys, the present one first. Those behind it open what was sealed before it was there.
#[derive(Clone)]
pub struct OpeningKeys(Vec<<Agreement as Kem>::PrivateKey>);

/// Without the keys.
impl std::fmt::Debug for OpeningKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpeningKeys({})", self.0.len())
    }
}

impl OpeningKeys {
    /// From texts of 43 characters of base64url, with spaces between them; `None` if one of them is no key.
    pub fn parse(text: &str) -> Option<Self> {
        let key = |word| <Agreement as Kem>::PrivateKey::from_bytes(&secrets::decoded(word)?).ok();
        let keys = text.split_whitespace().map(key).collect::<Option<Vec<_>>>()?;
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// The text of a new one.
    pub fn generate() -> String {
        let random: Vec<u8> = std::iter::repeat_with(store::random_bits).flatten().take(KEY_BYTES).collect();
        secrets::encoded(&random)
    }

    /// The text of the public key that belongs to the present one.
    pub fn sealing_key(&self) -> String {
        secrets::encoded(&<Agreement as Kem>::sk_to_pk(&self.0[0]).to_bytes())
    }

    /// What was sealed for `subject`; `None` if it was sealed for another, or with another key, or is changed.
    pub(crate) fn open(&self, subject: &str, sealed: &str) -> Option<String> {
        let bytes = secrets::decoded(sealed)?;
        let (agreed, ciphertext) = bytes.split_at_checked(KEY_BYTES)?;
        let agreed = <Agreement as Kem>::EncappedKey::from_bytes(agreed).ok()?;
        let open = |key| {
            single_shot_open::<Cipher, Derivation, Agreement>(
                &OpModeR::Base,
                key,
                &agreed,
                PURPOSE,
                ciphertext,
                subject.as_bytes(),
            )
        };
        let opened = self.0.iter().find_map(|key| open(key).ok())?;
        String::from_utf8(opened).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrets::SealingKey;

    /// A pair that Node.js made.
    const PRIVATE: &str = "YDxBQk4z4rUckQb1Q9Se3-qeKyvm5QULOa8xNh0cwVA";
    const PUBLIC: &str = "6dRB0Saa_JMmJFpvzZAC0hk2gK-3pII691PsBxR-hDQ";

    #[test]
    fn what_was_sealed_for_one_subject_is_opened_for_it_alone_by_the_key_of_the_pair_alone() {
        let keys = OpeningKeys::parse(PRIVATE).unwrap();
        assert_eq!(keys.sealing_key(), PUBLIC);
        let sealing = SealingKey::parse(PUBLIC).unwrap();
        let other = secrets::encoded(&[7; KEY_BYTES]);
        for secret in ["s", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "ключ 🔑"] {
            let sealed = sealing.seal("task_1", secret);
            assert_eq!(keys.open("task_1", &sealed).as_deref(), Some(secret));
            assert_ne!(sealing.seal("task_1", secret), sealed, "nobody sees that two are the same");
            assert_eq!(keys.open("task_2", &sealed), None);
            assert_eq!(OpeningKeys::parse(&other).unwrap().open("task_1", &sealed), None);
            let both = OpeningKeys::parse(&format!("{other} {PRIVATE}")).unwrap();
            assert_eq!(both.open("task_1", &sealed).as_deref(), Some(secret), "the key before the last still opens");
            for at in 0..sealed.len() {
                let flipped = if sealed.as_bytes()[at] == b'A' { "B" } else { "A" };
                let changed = format!("{}{flipped}{}", &sealed[..at], &sealed[at + 1..]);
                assert_eq!(keys.open("task_1", &changed), None, "{at}");
                assert_eq!(keys.open("task_1", &sealed[..at]), None, "{at}");
            }
        }
    }

    #[test]
    fn what_is_no_key_is_none() {
        for text in
            ["", " ", "short", &PRIVATE[1..], &format!("{PRIVATE}A"), &format!("{PRIVATE} x"), "a-random-password"]
        {
            assert!(OpeningKeys::parse(text).is_none(), "{text}");
            assert!(SealingKey::parse(text).is_none(), "{text}");
        }
    }
}
