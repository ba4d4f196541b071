//! `GET /agents/balance`: what can be spent, and what is held for open tasks.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::Money;
use domain::Usd;
use domain::agent::Agent;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getBalance",
    Route::get("/agents/balance", Caller::Agent),
    "Show deposit and escrow balances",
)
.example("", r#"{"deposit_balance": 75.00, "escrow_balance": 29.50, "currency": "USD"}"#);

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Balance")]
pub struct Reply {
    /// Can be spent, but for what is owed.
    pub deposit_balance: Money,
    /// Held for open tasks.
    pub escrow_balance: Money,
    pub currency: &'static str,
    /// Deposits that staff are to look at. Left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_balance: Option<Money>,
    /// Withdrawals on their way. Left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_flight_balance: Option<Money>,
    /// Deposits that were taken back after they were spent: it comes off what can be spent. Left out where it is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owed_usd: Option<Money>,
}

impl From<&Agent> for Reply {
    fn from(agent: &Agent) -> Self {
        let some = |amount: Usd| (amount > Usd::ZERO).then_some(Money(amount));
        Self {
            deposit_balance: Money(agent.deposit),
            escrow_balance: Money(agent.escrow),
            currency: "USD",
            suspended_balance: some(agent.suspended),
            in_flight_balance: some(agent.in_flight),
            owed_usd: some(agent.owed),
        }
    }
}
