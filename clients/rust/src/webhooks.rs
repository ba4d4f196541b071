//! Callbacks (docs/CALLBACKS.md): whether one was signed with the secret of its task, and what it says.

use crate::Moment;
use crate::types::TaskEvent;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chrono::Utc;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Seconds between sending and now that are taken.
const TOLERANCE_S: i64 = 300;

/// A callback that was not signed with this secret, or not lately; or one that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("this callback was not signed with this secret, or not lately")]
    NotSigned,
    #[error("the body is not the event of a task")]
    NoEvent,
}

/// Checks the signature of a callback and reads it. The body must be the raw one: parsed and written again it differs.
/// `header` answers the value of a header by its name in lower case.
///
/// # Errors
/// Nothing is to be believed of the body.
pub fn unwrap<'a>(
    body: &[u8],
    header: impl Fn(&str) -> Option<&'a str>,
    secret: &str,
) -> Result<TaskEvent, SignatureError> {
    unwrap_at(body, header, secret, Utc::now())
}

fn unwrap_at<'a>(
    body: &[u8],
    header: impl Fn(&str) -> Option<&'a str>,
    secret: &str,
    now: Moment,
) -> Result<TaskEvent, SignatureError> {
    // Whoever sends the newer one is held to it: it also says when.
    let is_signed = match header("webhook-signature") {
        Some(signatures) => {
            let (id, sent) =
                (header("webhook-id").unwrap_or_default(), header("webhook-timestamp").unwrap_or_default());
            is_lately(sent, now) && is_standard(&[id, sent], body, signatures, secret)
        }
        None => verify_signature(body, header("x-humanops-signature").unwrap_or_default(), secret),
    };
    if !is_signed || secret.is_empty() {
        return Err(SignatureError::NotSigned);
    }
    serde_json::from_slice(body).map_err(|_| SignatureError::NoEvent)
}

/// Whether `X-HumanOps-Signature` is that of the raw body. It does not say when: prefer [`unwrap`].
pub fn verify_signature(body: &[u8], signature: &str, secret: &str) -> bool {
    let given = base16ct::lower::decode_vec(signature).unwrap_or_default();
    mac(secret.as_bytes(), &[body]).verify_slice(&given).is_ok()
}

/// The headers of a callback, to try one's own server with.
pub fn test_headers(body: &[u8], secret: &str, id: &str, at: Moment) -> [(&'static str, String); 5] {
    let sent = at.timestamp().to_string();
    let signed = standard(&[id, &sent], body, secret).finalize().into_bytes();
    let reference = mac(secret.as_bytes(), &[body]).finalize().into_bytes();
    [
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", sent),
        ("webhook-signature", format!("v1,{}", BASE64_STANDARD.encode(signed))),
        ("x-humanops-signature", base16ct::lower::encode_string(&reference)),
    ]
}

fn is_lately(sent: &str, now: Moment) -> bool {
    let is_plain = (1..=12).contains(&sent.len()) && sent.bytes().all(|b| b.is_ascii_digit());
    let sent = sent.parse::<i64>().ok().filter(|_| is_plain);
    sent.is_some_and(|sent| (now.timestamp() - sent).abs() <= TOLERANCE_S)
}

fn is_standard(named: &[&str; 2], body: &[u8], signatures: &str, secret: &str) -> bool {
    let given = signatures.split(' ').filter_map(|one| one.strip_prefix("v1,"));
    let mut given = given.filter_map(|value| BASE64_STANDARD.decode(value).ok());
    given.any(|given| standard(named, body, secret).verify_slice(&given).is_ok())
}

fn standard([id, sent]: &[&str; 2], body: &[u8], secret: &str) -> Hmac<Sha256> {
    // Behind `whsec_` it is base64; what is none stands for itself.
    let decoded = secret.strip_prefix("whsec_").and_then(|rest| BASE64_STANDARD.decode(rest).ok());
    let key = decoded.unwrap_or_else(|| secret.as_bytes().to_vec());
    mac(&key, &[id.as_bytes(), b".", sent.as_bytes(), b".", body])
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests;
