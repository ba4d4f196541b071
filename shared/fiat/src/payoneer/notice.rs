//! Payoneer's notifications, which it calls IPCN: who sent one, and what it is about. Not whether it is new: who asks
//! remembers the nonces. What kind it is, its URL says; what is true of a payout is asked of Payoneer.

use crate::mac::Signature;
use crate::wire::excerpt;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use serde::Deserialize;

const SCHEME: &str = "hmacauth";
/// Either way.
const SKEW_S_MAX: u64 = 300;

/// A notification as it came.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// The header.
    pub authorization: &'a str,
    pub method: &'a str,
    /// Whole, as Payoneer was given it.
    pub url: &'a str,
    pub body: &'a [u8],
}

/// Who tells Payoneer's notifications from others.
#[derive(Clone)]
pub struct Notices {
    app_name: String,
    secret: String,
}

/// Without the secret.
impl std::fmt::Debug for Notices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notices").field("app_name", &self.app_name).finish_non_exhaustive()
    }
}

impl Notices {
    /// `app_name` is `Webhook-IPCNSender-sandbox` or `Webhook-IPCNSender-production`. `None` for a secret of nothing but
    /// white space: with it anybody could sign.
    pub fn new(app_name: &str, secret: &str) -> Option<Self> {
        let (app_name, secret) = (app_name.to_owned(), secret.to_owned());
        (!secret.trim().is_empty()).then_some(Self { app_name, secret })
    }

    /// The nonce, where Payoneer sent this within five minutes of `now_s`; seen before, it is a replay.
    pub fn verify<'a>(&self, delivery: &Delivery<'a>, now_s: i64) -> Option<&'a str> {
        let (scheme, rest) = delivery.authorization.trim().split_once(' ')?;
        let mut parts = rest.split(':');
        let (app_name, signature) = (parts.next()?, parts.next()?);
        let (nonce, sent) = (parts.next()?, parts.next()?);
        if parts.next().is_some() || !scheme.eq_ignore_ascii_case(SCHEME) || app_name != self.app_name {
            return None;
        }
        let sent_s: i64 = sent.parse().ok()?;
        if nonce.is_empty() || sent_s.abs_diff(now_s) > SKEW_S_MAX {
            return None;
        }
        let method = delivery.method.to_ascii_uppercase();
        let digest = if method == "POST" { STANDARD.encode(Md5::digest(delivery.body)) } else { String::new() };
        let url = encoded(delivery.url);
        let texts = [app_name, &method, &url, sent, nonce, &digest];
        Signature::of(&self.secret, &texts.map(str::as_bytes)).verify_base64(signature).then_some(nonce)
    }
}

/// In lower case, its parameters in order, percent-encoded once more.
fn encoded(url: &str) -> String {
    let lower = url.to_lowercase();
    let ordered = match lower.split_once('?') {
        Some((path, query)) => {
            let mut parameters: Vec<&str> = query.split('&').collect();
            parameters.sort_unstable();
            format!("{path}?{}", parameters.join("&"))
        }
        None => lower,
    };
    let mut encoded = String::with_capacity(ordered.len() * 2);
    for byte in ordered.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02x}")),
        }
    }
    encoded
}

/// What a notification is about. A hint and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Ours.
    pub payee: String,
    /// Ours, where it is about a payout.
    pub reference: Option<String>,
    pub reason: Option<String>,
}

impl Notice {
    /// `None` when it names no payee.
    pub fn parse(body: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct OnWire {
            #[serde(rename = "Payee Id")]
            payee: String,
            #[serde(rename = "IntPaymentId")]
            reference: Option<String>,
            #[serde(rename = "Reason Description")]
            reason: Option<String>,
        }
        let OnWire { payee, reference, reason } = serde_json::from_slice(body).ok()?;
        Some(Self { payee, reference, reason: reason.map(|reason| excerpt(&reason)) })
    }
}

#[cfg(test)]
mod tests;
