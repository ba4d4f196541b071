//! A callback's secret on its way to who signs with it: sealed here, with a public key. Who opens it is `callbacks`, and
//! nobody else has how.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeS, Serializable as _, single_shot_seal};

/// RFC 9180: base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.
pub type Agreement = X25519HkdfSha256;
pub type Derivation = HkdfSha256;
pub type Cipher = ChaCha20Poly1305;
/// What the key is used for.
pub const PURPOSE: &[u8] = b"HumanOps callback secret";
/// Bytes of a key, and of what is sent along to agree on one.
pub const KEY_BYTES: usize = 32;

/// What seals: 32 bytes of X25519, public.
#[derive(Clone)]
pub struct SealingKey(<Agreement as Kem>::PublicKey);

/// As its text, which is no secret.
impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&encoded(&self.0.to_bytes()))
    }
}

impl SealingKey {
    /// From 43 characters of base64url.
    pub fn parse(text: &str) -> Option<Self> {
        <Agreement as Kem>::PublicKey::from_bytes(&decoded(text)?).ok().map(Self)
    }

    /// Seals `secret` for `subject`, a task or an event: for any other it can not be opened.
    pub fn seal(&self, subject: &str, secret: &str) -> String {
        let sealed = single_shot_seal::<Cipher, Derivation, Agreement>(
            &OpModeS::Base,
            &self.0,
            PURPOSE,
            secret.as_bytes(),
            subject.as_bytes(),
        );
        let (agreed, ciphertext) = sealed.expect("a checked key agrees, and one message is within the limits");
        encoded(&[agreed.to_bytes().as_slice(), &ciphertext].concat())
    }
}

/// Base64url without padding, as keys and what is sealed are written.
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
