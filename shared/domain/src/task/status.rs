//! The statuses and the one table that says which move leads where.
//!
//! The decision functions in `moves`, the document `docs/LIFECYCLE.md` and the tests read this table.

use crate::words::words;

words! {
    /// Where a task stands. The only status words on the wire (reference, "Task Lifecycle").
    Status {
        Pending = "PENDING",
        Accepted = "ACCEPTED",
        InProgress = "IN_PROGRESS",
        Submitted = "SUBMITTED",
        Verified = "VERIFIED",
        Completed = "COMPLETED",
        Disputed = "DISPUTED",
        Cancelled = "CANCELLED",
    }
}

words! {
    /// What can happen to a task after its creation.
    Move {
        Accept = "accept",
        Start = "start",
        Release = "release",
        Submit = "submit",
        Pass = "guardian passes (confidence >= 90)",
        Review = "guardian asks for review (confidence 50-89)",
        Fail = "guardian fails (confidence < 50)",
        Approve = "verify APPROVE",
        Reject = "verify REJECT",
        RequestChanges = "verify REQUEST_CHANGES",
        Cancel = "cancel",
        Expire = "expire",
        WindowOver = "work window over",
        LapseApproved = "review overdue, seen and nothing wrong",
        LapseRejected = "review overdue, otherwise",
        Dispute = "dispute",
        ResolveRelease = "resolve RELEASE",
        ResolveRefund = "resolve REFUND",
        ResolveSplit = "resolve SPLIT",
    }
}

use Move as M;
use Status as S;

/// Each move with the statuses that it may start from and the one that it leads to.
///
/// VERIFIED is passed through in the commit that completes a task: both times are stamped.
pub const TABLE: &[(Move, &[Status], Status)] = &[
    (M::Accept, &[S::Pending], S::Accepted),
    (M::Start, &[S::Accepted], S::InProgress),
    (M::Release, &[S::Accepted, S::InProgress], S::Pending),
    (M::Submit, &[S::Accepted, S::InProgress], S::Submitted),
    (M::Pass, &[S::Submitted], S::Completed),
    (M::Review, &[S::Submitted], S::Submitted),
    (M::Fail, &[S::Submitted], S::Disputed),
    (M::Approve, &[S::Submitted, S::Verified], S::Completed),
    (M::Reject, &[S::Submitted, S::Verified], S::Disputed),
    (M::RequestChanges, &[S::Submitted], S::InProgress),
    (M::Cancel, &[S::Pending, S::Accepted], S::Cancelled),
    (M::Expire, &[S::Pending, S::Accepted, S::InProgress], S::Cancelled),
    (M::WindowOver, &[S::Accepted, S::InProgress], S::Pending),
    (M::LapseApproved, &[S::Submitted], S::Completed),
    (M::LapseRejected, &[S::Submitted], S::Disputed),
    (M::Dispute, &[S::Completed], S::Disputed),
    (M::ResolveRelease, &[S::Disputed], S::Completed),
    (M::ResolveRefund, &[S::Disputed], S::Cancelled),
    (M::ResolveSplit, &[S::Disputed], S::Completed),
];

impl Status {
    /// Where `step` leads from here; `None` when it is not allowed.
    pub fn next(self, step: Move) -> Option<Self> {
        TABLE.iter().find(|(name, from, _)| *name == step && from.contains(&self)).map(|(_, _, to)| *to)
    }

    /// Nothing in escrow and nothing left to do.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }
}

#[cfg(test)]
mod tests;
