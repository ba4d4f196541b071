//! The platform fee: three tiers by trailing 30-day spend, at least $2 (reference, "Escrow & Pricing").

use crate::limits::FEE_MIN;
use crate::money::Usd;
use crate::words::words;

words! {
    /// A volume tier.
    Tier { Standard = "STANDARD", Growth = "GROWTH", Enterprise = "ENTERPRISE" }
}

/// Spend from which the Growth tier applies.
pub const GROWTH_FROM: Usd = Usd::dollars(5_000);
/// Spend up to and including which the Growth tier applies.
pub const GROWTH_TO: Usd = Usd::dollars(25_000);

impl Tier {
    /// The tier of a trailing 30-day spend: below $5,000, to $25,000 inclusive, above.
    pub fn of(spend: Usd) -> Self {
        if spend < GROWTH_FROM {
            Self::Standard
        } else if spend <= GROWTH_TO {
            Self::Growth
        } else {
            Self::Enterprise
        }
    }

    /// The rate in basis points of the reward.
    pub const fn rate_bps(self) -> u32 {
        match self {
            Self::Standard => 1_800,
            Self::Growth => 1_500,
            Self::Enterprise => 1_200,
        }
    }

    /// The lowest spend of the next tier, if there is one.
    pub const fn next_at(self) -> Option<Usd> {
        match self {
            Self::Standard => Some(GROWTH_FROM),
            Self::Growth => Usd::from_micros(GROWTH_TO.micros() + 10_000),
            Self::Enterprise => None,
        }
    }
}

/// `max($2.00, reward × rate)`, the product rounded half up to the cent.
pub fn fee(reward: Usd, rate_bps: u32) -> Usd {
    reward.share_to_the_cent(rate_bps).max(FEE_MIN)
}

#[cfg(test)]
mod tests;
