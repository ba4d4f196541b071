//! Who moves next, until when, and what happens if they do not: no money is stuck without a date.

use crate::guardian::{Finding, ReviewReason};
use crate::limits::{DISPUTE_S, ESCALATION_S, JUDGE_S, REVIEW_S};
use crate::status::Status;
use crate::task::Task;
use crate::time::Timestamp;
use crate::words::words;

words! {
    /// A kind of thing that becomes due; the sweeper has one rule for each. Money first: this is the order in which they
    /// are swept.
    DueKind {
        /// The time to accept or to submit is over: back to the feed, and at the deadline a refund.
        Expire = "expire",
        /// The agent is late: complete, or dispute.
        Review = "review",
        /// The Guardian is late: manual review.
        Judge = "judge",
        /// Staff are late: escalate.
        Dispute = "dispute",
        /// A payout is to be looked at again.
        Payout = "payout",
        /// A callback is to be tried again.
        Callback = "callback",
    }
}

/// Something that becomes due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub kind: DueKind,
    pub at: Timestamp,
}

words! {
    /// Who moves next.
    Party { Agent = "AGENT", Operator = "OPERATOR", Guardian = "GUARDIAN", Staff = "STAFF", System = "SYSTEM" }
}

/// The next step of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextAction {
    pub by: Party,
    /// What: a verb of the API where there is one.
    pub action: &'static str,
    /// Until when.
    pub due_at: Timestamp,
    /// What happens then.
    pub on_due: &'static str,
    /// How, where that is not plain.
    pub hint: Option<&'static str>,
}

/// Of a credential, which the Guardian cannot look into.
const CONFIRM_CREDENTIAL: &str =
    "Retrieve the credential, try it, and approve or reject it: nobody but you can open it.";

impl Task {
    /// What becomes due for this task if nobody moves it.
    pub fn due(&self) -> Option<Due> {
        let due = |kind, at: Timestamp| Some(Due { kind, at });
        match self.status {
            Status::Pending | Status::Accepted | Status::InProgress => {
                due(DueKind::Expire, self.work_until().unwrap_or(self.deadline))
            }
            Status::Submitted | Status::Verified => match (&self.verdict, self.submitted_at) {
                (Some(ruling), _) => due(DueKind::Review, ruling.at.plus_seconds(REVIEW_S)),
                (None, Some(submitted_at)) => due(DueKind::Judge, submitted_at.plus_seconds(JUDGE_S)),
                (None, None) => None,
            },
            Status::Disputed => {
                let dispute = self.dispute.as_ref()?;
                let first = dispute.at.plus_seconds(DISPUTE_S);
                due(DueKind::Dispute, dispute.escalated_at.map_or(first, |at| at.plus_seconds(ESCALATION_S)))
            }
            Status::Completed | Status::Cancelled => None,
        }
    }

    /// Whether it is this that the task waited for, and its time has come.
    pub fn is_due(&self, kind: DueKind, now: Timestamp) -> bool {
        self.due().is_some_and(|due| due.kind == kind && due.at <= now)
    }

    /// Who moves next at `now`; nobody once the money is where it stays.
    pub fn next_action(&self, now: Timestamp) -> Option<NextAction> {
        let next = |by, action, due_at, on_due| Some(NextAction { by, action, due_at, on_due, hint: None });
        match self.status {
            Status::Pending => next(Party::Operator, "accept", self.deadline, "CANCELLED"),
            Status::Accepted | Status::InProgress => {
                let until = self.work_until()?;
                let on_due = if until < self.deadline { "PENDING" } else { "CANCELLED" };
                next(Party::Operator, "submit", until, on_due)
            }
            Status::Submitted | Status::Verified => {
                let due_at = self.due()?.at;
                match &self.verdict {
                    None => next(Party::Guardian, "judge", due_at, "MANUAL_REVIEW"),
                    Some(ruling) => {
                        let on_due = if ruling.finding == Finding::Clean { "COMPLETED" } else { "DISPUTED" };
                        let unopened = ruling.review_reason == Some(ReviewReason::AgentConfirmation);
                        let hint = unopened.then_some(CONFIRM_CREDENTIAL);
                        Some(NextAction { by: Party::Agent, action: "verify", due_at, on_due, hint })
                    }
                }
            }
            Status::Disputed => next(Party::Staff, "resolve", self.due()?.at, "ESCALATED"),
            Status::Completed => {
                let hold_until = self.hold_until.filter(|until| now < *until)?;
                next(Party::System, "release_earnings", hold_until, "AVAILABLE")
            }
            Status::Cancelled => None,
        }
    }
}

#[cfg(test)]
mod tests;
