//! `GET` and `PATCH /agents/me`: the profile, and where the agent stands between the fee tiers.

use crate::agents::register::NAME_CHARS;
use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, email, line};
use crate::wire::{Id, Moment, Money, Word};
use domain::pricing::Tier;
use domain::{AgentId, Mode};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "getAgent",
    Route::get("/agents/me", Caller::Agent),
    "Show the agent's profile and fee tier",
)
.example("", REPLY);

pub const CHANGE: Endpoint =
    Endpoint::new::<Reply>("updateAgent", Route::patch("/agents/me", Caller::Agent), "Change the agent's profile")
        .about("What is left out stays as it is.")
        .body::<Body>()
        .example(r#"{"email": "agent@example.com"}"#, REPLY);

const REPLY: &str = r#"{"agent_id": "agent_01kh3w5v8g3w2f7d5r6n8p9q0s", "name": "my-agent", "email": "agent@example.com",
    "company": null, "mode": "test", "fee_tier": {"tier": "STANDARD", "rate_percent": 18,
    "trailing_30d_spend_usd": 25.00, "next_tier_at_usd": 5000.00}, "created_at": "2026-02-05T12:00:00.000Z"}"#;

/// What changes.
pub struct Body {
    pub name: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "UpdateAgent";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let name = fields.optional("name", "What the agent is called.", line(1..=NAME_CHARS));
        let email = fields.optional("email", "Where its people can be reached.", email());
        let company = fields.optional("company", "Whose agent it is.", line(1..=NAME_CHARS));
        Some(Self { name, email, company })
    }
}

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
