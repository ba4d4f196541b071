//! When an endpoint is given up. Where nothing has arrived for five days, nobody tries any more; and a URL that says that
//! it is gone is believed. Pure.

use crate::schedule::{self, GONE};
use domain::task::Callback;
use domain::time::HOUR_S;
use domain::{AgentId, Timestamp};
use outbound::Posted;
use store::events::deliveries::Delivery;
use store::events::endpoints::{Reason, Standing};
use store::{Found, Key, StoreError};

/// Seconds without an arrival after which an endpoint is disabled.
const GIVEN_UP_S: i64 = 120 * HOUR_S;
/// In the log of deliveries, for an attempt that was not made.
pub(crate) const DISABLED: &str = "endpoint_disabled";

/// What a callback goes to: an origin, and of that the URL of one task.
pub(crate) struct Endpoint {
    agent: AgentId,
    /// It has failed for this event before.
    is_retry: bool,
    /// None for a test, which neither asks how its endpoint stands nor changes it.
    names: Option<Names>,
}

struct Names {
    origin: String,
    task: String,
}

/// What is known against an endpoint.
pub(crate) struct Known {
    pub(crate) standing: Option<Standing>,
    pub(crate) is_disabled: bool,
}

/// What an attempt changes in how an endpoint stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Follows<'a> {
    Nothing,
    Clear(&'a str),
    Note(Standing),
}

impl Endpoint {
    pub(crate) fn of(delivery: &Delivery, callback: &Callback) -> Self {
        let names = |task: domain::TaskId| Names { origin: outbound::origin(&callback.url), task: task.to_string() };
        Self { agent: delivery.agent, is_retry: delivery.attempt > 1, names: delivery.task.map(names) }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        let names = self.names.iter().flat_map(|names| [&names.origin, &names.task]);
        names.map(move |name| Key::endpoint(self.agent, name))
    }

    pub(crate) fn known(&self, found: &mut Found) -> Result<Known, StoreError> {
        let Some(names) = &self.names else { return Ok(Known { standing: None, is_disabled: false }) };
        let of_task = found.endpoint(self.agent, &names.task)?;
        let standing = found.endpoint(self.agent, &names.origin)?;
        let is_disabled = [&of_task, &standing].into_iter().flatten().any(|it| it.disabled.is_some());
        Ok(Known { standing, is_disabled })
    }

    /// What follows from an answer, where `seen` was known of the origin.
    pub(crate) fn follows(&self, seen: Option<&Standing>, answer: Posted, now: Timestamp) -> Follows<'_> {
        let Some(Names { origin, task }) = &self.names else { return Follows::Nothing };
        match (answer, seen) {
            _ if schedule::is_delivered(answer) => seen.map_or(Follows::Nothing, |_| Follows::Clear(origin)),
            (Posted::Answered { status: GONE, .. }, _) => {
                let disabled = Some((now, Reason::Gone));
                Follows::Note(Standing { endpoint: task.clone(), failing_since: now, disabled })
            }
            (_, None) => Follows::Note(Standing { endpoint: origin.clone(), failing_since: now, disabled: None }),
            // After a week in which nothing was sent a first failure says little.
            (_, Some(seen)) if self.is_retry && now >= seen.failing_since.plus_seconds(GIVEN_UP_S) => {
                Follows::Note(Standing { disabled: Some((now, Reason::Failing)), ..seen.clone() })
            }
            (_, Some(_)) => Follows::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{EventId, TaskId};
    use outbound::FailureClass;

    const NOW: Timestamp = Timestamp::from_millis(1_770_292_800_000);

    #[test]
    fn five_days_without_an_arrival_disable_an_origin_and_410_a_task_at_once() {
        let (agent, event, task) =
            (AgentId::from_bytes([1; 16]), EventId::from_bytes([2; 16]), TaskId::from_bytes([3; 16]));
        let delivery = Delivery { event, agent, task: Some(task), sequence: 1, at: NOW, attempt: 2 };
        let url = "https://a.example.com/hook?x=1".to_owned();
        let callback = Callback { url, secret: None, replaced: None, events: Vec::new() };
        let (endpoint, origin) = (Endpoint::of(&delivery, &callback), "https://a.example.com");
        let test = Endpoint::of(&Delivery { task: None, ..delivery.clone() }, &callback);
        let standing = |endpoint: &str, failing_s: i64, reason: Option<Reason>| Standing {
            endpoint: endpoint.to_owned(),
            failing_since: NOW.plus_seconds(-failing_s),
            disabled: reason.map(|reason| (NOW, reason)),
        };
        let answered = |status| Posted::Answered { status, retry_after_s: None };
        let silent = Posted::Failed(FailureClass::Timeout);
        let failing = |hours: i64| Some(standing(origin, hours * HOUR_S, None));
        let note = |failing_s, reason| Follows::Note(standing(origin, failing_s, reason));
        for (seen, answer, expected) in [
            (None, answered(204), Follows::Nothing),
            (failing(1), answered(200), Follows::Clear(origin)),
            (None, answered(500), note(0, None)),
            (None, silent, note(0, None)),
            (failing(1), silent, Follows::Nothing),
            (Some(standing(origin, 120 * HOUR_S - 1, None)), answered(302), Follows::Nothing),
            (failing(120), answered(302), note(120 * HOUR_S, Some(Reason::Failing))),
            (failing(500), silent, note(500 * HOUR_S, Some(Reason::Failing))),
            (None, answered(410), Follows::Note(standing(&task.to_string(), 0, Some(Reason::Gone)))),
            (failing(500), answered(410), Follows::Note(standing(&task.to_string(), 0, Some(Reason::Gone)))),
        ] {
            assert_eq!(endpoint.follows(seen.as_ref(), answer, NOW), expected, "{seen:?} {answer:?}");
            assert_eq!(test.follows(seen.as_ref(), answer, NOW), Follows::Nothing);
        }
        let first = Endpoint::of(&Delivery { attempt: 1, ..delivery }, &callback);
        assert_eq!(first.follows(failing(500).as_ref(), silent, NOW), Follows::Nothing, "it is tried once more");
    }
}
