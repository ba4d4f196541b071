//! Who is let in, and how dLocal says that somebody is not: never with a 401.

use super::{Credentials, error};
use crate::sign::hmac_sha256;
use crate::stage::Seen;
use axum::response::Response;
use chrono::DateTime;

pub(super) const V2: &str = "V2-HMAC-SHA256, Signature: ";

/// The answer to who is not let in.
pub(super) fn refusal(known: &Credentials, seen: &Seen) -> Option<Response> {
    let (login, trans_key, date) = (seen.header("X-Login"), seen.header("X-Trans-Key"), seen.header("X-Date"));
    let missing = |param| Some(error(400, 5001, "Invalid parameter", Some(param)));
    if login.is_empty() {
        return missing("X-Login");
    }
    if trans_key.is_empty() {
        return Some(error(400, 5001, "Missing parameter(s) [or non valid values]. key", None));
    }
    // Only its form: a stale one is signed as well as sent, and is let in.
    if DateTime::parse_from_rfc3339(date).is_err() {
        return missing("X-Date");
    }
    let Some(given) = seen.header("Authorization").strip_prefix(V2) else {
        return missing("Authorization");
    };
    // The same for an address that is not on the list.
    if login != known.login || trans_key != known.trans_key {
        return Some(error(403, 3001, "Invalid credentials", None));
    }
    (given != signature(known, date, &seen.body)).then(|| error(400, 5000, "Signature not match", None))
}

pub(super) fn signature(known: &Credentials, date: &str, body: &[u8]) -> String {
    let message = [known.login.as_bytes(), date.as_bytes(), body].concat();
    base16ct::lower::encode_string(&hmac_sha256(&known.secret_key, &message))
}
