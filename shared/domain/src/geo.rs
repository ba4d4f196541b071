//! Places on Earth, in scaled integers: text in, the same text out, no float.

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
    /// Parses a plain decimal within ±`max` degrees; decimals after the seventh are dropped.
    pub fn parse(text: &str, max: i32) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) || whole.len() > 3 || fraction.len() > 20 {
            return None;
        }
        let fraction: String = fraction.chars().chain("0000000".chars()).take(7).collect();
        let scaled: i64 = format!("{whole}{fraction}").parse().ok()?;
        (scaled <= i64::from(max) * 10_000_000).then(|| i32::try_from(sign * scaled).ok().map(Self))?
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
