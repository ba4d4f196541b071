//! `GET /task-types`: what each type allows, so that nobody has to guess limits.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::wire::{Money, Word};
use domain::task_type::{ProofType, Restriction, TaskDomain, TaskType};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listTaskTypes",
    Route::get("/task-types", Caller::Anyone),
    "List the task types and their limits",
)
.example(
    "",
    r#"{"data": [{"task_type": "PHOTO", "task_domain": "PHYSICAL", "tier": 1, "min_reward_usd": 10.00,
                "max_reward_usd": 10000.00, "default_proof_type": "PHOTO",
                "default_proof_requirements": ["Photo of the subject"], "requires_location": true,
                "requires_agent_public_key": false, "policy": "open"}]}"#,
);

/// The types of work at a place.
pub fn physical() -> Vec<&'static str> {
    words(|kind| kind.domain() == TaskDomain::Physical)
}

/// The types of work that is done anywhere, without those that end in a credential.
pub fn digital() -> Vec<&'static str> {
    words(|kind| kind.domain() == TaskDomain::Digital && !kind.is_credential())
}

/// The types that end in a credential.
pub fn credentials() -> Vec<&'static str> {
    words(TaskType::is_credential)
}

fn words(wanted: impl Fn(TaskType) -> bool) -> Vec<&'static str> {
    TaskType::ALL.iter().filter(|kind| wanted(**kind)).map(|kind| kind.word()).collect()
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TaskTypes")]
pub struct Reply {
    pub data: Vec<Line>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TaskTypeLimits")]
pub struct Line {
    pub task_type: Word<TaskType>,
    pub task_domain: Word<TaskDomain>,
    /// 2 for credential tasks.
    pub tier: u8,
    pub min_reward_usd: Money,
    pub max_reward_usd: Money,
    pub default_proof_type: Word<ProofType>,
    pub default_proof_requirements: &'static [&'static str],
    pub requires_location: bool,
    pub requires_agent_public_key: bool,
    /// How this deployment treats the type.
    pub policy: Word<Restriction>,
}
