//! `Idempotency-Key`: ids are derived from it, so that the thing created is its own record.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use contract::read::{Fields, Given};
use domain::{Timestamp, Usd};
use sha2::{Digest, Sha256};

/// Characters of a key at most.
const CHARS_MAX: usize = 255;

/// The header, if it was sent.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(Option<Result<String, ()>>);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.headers.get("idempotency-key").map(|value| {
            let text = value.to_str().unwrap_or_default();
            let printable = text.bytes().all(|b| (0x20..0x7f).contains(&b));
            if (1..=CHARS_MAX).contains(&text.len()) && printable { Ok(text.to_owned()) } else { Err(()) }
        })))
    }
}

impl IdempotencyKey {
    /// No header was sent.
    pub const fn none() -> Self {
        Self(None)
    }

    /// Reports a malformed key among the fields.
    pub fn check(&self, given: &mut Given) {
        if let Some(Err(())) = self.0 {
            given.problem("Idempotency-Key", "must be 1 to 255 printable ASCII characters");
        }
    }

    /// The digest that the key stands for with this owner and purpose; none without a key.
    pub fn digest(&self, purpose: &str, owner: &str) -> Option<[u8; 32]> {
        let key = self.0.as_ref()?.as_ref().ok()?;
        let parts = [purpose.as_bytes(), owner.as_bytes(), key.as_bytes()];
        Some(
            parts
                .into_iter()
                .fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0]))
                .finalize()
                .into(),
        )
    }

    /// An id of the digest, or a new one.
    pub fn id<T>(
        &self,
        purpose: &str,
        owner: &str,
        now: Timestamp,
        derived: impl Fn([u8; 32]) -> T,
        fresh: impl Fn(Timestamp, [u8; 10]) -> T,
    ) -> T {
        match self.digest(purpose, owner) {
            Some(digest) => derived(digest),
            None => fresh(now, store::random_bits()),
        }
    }
}

/// What must be equal for a replay: SHA-256, shortened, of a request whose canonical text without its amount is `rest`.
/// However the amount was written, it is the same request.
pub fn fingerprint(amount: Usd, rest: &str) -> [u8; 16] {
    let digest = Sha256::digest(format!("{amount} {rest}"));
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}
