//! The arithmetic, on judgements that are made up.

use super::*;
use crate::lines::Line;
use crate::set;
use domain::guardian::Decision::{Approve, ManualReview, Reject};

/// The first submission of a family, so judged.
fn judged(family: Family, decision: Decision, confidence: u8, line: Line) -> Judged {
    let submission = set::all().into_iter().find(|it| it.family == family).unwrap();
    Judged { submission, decision, confidence, reasoning: String::new(), line }
}

fn took(duration_ms: u64, calls: u64, failure: Option<&str>) -> Line {
    let usage = Usage { input: 1_000 * calls, output: 100 * calls };
    Line { duration_ms, calls, usage, failure: failure.map(ToOwned::to_owned) }
}

#[test]
fn judgements_add_up() {
    let all = [
        judged(Family::Matching, Approve, 95, took(300, 2, None)),
        judged(Family::Matching, Approve, 91, took(100, 2, None)),
        judged(Family::Matching, ManualReview, 60, took(500, 1, Some("late"))),
        judged(Family::Wrong, Reject, 10, took(200, 1, None)),
        judged(Family::Wrong, Approve, 95, took(400, 2, None)),
        judged(Family::Injected, Reject, 49, took(9, 0, None)),
        judged(Family::Blurred, ManualReview, 69, took(7, 0, None)),
    ];
    let price = Price::parse("3.00/15.00").unwrap();
    let figures = Figures::of(&all, Some(price));
    // Of labels APPROVE, MANUAL_REVIEW and REJECT; an order in a picture is labelled MANUAL_REVIEW, and may be rejected.
    assert_eq!(figures.confusion, [[2, 1, 0], [0, 1, 1], [1, 0, 1]]);
    let share = |of, right, wrongly_approved| Share { of, right, wrongly_approved };
    assert_eq!(figures.all, share(7, 5, 1));
    let families: Vec<_> = figures.families.iter().filter(|(_, it)| it.of > 0).collect();
    let expected = [
        ("matching", share(3, 2, 0)),
        ("wrong", share(2, 1, 1)),
        ("blurred", share(1, 1, 0)),
        ("injected", share(1, 1, 0)),
        ("(sign)", share(7, 5, 1)),
    ];
    assert_eq!(families, expected.map(|(name, share)| (name.to_owned(), share)).iter().collect::<Vec<_>>());
    let bins: Vec<_> =
        figures.calibration.iter().map(|bin| (*bin.confidence.start(), bin.of, bin.good, bin.right)).collect();
    assert_eq!(bins, [(0, 1, 0, 1), (20, 1, 0, 1), (50, 2, 1, 1), (90, 3, 2, 2)]);
    assert!((figures.calibration[3].mean_confidence - (95.0 + 91.0 + 95.0) / 3.0).abs() < 1e-9);
    // The squares of 0.05, 0.09, 0.40, 0.10, 0.95, 0.49 and 0.69.
    let squares = 0.0025 + 0.0081 + 0.16 + 0.01 + 0.9025 + 0.2401 + 0.4761;
    assert!((figures.brier - squares / 7.0).abs() < 1e-9, "{}", figures.brier);
    assert_eq!((figures.calls, figures.usage, figures.asked), (8, Usage { input: 8_000, output: 800 }, 5));
    assert_eq!(figures.cost, Some(24_000 + 12_000));
    assert_eq!(figures.latency, Latency { median: 300, p95: 500, max: 500 });
    assert_eq!(figures.failures, BTreeMap::from([("late".to_owned(), 1)]));
}

#[test]
fn nothing_judged_is_no_division_by_nothing() {
    let figures = Figures::of(&[], None);
    assert_eq!((figures.all, figures.cost, figures.latency), (Share::default(), None, Latency::default()));
    assert!(figures.brier == 0.0 && figures.calibration.is_empty());
}
