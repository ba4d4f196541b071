//! `GET /agents/deposit-address`: where to send USDC.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getDepositAddress",
    Route::get("/agents/deposit-address", Caller::Agent),
    "Show the agent's deposit address on Base",
)
.errors(&[Code::PaymentMethodUnavailable])
.example(
    "",
    r#"{"chain": "base", "chain_id": 84532, "token": "USDC",
        "token_contract": "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
        "address": "0x5c0b2d4a3f1e6d7c8b9a0f1e2d3c4b5a69788796", "min_deposit_usdc": "5.00",
        "max_deposit_usdc": "10000.00",
        "payment_link": "ethereum:0x036CbD53842c5426634e7929541eC2318f3dCF7e@84532/transfer?address=0x5c0b2d4a3f1e6d7c8b9a0f1e2d3c4b5a69788796"}"#,
);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DepositAddress")]
pub struct Reply {
    pub chain: &'static str,
    pub chain_id: u64,
    pub token: &'static str,
    pub token_contract: String,
    /// The same whenever this agent asks.
    pub address: String,
    pub min_deposit_usdc: String,
    pub max_deposit_usdc: String,
    /// For wallets, as a link or a QR code (EIP-681).
    pub payment_link: String,
}
