//! `/operator/tasks`: finding and doing tasks.

pub mod accept;
pub mod browse;
pub mod check;
pub mod messages;
pub mod mine;
pub mod rating;
pub mod release;
pub mod show;
pub mod start;
pub mod statement;
pub mod submit;

use crate::wire::{Rating, Share};
use domain::agent::Agent;
use schemars::JsonSchema;
use serde::Serialize;

/// What operators see of the agent of a task.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "RatedAgent")]
pub struct Reputation {
    /// Mean of its ratings by operators, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    /// Of its tasks that were submitted and decided on, the share that is COMPLETED; null before the first. The others
    /// were refunded by staff.
    pub approval_rate: Option<Share>,
}

impl Reputation {
    pub fn of(agent: &Agent) -> Self {
        Self {
            rating: Rating::of(agent.ratings),
            rating_count: agent.ratings.count,
            approval_rate: Share::of(agent.tasks_completed, agent.tasks_decided()),
        }
    }
}
