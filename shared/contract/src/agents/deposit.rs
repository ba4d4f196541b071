//! `POST /agents/deposit`: fiat through dLocal.

pub mod status;
pub mod usdc;

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Currency, Fields, Read, https, money, word};
use crate::wire::{Id, Money};
use domain::limits::{DEPOSIT_MAX, DEPOSIT_MIN};
use domain::words::words;
use domain::{PaymentId, TransactionId, Usd};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "depositFiat",
    Route::post("/agents/deposit", Caller::Agent),
    "Add funds by card or bank transfer",
)
.about("Coming soon, through dLocal. In test mode the funds are there at once.")
.body::<Body>()
.idempotent()
.errors(&[Code::PaymentMethodUnavailable, Code::IdempotencyKeyReused])
.example(
    r#"{"amount_usd": 100, "payment_method": "card", "return_url": "https://example.com/paid"}"#,
    r#"{"transaction_id": "txn_01kh3w5v8g3w2f7d5r6n8p9q0s", "amount_usd": 100.00, "status": "completed",
                "message": "Funds added (test mode)", "payment_id": "pay_01kh3w5v8g3w2f7d5r6n8p9q0s"}"#,
)
.links(&[]);

words! {
    /// How fiat can be paid.
    PaymentMethod { Card = "card", BankTransfer = "bank_transfer" }
}

pub struct Body {
    pub amount: Usd,
}

impl Read for Body {
    const NAME: &'static str = "DepositFiat";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let amount = money(Currency::Usd).within(DEPOSIT_MIN..=DEPOSIT_MAX);
        let amount = fields.required("amount_usd", "US dollars.", amount);
        let method = fields.required("payment_method", "How it is paid.", word::<PaymentMethod>());
        let _ = fields.optional("return_url", "Where the payer goes afterwards.", https());
        method?;
        Some(Self { amount: amount? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FiatDeposit")]
pub struct Reply {
    pub transaction_id: Id<TransactionId>,
    pub amount_usd: Money,
    pub status: &'static str,
    pub message: &'static str,
    /// For `GET /agents/deposit/status`.
    pub payment_id: Id<PaymentId>,
}

#[cfg(test)]
mod tests;
