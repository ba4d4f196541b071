//! dLocal's notifications, signed in any of the three ways that its pages describe.

use super::Credentials;
use super::door::{V2, signature};
use crate::sign::hmac_sha256;
use chrono::{DateTime, SecondsFormat, Utc};
use std::time::{Duration, SystemTime};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `X-Signature`, over the body.
    SeedXSignature,
    /// `Authorization`, as requests are signed.
    AuthorizationV2,
    /// `Signature`, over the same.
    SignatureHeader,
}

/// Ready to be sent, or to be spoilt first.
#[derive(Clone, Debug)]
pub struct Notification {
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

const PATIENCE: Duration = Duration::from_secs(30);

impl Notification {
    pub fn signed(scheme: Scheme, credentials: &Credentials, body: Vec<u8>) -> Self {
        let date = DateTime::<Utc>::from(SystemTime::now()).to_rfc3339_opts(SecondsFormat::Millis, true);
        let dated = signature(credentials, &date, &body);
        let mut headers = vec![("Content-Type", "application/json".to_owned())];
        if scheme != Scheme::SeedXSignature {
            headers.extend([("X-Login", credentials.login.clone()), ("X-Date", date)]);
        }
        headers.push(match scheme {
            Scheme::SeedXSignature => {
                let digest = hmac_sha256(&credentials.secret_key, &body);
                ("X-Signature", base16ct::lower::encode_string(&digest))
            }
            Scheme::AuthorizationV2 => ("Authorization", format!("{V2}{dated}")),
            Scheme::SignatureHeader => ("Signature", dated),
        });
        Self { headers, body }
    }

    /// The status of the answer; nothing where there was none.
    pub async fn send(&self, url: &str) -> Option<u16> {
        let http = outbound::trusted(PATIENCE).expect("the system has root certificates");
        let mut request = http.post(url).body(self.body.clone());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        Some(request.send().await.ok()?.status().as_u16())
    }
}
