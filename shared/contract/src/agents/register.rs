//! `POST /agents/register`: an account and its first key.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, email, line};
use crate::wire::Id;
use domain::AgentId;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("registerAgent", Route::post("/agents/register", Caller::Registrar), "Register an agent")
        .about("The key is shown once, in this answer. In live mode this needs the `X-Admin-Key` header.")
        .body::<Body>()
        .once()
        .created()
        .example(
            r#"{"name": "my-agent", "email": "agent@example.com", "company": "Acme Inc"}"#,
            r#"{"agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s", "api_key": "ho_test_EXAMPLE_KEY",
                "message": "Save this API key - it won't be shown again."}"#,
        );

/// Characters of a name and of a company.
pub(super) const NAME_CHARS: usize = 200;

pub struct Body {
    pub name: String,
    pub email: String,
    pub company: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "RegisterAgent";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let name = fields.required("name", "What the agent is called.", line(1..=NAME_CHARS));
        let email = fields.required("email", "Where its people can be reached.", email());
        let company = fields.optional("company", "Whose agent it is.", line(0..=NAME_CHARS));
        Some(Self { name: name?, email: email?, company: company.filter(|text| !text.trim().is_empty()) })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RegisteredAgent")]
pub struct Reply {
    pub agent_id: Id<AgentId>,
    /// The secret of the account: send it as `X-API-Key`.
    pub api_key: String,
    pub message: &'static str,
}

#[cfg(test)]
mod tests;
