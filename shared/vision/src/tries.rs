//! How long, and how often. Asked again is only where no answer began, or who answered was busy: what is late, or broke off
//! within, has been paid for.

use crate::{Answer, Unanswered};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// How long who asks will wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until there is a connection. Those to AWS are `aws`', which has a limit of its own.
    pub connect: Duration,
    /// For one try, connection and all.
    pub one_try: Duration,
    /// For all tries and the pauses between them.
    pub all_tries: Duration,
    /// Before the second try; before the third it is twice as long. Up to half of it is left out, by chance.
    pub pause: Duration,
}

/// The first try and two more.
const TRIES_MAX: u32 = 3;
/// A provider that wants more than this is not waited for: who asks has other ways to come back later.
const WISH_MAX: Duration = Duration::from_secs(5);

/// How one try failed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// Another one may do better, after as long as the provider wishes, if it says.
    ForNow(Option<Duration>),
    ForGood(Unanswered),
}

impl Failed {
    /// By a status that is none of success.
    pub(crate) fn of_status(status: u16, code: Option<&str>, retry_after: Option<&str>) -> Self {
        match status {
            401 | 403 => Self::ForGood(Unanswered::Access),
            408 => Self::ForGood(Unanswered::Timeout),
            413 => Self::ForGood(Unanswered::TooLarge),
            // In Bedrock's words the model behind it failed.
            424 | 429 | 500..=599 => Self::ForNow(retry_after.and_then(seconds)),
            _ => Self::ForGood(Unanswered::Odd(format!("{status} {}", code.unwrap_or_default()).trim_end().to_owned())),
        }
    }
}

impl From<Unanswered> for Failed {
    fn from(unanswered: Unanswered) -> Self {
        Self::ForGood(unanswered)
    }
}

/// `Retry-After` in seconds; its rare date form counts as absent.
fn seconds(value: &str) -> Option<Duration> {
    value.trim().parse().ok().map(Duration::from_secs)
}

/// Tries `once` until that answers, fails for good, or there is no time for another.
pub(crate) async fn ask<F>(limits: &Limits, once: impl Fn() -> F) -> Result<Answer, Unanswered>
where
    F: Future<Output = Result<Answer, Failed>>,
{
    let end = Instant::now() + limits.all_tries;
    for tried in 0..TRIES_MAX {
        let left = end.saturating_duration_since(Instant::now());
        let wish = match timeout(left.min(limits.one_try), once()).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(Failed::ForGood(why))) => return Err(why),
            Ok(Err(Failed::ForNow(wish))) => wish.unwrap_or_default(),
            Err(_) => return Err(Unanswered::Timeout),
        };
        let pause = wish.max(shortened(limits.pause * 2_u32.pow(tried), getrandom::u32().unwrap_or_default()));
        if tried + 1 == TRIES_MAX || wish > WISH_MAX || Instant::now() + pause >= end {
            break;
        }
        sleep(pause).await;
    }
    Err(Unanswered::Busy)
}

/// By up to a half, so that many who were turned away together do not come back together.
fn shortened(pause: Duration, chance: u32) -> Duration {
    pause - (pause / 2 / 256) * (chance % 256)
}

#[cfg(test)]
mod tests;
