//! The keys that tokens are signed with: of a set as it is published, or one that the deployment names.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde_json::Value;

/// Keys of a published set at most. Clerk has one, and two while they change.
const KEYS_MAX: usize = 20;
/// What ring verifies.
const BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;
/// 65537, with which everybody signs.
const EXPONENT: &[u8] = &[1, 0, 1];

/// A setting that can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} must be {wanted}")]
pub struct Unfit {
    pub name: &'static str,
    pub wanted: &'static str,
}

/// A key of a set, by its id.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) key: DecodingKey,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: String,
    n: String,
    e: String,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
}

/// Those of a set that a token may be signed with. Others may be there.
pub(crate) fn of_set(json: &[u8]) -> Result<Vec<Key>, &'static str> {
    let Published { keys } = serde_json::from_slice(json).map_err(|_| "it is no key set")?;
    if keys.len() > KEYS_MAX {
        return Err("it has too many keys");
    }
    let keys: Vec<Key> = keys.into_iter().filter_map(of_jwk).collect();
    if keys.is_empty() { Err("it has no key for RS256") } else { Ok(keys) }
}

fn of_jwk(json: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(json).ok()?;
    let fits = jwk.kty == "RSA"
        && jwk.usage.is_none_or(|usage| usage == "sig")
        && jwk.alg.is_none_or(|algorithm| algorithm == "RS256");
    let (n, e) = (URL_SAFE_NO_PAD.decode(jwk.n).ok()?, URL_SAFE_NO_PAD.decode(jwk.e).ok()?);
    let key = of_components(&n, &e).filter(|_| fits)?;
    Some(Key { id: jwk.kid, key })
}

/// `CLERK_JWT_KEY`: a public key as PEM. Its lines may have been joined, as variables of an environment are.
pub(crate) fn of_pem(pem: &str) -> Result<DecodingKey, Unfit> {
    let unfit = Unfit { name: "CLERK_JWT_KEY", wanted: "an RSA public key as PEM, of at least 2,048 bits" };
    let pem = pem.replace("\\n", "\n");
    let body = pem.trim().strip_prefix("-----BEGIN PUBLIC KEY-----");
    let body = body.and_then(|rest| rest.strip_suffix("-----END PUBLIC KEY-----")).ok_or(unfit)?;
    let body: String = body.split_whitespace().collect();
    let der = STANDARD.decode(body).map_err(|_| unfit)?;
    let (n, e) = components(&der).ok_or(unfit)?;
    of_components(n, e).ok_or(unfit)
}

fn of_components(n: &[u8], e: &[u8]) -> Option<DecodingKey> {
    let bits = (n.len() * 8).checked_sub(usize::try_from(n.first()?.leading_zeros()).ok()?)?;
    let fits = BITS.contains(&bits) && n.first() != Some(&0) && e == EXPONENT;
    fits.then(|| DecodingKey::from_rsa_raw_components(n, e))
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;
/// `rsaEncryption`, without parameters.
const RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// Modulus and exponent of a `SubjectPublicKeyInfo` (RFC 3279, 2.3.1).
fn components(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (info, []) = value(SEQUENCE, der)? else { return None };
    let (algorithm, rest) = value(SEQUENCE, info)?;
    let (bits, []) = value(BIT_STRING, rest)? else { return None };
    let (key, []) = value(SEQUENCE, bits.strip_prefix(&[0])?)? else { return None };
    let (n, rest) = value(INTEGER, key)?;
    let (e, []) = value(INTEGER, rest)? else { return None };
    // Without the zero that keeps a number positive.
    (algorithm == RSA).then(|| (n.strip_prefix(&[0]).unwrap_or(n), e))
}

/// The first value of `der`, which has this tag, and what comes behind it.
fn value(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[found, length], rest) = der.split_first_chunk()?;
    let (length, rest) = match length {
        ..=0x7f => (usize::from(length), rest),
        0x81 => rest.split_first().map(|(&length, rest)| (usize::from(length), rest))?,
        0x82 => rest.split_first_chunk().map(|(&bytes, rest)| (usize::from(u16::from_be_bytes(bytes)), rest))?,
        _ => return None,
    };
    (found == tag).then(|| rest.split_at_checked(length)).flatten()
}
