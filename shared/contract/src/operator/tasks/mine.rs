//! `GET /operator/tasks/mine`: tasks that the operator has accepted, latest first.

use super::Reputation;
use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Id, Location, Moment, Money, Page, Window, Word};
use domain::TaskId;
use domain::status::Status;
use domain::task_type::TaskType;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listOperatorTasks",
    Route::get("/operator/tasks/mine", Caller::Operator),
    "List the tasks that the operator has accepted",
)
.query::<Window>()
.example(
    "limit=20",
    r#"{"data": [{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
        "status": "ACCEPTED", "task_type": "VERIFICATION",
        "location": {"lat": 40.7128, "lng": -74.006, "address": "123 Main St"}, "reward_usd": 25.00,
        "deadline": "2026-02-10T00:00:00.000Z", "accepted_at": "2026-02-05T13:00:00.000Z", "completed_at": null,
        "created_at": "2026-02-05T12:00:00.000Z",
        "agent": {"rating": 4.6, "rating_count": 12, "approval_rate": 0.97}}],
        "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
);

pub type Reply = Page<Line>;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AcceptedTaskLine")]
pub struct Line {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub status: Word<Status>,
    pub task_type: Word<TaskType>,
    pub location: Location,
    pub reward_usd: Money,
    pub deadline: Moment,
    pub accepted_at: Option<Moment>,
    pub completed_at: Option<Moment>,
    pub created_at: Moment,
    pub agent: Reputation,
}
