//! `GET /admin/operators/{id}`: who an operator is, what they have done, what they have earned.

use super::agent::TaskLine;
use super::operators::Checked;
use crate::endpoint::{Caller, Endpoint, PathId, Route};
use crate::operator::{me, payouts};
use crate::wire::Money;
use domain::OperatorId;
use domain::ids::Id as _;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getOperatorAsStaff",
    Route::get("/admin/operators/{id}", Caller::Admin),
    "Show an operator to staff, with record, earnings, payouts and latest tasks",
)
.id(PathId { about: "The operator.", pattern: OperatorId::PATTERN, example: "op_xyz789" })
.example(
    "",
    r#"{"profile": {"operator_id": "op_xyz789", "name": "Jane Doe", "email": "jane@example.com", "phone": null,
        "location": {"city": "New York", "country": "US", "lat": 40.71, "lng": -74.0004399}, "skills": ["PHOTO"],
        "kyc_status": "VERIFIED", "record": {"accepted": 14, "at_work": 1, "at_work_max": 20, "completed": 11,
        "released": 1, "no_shows": 1, "disputes_lost": 0}, "rating": 4.8, "rating_count": 9,
        "created_at": "2026-02-05T12:00:00.000Z"}, "checked": {"by": "admin", "at": "2026-02-06T09:00:00.000Z"},
        "earnings": {"pending_balance": 25.00, "available_balance": 50.00, "in_flight_balance": 0.00,
            "total_earned": 125.00},
        "payouts": [{"payout_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "completed", "amount_usd": 50.00,
            "rail": "payoneer", "destination": "payee_123", "created_at": "2026-02-14T12:00:00.000Z"}],
        "recent_tasks": [{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "title": "Verify storefront signage",
            "task_type": "VERIFICATION", "status": "DISPUTED", "reward_usd": 25.00,
            "created_at": "2026-02-05T12:00:00.000Z"}]}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StaffOperator")]
pub struct Reply {
    /// As the operator sees it.
    pub profile: me::Reply,
    /// What staff did last about the identity; null where nobody has yet.
    pub checked: Option<Checked>,
    pub earnings: Earned,
    /// The latest twenty, newest first.
    pub payouts: Vec<payouts::Line>,
    /// The latest twenty, latest accepted first.
    pub recent_tasks: Vec<TaskLine>,
}

/// What an operator has earned.
#[derive(Serialize, JsonSchema)]
pub struct Earned {
    /// On hold.
    pub pending_balance: Money,
    /// Can be withdrawn.
    pub available_balance: Money,
    /// On its way out.
    pub in_flight_balance: Money,
    /// Ever.
    pub total_earned: Money,
}
