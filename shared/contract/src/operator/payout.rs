//! `POST /operator/payout`: withdraws available earnings.

pub mod status;

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Currency, Fields, Read, line, money, wallet, word};
use crate::wire::{Id, Money, Word};
use domain::ledger::Rail;
use domain::limits::{PAYOUT_MAX, PAYOUT_MIN};
use domain::money::payout::PayoutStatus;
use domain::words::words;
use domain::{PayoutId, Usd};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "requestPayout",
    Route::post("/operator/payout", Caller::VerifiedOperator),
    "Withdraw available earnings",
)
.about(
    "At least $10, $10,000 at the most. Test mode pays at once and needs no destination, unless it has a chain. On a chain the \
     answer is 202 and `reserved`, and `GET /operator/payout/status/{id}` shows each step; another wallet than the last one \
     counts after 24 hours. With a sign-in token its owner must have shown a \
     password or code within the last ten minutes.",
)
.body::<Body>()
.idempotent()
.may_take_longer()
.errors(&[
    Code::AddressHold,
    Code::PaymentMethodUnavailable,
    Code::InsufficientAvailableBalance,
    Code::ConfirmationRequired,
    Code::IdempotencyKeyReused,
])
.example(
    r#"{"amount_usd": 50, "payoneer_payee_id": "payee_123"}"#,
    r#"{"payout_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "completed", "amount_usd": 50.00,
        "message": "Payout completed (test mode)"}"#,
);

words! {
    /// How earnings are paid out.
    PayoutMethod { Usdc = "usdc", Payoneer = "payoneer" }
}

pub struct Body {
    pub amount: Usd,
    pub rail: Rail,
    /// Wallet or payee; test mode needs none.
    pub destination: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "RequestPayout";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let amount = fields.required(
            "amount_usd",
            "US dollars, at least 10.",
            money(Currency::Usd).within(PAYOUT_MIN..=PAYOUT_MAX),
        );
        let wallet = fields.optional(
            "wallet_address",
            "Where USDC on Base goes; mixed case must be its checksum (EIP-55).",
            wallet(),
        );
        let payee = fields.optional("payoneer_payee_id", "Whom Payoneer pays.", line(1..=100));
        let about = "`usdc`; `payoneer` when only a payee is named.";
        let method = fields.optional("method", about, word::<PayoutMethod>());
        // The reference's body names only a payee.
        let by_payee = payee.is_some() && wallet.is_none();
        let (rail, destination) = match method {
            Some(PayoutMethod::Payoneer) => (Rail::Payoneer, payee),
            None if by_payee => (Rail::Payoneer, payee),
            Some(PayoutMethod::Usdc) | None => (Rail::Base, wallet),
        };
        Some(Self { amount: amount?, rail, destination })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RequestedPayout")]
pub struct Reply {
    pub payout_id: Id<PayoutId>,
    pub status: Word<PayoutStatus>,
    pub amount_usd: Money,
    pub message: &'static str,
}
