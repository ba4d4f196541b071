//! `/admin/suspense`: deposits that came in and that staff are to look at before anybody spends them.

use crate::endpoint::{Caller, Code, Endpoint, PathId, Route};
use crate::wire::{Id, Moment, Money, Page, Window, Word};
use domain::ids::Id as _;
use domain::money::deposit::{DepositStatus, Suspicion};
use domain::{AgentId, TransactionId};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<List>(
    "listSuspense",
    Route::get("/admin/suspense", Caller::Admin),
    "List deposits in suspense, newest first",
)
.query::<Window>()
.example(
    "limit=20",
    r#"{"data": [{"transaction_id": "txn_01kh3w5v8g3w2f7d5r6n8p9q0s", "agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s",
        "amount_usd": 4.99, "reason": "below_minimum", "status": "suspended",
        "tx_hash": "0x5c0b2d4a3f1e6d7c8b9a0f1e2d3c4b5a697887960123456789abcdef01234567",
        "senders": ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8"], "at": "2026-02-05T12:00:00.000Z"}],
        "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
);

pub const RELEASE: Endpoint = Endpoint::new::<Suspended>(
    "releaseSuspense",
    Route::post("/admin/suspense/{id}/release", Caller::Admin),
    "Credit a deposit that is in suspense",
)
.id(PathId {
    about: "The deposit's transaction.",
    pattern: TransactionId::PATTERN,
    example: "txn_01kh3w5v8g3w2f7d5r6n8p9q0s",
})
.errors(&[Code::NotSuspended])
.example(
    "",
    r#"{"transaction_id": "txn_01kh3w5v8g3w2f7d5r6n8p9q0s", "agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s",
        "amount_usd": 4.99, "reason": "below_minimum", "status": "completed",
        "tx_hash": "0x5c0b2d4a3f1e6d7c8b9a0f1e2d3c4b5a697887960123456789abcdef01234567",
        "senders": ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8"], "at": "2026-02-05T12:00:00.000Z"}"#,
);

pub type List = Page<Suspended>;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SuspendedDeposit")]
pub struct Suspended {
    pub transaction_id: Id<TransactionId>,
    pub agent_id: Id<AgentId>,
    pub amount_usd: Money,
    /// Why it was suspended.
    pub reason: Option<Word<Suspicion>>,
    pub status: Word<DepositStatus>,
    pub tx_hash: Option<String>,
    /// Whose tokens they were.
    pub senders: Vec<String>,
    /// When it came to stand where it does.
    pub at: Moment,
}
