//! `/agents/withdrawals`: the agent takes its own money back.

use crate::endpoint::{Caller, Code, Endpoint, PathId, Route};
use crate::operator::payout::status::{PayoutStep, PayoutWay};
use crate::read::{Currency, Fields, Read, money};
use crate::wire::{Id, Moment, Money, Page, Window, Word};
use domain::ids::Id as _;
use domain::limits::{PAYOUT_MAX, PAYOUT_MIN};
use domain::money::payout::{Failure, Payout, PayoutStatus};
use domain::{PayoutId, Usd};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Withdrawal>(
    "requestWithdrawal",
    Route::post("/agents/withdrawals", Caller::Agent),
    "Take the agent's own money back",
)
.about(
    "To the withdrawal address, in USDC on Base. Only what is neither in escrow nor owed; at least $10, $10,000 at the most. \
     `GET /agents/withdrawals/{id}` shows each step.",
)
.body::<Body>()
.idempotent()
.may_take_longer()
.errors(&[
    Code::PaymentMethodUnavailable,
    Code::InsufficientBalance,
    Code::NoWithdrawalAddress,
    Code::IdempotencyKeyReused,
])
.example(r#"{"amount_usd": 50}"#, EXAMPLE)
.links(&[("getWithdrawal", "withdrawal_id")]);

pub const LIST: Endpoint = Endpoint::new::<List>(
    "listWithdrawals",
    Route::get("/agents/withdrawals", Caller::Agent),
    "List the agent's withdrawals, newest first",
)
.query::<Window>()
.example(
    "limit=20",
    r#"{"data": [{"withdrawal_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "reserved", "amount_usd": 50.00,
        "address": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "steps": [{"status": "reserved", "at": "2026-02-14T12:00:00.000Z"}], "tx_hash": null, "confirmed_in_block": null, "confirmations": null,
        "failure": null, "created_at": "2026-02-14T12:00:00.000Z"}],
        "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
);

pub const SHOW: Endpoint = Endpoint::new::<Withdrawal>(
    "getWithdrawal",
    Route::get("/agents/withdrawals/{id}", Caller::Agent),
    "Show a withdrawal, step by step",
)
.id(PathId { about: "The withdrawal.", pattern: PayoutId::PATTERN, example: "payout_01kh3w5v8g3w2f7d5r6n8p9q0s" })
.example("", EXAMPLE);

const EXAMPLE: &str = r#"{"withdrawal_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "reserved", "amount_usd": 50.00,
    "address": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "steps": [{"status": "reserved", "at": "2026-02-14T12:00:00.000Z"}], "tx_hash": null, "confirmed_in_block": null, "confirmations": null,
    "failure": null, "created_at": "2026-02-14T12:00:00.000Z"}"#;

pub struct Body {
    pub amount: Usd,
}

impl Read for Body {
    const NAME: &'static str = "RequestWithdrawal";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let amount = money(Currency::Usdc).within(PAYOUT_MIN..=PAYOUT_MAX);
        Some(Self { amount: fields.required("amount_usd", "US dollars, with at most six decimals.", amount)? })
    }
}

pub type List = Page<Withdrawal>;

#[derive(Serialize, JsonSchema)]
pub struct Withdrawal {
    pub withdrawal_id: Id<PayoutId>,
    pub status: Word<PayoutStatus>,
    pub amount_usd: Money,
    pub address: String,
    /// How it came to stand where it does.
    pub steps: Vec<PayoutStep>,
    /// The transaction that carries it, once there is one.
    pub tx_hash: Option<String>,
    /// The block that the transaction is in, once the chain shows it.
    pub confirmed_in_block: Option<u64>,
    /// Blocks that the transaction had behind it at the last step, its own included.
    pub confirmations: Option<u64>,
    /// Why it failed, if it did: the money is back in the deposit balance.
    pub failure: Option<Word<Failure>>,
    pub created_at: Moment,
}

impl From<Payout> for Withdrawal {
    fn from(payout: Payout) -> Self {
        let (withdrawal_id, status, amount_usd) = (Id(payout.id), Word(payout.status), Money(payout.amount));
        let created_at = Moment(payout.created_at);
        let PayoutWay { destination, steps, tx_hash, confirmed_in_block, confirmations, failure, .. } = payout.into();
        Self {
            withdrawal_id,
            status,
            amount_usd,
            address: destination,
            steps,
            tx_hash,
            confirmed_in_block,
            confirmations,
            failure,
            created_at,
        }
    }
}
