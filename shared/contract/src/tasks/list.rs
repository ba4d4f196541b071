//! `GET /tasks`: the agent's tasks, newest first.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Form, Read, checked};
use crate::wire::{Id, Moment, Money, Page, Rating, Window, Word};
use domain::status::Status;
use domain::task_type::TaskType;
use domain::{OperatorId, TaskId};
use schemars::{JsonSchema, json_schema};
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("listTasks", Route::get("/tasks", Caller::Agent), "List the agent's tasks, newest first")
        .query::<Query>()
        .example(
            "status=PENDING&limit=20",
            r#"{"data": [{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
                "status": "PENDING", "task_type": "VERIFICATION", "reward_usd": 25.00, "operator": null,
                "created_at": "2026-02-05T12:00:00.000Z", "deadline": "2026-02-10T00:00:00.000Z"}],
                "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
        );

pub struct Query {
    pub filter: Filter,
    pub window: Window,
}

/// Which tasks are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    Status(Status),
    /// Not a status on the wire, but the reference's diagram has it as a box.
    ManualReview,
}

const MANUAL_REVIEW: &str = "MANUAL_REVIEW";

impl Read for Query {
    const NAME: &'static str = "ListTasks";

    fn read(query: &mut impl Fields) -> Option<Self> {
        let window = Window::read(query);
        let about = "A status; MANUAL_REVIEW finds the SUBMITTED tasks that wait for `verify`.";
        let filter = query.optional("status", about, status()).unwrap_or(Filter::All);
        Some(Self { filter, window: window? })
    }
}

fn words() -> Vec<&'static str> {
    Status::ALL.iter().map(|status| status.word()).chain([MANUAL_REVIEW]).collect()
}

fn status() -> impl Form<Value = Filter> {
    checked(
        || json_schema!({ "type": "string", "enum": words() }),
        |text| match text {
            MANUAL_REVIEW => Ok(Filter::ManualReview),
            text => {
                Status::parse(text).map(Filter::Status).ok_or_else(|| format!("must be one of {}", words().join(", ")))
            }
        },
    )
}

pub type Reply = Page<Line>;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TaskLine")]
pub struct Line {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub status: Word<Status>,
    pub task_type: Word<TaskType>,
    pub reward_usd: Money,
    pub operator: Option<Operator>,
    pub created_at: Moment,
    pub deadline: Moment,
}

/// Who does it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ListedOperator")]
pub struct Operator {
    pub id: Id<OperatorId>,
    /// First name and initial.
    pub name: String,
    /// Mean of its ratings, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
}
