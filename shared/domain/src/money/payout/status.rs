//! Where a payout stands, and the one table of what can happen to it.

use crate::words::words;

words! {
    /// Where a payout stands.
    PayoutStatus {
        /// Taken from who is paid; nothing has left.
        Reserved = "reserved",
        /// An authorization was signed: from here on it may be executed by anybody who has it.
        Signed = "signed",
        /// A transaction that carries it was stored, and is sent until the chain has it.
        Broadcast = "broadcast",
        /// The provider has it, or may have it.
        Submitted = "submitted",
        /// The chain shows it in a block that it calls safe.
        Confirmed = "confirmed",
        /// It has arrived, and that is final.
        Completed = "completed",
        /// It can't arrive any more: the money is back where it came from.
        Failed = "failed",
        /// It had arrived, and the provider gave it back.
        Returned = "returned",
    }
}

words! {
    /// What can happen to a payout.
    PayoutMove {
        Sign = "sign",
        Broadcast = "broadcast",
        Submit = "submit",
        Confirm = "confirm",
        /// The chain forgot the block in which it was seen.
        Unconfirm = "unconfirm",
        Complete = "complete",
        Fail = "fail",
        Return = "return",
    }
}

words! {
    /// Why a payout failed. Whoever is paid gets to see it.
    Failure {
        /// The token's issuer has blocked the address.
        AddressBlocked = "address_blocked",
        /// The address is on a list of sanctions, or is none that can be paid.
        AddressRefused = "address_refused",
        /// It was not executed while its authorization was good.
        Expired = "expired",
        /// Its authorization was cancelled.
        Cancelled = "cancelled",
        /// The provider will not pay it.
        Declined = "declined",
        /// The provider knows no such payee: who is paid must register there first.
        PayeeNotRegistered = "payee_not_registered",
    }
}

use PayoutStatus::{Broadcast, Completed, Confirmed, Failed, Reserved, Returned, Signed, Submitted};

/// Each move with the statuses that it may start from and the one that it leads to.
pub const TABLE: &[(PayoutMove, &[PayoutStatus], PayoutStatus)] = &[
    (PayoutMove::Sign, &[Reserved], Signed),
    (PayoutMove::Broadcast, &[Signed, Broadcast], Broadcast),
    (PayoutMove::Submit, &[Reserved, Submitted], Submitted),
    // Anybody may have executed what was signed, before a transaction of ours was stored.
    (PayoutMove::Confirm, &[Signed, Broadcast], Confirmed),
    (PayoutMove::Unconfirm, &[Confirmed], Broadcast),
    (PayoutMove::Complete, &[Confirmed, Submitted], Completed),
    (PayoutMove::Fail, &[Reserved, Signed, Broadcast, Submitted], Failed),
    (PayoutMove::Return, &[Completed], Returned),
];

impl PayoutStatus {
    /// Where `step` leads from here; `None` when it is not allowed.
    pub fn next(self, step: PayoutMove) -> Option<Self> {
        TABLE.iter().find(|(name, from, _)| *name == step && from.contains(&self)).map(|(_, _, to)| *to)
    }

    /// Whether somebody is still to do something about it.
    pub const fn is_open(self) -> bool {
        match self {
            Reserved | Signed | Broadcast | Submitted | Confirmed => true,
            Completed | Failed | Returned => false,
        }
    }
}
