//! `GET` and `POST /tasks/{id}/retrieve-credential`: the sealed credential, for its owner.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::Nothing;
use crate::wire::{Id, Moment};
use domain::TaskId;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "retrieveCredential",
    Route::get("/tasks/{id}/retrieve-credential", Caller::Agent),
    "Retrieve the encrypted credential of a task",
)
.about(
    "When the task is COMPLETED, or waits for the agent to try the credential. Only the holder of the private key to the \
     task's `agent_public_key` can open it.",
)
.id(super::TASK)
.errors(&[Code::CredentialNotReady, Code::InvalidJson])
.example("", REPLY);

/// The reference shows both methods.
pub const BY_POST: Endpoint = Endpoint::new::<Reply>(
    "retrieveCredentialByPost",
    Route::post("/tasks/{id}/retrieve-credential", Caller::Agent),
    "Retrieve the encrypted credential of a task",
)
.about("The same as GET.")
.id(super::TASK)
.body::<Nothing>()
.errors(&[Code::CredentialNotReady])
.example("{}", REPLY);

const REPLY: &str = r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "encrypted_credential": {
    "ciphertext": "BASE64...", "iv": "BASE64...", "ephemeralPublicKey": "BASE64...",
    "algorithm": "ECDH-P256-AES-256-GCM", "createdAt": "2026-02-06T14:30:00.000Z"}}"#;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RetrievedCredential")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub encrypted_credential: Envelope,
}

/// A sealed envelope: nothing in this system can open it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "EncryptedCredential")]
pub struct Envelope {
    /// Base64, the 16 bytes of the tag at its end.
    pub ciphertext: String,
    /// Base64 of 12 bytes.
    pub iv: String,
    /// Base64 of the 65 bytes of a P-256 point.
    pub ephemeral_public_key: String,
    pub algorithm: &'static str,
    /// When it was delivered.
    pub created_at: Moment,
}
