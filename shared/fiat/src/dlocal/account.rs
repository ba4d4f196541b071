//! What a deployment knows of its account at dLocal, as it is kept: one JSON object, because all of it goes together.

use super::{Notices, Scheme, Settings};
use serde::Deserialize;
use url::Url;

/// An account, and how its notifications are signed.
#[derive(Debug)]
pub struct Account {
    pub settings: Settings,
    pub notices: Notices,
}

/// Says what is missing and nothing of what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "dLocal's account must be JSON: {{\"base\", \"login\", \"trans_key\", \"secret_key\", \"notification_url\", \
     \"country\", \"scheme\"}}, the last one of x-signature, authorization-v2 and signature"
)]
pub struct NoAccount;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    base: Url,
    login: String,
    trans_key: String,
    secret_key: String,
    notification_url: Url,
    country: String,
    scheme: String,
}

impl Account {
    pub fn parse(json: &str) -> Result<Self, NoAccount> {
        let kept: Kept = serde_json::from_str(json).map_err(|_| NoAccount)?;
        let Kept { base, login, trans_key, secret_key, notification_url, country, scheme } = kept;
        let scheme = Scheme::parse(&scheme).ok_or(NoAccount)?;
        let notices = Notices::new(scheme, &login, &secret_key).ok_or(NoAccount)?;
        let settings = Settings { base, login, trans_key, secret_key, notification_url, country };
        Ok(Self { settings, notices })
    }
}
