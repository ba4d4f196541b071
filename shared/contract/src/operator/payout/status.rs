//! `GET /operator/payout/status/{id}`: one of the operator's payouts.

use crate::endpoint::{Caller, Endpoint, PathId, Route};
use crate::wire::{Id, Money, Word};
use domain::PayoutId;
use domain::ids::Id as _;
use domain::money::payout::PayoutStatus;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getPayoutStatus",
    Route::get("/operator/payout/status/{id}", Caller::Operator),
    "Check the status of a payout",
)
.id(PathId { about: "The payout.", pattern: PayoutId::PATTERN, example: "payout_01kh3w5v8g3w2f7d5r6n8p9q0s" })
.example("", r#"{"payout_id": "payout_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "completed", "amount_usd": 50.00}"#);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PayoutState")]
pub struct Reply {
    pub payout_id: Id<PayoutId>,
    pub status: Word<PayoutStatus>,
    pub amount_usd: Money,
}
