//! Amounts, exact: never through a float.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// US dollars, or USDC, in micro-dollars: millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Usd(i64);

/// A text or a number that is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a decimal number of dollars with at most six decimals, such as 25.00")]
pub struct NotAnAmount;

const MICROS: i64 = 1_000_000;
const DECIMALS: usize = 6;

impl Usd {
    /// Whole dollars; what is too much for it is the most that it holds.
    pub const fn dollars(dollars: i64) -> Self {
        Self(dollars.saturating_mul(MICROS))
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
}

impl Usd {
    /// Nothing where it is more than is held.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(micros) => Some(Self(micros)),
            None => None,
        }
    }
}

impl fmt::Display for Usd {
    /// With at least two decimals: `25.00`, `0.000001`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, micros) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, part) = (micros / MICROS.unsigned_abs(), micros % MICROS.unsigned_abs());
        let part = format!("{part:06}");
        let cents = part.trim_end_matches('0');
        write!(f, "{sign}{whole}.{cents:0<2}")
    }
}

impl FromStr for Usd {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        // Zeros at the end say nothing.
        let kept = part.trim_end_matches('0');
        if !plain(whole) || !plain(part) || kept.len() > DECIMALS {
            return Err(NotAnAmount);
        }
        let whole: i64 = whole.parse().map_err(|_| NotAnAmount)?;
        let micros: i64 = format!("{kept:0<DECIMALS$}").parse().map_err(|_| NotAnAmount)?;
        let all = whole.checked_mul(MICROS).and_then(|all| all.checked_add(micros));
        all.map(|all| Self(sign * all)).ok_or(NotAnAmount)
    }
}

impl Serialize for Usd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_string()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Usd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        raw.get().trim_matches('"').parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
