//! The tries and their pauses, on a clock that is moved.

use super::*;
use crate::Usage;
use std::cell::RefCell;
use std::future::pending;

const LIMITS: Limits = Limits {
    connect: Duration::from_secs(3),
    one_try: Duration::from_secs(20),
    all_tries: Duration::from_secs(45),
    pause: Duration::from_millis(500),
};

fn answer() -> Answer {
    Answer { json: "{}".to_owned(), usage: Usage::default() }
}

fn for_now(wish_s: Option<u64>) -> Result<Answer, Failed> {
    Err(Failed::ForNow(wish_s.map(Duration::from_secs)))
}

/// Asks whoever answers so in turn, after so many seconds each; also how often that was, and how long it took.
async fn asked(
    limits: &Limits,
    turns: Vec<(u64, Result<Answer, Failed>)>,
) -> (Result<Answer, Unanswered>, usize, Duration) {
    let (began, turns) = (Instant::now(), RefCell::new(turns.into_iter()));
    let tries = RefCell::new(0);
    let outcome = ask(limits, || {
        *tries.borrow_mut() += 1;
        let (seconds, answer) = turns.borrow_mut().next().expect("no more tries than turns");
        async move {
            let _ = timeout(Duration::from_secs(seconds), pending::<()>()).await;
            answer
        }
    })
    .await;
    (outcome, tries.into_inner(), began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn only_what_may_pass_is_tried_again_and_no_longer_than_there_is_time() {
    let busy = || for_now(None);
    let odd = || Unanswered::odd("no");
    for (turns, outcome, tries, at_least_s, at_most_s) in [
        (vec![(1, Ok(answer()))], Ok(answer()), 1, 1, 1),
        (vec![(0, busy()), (0, busy()), (1, Ok(answer()))], Ok(answer()), 3, 1, 3),
        (vec![(0, busy()), (0, busy()), (0, busy())], Err(Unanswered::Busy), 3, 0, 2),
        (vec![(0, Err(Failed::ForGood(odd())))], Err(odd()), 1, 0, 0),
        (vec![(0, busy()), (0, Err(Failed::ForGood(odd())))], Err(odd()), 2, 0, 1),
        // One try may take 20 seconds, all of them 45.
        (vec![(21, Ok(answer()))], Err(Unanswered::Timeout), 1, 20, 20),
        (vec![(19, busy()), (19, busy()), (19, Ok(answer()))], Err(Unanswered::Timeout), 3, 45, 45),
        // What the provider wishes is waited for, but not for long.
        (vec![(0, for_now(Some(4))), (0, Ok(answer()))], Ok(answer()), 2, 4, 4),
        (vec![(0, for_now(Some(6)))], Err(Unanswered::Busy), 1, 0, 0),
        (vec![(0, for_now(Some(u64::MAX)))], Err(Unanswered::Busy), 1, 0, 0),
        (vec![(19, busy()), (19, for_now(Some(5))), (9, Ok(answer()))], Err(Unanswered::Timeout), 3, 45, 45),
    ] {
        let said = format!("{turns:?}");
        let (had, tried, took) = asked(&LIMITS, turns).await;
        assert_eq!((had, tried), (outcome, tries), "{said}");
        let (least, most) = (Duration::from_secs(at_least_s), Duration::from_secs(at_most_s));
        assert!(least <= took && took < most + Duration::from_millis(10), "{said}: {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_try_that_there_is_no_time_for() {
    let limits = Limits { all_tries: Duration::from_secs(40), ..LIMITS };
    let turns = vec![(19, for_now(None)), (19, for_now(Some(5))), (0, Ok(answer()))];
    let (outcome, tries, took) = asked(&limits, turns).await;
    assert_eq!((outcome, tries), (Err(Unanswered::Busy), 2));
    assert!(took < Duration::from_secs(39), "{took:?}");
}

#[test]
fn a_pause_is_shortened_by_half_at_most() {
    let pause = Duration::from_millis(512);
    for chance in [0, 1, 255, 256, u32::MAX] {
        let shortened = shortened(pause, chance);
        assert!(pause / 2 < shortened && shortened <= pause, "{chance}: {shortened:?}");
    }
}

#[test]
fn a_status_means_the_same_whoever_answers_it() {
    let for_good = |why: Unanswered| Failed::ForGood(why);
    for (status, code, retry_after, failed) in [
        (401, None, None, for_good(Unanswered::Access)),
        (403, Some("AccessDeniedException"), None, for_good(Unanswered::Access)),
        (408, None, None, for_good(Unanswered::Timeout)),
        (413, None, None, for_good(Unanswered::TooLarge)),
        (424, None, None, Failed::ForNow(None)),
        (429, None, Some("3"), Failed::ForNow(Some(Duration::from_secs(3)))),
        (429, None, Some("Fri, 27 Nov 2026 03:00:00 GMT"), Failed::ForNow(None)),
        (429, None, Some("-1"), Failed::ForNow(None)),
        (503, None, None, Failed::ForNow(None)),
        (400, Some("ValidationException"), None, for_good(Unanswered::odd("400 ValidationException"))),
        (307, None, None, for_good(Unanswered::odd("307"))),
    ] {
        assert_eq!(Failed::of_status(status, code, retry_after), failed);
    }
}
