//! `GET` and `POST /agents/deposit/status`: where a fiat payment stands.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, pattern};
use crate::wire::{Id, Money, Word};
use domain::PaymentId;
use domain::ids::Id as _;
use domain::money::deposit::DepositStatus;
use schemars::{JsonSchema, json_schema};
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getDepositStatus",
    Route::get("/agents/deposit/status", Caller::Agent),
    "Check the status of a fiat payment",
)
.query::<Payment>()
.errors(&[Code::NotFound])
.example("payment_id=pay_01kh3w5v8g3w2f7d5r6n8p9q0s", REPLY);

/// The reference shows a body; both work.
pub const BY_BODY: Endpoint = Endpoint::new::<Reply>(
    "getDepositStatusByPost",
    Route::post("/agents/deposit/status", Caller::Agent),
    "Check the status of a fiat payment",
)
.about("The same as GET.")
.body::<Payment>()
.errors(&[Code::NotFound])
.example(r#"{"payment_id": "pay_01kh3w5v8g3w2f7d5r6n8p9q0s"}"#, REPLY);

const REPLY: &str = r#"{"payment_id": "pay_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "completed", "amount_usd": 100.00}"#;

pub struct Payment {
    /// A text that is no payment id is the id of no payment.
    pub id: Option<PaymentId>,
}

impl Read for Payment {
    const NAME: &'static str = "Payment";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let form = pattern(
            "must be a payment id: pay_ and 26 characters",
            || json_schema!({ "type": "string", "pattern": PaymentId::PATTERN }),
            |text| Some(PaymentId::parse(text)),
        );
        Some(Self { id: fields.required("payment_id", "As the deposit answered it.", form)? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PaymentStatus")]
pub struct Reply {
    pub payment_id: Id<PaymentId>,
    pub status: Word<DepositStatus>,
    pub amount_usd: Money,
}
