//! `GET /admin/disputes`: tasks that wait for a resolution, latest dispute first.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::submission::{Dispute, Statements};
use crate::wire::{Id, Moment, Money, Page, Window, Word};
use domain::task::Assignee;
use domain::task_type::TaskType;
use domain::{AgentId, OperatorId, TaskId};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("listDisputes", Route::get("/admin/disputes", Caller::Admin), "List disputed tasks")
        .query::<Window>()
        .example(
            "limit=20",
            r#"{"data": [{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
                "task_type": "VERIFICATION", "reward_usd": 25.00, "agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s",
                "operator": {"id": "op_xyz789", "name": "Jane D."}, "created_at": "2026-02-05T12:00:00.000Z",
                "deadline": "2026-02-10T00:00:00.000Z", "dispute": {"origin": "AGENT",
                    "opened_at": "2026-02-06T15:00:00.000Z", "escalated_at": null, "reason": "It is the wrong shop."},
                "statements": {"agent": null, "operator": {"text": "It is the shop at the address that was given.",
                    "stated_at": "2026-02-07T09:00:00.000Z"}}}],
                "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
        );

pub type Reply = Page<DisputedTask>;

/// Who does it, or did.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Assignee")]
pub struct Operator {
    pub id: Id<OperatorId>,
    /// First name and initial.
    pub name: String,
}

impl Operator {
    pub fn of(assignee: &Assignee) -> Self {
        Self { id: Id(assignee.id.clone()), name: assignee.public_name.clone() }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DisputedTaskLine")]
pub struct DisputedTask {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub task_type: Word<TaskType>,
    pub reward_usd: Money,
    pub agent_id: Option<Id<AgentId>>,
    pub operator: Option<Operator>,
    pub created_at: Moment,
    pub deadline: Moment,
    /// Null where it is over already.
    pub dispute: Option<Dispute>,
    pub statements: Statements,
}
