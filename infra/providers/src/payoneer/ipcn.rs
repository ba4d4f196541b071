//! Payoneer's notifications. The URL is signed as Java encodes it, here by the crate that encodes forms.

use super::Credentials;
use crate::sign::hmac_sha256;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use std::time::Duration;
use url::form_urlencoded;

/// Ready to be posted, or to be spoilt first.
#[derive(Clone, Debug)]
pub struct Ipcn {
    pub url: String,
    pub authorization: String,
    pub body: Vec<u8>,
}

const PATIENCE: Duration = Duration::from_secs(30);

impl Ipcn {
    pub fn signed(credentials: &Credentials, url: &str, body: Vec<u8>, now_s: i64) -> Self {
        let digest = STANDARD.encode(Md5::digest(&body));
        let nonce = base16ct::lower::encode_string(&hmac_sha256(&now_s.to_string(), &body)[..16]);
        let app_name = &credentials.app_name;
        let message = format!("{app_name}POST{}{now_s}{nonce}{digest}", normalized(url));
        let signature = STANDARD.encode(hmac_sha256(&credentials.notification_secret, message.as_bytes()));
        Self { url: url.to_owned(), authorization: format!("hmacauth {app_name}:{signature}:{nonce}:{now_s}"), body }
    }

    /// The status of the answer; nothing where there was none.
    pub async fn send(&self) -> Option<u16> {
        let http = outbound::trusted(PATIENCE).expect("the system has root certificates");
        let request = http.post(&self.url).header("Authorization", &self.authorization);
        let request = request.header("Content-Type", "application/json").body(self.body.clone());
        Some(request.send().await.ok()?.status().as_u16())
    }
}

fn normalized(url: &str) -> String {
    let lower = url.to_lowercase();
    let (path, query) = lower.split_once('?').map_or((lower.as_str(), None), |(path, query)| (path, Some(query)));
    let mut whole = path.to_owned();
    if let Some(query) = query {
        let mut parameters: Vec<&str> = query.split('&').collect();
        parameters.sort_unstable();
        whole = format!("{path}?{}", parameters.join("&"));
    }
    // Java leaves the star alone, Payoneer does not.
    let encoded: String = form_urlencoded::byte_serialize(whole.as_bytes()).collect();
    encoded.replace('*', "%2A").to_lowercase()
}
