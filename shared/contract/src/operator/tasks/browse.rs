//! `GET /operator/tasks`: the feed of pending tasks, newest first.

use super::Reputation;
use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, word};
use crate::wire::{Id, Location, Moment, Money, Page, Window, Word};
use domain::TaskId;
use domain::task_type::TaskType;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("browseTasks", Route::get("/operator/tasks", Caller::Operator), "Browse available tasks")
        .about(
            "Pending tasks whose deadline has not passed. The total counts to 1,000 of each type, and may be a minute \
             old where there are many; the tasks never are.",
        )
        .query::<Query>()
        .example(
            "task_type=VERIFICATION",
            r#"{"data": [{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
                "description": "Take a clear photo...", "task_type": "VERIFICATION",
                "location": {"lat": 40.7128, "lng": -74.006, "address": "123 Main St"}, "reward_usd": 25.00,
                "deadline": "2026-02-10T00:00:00.000Z", "proof_requirements": ["Photo of storefront sign"],
                "created_at": "2026-02-05T12:00:00.000Z",
                "agent": {"rating": 4.6, "rating_count": 12, "approval_rate": 0.97}}],
                "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
        );

pub struct Query {
    pub task_type: Option<TaskType>,
    pub window: Window,
}

impl Read for Query {
    const NAME: &'static str = "BrowseTasks";

    fn read(query: &mut impl Fields) -> Option<Self> {
        let window = Window::read(query);
        let task_type = query.optional("task_type", "Only tasks of this type.", word());
        Some(Self { task_type, window: window? })
    }
}

pub type Reply = Page<Line>;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AvailableTask")]
pub struct Line {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub description: String,
    pub task_type: Word<TaskType>,
    pub location: Location,
    pub reward_usd: Money,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    pub created_at: Moment,
    pub agent: Reputation,
}
