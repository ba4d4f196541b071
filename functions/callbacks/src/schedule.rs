//! What follows an attempt: nothing more, or another one after how long. Pure; the caller brings the
//! randomness.

use domain::Timestamp;
use domain::time::{DAY_S, HOUR_S, MINUTE_S};
use outbound::Posted;

/// What follows an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Delivered,
    /// The other side said that it will never want it.
    Unwanted,
    Again {
        /// Seconds from now.
        after_s: i64,
    },
    Exhausted,
}

impl Next {
    /// When there is another attempt after one that ended at `ended_at`.
    pub(crate) fn moment(self, ended_at: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Again { after_s } => Some(ended_at.plus_seconds(after_s)),
            Self::Delivered | Self::Unwanted | Self::Exhausted => None,
        }
    }
}

/// Seconds between one attempt and the next: ten attempts over about 75 hours, as Standard Webhooks
/// recommends.
const WAITS_S: [i64; 9] =
    [5, 5 * MINUTE_S, 30 * MINUTE_S, 2 * HOUR_S, 5 * HOUR_S, 10 * HOUR_S, 14 * HOUR_S, 20 * HOUR_S, 24 * HOUR_S];
/// As long as the other side may put us off.
const RETRY_AFTER_S_MAX: i64 = DAY_S;
/// HTTP "Gone".
pub(crate) const GONE: u16 = 410;

/// Seconds after which an event is not sent any more: its ten attempts, each as late as it can be.
const GIVEN_UP_S: i64 = 5 * DAY_S;

/// What the event says of it.
pub(crate) const TOO_LATE: &str = "too_late";

/// Whether an event of `at` that must wait until `until` has waited long enough.
pub(crate) fn is_too_old(at: Timestamp, until: Timestamp) -> bool {
    until > at.plus_seconds(GIVEN_UP_S)
}

/// What follows `attempt`, 1 for the first, that ended with `answer`.
pub(crate) fn next(attempt: u32, answer: Posted, jitter: u8) -> Next {
    let asked_s = match answer {
        _ if is_delivered(answer) => return Next::Delivered,
        Posted::Answered { status: GONE, .. } => return Next::Unwanted,
        Posted::Answered { retry_after_s, .. } => retry_after_s.unwrap_or(0),
        Posted::Failed(_) => 0,
    };
    after_failure(attempt, i64::try_from(asked_s).unwrap_or(i64::MAX).min(RETRY_AFTER_S_MAX), jitter)
}

/// What follows `attempt` that failed, not before `asked_s` seconds are over.
pub(crate) fn after_failure(attempt: u32, asked_s: i64, jitter: u8) -> Next {
    match after(attempt, jitter) {
        Some(after_s) => Next::Again { after_s: after_s.max(asked_s) },
        None => Next::Exhausted,
    }
}

/// Whether the other side took it: 2xx and nothing else.
pub(crate) fn is_delivered(answer: Posted) -> bool {
    matches!(answer, Posted::Answered { status: 200..=299, .. })
}

/// Seconds from a failed `attempt` to the next, give or take a fifth by `jitter`: 0 is the shortest,
/// 255 the longest. None after the last.
fn after(attempt: u32, jitter: u8) -> Option<i64> {
    let index = usize::try_from(attempt.checked_sub(1)?).ok()?;
    // 0.8 + 0.4 * jitter / 255, in whole numbers.
    WAITS_S.get(index).map(|wait_s| wait_s * (1_020 + 2 * i64::from(jitter)) / 1_275)
}

#[cfg(test)]
mod tests;
