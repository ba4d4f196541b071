//! `POST /operator/tasks/{id}/check`: photos are looked at before they are handed in.

use crate::endpoint::{Caller, Code, Endpoint, Rate, Route};
use crate::read::{Fields, Read, list, text};
use crate::tasks::TASK;
use crate::wire::Id;
use crate::wire::submission::Check;
use domain::TaskId;
use domain::limits::PHOTOS_MAX;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "checkPhotos",
    Route::post("/operator/tasks/{id}/check", Caller::Operator).rated(Rate::Costly),
    "Check photos before submitting them",
)
.about(
    "Makes the checks of the Guardian that need no model, so that a photo can be taken again: whether it can be read, is in \
     focus and large enough, contradicts neither place nor time, and was not handed in before. Nothing is handed in, and \
     nothing is promised: what the photos show is judged when they are. At most five different lists of photos for a task; \
     checking the same again does not count.",
)
.id(TASK)
.body::<Body>()
.may_take_longer()
.errors(&[Code::TaskStateConflict, Code::TooManyChecks])
.example(
    r#"{"photos": ["https://storage.example.com/proof-1.jpg"]}"#,
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "passed": false,
        "checks": [{"check": "image_decodes", "status": "PASS", "detail": "The photo is JPEG of 4032 x 3024 pixels."},
            {"check": "image_sharp", "status": "FAIL", "detail": "The photo is blurred."}], "checks_left": 4}"#,
);

pub struct Body {
    pub photos: Vec<String>,
}

impl Read for Body {
    const NAME: &'static str = "CheckPhotos";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let photos = list(1..=PHOTOS_MAX, text(1..=2_048));
        let photos = fields.required("photos", "`photo_url` values, each once.", photos)?;
        if photos.iter().collect::<BTreeSet<_>>().len() != photos.len() {
            fields.problem("photos", "must name each photo once");
        }
        Some(Self { photos })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CheckedPhotos")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    /// Whether every photo could be looked at and no check failed.
    pub passed: bool,
    /// In the order of the photos; where there are several, each detail says which it is about.
    pub checks: Vec<Check>,
    /// How many other lists of photos can be checked for this task.
    pub checks_left: u8,
}
