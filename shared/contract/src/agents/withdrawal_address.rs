//! `PUT` and `GET /agents/withdrawal-address`: where the agent's own money goes when it leaves.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, wallet};
use crate::wire::Moment;
use schemars::JsonSchema;
use serde::Serialize;

pub const SET: Endpoint = Endpoint::new::<Reply>(
    "setWithdrawalAddress",
    Route::put("/agents/withdrawal-address", Caller::Agent),
    "Say where the agent's own money goes when it leaves",
)
.about(
    "It counts after 48 hours, and so does any address that takes its place; the one of before counts until then. The event \
     `withdrawal_address.changed` tells whoever else has a key.",
)
.body::<Body>()
.errors(&[Code::PaymentMethodUnavailable])
.example(r#"{"address": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"}"#, EXAMPLE);

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getWithdrawalAddress",
    Route::get("/agents/withdrawal-address", Caller::Agent),
    "Show where the agent's own money goes when it leaves",
)
.errors(&[Code::NoWithdrawalAddress])
.example("", EXAMPLE);

const EXAMPLE: &str = r#"{"address": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "usable_at": "2026-02-07T12:00:00.000Z", "usable_now": null}"#;

pub struct Body {
    pub address: String,
}

impl Read for Body {
    const NAME: &'static str = "SetWithdrawalAddress";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let about = "A wallet on Base; mixed case must be its checksum (EIP-55).";
        Some(Self { address: fields.required("address", about, wallet())? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WithdrawalAddress")]
pub struct Reply {
    pub address: String,
    /// From here on money can go there.
    pub usable_at: Moment,
    /// The address that counts now: this one, the one of before, or none.
    pub usable_now: Option<String>,
}
