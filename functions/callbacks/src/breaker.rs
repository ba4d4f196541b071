//! When a host that does not answer is asked again. One dead host must not take the time that the others' callbacks
//! need. Pure; the caller brings the randomness.

use domain::Timestamp;
use domain::time::MINUTE_S;
use store::events::circuits::Circuit;

/// Silences in a row that are nothing unusual.
const PATIENCE: u32 = 5;
/// Seconds that nobody asks a host after the first silence too many; each further one doubles them.
const FIRST_S: i64 = 30;
const LONGEST_S: i64 = 30 * MINUTE_S;
/// Seconds in which a probe must have an answer: longer than any attempt.
const PROBE_S: i64 = MINUTE_S;

/// What becomes of a callback to a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The host answers, as far as anybody knows.
    Ask,
    /// The host did not answer; one of all who wait may ask it now, and the others wait until then.
    Probe(Timestamp),
    /// Not before.
    Wait(Timestamp),
}

pub(crate) fn turn(circuit: Option<Circuit>, now: Timestamp) -> Turn {
    match circuit {
        Some(circuit) if circuit.open_until > now => Turn::Wait(circuit.open_until),
        Some(circuit) if circuit.failures >= PATIENCE => Turn::Probe(now.plus_seconds(PROBE_S)),
        Some(_) | None => Turn::Ask,
    }
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
