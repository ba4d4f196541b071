//! What a transaction offers per unit of gas, and how much more the one must that takes its place. Not what the
//! market asks: a node knows that.

/// In wei per unit of gas. The part of whoever builds the block is within the whole; a node takes no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fees {
    max_fee_wei: u128,
    max_priority_fee_wei: u128,
}

impl Fees {
    /// `None` when the priority fee exceeds the whole.
    pub fn new(max_fee_wei: u128, max_priority_fee_wei: u128) -> Option<Self> {
        (max_priority_fee_wei <= max_fee_wei).then_some(Self { max_fee_wei, max_priority_fee_wei })
    }

    /// What is paid at most, the base fee included.
    pub fn max_fee_wei(&self) -> u128 {
        self.max_fee_wei
    }

    pub fn max_priority_fee_wei(&self) -> u128 {
        self.max_priority_fee_wei
    }
}

/// What attempt `attempt` offers when attempt 0 offered `first`: for each attempt an eighth more of both fees, rounded
/// up, where nodes ask a tenth. `None` when that would exceed `cap_wei`, then and for all later attempts: what waits
/// is left to wait, because a smaller raise would only be refused.
pub fn bumped(first: Fees, attempt: u32, cap_wei: u128) -> Option<Fees> {
    let mut fees = first;
    for _ in 0..attempt {
        if fees.max_fee_wei > cap_wei {
            return None;
        }
        fees =
            Fees { max_fee_wei: raised(fees.max_fee_wei)?, max_priority_fee_wei: raised(fees.max_priority_fee_wei)? };
    }
    (fees.max_fee_wei <= cap_wei).then_some(fees)
}

/// An eighth more, and always more: a node that is offered nothing again refuses that too.
fn raised(wei: u128) -> Option<u128> {
    wei.checked_add(wei.div_ceil(8).max(1))
}

#[cfg(test)]
mod tests;
