//! The edges of distance and time.

use super::*;
use crate::Origin;
use CheckStatus::{Fail, Pass, Skipped};
use domain::upload::PhotoType;

const ACCEPTED_S: i64 = 1_770_000_000;
const SUBMITTED_S: i64 = ACCEPTED_S + 3_600;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1_000)
}

fn point(lat: &str, lng: &str) -> Point {
    Point::parse(lat, lng).unwrap()
}

fn of_task(place: Option<Point>) -> Expected {
    Expected { place, accepted_at: at(ACCEPTED_S), submitted_at: at(SUBMITTED_S) }
}

fn photo() -> Photo {
    Photo {
        photo_type: PhotoType::Jpeg,
        sha256: [0; 32],
        identity: [0; 32],
        size_bytes: 1,
        width: 1,
        height: 1,
        taken_at: None,
        position: None,
        position_error_m: None,
        orientation: 0,
        origin: Origin::default(),
    }
}

#[test]
fn distances_are_those_of_the_sphere() {
    let cases = [
        (("0", "0"), ("0", "0"), 0.0),
        // A ten-thousandth of a degree.
        (("0", "0"), ("0", "0.0001"), 11.119_5),
        // One degree of longitude shrinks with the latitude.
        (("60", "10"), ("60", "11"), 55_597.01),
        // Across the date line, and around the pole, the short way.
        (("0", "179.9999"), ("0", "-179.9999"), 22.239),
        (("89.9999", "0"), ("89.9999", "180"), 22.239),
        (("90", "0"), ("90", "123"), 0.0),
        // Antipodes: half the circumference.
        (("0", "0"), ("0", "180"), 20_015_114.4),
        (("45", "10"), ("-45", "-170"), 20_015_114.4),
        // New York to London.
        (("40.7128", "-74.006"), ("51.5074", "-0.1278"), 5_570_230.0),
    ];
    for (a, b, expected) in cases {
        let (a, b) = (point(a.0, a.1), point(b.0, b.1));
        for distance in [distance_m(a, b), distance_m(b, a)] {
            assert!((distance - expected).abs() <= expected * 1e-5 + 1e-3, "{a:?} {b:?}: {distance}");
        }
    }
}

#[test]
fn a_position_fails_only_beyond_what_is_allowed() {
    let place = point("40", "-74");
    // One degree of latitude is 111,195.08 m: 250 m are 0.0022483 degrees.
    let cases = [
        (None, None, None, Skipped),
        (None, None, Some(place), Skipped),
        (Some("40"), None, None, Skipped),
        (Some("40"), None, Some(place), Pass),
        (Some("40.0022482"), None, Some(place), Pass),
        (Some("40.0022484"), None, Some(place), Fail),
        (Some("39.9977518"), None, Some(place), Pass),
        (Some("39.9977516"), None, Some(place), Fail),
        // The photo's own error counts only when it is larger.
        (Some("40.0022482"), Some(3), Some(place), Pass),
        (Some("40.0022484"), Some(251), Some(place), Pass),
        (Some("40.01"), Some(1_112), Some(place), Pass),
        (Some("40.01"), Some(1_111), Some(place), Fail),
        (Some("-40"), Some(5_000), Some(place), Fail),
    ];
    for (lat, position_error_m, place, expected) in cases {
        let position = lat.map(|lat| point(lat, "-74"));
        let check = position_check(&Photo { position, position_error_m, ..photo() }, &of_task(place), Demand::Optional);
        assert_eq!((check.name, check.status), (CheckName::Position, expected), "{lat:?} {position_error_m:?}");
    }
}

#[test]
fn the_position_check_tells_the_distance() {
    let photo = Photo { position: Some(point("40.01", "-74")), ..photo() };
    assert_eq!(
        position_check(&photo, &of_task(Some(point("40", "-74"))), Demand::Optional).detail,
        "The photo says it was taken 1112 m from the task's place (250 m are allowed)."
    );
}

#[test]
fn a_time_fails_only_outside_acceptance_and_submission() {
    const HOURS_14: i64 = 14 * 3_600;
    let cases = [
        (None, Skipped),
        (Some(Taken::At(at(ACCEPTED_S + 60))), Pass),
        (Some(Taken::At(at(ACCEPTED_S - 300))), Pass),
        (Some(Taken::At(at(ACCEPTED_S - 301))), Fail),
        (Some(Taken::At(Timestamp::from_millis((ACCEPTED_S - 300) * 1_000 - 1))), Fail),
        (Some(Taken::At(at(SUBMITTED_S + 300))), Pass),
        (Some(Taken::At(at(SUBMITTED_S + 301))), Fail),
        (Some(Taken::At(at(ACCEPTED_S - HOURS_14))), Fail),
        (Some(Taken::Local(at(ACCEPTED_S))), Pass),
        (Some(Taken::Local(at(ACCEPTED_S - HOURS_14 - 300))), Pass),
        (Some(Taken::Local(at(ACCEPTED_S - HOURS_14 - 301))), Fail),
        (Some(Taken::Local(at(SUBMITTED_S + HOURS_14 + 300))), Pass),
        (Some(Taken::Local(at(SUBMITTED_S + HOURS_14 + 301))), Fail),
    ];
    for (taken_at, expected) in cases {
        let check = time_check(&Photo { taken_at, ..photo() }, &of_task(None), Demand::Optional);
        assert_eq!((check.name, check.status), (CheckName::CaptureTime, expected), "{taken_at:?}");
    }
}

#[test]
fn the_time_check_tells_the_times() {
    let cases = [
        (Taken::At(at(0)), "The photo says it was taken at 1970-01-01T00:00:00.000Z; "),
        (Taken::Local(at(0)), "The photo says it was taken at 1970-01-01T00:00:00.000 local time; "),
    ];
    for (taken_at, start) in cases {
        let detail =
            time_check(&Photo { taken_at: Some(taken_at), ..photo() }, &of_task(None), Demand::Optional).detail;
        let rest = "the task was accepted at 2026-02-02T02:40:00.000Z \
                    and the photo submitted at 2026-02-02T03:40:00.000Z.";
        assert_eq!(detail, format!("{start}{rest}"));
    }
}

#[test]
fn what_a_task_demands_fails_when_it_is_not_said_and_is_compared_when_it_is() {
    let place = point("40", "-74");
    let silent = photo();
    let speaking = Photo { position: Some(place), taken_at: Some(Taken::At(at(ACCEPTED_S))), ..photo() };
    let far = Photo { position: Some(point("41", "-74")), taken_at: Some(Taken::At(at(0))), ..photo() };
    let (position, time) = (CheckName::Position, CheckName::CaptureTime);
    let cases = [
        (&silent, Demand::Optional, [(position, Skipped), (time, Skipped)]),
        (&silent, Demand::Required, [(CheckName::PositionGiven, Fail), (CheckName::CaptureTimeGiven, Fail)]),
        (&speaking, Demand::Optional, [(position, Pass), (time, Pass)]),
        (&speaking, Demand::Required, [(position, Pass), (time, Pass)]),
        (&far, Demand::Required, [(position, Fail), (time, Fail)]),
    ];
    for (photo, demand, expected) in cases {
        let task = of_task(Some(place));
        let checks = [position_check(photo, &task, demand), time_check(photo, &task, demand)];
        assert_eq!(checks.map(|check| (check.name, check.status)), expected, "{photo:?} {demand:?}");
    }
    assert_eq!(
        position_check(&silent, &of_task(None), Demand::Required).detail,
        "The photo does not say where it was taken, as the task demands."
    );
}
