//! What languages print is read; what is not exact is told why not.

use super::*;
use crate::example::rows;

#[test]
fn what_the_common_languages_print_is_one_moment() {
    let table = "
        # Java: whole seconds, OffsetDateTime without them, ZonedDateTime, nanoseconds
        2026-11-28T18:00:00Z                | 2026-11-28T18:00:00.000Z
        2026-11-28T18:00Z                   | 2026-11-28T18:00:00.000Z
        2026-11-28T19:00+01:00              | 2026-11-28T18:00:00.000Z
        2026-11-28T19:00+01:00[Europe/Paris] | 2026-11-28T18:00:00.000Z
        2026-11-28T18:00:00.123456789Z      | 2026-11-28T18:00:00.123Z
        # JavaScript, and Temporal
        2026-11-28T18:00:00.000Z            | 2026-11-28T18:00:00.000Z
        2026-11-28T18:00:00+00:00[UTC][u-ca=gregory] | 2026-11-28T18:00:00.000Z
        # Python: isoformat, str, strftime with %z
        2026-11-28T18:00:00.500000+00:00    | 2026-11-28T18:00:00.500Z
        2026-11-28 18:00:00+00:00           | 2026-11-28T18:00:00.000Z
        2026-11-28T18:00:00+0000            | 2026-11-28T18:00:00.000Z
        # PostgreSQL, PHP, .NET
        2026-11-28 19:00:00.5+01            | 2026-11-28T18:00:00.500Z
        2026-11-28T10:30:00-0730            | 2026-11-28T18:00:00.000Z
        2026-11-28T18:00:00.1234567Z        | 2026-11-28T18:00:00.123Z
        # Ruby, Git
        2026-11-28 19:00:00 +0100           | 2026-11-28T18:00:00.000Z
        # RFC 3339 and ISO 8601 allow these as well
        2026-11-28t18:00:00z                | 2026-11-28T18:00:00.000Z
        2026-11-28T18:00:00,25Z             | 2026-11-28T18:00:00.250Z
        2026-11-28T18:00:00.1234567890123Z  | 2026-11-28T18:00:00.123Z
        20261128T180000Z                    | 2026-11-28T18:00:00.000Z
        20261128T1800Z                      | 2026-11-28T18:00:00.000Z
        2026-11-28T18:00:00-00:00           | 2026-11-28T18:00:00.000Z
    ";
    for [text, shown] in rows(table) {
        assert_eq!(read(text).map(|moment| moment.to_string()).as_deref(), Ok(shown), "{text}");
    }
}

#[test]
fn what_is_no_moment_says_why() {
    use NotAMoment::{Malformed, NoOffset, NoTime, OutOfRange};
    let cases = [
        ("2026-11-28T18:00:00", NoOffset),
        ("2026-11-28T18:00", NoOffset),
        ("2026-11-28 18:00:00.5", NoOffset),
        ("20261128T180000", NoOffset),
        ("2026-11-28", NoTime),
        ("20261128", NoTime),
        ("1969-12-31T23:59:59Z", OutOfRange),
        ("0001-01-01T00:00:00Z", OutOfRange),
        ("", Malformed),
        ("tomorrow", Malformed),
        ("1770292800", Malformed),
        ("Sat, 28 Nov 2026 18:00:00 GMT", Malformed),
        ("2026-11-28T", Malformed),
        ("2026-11-28TZ", Malformed),
        ("2026-11-28T18Z", Malformed),
        ("2026-11-28T18:00:00.Z", Malformed),
        ("2026-11-28T18:00.5Z", Malformed),
        ("2026-11-28T24:00:00Z", Malformed),
        ("2026-02-29T00:00:00Z", Malformed),
        ("2026-13-01T00:00:00Z", Malformed),
        ("2026-1-01T00:00:00Z", Malformed),
        ("26-11-28T18:00:00Z", Malformed),
        ("+002026-11-28T18:00:00Z", Malformed),
        ("2026-11-28T18:00:00+1", Malformed),
        ("2026-11-28T18:00:00+24:60", Malformed),
        ("2026-11-28T18:00:00+01:00:00", Malformed),
        ("2026-11-28T18:00:00Z ", Malformed),
        ("2026-11-28T18:00:00Z+01:00", Malformed),
        ("2026-11-28T18:00:00[Europe/Paris]", Malformed),
        ("2026-11-28T18:00:00Z[", Malformed),
        ("2026-11-28T18:00:00Z[<b>]", Malformed),
        ("2026‐11‐28T18:00:00Z", Malformed),
        ("２０２６-11-28T18:00:00Z", Malformed),
    ];
    for (text, why) in cases {
        assert_eq!(read(text), Err(why), "{text}");
    }
    assert_eq!(read(&format!("2026-11-28T18:00:00.{}Z", "1".repeat(90))), Err(Malformed));
}
