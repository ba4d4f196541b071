//! `POST /tasks/{id}/callback-secret`: another secret signs the callbacks.

use super::create::SECRET_CHARS;
use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, text};
use crate::wire::{Id, Moment};
use domain::TaskId;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "replaceCallbackSecret",
    Route::post("/tasks/{id}/callback-secret", Caller::Agent),
    "Replace the secret that signs a task's callbacks",
)
.about(
    "For 24 hours `webhook-signature` has two signatures, by the new secret and by the one before; `X-HumanOps-Signature` \
     is by the new one at once. Replacing it again within that time replaces the new one: the one before signs to its end.",
)
.id(super::TASK)
.body::<Body>()
.errors(&[Code::NoCallback])
.example(
    r#"{"callback_secret": "another-random-secret"}"#,
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "previous_until": "2026-02-06T12:00:00.000Z"}"#,
);

pub struct Body {
    pub secret: String,
}

impl Read for Body {
    const NAME: &'static str = "ReplaceCallbackSecret";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let about = "Behind `whsec_` it is base64, anything else is taken as it is.";
        Some(Self { secret: fields.required("callback_secret", about, text(1..=SECRET_CHARS))? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReplacedCallbackSecret")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    /// Until when the secret before signs too; null where there was none.
    pub previous_until: Option<Moment>,
}
