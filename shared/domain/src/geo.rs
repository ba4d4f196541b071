//! Places on Earth, in scaled integers: text in, the same text out, no float.

pub mod cell;
pub mod decimal;
mod distance;

use std::fmt;

/// Degrees in units of 10⁻⁷ (about a centimetre).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Degrees(i32);

/// A point: latitude and longitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// −90 to 90.
    pub lat: Degrees,
    /// −180 to 180.
    pub lng: Degrees,
}

impl Degrees {
    /// Parses a decimal number within ±`max` degrees, rounded to the seventh decimal.
    pub fn parse(text: &str, max: i32) -> Option<Self> {
        let units = decimal::scaled(text, 7)?.units;
        let within = units.abs() <= i64::from(max) * 10_000_000;
        within.then(|| i32::try_from(units).ok().map(Self))?
    }

    /// Units of 10⁻⁷ degrees.
    pub const fn scaled(self) -> i32 {
        self.0
    }

    /// From units of 10⁻⁷ degrees, as stored.
    pub const fn from_scaled(scaled: i32) -> Self {
        Self(scaled)
    }
}

impl Point {
    /// Parses a latitude and a longitude.
    pub fn parse(lat: &str, lng: &str) -> Option<Self> {
        Some(Self { lat: Degrees::parse(lat, 90)?, lng: Degrees::parse(lng, 180)? })
    }
}

/// The shortest decimal: `40.7128`, `-74.006`, `0`.
impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let fraction = format!("{:07}", size % 10_000_000);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{}", size / 10_000_000),
            kept => write!(f, "{sign}{}.{kept}", size / 10_000_000),
        }
    }
}

#[cfg(test)]
mod tests;
