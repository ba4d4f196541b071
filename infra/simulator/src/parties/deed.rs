//! What anybody may do, and what is true once it was confirmed.

use domain::status::Status;

/// Something that somebody does. The dice of a command say who does it, to what, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    Create,
    Deposit,
    Cancel,
    Approve,
    Reject,
    RequestChanges,
    Dispute,
    AgentSays,
    AgentWrites,
    AgentRates,
    MakeKey,
    RevokeKey,
    SetWithdrawalAddress,
    Withdraw,
    Accept,
    Start,
    Release,
    Submit,
    OperatorSays,
    OperatorWrites,
    OperatorRates,
    Payout,
    Resolve,
    /// Lists and shows, which change nothing.
    Look,
    /// Sends again what nobody answered.
    AskAgain,
    Relay,
    Work,
    Sweep,
    PassSeconds,
    PassHours,
    PassDays,
}

impl Deed {
    /// How often each is done.
    pub const WEIGHTS: [(u32, Self); 31] = [
        (90, Self::Create),
        (12, Self::Deposit),
        (12, Self::Cancel),
        (50, Self::Approve),
        (25, Self::Reject),
        (20, Self::RequestChanges),
        (30, Self::Dispute),
        (10, Self::AgentSays),
        (15, Self::AgentWrites),
        (10, Self::AgentRates),
        (10, Self::MakeKey),
        (12, Self::RevokeKey),
        (6, Self::SetWithdrawalAddress),
        (12, Self::Withdraw),
        (120, Self::Accept),
        (30, Self::Start),
        (20, Self::Release),
        (130, Self::Submit),
        (10, Self::OperatorSays),
        (15, Self::OperatorWrites),
        (10, Self::OperatorRates),
        (40, Self::Payout),
        (40, Self::Resolve),
        (40, Self::Look),
        (40, Self::AskAgain),
        (120, Self::Relay),
        (100, Self::Work),
        (40, Self::Sweep),
        (40, Self::PassSeconds),
        (14, Self::PassHours),
        (7, Self::PassDays),
    ];

    /// Whether a task that stands there is one to do it to.
    pub fn fits(self, status: Status) -> bool {
        use Status::{Accepted, Cancelled, Completed, Disputed, InProgress, Pending, Submitted, Verified};
        match self {
            Self::Cancel => matches!(status, Pending | Accepted),
            Self::Approve | Self::Reject | Self::RequestChanges => matches!(status, Submitted | Verified),
            Self::Dispute | Self::AgentRates | Self::OperatorRates => status == Completed,
            Self::Resolve | Self::AgentSays | Self::OperatorSays => status == Disputed,
            Self::Accept => status == Pending,
            Self::Start => status == Accepted,
            Self::Release | Self::Submit => matches!(status, Accepted | InProgress),
            _ => status != Cancelled,
        }
    }

    /// Where a task stands, or stood, when this was confirmed.
    pub fn leads_to(self) -> Option<&'static [Status]> {
        match self {
            Self::Accept => Some(&[Status::Accepted]),
            Self::Start | Self::RequestChanges => Some(&[Status::InProgress]),
            Self::Submit => Some(&[Status::Submitted]),
            Self::Approve => Some(&[Status::Completed]),
            Self::Reject | Self::Dispute => Some(&[Status::Disputed]),
            Self::Cancel => Some(&[Status::Cancelled]),
            Self::Resolve => Some(&[Status::Completed, Status::Cancelled]),
            _ => None,
        }
    }
}
