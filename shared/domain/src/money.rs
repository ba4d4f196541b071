//! `Usd`: an amount of money. Not a balance that can go below zero, and never a float.

pub mod audit;
pub mod capital;
pub mod deposit;
pub mod ledger;
pub mod payout;
pub mod pricing;
pub mod wallet;

use std::fmt;

/// A non-negative amount in integer micro-dollars (1 USDC unit = 1 micro-dollar).
///
/// There is no serde form: the wire form is decided in `web`, the stored form in `store`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usd(i64);

/// Why a text is not an amount. Displays as what is wrong, to follow the field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Anything but digits with at most one point between them.
    #[error("must be a plain decimal number such as 25 or 25.50: no sign, no exponent")]
    NotDecimal,
    /// More decimals than the currency has.
    #[error("has more than {0} decimals")]
    TooPrecise(u32),
    /// More than this type, or any account, can hold.
    #[error("is too large")]
    TooLarge,
}

impl Usd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole dollars. For constants.
    pub const fn dollars(dollars: u32) -> Self {
        Self(dollars as i64 * 1_000_000)
    }

    /// Micro-dollars as stored; `None` when negative.
    pub const fn from_micros(micros: i64) -> Option<Self> {
        if micros < 0 { None } else { Some(Self(micros)) }
    }

    /// Micro-dollars.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Parses US dollars: digits, at most 2 decimals, no sign, no exponent.
    pub fn parse_usd(text: &str) -> Result<Self, MoneyError> {
        parse(text, 2)
    }

    /// Parses USDC: digits, at most 6 decimals, no sign, no exponent.
    pub fn parse_usdc(text: &str) -> Result<Self, MoneyError> {
        parse(text, 6)
    }

    /// The sum; `None` on overflow.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The difference; `None` when it would be negative.
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Self::from_micros(rest),
            None => None,
        }
    }

    /// `self × bps / 10,000`, rounded half up to the cent.
    pub fn share_to_the_cent(self, bps: u32) -> Self {
        const CENT_BPS: i128 = 10_000 * 10_000;
        let cents = (i128::from(self.0) * i128::from(bps) + CENT_BPS / 2) / CENT_BPS;
        Self(i64::try_from(cents * 10_000).expect("a share of at most 100 % fits like the whole"))
    }
}

fn parse(text: &str, decimals_max: u32) -> Result<Usd, MoneyError> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return Err(MoneyError::NotDecimal),
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(MoneyError::NotDecimal);
    }
    if fraction.len() > decimals_max as usize {
        return Err(MoneyError::TooPrecise(decimals_max));
    }
    // 12 digits of dollars are more than any account holds, and leave room in an i64 of micros.
    if whole.trim_start_matches('0').len() > 12 {
        return Err(MoneyError::TooLarge);
    }
    let padded = format!("{whole}{fraction:0<6}");
    padded.parse().map(Usd).map_err(|_| MoneyError::TooLarge)
}

/// At least two decimals, up to six where there are some: `29.50`, `0.000001`.
impl fmt::Display for Usd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:06}", self.0 % 1_000_000);
        let kept = fraction.trim_end_matches('0').len().max(2);
        write!(f, "{}.{}", self.0 / 1_000_000, &fraction[..kept])
    }
}

#[cfg(test)]
mod tests;
