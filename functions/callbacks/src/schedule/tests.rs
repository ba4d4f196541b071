//! The schedule as a table: attempt, what was answered, when the next is due.

use super::{Next, after, next};
use outbound::{FailureClass, Posted};

/// The middle of the jitter is not a byte, so each wait is known by its ends.
#[test]
fn ten_attempts_each_wait_a_fifth_more_or_less_than_the_schedule() {
    let cases = [
        (0, None),
        (1, Some((4, 6))),
        (2, Some((240, 360))),
        (3, Some((1_440, 2_160))),
        (4, Some((5_760, 8_640))),
        (5, Some((14_400, 21_600))),
        (6, Some((28_800, 43_200))),
        (7, Some((40_320, 60_480))),
        (8, Some((57_600, 86_400))),
        (9, Some((69_120, 103_680))),
        (10, None),
        (u32::MAX, None),
    ];
    for (attempt, ends) in cases {
        assert_eq!(after(attempt, 0).zip(after(attempt, 255)), ends, "attempt {attempt}");
    }
}

#[test]
fn more_jitter_never_waits_less() {
    for attempt in 1..10 {
        for jitter in 1..=255 {
            assert!(after(attempt, jitter) >= after(attempt, jitter - 1), "{attempt} {jitter}");
        }
    }
}

#[test]
fn what_follows_depends_on_the_answer() {
    let again = |after_s| Next::Again { after_s };
    let answered = |status| Posted::Answered { status, retry_after_s: None };
    let put_off = |status, seconds| Posted::Answered { status, retry_after_s: Some(seconds) };
    let cases = [
        (1, answered(200), Next::Delivered),
        (10, answered(204), Next::Delivered),
        (3, answered(299), Next::Delivered),
        (3, put_off(202, 60), Next::Delivered),
        (1, answered(199), again(4)),
        (1, answered(300), again(4)),
        (1, answered(301), again(4)),
        (2, answered(500), again(240)),
        (1, answered(410), Next::Unwanted),
        (10, put_off(410, 60), Next::Unwanted),
        (1, put_off(503, 120), again(120)),
        (2, put_off(503, 120), again(240)),
        (1, put_off(429, 86_400), again(86_400)),
        (1, put_off(429, 86_401), again(86_400)),
        (1, put_off(429, u64::MAX), again(86_400)),
        (1, Posted::Failed(FailureClass::Blocked), again(4)),
        (9, Posted::Failed(FailureClass::Timeout), again(69_120)),
        (10, Posted::Failed(FailureClass::Timeout), Next::Exhausted),
        (10, put_off(503, 60), Next::Exhausted),
        (11, answered(500), Next::Exhausted),
    ];
    for (attempt, answer, expected) in cases {
        assert_eq!(next(attempt, answer, 0), expected, "attempt {attempt}: {answer:?}");
    }
}
