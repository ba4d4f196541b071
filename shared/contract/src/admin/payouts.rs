//! `GET /admin/payouts`: payouts that need a person.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Id, Moment, Money, Page, Window, Word};
use domain::ledger::Rail;
use domain::money::payout::{Payee, Payout, PayoutStatus};
use domain::{AgentId, OperatorId, PayoutId};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listStuckPayouts",
    Route::get("/admin/payouts", Caller::Admin),
    "List payouts that need a person, newest first",
)
.about(
    "Those that are open and have made no step for an hour, or for three days where a provider has them; and those that \
     could not be handled, which nobody tries any more. What failed is over: its money is back with who asked for it.",
)
.query::<Window>()
.example(
    "limit=20",
    r#"{"data": [{"payout_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "operator_id": "op_xyz789", "agent_id": null,
        "status": "broadcast", "amount_usd": 50.00, "rail": "base",
        "destination": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "created_at": "2026-02-14T12:00:00.000Z",
        "since": "2026-02-14T12:00:01.000Z", "parked": false}],
        "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
);

pub type Reply = Page<StuckPayout>;

#[derive(Serialize, JsonSchema)]
pub struct StuckPayout {
    pub payout_id: Id<PayoutId>,
    /// Who is paid; null where it is an agent.
    pub operator_id: Option<Id<OperatorId>>,
    /// Who takes money back; null where it is an operator.
    pub agent_id: Option<Id<AgentId>>,
    pub status: Word<PayoutStatus>,
    pub amount_usd: Money,
    /// The way out.
    pub rail: Word<Rail>,
    /// Wallet or payee.
    pub destination: String,
    pub created_at: Moment,
    /// When it came to stand where it does.
    pub since: Moment,
    /// It could not be handled, and nobody tries any more.
    pub parked: bool,
}

impl StuckPayout {
    pub fn of(payout: Payout, parked: bool) -> Self {
        let since = Moment(payout.moved_at());
        let (operator_id, agent_id) = match payout.payee {
            Payee::Operator(id) => (Some(Id(id)), None),
            Payee::Agent(id) => (None, Some(Id(id))),
        };
        Self {
            payout_id: Id(payout.id),
            operator_id,
            agent_id,
            status: Word(payout.status),
            amount_usd: Money(payout.amount),
            rail: Word(payout.rail),
            destination: payout.destination,
            created_at: Moment(payout.created_at),
            since,
            parked,
        }
    }
}
