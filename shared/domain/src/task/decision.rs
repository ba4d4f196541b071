//! Who decided on a task's submission, and what: beside the Guardian's result, which may have decided nothing.

use crate::guardian::Decision;
use crate::task::{DisputeOrigin, Manual, Outcome, Task};
use crate::time::Timestamp;
use crate::words::words;

words! {
    /// What was decided.
    DecisionOutcome {
        Approved = "APPROVED",
        Rejected = "REJECTED",
        Released = "RELEASED",
        Refunded = "REFUNDED",
        Split = "SPLIT",
    }
}

words! {
    /// Who decided.
    Decider {
        Guardian = "GUARDIAN",
        Agent = "AGENT",
        Staff = "STAFF",
        /// The agent's time to decide was over.
        Timer = "TIMER",
    }
}

/// The latest decision on a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskDecision {
    pub outcome: DecisionOutcome,
    pub decided_by: Decider,
    pub at: Timestamp,
}

impl TaskDecision {
    /// The agent rejected it, and may have said why.
    pub fn is_objection(&self) -> bool {
        (self.outcome, self.decided_by) == (DecisionOutcome::Rejected, Decider::Agent)
    }
}

impl Task {
    /// The latest decision; none while nobody has decided, or when it ended without a submission.
    pub fn decision(&self) -> Option<TaskDecision> {
        let decided = |outcome, decided_by, at| Some(TaskDecision { outcome, decided_by, at });
        if let Some(resolution) = &self.resolution {
            let outcome = match resolution.outcome {
                Outcome::Release => DecisionOutcome::Released,
                Outcome::Refund => DecisionOutcome::Refunded,
                Outcome::Split => DecisionOutcome::Split,
            };
            return decided(outcome, Decider::Staff, resolution.at);
        }
        if let Some(dispute) = &self.dispute {
            let by = match dispute.origin {
                DisputeOrigin::Guardian => Decider::Guardian,
                DisputeOrigin::Agent | DisputeOrigin::AgentInHold => Decider::Agent,
                DisputeOrigin::Lapse => Decider::Timer,
            };
            return decided(DecisionOutcome::Rejected, by, dispute.at);
        }
        let passed = self.verdict.as_ref().is_some_and(|ruling| ruling.decision == Decision::Approve);
        let by = match self.manual {
            Some(Manual::Approve) => Decider::Agent,
            Some(Manual::Reject | Manual::RequestChanges) | None if passed => Decider::Guardian,
            Some(Manual::Reject | Manual::RequestChanges) | None => Decider::Timer,
        };
        decided(DecisionOutcome::Approved, by, self.completed_at?)
    }
}

#[cfg(test)]
mod tests;
