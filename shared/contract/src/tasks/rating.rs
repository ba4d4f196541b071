//! `POST /tasks/{id}/rating`: what the agent thinks of the operator's work.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, integer, text};
use crate::wire::{Id, Moment};
use domain::TaskId;
use domain::limits::COMMENT_CHARS;
use domain::operator::rating::Rating;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "rateOperator",
    Route::post("/tasks/{id}/rating", Caller::Agent),
    "Rate the operator's work",
)
.about("Once, within 14 days of the task's completion. The same rating again gives the same answer.")
.id(super::TASK)
.body::<Body>()
.errors(ERRORS)
.example(REQUEST, REPLY);

/// Of whoever rates.
pub(crate) const ERRORS: &[Code] = &[Code::TaskStateConflict, Code::RatingClosed, Code::AlreadyRated];
pub(crate) const REQUEST: &str = r#"{"score": 5, "comment": "Quick and careful."}"#;
pub(crate) const REPLY: &str = r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "score": 5,
    "comment": "Quick and careful.", "created_at": "2026-02-07T09:00:00.000Z"}"#;

pub struct Body {
    /// 1 to 5.
    pub score: u8,
    pub comment: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "RateTask";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let score = fields.required("score", "5 is the best.", integer(1..=5));
        let comment = fields.optional("comment", "Why.", text(1..=COMMENT_CHARS));
        Some(Self { score: u8::try_from(score?).ok()?, comment })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TaskRating")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    #[schemars(range(min = 1, max = 5))]
    pub score: u8,
    pub comment: Option<String>,
    pub created_at: Moment,
}

impl Reply {
    pub fn of(rating: Rating) -> Self {
        Self { task_id: Id(rating.task), score: rating.score, comment: rating.comment, created_at: Moment(rating.at) }
    }
}
