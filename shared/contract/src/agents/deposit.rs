//! `POST /agents/deposit`: fiat through dLocal.

pub mod status;
pub mod usdc;

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Currency, Fields, Form, Read, https, money, pattern, word};
use crate::wire::{Id, Money};
use domain::limits::{DEPOSIT_MAX, DEPOSIT_MIN};
use domain::words::words;
use domain::{PaymentId, TransactionId, Usd};
use schemars::{JsonSchema, json_schema};
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "depositFiat",
    Route::post("/agents/deposit", Caller::Agent),
    "Add funds by card or bank transfer",
)
.about(
    "Through dLocal, where the deployment has it. In test mode the funds are there at once; else 202, and the payer goes \
     on at `redirect_url`.",
)
.body::<Body>()
.idempotent()
.may_take_longer()
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
    pub method: PaymentMethod,
    /// Where the payer goes afterwards.
    pub return_url: Option<String>,
    /// Two letters.
    pub country: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "DepositFiat";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let amount = money(Currency::Usd).within(DEPOSIT_MIN..=DEPOSIT_MAX);
        let amount = fields.required("amount_usd", "US dollars.", amount);
        let method = fields.required("payment_method", "How it is paid.", word::<PaymentMethod>());
        let return_url = fields.optional("return_url", "Where the payer goes afterwards.", https());
        let country = fields.optional("country", "Of the payer, as in ISO 3166: two letters.", country());
        Some(Self { amount: amount?, method: method?, return_url, country })
    }
}

fn country() -> impl Form<Value = String> {
    let schema = || json_schema!({ "type": "string", "pattern": "^[A-Z]{2}$" });
    pattern("must be two capital letters, such as BR", schema, |text| {
        let is_code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then(|| text.to_owned())
    })
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
    /// Where the payer goes on. Left out where there is nothing left to pay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
}

#[cfg(test)]
mod tests;
