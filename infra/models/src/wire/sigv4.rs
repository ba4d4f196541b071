//! AWS Signature Version 4 in the `Authorization` header, verified from the specification: the client's own signer must
//! not be its judge. Not for S3, which writes paths differently.

use super::Refused;
use crate::seen::{Credentials, Seen};
use chrono::NaiveDateTime;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// How far the clocks may be apart.
const SKEW_S_MAX: u64 = 300;

pub(crate) fn verify(seen: &Seen, credentials: &Credentials, service: &str) -> Result<(), Refused> {
    let authorization = seen.header("authorization");
    if authorization.is_empty() {
        return Err(refused("MissingAuthenticationTokenException", "Missing Authentication Token"));
    }
    let [credential, signed, signature] = fields(&authorization)
        .ok_or_else(|| refused("IncompleteSignatureException", "Authorization header is not well-formed"))?;
    let (key_id, scope) = credential.split_once('/').unwrap_or_default();
    if key_id != credentials.access_key_id {
        let message = "The security token included in the request is invalid.";
        return Err(refused("UnrecognizedClientException", message));
    }
    let date = seen.header("x-amz-date");
    let day = date.split('T').next().unwrap_or_default();
    if scope != format!("{day}/{}/{service}/aws4_request", credentials.region) {
        return Err(refused("InvalidSignatureException", "Credential is not scoped to this day, region and service."));
    }
    if !is_recent(&date) {
        return Err(refused("InvalidSignatureException", "Signature expired."));
    }
    if !is_covered(seen, signed) {
        return Err(refused("InvalidSignatureException", "A header that must be signed is not."));
    }

    if signature != signed_with(&credentials.secret_access_key, seen, scope, signed) {
        let message = "The request signature we calculated does not match the signature you provided.";
        return Err(refused("InvalidSignatureException", message));
    }
    Ok(())
}

/// `Credential`, `SignedHeaders` and `Signature`.
fn fields(authorization: &str) -> Option<[&str; 3]> {
    let mut fields = authorization.strip_prefix(ALGORITHM)?.split(',').map(str::trim);
    let fields = ["Credential=", "SignedHeaders=", "Signature="].map(|name| fields.next()?.strip_prefix(name));
    let [Some(credential), Some(signed), Some(signature)] = fields else { return None };
    Some([credential, signed, signature])
}

fn is_recent(date: &str) -> bool {
    let signed = NaiveDateTime::parse_from_str(date, "%Y%m%dT%H%M%SZ").map(|date| date.and_utc().timestamp());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map(|now| now.as_secs());
    match (signed.map(u64::try_from), now) {
        (Ok(Ok(signed)), Ok(now)) => now.abs_diff(signed) <= SKEW_S_MAX,
        (_, _) => false,
    }
}

/// Whether every header is signed that has to be.
fn is_covered(seen: &Seen, signed: &str) -> bool {
    let signed: Vec<&str> = signed.split(';').collect();
    let must = |name: &str| name == "host" || name == "content-type" || name.starts_with("x-amz-");
    let mut named = seen.headers.keys().map(|name| name.as_str());
    signed.contains(&"host")
        && signed.contains(&"x-amz-date")
        && named.all(|name| !must(name) || signed.contains(&name))
}

fn signed_with(secret: &str, seen: &Seen, scope: &str, signed: &str) -> String {
    let request = hex(&Sha256::digest(canonical(seen, signed)));
    let text = format!("{ALGORITHM}\n{}\n{scope}\n{request}", seen.header("x-amz-date"));
    let key = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, part| hmac(&key, part));
    hex(&hmac(&key, &text))
}

fn canonical(seen: &Seen, signed: &str) -> String {
    let headers = signed.split(';').fold(String::new(), |mut headers, name| {
        let value = seen.header(name).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(headers, "{name}:{value}");
        headers
    });
    let (path, query) = (encoded(seen.uri.path()), seen.uri.query().unwrap_or_default());
    let body = hex(&Sha256::digest(&seen.body));
    format!("{}\n{path}\n{query}\n{headers}\n{signed}\n{body}", seen.method)
}

/// The path as it came, encoded once more.
fn encoded(path: &str) -> String {
    path.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

fn refused(code: &'static str, message: &str) -> Refused {
    Refused { status: 403, code, message: message.to_owned() }
}

#[cfg(test)]
mod tests;
