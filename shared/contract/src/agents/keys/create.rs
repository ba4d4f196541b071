//! `POST /agents/keys`: one more key.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, line};
use crate::wire::Moment;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "createApiKey",
    Route::post("/agents/keys", Caller::Agent),
    "Generate an additional API key",
)
.about("An agent has at most 20 active keys. The key is shown once, in this answer.")
.body::<Body>()
.once()
.created()
.errors(&[Code::TooManyKeys])
.example(
    r#"{"name": "ci-pipeline"}"#,
    r#"{"api_key": "ho_test_EXAMPLE_KEY", "key_prefix": "ho_test_EXAMPLE..", "name": "ci-pipeline",
                "created_at": "2026-02-05T12:00:00.000Z"}"#,
);

/// Characters of a label.
const NAME_CHARS: usize = 100;

pub struct Body {
    pub name: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "CreateApiKey";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        Some(Self { name: fields.optional("name", "A label; `default` without one.", line(1..=NAME_CHARS)) })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CreatedApiKey")]
pub struct Reply {
    /// The secret: send it as `X-API-Key`.
    pub api_key: String,
    /// Its beginning, to recognise it by.
    pub key_prefix: String,
    pub name: String,
    pub created_at: Moment,
}
