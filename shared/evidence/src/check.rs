//! Whether what a photo says contradicts its task. A pass proves nothing: EXIF can be written by hand.

mod picture;
mod screenshot;

pub use picture::{edited_check, origin_check, sharp_check, similar_check, size_check, uniform_check};
pub use screenshot::screenshot_check;

use crate::Photo;
use crate::metadata::Taken;
use domain::Timestamp;
use domain::geo::{Degrees, Point};
use domain::guardian::{Check, CheckName, CheckStatus};
use domain::time::{HOUR_S, MINUTE_S};

/// What a photo must not contradict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The task's place, if it has one.
    pub place: Option<Point>,
    /// When the operator accepted the task.
    pub accepted_at: Timestamp,
    /// When the operator submitted the photo.
    pub submitted_at: Timestamp,
}

/// Whether a task needs photos to say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    Required,
    Optional,
}

/// Allowed distance from the place, or the photo's own error when that is larger.
const DISTANCE_MAX_M: u32 = 250;
/// A camera's clock may be this wrong.
const GRACE_S: i64 = 5 * MINUTE_S;
/// Local times are at most this far from UTC, either way.
const OFFSET_MAX_S: i64 = 14 * HOUR_S;
/// The mean radius of the Earth.
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Whether the photo says it was taken near the task's place. When it does not say, skipped, or failed under a name of
/// its own if the task demands it.
pub fn position_check(photo: &Photo, expected: &Expected, demand: Demand) -> Check {
    let (status, detail) = match (photo.position, expected.place) {
        (None, _) => return absent("where", (CheckName::Position, CheckName::PositionGiven), demand),
        (Some(_), None) => (CheckStatus::Skipped, "The task has no place to compare with.".to_owned()),
        (Some(taken), Some(place)) => {
            let allowed = photo.position_error_m.unwrap_or(0).max(DISTANCE_MAX_M);
            let distance = distance_m(taken, place);
            let status = if distance <= f64::from(allowed) { CheckStatus::Pass } else { CheckStatus::Fail };
            let detail =
                format!("The photo says it was taken {distance:.0} m from the task's place ({allowed} m are allowed).");
            (status, detail)
        }
    };
    Check { name: CheckName::Position, status, detail }
}

/// Whether the photo says it was taken between acceptance and submission, with five minutes of grace
/// and, for a local time, fourteen hours. When it does not say, skipped, or failed under a name of its own if the task
/// demands it.
pub fn time_check(photo: &Photo, expected: &Expected, demand: Demand) -> Check {
    let (status, detail) = match photo.taken_at {
        None => return absent("when", (CheckName::CaptureTime, CheckName::CaptureTimeGiven), demand),
        Some(Taken::At(time)) => timed(time, &time.to_string(), 0, expected),
        Some(Taken::Local(time)) => {
            let text = time.to_string();
            timed(time, &format!("{} local time", text.trim_end_matches('Z')), OFFSET_MAX_S, expected)
        }
    };
    Check { name: CheckName::CaptureTime, status, detail }
}

/// Silence contradicts nothing, so that it is no failure of the check that compares.
fn absent(what: &str, (compared, given): (CheckName, CheckName), demand: Demand) -> Check {
    let (name, status, but) = match demand {
        Demand::Optional => (compared, CheckStatus::Skipped, ""),
        Demand::Required => (given, CheckStatus::Fail, ", as the task demands"),
    };
    Check { name, status, detail: format!("The photo does not say {what} it was taken{but}.") }
}

fn timed(time: Timestamp, text: &str, offset_max_s: i64, expected: &Expected) -> (CheckStatus, String) {
    let slack = GRACE_S + offset_max_s;
    let allowed = expected.accepted_at.plus_seconds(-slack)..=expected.submitted_at.plus_seconds(slack);
    let status = if allowed.contains(&time) { CheckStatus::Pass } else { CheckStatus::Fail };
    let detail = format!(
        "The photo says it was taken at {text}; the task was accepted at {} and the photo submitted at {}.",
        expected.accepted_at, expected.submitted_at
    );
    (status, detail)
}

/// The great-circle distance (haversine), right to about 0.5 %.
fn distance_m(a: Point, b: Point) -> f64 {
    let radians = |degrees: Degrees| (f64::from(degrees.scaled()) / 1e7).to_radians();
    let (lat_a, lat_b) = (radians(a.lat), radians(b.lat));
    let lat = ((lat_b - lat_a) / 2.0).sin().powi(2);
    let lng = ((radians(b.lng) - radians(a.lng)) / 2.0).sin().powi(2);
    let haversine = lat + lat_a.cos() * lat_b.cos() * lng;
    // Rounding may exceed 1 for antipodes, whose arcsine would not be a number.
    2.0 * EARTH_RADIUS_M * haversine.min(1.0).sqrt().asin()
}

#[cfg(test)]
mod tests;
