//! `GET /admin/agents/{id}`: who an agent is, what it has, what it does.

use crate::agents::{balance, withdrawals::Withdrawal};
use crate::endpoint::{Caller, Endpoint, PathId, Route};
use crate::wire::{Id, Moment, Money, Rating, Word};
use domain::ids::Id as _;
use domain::status::Status;
use domain::task_type::TaskType;
use domain::{AgentId, TaskId};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getAgentAsStaff",
    Route::get("/admin/agents/{id}", Caller::Admin),
    "Show an agent to staff, with its balances, withdrawals and latest tasks",
)
.id(PathId { about: "The agent.", pattern: AgentId::PATTERN, example: "agent_01kh3w5v8g3w2f7d5r6n8p9q0s" })
.example(
    "",
    r#"{"agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s", "name": "my-agent", "email": "agent@example.com",
        "company": null, "created_at": "2026-02-05T12:00:00.000Z", "rating": null, "rating_count": 0,
        "balance": {"deposit_balance": 75.00, "escrow_balance": 29.50, "currency": "USD"},
        "tasks": {"created": 3, "completed": 1, "cancelled": 1, "refunded": 0}, "withdrawals": [],
        "recent_tasks": [{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
            "task_type": "VERIFICATION", "status": "DISPUTED", "reward_usd": 25.00,
            "created_at": "2026-02-05T12:00:00.000Z"}]}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StaffAgent")]
pub struct Reply {
    pub agent_id: Id<AgentId>,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub created_at: Moment,
    /// Mean of its ratings by operators, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub balance: balance::Reply,
    pub tasks: Tasks,
    /// The latest twenty, newest first.
    pub withdrawals: Vec<Withdrawal>,
    /// The latest twenty, newest first.
    pub recent_tasks: Vec<TaskLine>,
}

/// How many tasks it has, by what became of them.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AgentTasks")]
pub struct Tasks {
    /// Ever.
    pub created: u64,
    /// Now COMPLETED.
    pub completed: u64,
    /// Now CANCELLED.
    pub cancelled: u64,
    /// Of these, refunded by staff.
    pub refunded: u64,
}

/// A task of an agent or an operator.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StaffTaskLine")]
pub struct TaskLine {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub task_type: Word<TaskType>,
    pub status: Word<Status>,
    pub reward_usd: Money,
    pub created_at: Moment,
}
