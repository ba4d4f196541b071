//! `GET /agents/deposits`: what was credited, and what was taken back, newest first.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Id, Moment, Money, Page, Window, Word};
use domain::TransactionId;
use domain::ledger::Rail;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("listDeposits", Route::get("/agents/deposits", Caller::Agent), "List credited deposits")
        .about("What was taken back, by a reorganisation of the chain or by a chargeback, is a line of its own.")
        .query::<Window>()
        .example(
            "limit=20",
            r#"{"data": [{"transaction_id": "txn_01kh3w5v8g3w2f7d5r6n8p9q0s", "amount_usd": 100.00,
                "status": "confirmed", "rail": "base", "tx_hash": "0xabc...def", "payment_id": null,
                "created_at": "2026-02-05T12:00:00.000Z"}],
                "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
        );

pub type Reply = Page<Deposit>;

#[derive(Serialize, JsonSchema)]
pub struct Deposit {
    pub transaction_id: Id<TransactionId>,
    pub amount_usd: Money,
    /// `confirmed` or `reversed`.
    pub status: &'static str,
    /// The way in.
    pub rail: Word<Rail>,
    /// Of a deposit in USDC.
    pub tx_hash: Option<String>,
    /// Of a deposit in fiat.
    pub payment_id: Option<String>,
    pub created_at: Moment,
}
