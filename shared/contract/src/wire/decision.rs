//! Who decided on a submission, and what.

use super::{Moment, Word};
use domain::decision::{Decider, DecisionOutcome};
use domain::task::Task;
use schemars::JsonSchema;
use serde::Serialize;

/// Why silence decides.
const OVERDUE: &str = "Nobody decided within the 72 hours of the review.";

/// The latest decision on a submission; staff's is final.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "TaskDecision")]
pub struct Decision {
    pub outcome: Word<DecisionOutcome>,
    pub decided_by: Word<Decider>,
    /// In the words of whoever decided; null where there are none.
    pub reason: Option<String>,
    pub at: Moment,
}

impl Decision {
    /// Of a task, with what lies beside it: the Guardian's reasoning and the agent's objection.
    pub fn of(task: &Task, reasoning: Option<&str>, objection: Option<&str>) -> Option<Self> {
        let decision = task.decision()?;
        let reason = match decision.decided_by {
            Decider::Guardian => reasoning,
            Decider::Agent => objection.filter(|_| decision.is_objection()),
            Decider::Staff => task.resolution.as_ref().map(|resolution| resolution.rationale.as_str()),
            Decider::Timer => Some(OVERDUE),
        };
        let (outcome, decided_by) = (Word(decision.outcome), Word(decision.decided_by));
        Some(Self { outcome, decided_by, reason: reason.map(ToOwned::to_owned), at: Moment(decision.at) })
    }
}
