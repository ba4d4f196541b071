//! A session token (RFC 7519, as Clerk makes them), judged. What its header says decides nothing but which of the
//! issuer's keys is taken.

use crate::Session;
use crate::key::Unfit;
use domain::{OperatorId, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use outbound::{Reach, check_url};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const TOKEN_BYTES_MAX: usize = 8 * 1024;
/// How much the issuer's clock and ours may differ.
const LEEWAY_S: i64 = 5;
/// A session token lives for a minute; who has set it to more than a day has made a password of it.
const LIFETIME_S_MAX: i64 = 24 * 60 * 60;

/// Why a token opens nothing, as its sender is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This is not a sign-in token. Send Authorization: Bearer and the token as Clerk gives it.")]
    Malformed,
    #[error("This token is not signed as this deployment's are. Send the session token that Clerk gives.")]
    Header,
    #[error("This token is signed with a key that is not this deployment's. Sign in to the application of this API.")]
    UnknownKey,
    #[error("This token's signature does not fit. Send it as Clerk gave it.")]
    Signature,
    #[error(
        "This is no session token: exp, nbf, iat, iss, sub, sid and azp are needed. Send the one that Clerk gives."
    )]
    Claims,
    #[error("This token is of another issuer. Sign in to the application of this API.")]
    Issuer,
    #[error("This token was made for another application. Sign in to the application of this API.")]
    Party,
    #[error("This sign-in is not complete. Finish it in the application, and send the token that it gives then.")]
    Pending,
    #[error("This token has expired. Ask Clerk for a fresh one: they live for a minute.")]
    Expired,
    #[error("This token is not valid yet. Check the clock of whoever made it.")]
    Early,
}

/// Which tokens count.
#[derive(Debug)]
pub(crate) struct Terms {
    issuer: String,
    parties: Vec<String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    sid: String,
    azp: String,
    exp: i64,
    nbf: i64,
    iat: i64,
    sts: Option<String>,
    /// Minutes, when the token was made, since the first and the second factor were shown; -1 for never.
    fva: Option<(i64, i64)>,
}

impl Terms {
    pub(crate) fn new(issuer: &str, parties: &str, reach: Reach) -> Result<Self, Unfit> {
        let wanted =
            "the Frontend API URL of a Clerk instance, such as https://clerk.example.com, without a slash at its end";
        if check_url(issuer, reach).is_err() || issuer.ends_with('/') || issuer.contains(['?', '#']) {
            return Err(Unfit { name: "CLERK_ISSUER", wanted });
        }
        let parties: Vec<String> = parties.split(',').map(|party| party.trim().to_owned()).collect();
        if !parties.iter().all(|party| is_origin(party)) {
            let wanted = "origins of applications, such as https://app.example.com, separated by commas";
            return Err(Unfit { name: "CLERK_AUTHORIZED_PARTIES", wanted });
        }
        Ok(Self { issuer: issuer.to_owned(), parties })
    }
}

fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']))
}

/// Which key the token says it is signed with. Nothing of it is proved yet.
pub(crate) fn key_id(token: &str) -> Result<String, Refusal> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(Refusal::Malformed);
    }
    let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Malformed)?;
    if header.alg != Algorithm::RS256 || header.typ.as_deref() != Some("JWT") || brings_more(&header) {
        return Err(Refusal::Header);
    }
    header.kid.ok_or(Refusal::Header)
}

/// Keys of its own, what must be understood, what would have to be unpacked.
fn brings_more(header: &Header) -> bool {
    header.crit.is_some()
        || header.jku.is_some()
        || header.jwk.is_some()
        || header.x5u.is_some()
        || header.x5c.is_some()
        || header.zip.is_some()
        || header.enc.is_some()
        || header.cty.is_some()
}

/// Whose session a token is of that is signed with this key.
pub(crate) fn session(token: &str, key: &DecodingKey, terms: &Terms, now: Timestamp) -> Result<Session, Refusal> {
    let mut validation = Validation::new(Algorithm::RS256);
    // Every claim is judged below, by its exact type and by the clock that we are given.
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    // Clerk's session tokens have none.
    validation.validate_aud = false;
    let claims = jsonwebtoken::decode::<Claims>(token, key, &validation).map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::Json(_) => Refusal::Claims,
        _ => Refusal::Signature,
    })?;
    judge(claims.claims, terms, now.seconds())
}

fn judge(claims: Claims, terms: &Terms, now_s: i64) -> Result<Session, Refusal> {
    if claims.iss != terms.issuer {
        return Err(Refusal::Issuer);
    }
    if !terms.parties.contains(&claims.azp) {
        return Err(Refusal::Party);
    }
    if claims.sub.is_empty() || claims.sid.is_empty() {
        return Err(Refusal::Claims);
    }
    if claims.sts.is_some_and(|status| status == "pending") {
        return Err(Refusal::Pending);
    }
    let lifetime_s = claims.exp.checked_sub(claims.iat).ok_or(Refusal::Claims)?;
    if !(0..=LIFETIME_S_MAX).contains(&lifetime_s) {
        return Err(Refusal::Claims);
    }
    if claims.exp <= now_s - LEEWAY_S {
        return Err(Refusal::Expired);
    }
    if claims.nbf > now_s + LEEWAY_S || claims.iat > now_s + LEEWAY_S {
        return Err(Refusal::Early);
    }
    let age_minutes = (now_s - claims.iat).max(0) / 60;
    let shown_minutes_ago = match claims.fva {
        Some((minutes, _)) if minutes >= 0 => minutes.checked_add(age_minutes),
        Some(_) | None => None,
    };
    Ok(Session { operator: operator(&claims.sub), shown_minutes_ago })
}

/// The operator of a subject: nothing needs to be looked up.
fn operator(subject: &str) -> OperatorId {
    OperatorId::from_digest(Sha256::new().chain_update("operator/clerk").chain_update(subject).finalize().into())
}
