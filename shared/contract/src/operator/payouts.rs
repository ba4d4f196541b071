//! `GET /operator/payouts`: the operator's payouts, newest first.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Id, Moment, Money, Page, Window, Word};
use domain::PayoutId;
use domain::ledger::Rail;
use domain::money::payout::{Payout, PayoutStatus};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listPayouts",
    Route::get("/operator/payouts", Caller::Operator),
    "List the operator's payouts",
)
.query::<Window>()
.example(
    "limit=20",
    r#"{"data": [{"payout_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "completed", "amount_usd": 50.00,
                "rail": "payoneer", "destination": "payee_123", "created_at": "2026-02-14T12:00:00.000Z"}],
                "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
);

pub type Reply = Page<Line>;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Payout")]
pub struct Line {
    pub payout_id: Id<PayoutId>,
    pub status: Word<PayoutStatus>,
    pub amount_usd: Money,
    /// The way out.
    pub rail: Word<Rail>,
    /// Wallet or payee.
    pub destination: String,
    pub created_at: Moment,
}

impl From<Payout> for Line {
    fn from(payout: Payout) -> Self {
        Self {
            payout_id: Id(payout.id),
            status: Word(payout.status),
            amount_usd: Money(payout.amount),
            rail: Word(payout.rail),
            destination: payout.destination,
            created_at: Moment(payout.created_at),
        }
    }
}
