//! `GET /operator/payout/status/{id}`: one of the operator's payouts.

use crate::endpoint::{Caller, Endpoint, PathId, Route};
use crate::wire::{Id, Moment, Money, Word};
use domain::ids::Id as _;
use domain::ledger::Rail;
use domain::money::payout::{Failure, Payout, PayoutStatus};
use domain::{PayoutId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getPayoutStatus",
    Route::get("/operator/payout/status/{id}", Caller::Operator),
    "Check the status of a payout",
)
.id(PathId { about: "The payout.", pattern: PayoutId::PATTERN, example: "payout_01kh3w5v8g3w2f7d5r6n8p9q0s" })
.example("", r#"{"payout_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "completed", "amount_usd": 50.00,
        "way": {"rail": "base", "destination": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "steps": [
        {"status": "reserved", "at": "2026-02-14T12:00:00.000Z"}, {"status": "signed", "at": "2026-02-14T12:00:01.000Z"},
        {"status": "broadcast", "at": "2026-02-14T12:00:01.000Z"}, {"status": "confirmed", "at": "2026-02-14T12:02:00.000Z"},
        {"status": "completed", "at": "2026-02-14T12:20:00.000Z"}],
        "tx_hash": "0x5c0b2d4a3f1e6d7c8b9a0f1e2d3c4b5a697887960123456789abcdef01234567", "confirmed_in_block": 22814400, "confirmations": 613,
        "failure": null}}"#);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PayoutState")]
pub struct Reply {
    pub payout_id: Id<PayoutId>,
    pub status: Word<PayoutStatus>,
    pub amount_usd: Money,
    /// How it went. Left out where it was paid at once, as in test mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<PayoutWay>,
}

/// How a payout goes, or went.
#[derive(Serialize, JsonSchema)]
pub struct PayoutWay {
    pub rail: Word<Rail>,
    /// Wallet or payee.
    pub destination: String,
    /// How it came to stand where it does.
    pub steps: Vec<PayoutStep>,
    /// The transaction that carries it, once there is one.
    pub tx_hash: Option<String>,
    /// The block that the transaction is in, once the chain shows it.
    pub confirmed_in_block: Option<u64>,
    /// Blocks that the transaction had behind it at the last step, its own included.
    pub confirmations: Option<u64>,
    /// Why it failed, if it did: the money is back in your balance.
    pub failure: Option<Word<Failure>>,
    /// Where to open an account at the provider, when there was none to pay to. Then ask for the payout again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registration_url: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct PayoutStep {
    pub status: Word<PayoutStatus>,
    pub at: Moment,
}

impl From<Payout> for Reply {
    fn from(payout: Payout) -> Self {
        let at_once = payout.steps.len() == 1 && payout.status == PayoutStatus::Completed;
        Self {
            payout_id: Id(payout.id),
            status: Word(payout.status),
            amount_usd: Money(payout.amount),
            way: (!at_once).then(|| payout.into()),
        }
    }
}

impl From<Payout> for PayoutWay {
    fn from(payout: Payout) -> Self {
        let step = |&(status, at): &(PayoutStatus, Timestamp)| PayoutStep { status: Word(status), at: Moment(at) };
        let settled = payout.settled.as_ref();
        let sent = || payout.attempts.last().map(|attempt| attempt.tx_hash.clone());
        Self {
            rail: Word(payout.rail),
            steps: payout.steps.iter().map(step).collect(),
            tx_hash: settled.map(|settled| settled.tx_hash.clone()).or_else(sent),
            confirmed_in_block: settled.map(|settled| settled.block),
            confirmations: settled.map(|settled| settled.confirmations),
            failure: payout.failure.map(Word),
            registration_url: payout.registration_url,
            destination: payout.destination,
        }
    }
}
