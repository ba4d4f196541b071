//! When a host that does not answer is asked again. One dead host must not take the time that the others' callbacks
//! need: a host that has not answered lately is asked by one at a time. Pure; the caller brings the randomness.

use domain::Timestamp;
use domain::time::{HOUR_S, MINUTE_S};
use store::events::circuits::Circuit;

/// Silences in a row that are nothing unusual.
const PATIENCE: u32 = 5;
/// Seconds that nobody asks a host after the first silence too many; each further one doubles them.
const FIRST_S: i64 = 30;
const LONGEST_S: i64 = 30 * MINUTE_S;
/// Seconds in which a probe must have an answer: longer than any attempt. Whoever probed and was killed is waited for no
/// longer.
const PROBE_S: i64 = 20;
/// Seconds for which an answer says that a host is alive. In the second half of them the next answer is noted.
const ALIVE_S: i64 = HOUR_S;
/// Seconds in which most hosts answer: so long somebody waits for the first probe, rather than coming back later.
const SHORTLY_S: i64 = 1;

/// What becomes of a callback to a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The host answers, as far as anybody knows.
    Ask,
    /// Nobody knows whether the host answers; one of all who wait may ask it now, and the others wait until then.
    Probe(Timestamp),
    /// Not before.
    Wait(Timestamp),
}

pub(crate) fn turn(circuit: Option<Circuit>, now: Timestamp) -> Turn {
    match circuit {
        Some(circuit) if circuit.open_until > now => Turn::Wait(circuit.open_until),
        Some(circuit) if circuit.alive_until > now && circuit.failures < PATIENCE => Turn::Ask,
        Some(_) | None => Turn::Probe(now.plus_seconds(PROBE_S)),
    }
}

/// Whether a host is only just asked for the first time, so that its answer is worth waiting for.
pub(crate) fn is_just_asked(circuit: Option<Circuit>, now: Timestamp) -> bool {
    circuit.is_some_and(|it| it.failures == 0 && it.open_until > now.plus_seconds(PROBE_S - SHORTLY_S))
}

/// Until when a host is alive that answers now; `None` if that is known well enough.
pub(crate) fn alive_until(circuit: Option<Circuit>, now: Timestamp) -> Option<Timestamp> {
    let is_known = circuit.is_some_and(|it| it.failures == 0 && it.alive_until > now.plus_seconds(ALIVE_S / 2));
    (!is_known).then(|| now.plus_seconds(ALIVE_S))
}

/// Nobody is kept from asking: every silence counts, also of those who asked at the same time.
const NEVER: Timestamp = Timestamp::from_millis(0);

/// Until when nobody asks a host that has now been silent once more.
pub(crate) fn open_until(circuit: Option<Circuit>, now: Timestamp) -> Timestamp {
    let failures = circuit.map_or(0, |circuit| circuit.failures) + 1;
    match failures.checked_sub(PATIENCE) {
        None => NEVER,
        Some(too_many) => now.plus_seconds((FIRST_S << too_many.min(10)).min(LONGEST_S)),
    }
}

/// When a callback that waits for `open_until` is due: not all in one moment. 0 is the earliest, 255 a quarter later.
pub(crate) fn due_at(open_until: Timestamp, now: Timestamp, jitter: u8) -> Timestamp {
    let wait_ms = (open_until.millis() - now.millis()).max(1_000);
    Timestamp::from_millis(open_until.millis() + wait_ms * i64::from(jitter) / 1_020)
}

#[cfg(test)]
mod tests;
