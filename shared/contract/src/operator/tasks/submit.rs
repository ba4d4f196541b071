//! `POST /operator/tasks/{id}/submit`: proof, for the Guardian to judge.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, https, integer, list, measure, moment, nested, point, text};
use crate::tasks::TASK;
use crate::wire::{Id, Moment, NextAction, Word};
use domain::geo::Point;
use domain::limits::{NOTES_CHARS, PHOTOS_MAX};
use domain::status::Status;
use domain::{TaskId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "submitTask",
    Route::post("/operator/tasks/{id}/submit", Caller::Operator),
    "Submit proof of completion",
)
.about(
    "PHOTO and SCREENSHOT need at least one photo, CONFIRMATION needs `confirmation_text`, credential tasks need \
     `encrypted_credential`. Photos are `photo_url` values of `POST /operator/upload` for this task, whose files have arrived in the bucket. \
     Each is read: JPEG, PNG or WebP, complete, not animated, at most 120 megapixels and 240 as a JPEG, no picture twice. \
     A picture belongs to the task for which it was handed in first.",
)
.id(TASK)
.body::<Body>()
.errors(&[
    Code::TaskStateConflict,
    Code::PhotoNotUploaded,
    Code::PhotoUnreadable,
    Code::TaskExpired,
    Code::WorkWindowOver,
])
.example(
    r#"{"photos": ["https://storage.example.com/proof-1.jpg", "https://storage.example.com/proof-2.jpg"],
        "notes": "Sign confirmed at location"}"#,
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "SUBMITTED",
        "submitted_at": "2026-02-06T14:30:00.000Z",
        "message": "Proof submitted. AI Guardian verification in progress.", "next_action": {"by": "GUARDIAN",
        "action": "judge", "due_at": "2026-02-06T14:40:00.000Z", "on_due": "MANUAL_REVIEW"}}"#,
);

/// What is handed in, each field valid for itself. Photos are URLs, of which only ours are any good.
pub struct Body {
    pub photos: Vec<String>,
    pub notes: Option<String>,
    pub confirmation_text: Option<String>,
    pub reference_url: Option<String>,
    pub location: Option<Whereabouts>,
    pub credential: Option<Credential>,
}

/// Where the operator says they were.
pub struct Whereabouts {
    pub point: Point,
    /// Radius in metres.
    pub accuracy_m: Option<u32>,
    pub captured_at: Option<Timestamp>,
}

/// An encrypted credential as sent.
pub struct Credential {
    pub ciphertext: String,
    pub iv: String,
    pub ephemeral_public_key: String,
    pub algorithm: String,
}

impl Read for Body {
    const NAME: &'static str = "SubmitTask";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let photos = list(0..=PHOTOS_MAX, text(1..=2_048));
        let photos = fields.optional("photos", "`photo_url` values, each once.", photos).unwrap_or_default();
        if photos.iter().collect::<BTreeSet<_>>().len() != photos.len() {
            fields.problem("photos", "must name each photo once");
        }
        let reference_url = fields.optional("reference_url", "A source; it is never fetched.", https());
        let notes = fields.optional("notes", "For the Guardian and the agent.", text(0..=NOTES_CHARS));
        let confirmation = fields.optional("confirmation_text", "The result in words.", text(1..=NOTES_CHARS));
        let location = fields.optional("location", "Where the operator was.", nested::<Whereabouts>());
        let about = "The credential, sealed to the task's `agent_public_key`.";
        let credential = fields.optional("encrypted_credential", about, nested::<Credential>());
        Some(Self { photos, notes, confirmation_text: confirmation, reference_url, location, credential })
    }
}

impl Read for Whereabouts {
    const NAME: &'static str = "SubmittedWhereabouts";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let accuracy = fields.optional("accuracy_m", "Radius in metres.", measure(0..=100_000));
        let captured_at = fields.optional("captured_at", "When the position was taken.", moment());
        let point = point(fields);
        if !fields.has("lat") && !fields.has("lng") {
            fields.problem("lat", "and lng are required");
        }
        Some(Self { point: point?, accuracy_m: accuracy.and_then(|m| u32::try_from(m).ok()), captured_at })
    }
}

/// The sender's `createdAt` is accepted and not kept: the time of delivery is ours to say.
impl Read for Credential {
    const NAME: &'static str = "SubmittedCredential";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let _ = fields.optional("createdAt", "Replaced by the time of delivery.", moment());
        let _ = fields.optional("v", "The profile's version.", integer(1..=1));
        let ciphertext = fields.required("ciphertext", "Base64, the tag at its end.", text(1..=100_000));
        let iv = fields.required("iv", "Base64 of 12 bytes.", text(1..=64));
        let about = "Base64 of the 65 bytes of a P-256 point.";
        let ephemeral = fields.required("ephemeralPublicKey", about, text(1..=256));
        let algorithm = fields.required("algorithm", "ECDH-P256-AES-256-GCM.", text(1..=64));
        Some(Self { ciphertext: ciphertext?, iv: iv?, ephemeral_public_key: ephemeral?, algorithm: algorithm? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SubmittedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub submitted_at: Option<Moment>,
    pub message: &'static str,
    pub next_action: Option<NextAction>,
}
