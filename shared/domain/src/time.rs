//! `Timestamp`: a moment. Not a clock: who needs "now" is given it.

pub mod iso8601;

use chrono::{DateTime, SecondsFormat, Utc};
use std::fmt;

/// Milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// One minute in seconds.
pub const MINUTE_S: i64 = 60;
/// One hour in seconds.
pub const HOUR_S: i64 = 3_600;
/// One day in seconds.
pub const DAY_S: i64 = 86_400;

impl Timestamp {
    /// From milliseconds since the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Whole UTC days since the epoch.
    pub const fn day(self) -> i64 {
        self.seconds().div_euclid(DAY_S)
    }

    /// This moment and `seconds` more (or fewer).
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000)))
    }

    /// Parses a moment with its offset, in the years 1970 to 9999; `None` for what [`iso8601::read`] refuses.
    pub fn parse(text: &str) -> Option<Self> {
        iso8601::read(text).ok()
    }
}

/// RFC 3339 in UTC with milliseconds and `Z`: `2026-02-05T12:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match DateTime::<Utc>::from_timestamp_millis(self.0) {
            Some(time) => f.write_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => write!(f, "{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests;
