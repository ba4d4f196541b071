//! How dLocal signs its notifications: its pages disagree, so that one of three is configured. Proves who sent a body,
//! not that it is new: dLocal repeats its notifications, and nothing dates them that it would not sign again.

use crate::mac::Signature;
use http::HeaderMap;

/// In front of the signature.
pub(super) const V2: &str = "V2-HMAC-SHA256, Signature: ";

/// Always hex HMAC-SHA256, over different bytes and in different headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `X-Signature`, over the body alone.
    SeedXSignature,
    /// `Authorization: V2-HMAC-SHA256, Signature: …`, over `X-Login`, `X-Date` and the body, as our requests.
    AuthorizationV2,
    /// `Signature`, over the same.
    SignatureHeader,
}

impl Scheme {
    pub const ALL: [Self; 3] = [Self::SeedXSignature, Self::AuthorizationV2, Self::SignatureHeader];

    /// As in a configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SeedXSignature => "x-signature",
            Self::AuthorizationV2 => "authorization-v2",
            Self::SignatureHeader => "signature",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.as_str() == word)
    }
}

/// Who tells dLocal's notifications from others.
#[derive(Clone)]
pub struct Notices {
    scheme: Scheme,
    login: String,
    secret_key: String,
}

/// Without the secret.
impl std::fmt::Debug for Notices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notices").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

impl Notices {
    /// `None` for a secret of nothing but white space: with it anybody could sign.
    pub fn new(scheme: Scheme, login: &str, secret_key: &str) -> Option<Self> {
        let (login, secret_key) = (login.to_owned(), secret_key.to_owned());
        (!secret_key.trim().is_empty()).then_some(Self { scheme, login, secret_key })
    }

    /// Whether dLocal sent exactly this `body`, as it came. A header that is there twice counts as none.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> bool {
        match self.scheme {
            Scheme::SeedXSignature => one(headers, "x-signature").is_some_and(|given| self.signed(&[body], given)),
            Scheme::AuthorizationV2 => {
                let given = one(headers, "authorization").and_then(|value| value.strip_prefix(V2));
                given.is_some_and(|given| self.signed_with_date(headers, body, given))
            }
            Scheme::SignatureHeader => {
                one(headers, "signature").is_some_and(|given| self.signed_with_date(headers, body, given))
            }
        }
    }

    fn signed_with_date(&self, headers: &HeaderMap, body: &[u8], given: &str) -> bool {
        match (one(headers, "x-login"), one(headers, "x-date")) {
            (Some(login), Some(date)) if login == self.login => {
                self.signed(&[login.as_bytes(), date.as_bytes(), body], given)
            }
            (_, _) => false,
        }
    }

    fn signed(&self, parts: &[&[u8]], given: &str) -> bool {
        Signature::of(&self.secret_key, parts).verify_hex(given)
    }
}

fn one<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let only = values.next().filter(|_| values.next().is_none())?;
    only.to_str().ok()
}

#[cfg(test)]
mod tests;
