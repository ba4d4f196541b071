//! `GET /operator/earnings`: what is pending, what is available, what was earned lately.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Id, Moment, Money, Word};
use domain::TaskId;
use domain::status::Status;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getEarnings",
    Route::get("/operator/earnings", Caller::Operator),
    "Show pending and available earnings",
)
.about("Earnings become available seven days after a task's completion.")
.example(
    "",
    r#"{"pending_balance": 50.00, "available_balance": 200.00, "total_earned": 250.00, "currency": "USD",
                "next_available_at": "2026-02-13T14:31:00.000Z", "recent_tasks": [{"task_id":
                "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront", "reward_usd": 25.00,
                "status": "COMPLETED", "completed_at": "2026-02-06T14:31:00.000Z"}]}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Earnings")]
pub struct Reply {
    pub pending_balance: Money,
    /// Can be withdrawn.
    pub available_balance: Money,
    /// Ever, less what disputes took back.
    pub total_earned: Money,
    pub currency: &'static str,
    /// Payouts on their way. Left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_flight_balance: Option<Money>,
    /// When the next pending amount becomes available.
    pub next_available_at: Option<Moment>,
    pub recent_tasks: Vec<Line>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EarnedTask")]
pub struct Line {
    pub task_id: Id<TaskId>,
    pub title: String,
    pub reward_usd: Money,
    pub status: Word<Status>,
    pub completed_at: Option<Moment>,
}
