//! The token that opens Payoneer's API: fetched when one is needed, by one request at a time, and kept until shortly
//! before it ends.

use super::Settings;
use crate::wire::{self, Answer, Unanswered, excerpt, under};
use domain::Timestamp;
use reqwest::Client;
use serde::Deserialize;
use tokio::sync::Mutex;
use url::form_urlencoded;

/// A request takes its time, and clocks differ.
const MARGIN_S: i64 = 60;
const LIFE_S_MAX: i64 = 30 * domain::time::DAY_S;

/// Why there is no token. Nothing of what was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoToken {
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// With OAuth's word for it.
    #[error("{status} {word}")]
    Refused { status: u16, word: String },
}

#[derive(Default)]
pub(super) struct Tokens {
    /// Held by who fetches: the others want what that one gets.
    kept: Mutex<Option<Kept>>,
}

struct Kept {
    token: String,
    until: Timestamp,
}

impl Kept {
    fn is_good(&self, now: Timestamp) -> bool {
        now < self.until
    }
}

impl Tokens {
    pub(super) async fn current(&self, http: &Client, settings: &Settings) -> Result<String, NoToken> {
        let mut kept = self.kept.lock().await;
        if let Some(good) = kept.as_ref().filter(|kept| kept.is_good(wire::now())) {
            return Ok(good.token.clone());
        }
        let fetched = fetch(http, settings).await?;
        Ok(kept.insert(fetched).token.clone())
    }

    /// Unless somebody has exchanged it already.
    pub(super) async fn forget(&self, token: &str) {
        let mut kept = self.kept.lock().await;
        if kept.as_ref().is_some_and(|kept| kept.token == token) {
            *kept = None;
        }
    }
}

async fn fetch(http: &Client, settings: &Settings) -> Result<Kept, NoToken> {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("scope", "read write")
        .append_pair("client_id", &settings.client_id)
        .append_pair("client_secret", &settings.client_secret)
        .finish();
    let url = under(&settings.login_base, &["api", "v2", "oauth2", "token"])?;
    let request = http.post(url).header("Content-Type", "application/x-www-form-urlencoded").body(form);
    read(&wire::answer(request).await?, wire::now())
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: i64,
}

#[derive(Default, Deserialize)]
struct Denied {
    #[serde(default)]
    error: String,
}

fn read(answer: &Answer, now: Timestamp) -> Result<Kept, NoToken> {
    let Answer { status, body } = answer;
    match serde_json::from_slice(body) {
        Ok(Granted { access_token, expires_in }) if (200..300).contains(status) && is_token(&access_token) => {
            let life_s = expires_in.clamp(0, LIFE_S_MAX);
            Ok(Kept { token: access_token, until: now.plus_seconds(life_s - MARGIN_S) })
        }
        Ok(_) | Err(_) => {
            let Denied { error } = serde_json::from_slice(body).unwrap_or_default();
            Err(NoToken::Refused { status: *status, word: excerpt(&error) })
        }
    }
}

/// Whether it can stand in a header.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests;
