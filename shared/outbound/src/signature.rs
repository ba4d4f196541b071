//! HMAC-SHA256 signatures of callback bodies. Not where secrets are kept, and not how API keys are
//! digested.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// `X-HumanOps-Signature`: lower-case hex over the raw body, keyed with the secret's UTF-8 bytes.
pub fn humanops(secret: &str, body: &[u8]) -> String {
    base16ct::lower::encode_string(&keyed(secret.as_bytes()).chain_update(body).finalize().into_bytes())
}

/// One entry of Standard Webhooks' `webhook-signature`: `v1,` and base64 over
/// `id.unix_seconds.body`.
///
/// A `whsec_` secret is keyed with its base64-decoded bytes; any other, or one whose rest is not
/// base64, with its UTF-8 bytes.
pub fn standard(secret: &str, id: &str, unix_seconds: i64, body: &[u8]) -> String {
    let decoded = secret.strip_prefix("whsec_").and_then(|rest| ANY_PADDING.decode(rest).ok());
    let key = decoded.as_deref().unwrap_or(secret.as_bytes());
    let digest = keyed(key).chain_update(format!("{id}.{unix_seconds}.")).chain_update(body).finalize();
    format!("v1,{}", STANDARD.encode(digest.into_bytes()))
}

/// Whether a secret can sign: a `whsec_` secret must be base64 behind its prefix.
pub fn is_secret(secret: &str) -> bool {
    secret.strip_prefix("whsec_").is_none_or(|rest| !rest.is_empty() && ANY_PADDING.decode(rest).is_ok())
}

/// Whether `given` is the hex signature of `body`, in either case. Takes the same time for every
/// wrong value.
pub fn verify_hex(secret: &str, body: &[u8], given: &str) -> bool {
    let mut digest = [0; 32];
    match base16ct::mixed::decode(given, &mut digest) {
        Ok(digest) => keyed(secret.as_bytes()).chain_update(body).verify_slice(digest).is_ok(),
        Err(_) => false,
    }
}

const ANY_PADDING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

#[cfg(test)]
mod tests;
