//! `GET /agents/me`: the profile, and where the agent stands between the fee tiers.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Id, Moment, Money, Word};
use domain::pricing::Tier;
use domain::{AgentId, Mode};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("getAgent", Route::get("/agents/me", Caller::Agent), "Show the agent's profile and fee tier")
        .example(
            "",
            r#"{"agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s", "name": "my-agent", "email": "agent@example.com",
                "company": null, "mode": "test", "fee_tier": {"tier": "STANDARD", "rate_percent": 18,
                "trailing_30d_spend_usd": 25.00, "next_tier_at_usd": 5000.00}, "created_at": "2026-02-05T12:00:00.000Z"}"#,
        );

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Agent")]
pub struct Reply {
    pub agent_id: Id<AgentId>,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub mode: Word<Mode>,
    pub fee_tier: FeeTier,
    pub created_at: Moment,
}

#[derive(Serialize, JsonSchema)]
pub struct FeeTier {
    pub tier: Word<Tier>,
    /// Of the reward; at least $2.00 a task.
    pub rate_percent: u32,
    /// Rewards of tasks completed in the last 30 days, less what disputes gave back.
    pub trailing_30d_spend_usd: Money,
    /// The spend at which the next tier begins; null in the highest.
    pub next_tier_at_usd: Option<Money>,
}
