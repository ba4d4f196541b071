//! What a deployment knows of its programme at Payoneer, as it is kept: one JSON object, because all of it goes together.

use super::Settings;
use serde::Deserialize;
use url::Url;

/// Says what is missing and nothing of what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Payoneer's account must be JSON: {{\"login_base\", \"api_base\", \"program_id\", \"client_id\", \"client_secret\"}}"
)]
pub struct NoAccount;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    login_base: Url,
    api_base: Url,
    program_id: String,
    client_id: String,
    client_secret: String,
}

impl Settings {
    pub fn parse(json: &str) -> Result<Self, NoAccount> {
        let Kept { login_base, api_base, program_id, client_id, client_secret } =
            serde_json::from_str(json).map_err(|_| NoAccount)?;
        Ok(Self { login_base, api_base, program_id, client_id, client_secret })
    }
}
