//! A moment has one spelling on the way out and any offset on the way in.

use super::*;
use crate::example::rows;
use proptest::prelude::*;

#[test]
fn a_moment_is_rfc_3339_of_the_years_1970_to_9999() {
    let table = "
        2026-02-05T12:00:00Z           | 2026-02-05T12:00:00.000Z
        2026-02-05T12:00:00.000Z       | 2026-02-05T12:00:00.000Z
        2026-02-05T13:00:00+01:00      | 2026-02-05T12:00:00.000Z
        2026-02-05T04:30:00.5-07:30    | 2026-02-05T12:00:00.500Z
        2026-02-05T12:00:00.123999999Z | 2026-02-05T12:00:00.123Z
        2028-02-29T00:00:00Z           | 2028-02-29T00:00:00.000Z
        1970-01-01T00:00:00Z           | 1970-01-01T00:00:00.000Z
        9999-12-31T23:59:59.999Z       | 9999-12-31T23:59:59.999Z
        1969-12-31T23:59:59.999Z       | refused
        9999-12-31T23:59:59-01:00      | refused
        2026-02-29T00:00:00Z           | refused
        2026-02-05T24:00:00Z           | refused
        2026-02-05T12:00:00            | refused
        2026-02-05                     | refused
        1770292800                     | refused
        tomorrow                       | refused
                                       | refused
    ";
    for [text, shown] in rows(table) {
        let read = Timestamp::parse(text);
        assert_eq!(read.map_or("refused".to_owned(), |moment| moment.to_string()), shown, "{text}");
    }
}

#[test]
fn a_day_begins_at_midnight_utc() {
    let table = "
        # milliseconds | seconds | day
        -1             |      -1 |  -1
        0              |       0 |   0
        999            |       0 |   0
        86399999       |   86399 |   0
        86400000       |   86400 |   1
    ";
    for [millis, seconds, day] in rows(table) {
        let moment = Timestamp::from_millis(millis.parse().unwrap());
        assert_eq!((moment.seconds().to_string(), moment.day().to_string()), (seconds.to_owned(), day.to_owned()));
    }
}

#[test]
fn seconds_are_added_without_overflow() {
    let moment = Timestamp::from_millis(1_500);
    assert_eq!(moment.plus_seconds(MINUTE_S), Timestamp::from_millis(61_500));
    assert_eq!(moment.plus_seconds(-1), Timestamp::from_millis(500));
    assert_eq!(moment.plus_seconds(i64::MAX), Timestamp::from_millis(i64::MAX));
}

proptest! {
    #[test]
    fn what_is_shown_is_read_as_the_same(millis in 0..253_402_300_800_000_i64) {
        let moment = Timestamp::from_millis(millis);
        prop_assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
    }

    #[test]
    fn texts_sort_like_their_moments(millis in prop::array::uniform2(0..253_402_300_800_000_i64)) {
        let [one, other] = millis.map(Timestamp::from_millis);
        prop_assert_eq!(one.to_string().cmp(&other.to_string()), one.cmp(&other));
    }
}
