//! A share belongs to SPLIT and to nothing else.

use super::*;
use crate::read::tests::read;

#[test]
fn a_share_is_required_for_a_split_and_refused_otherwise() {
    let cases = [
        (r#"{"outcome": "SPLIT", "operator_share_bps": 0, "rationale": "r"}"#, Some(0)),
        (r#"{"outcome": "SPLIT", "operator_share_bps": 10000, "rationale": "r"}"#, Some(10_000)),
        (r#"{"outcome": "RELEASE", "rationale": "r"}"#, Some(0)),
        (r#"{"outcome": "REFUND", "operator_share_bps": null, "rationale": "r"}"#, Some(0)),
        (r#"{"outcome": "SPLIT", "rationale": "r"}"#, None),
        (r#"{"outcome": "SPLIT", "operator_share_bps": null, "rationale": "r"}"#, None),
        (r#"{"outcome": "SPLIT", "operator_share_bps": 10001, "rationale": "r"}"#, None),
        (r#"{"outcome": "SPLIT", "operator_share_bps": 0.5, "rationale": "r"}"#, None),
        (r#"{"outcome": "SPLIT", "operator_share_bps": -1, "rationale": "r"}"#, None),
        (r#"{"outcome": "RELEASE", "operator_share_bps": 10000, "rationale": "r"}"#, None),
        (r#"{"outcome": "REFUND", "operator_share_bps": 0, "rationale": "r"}"#, None),
        (r#"{"outcome": "split", "operator_share_bps": 1, "rationale": "r"}"#, None),
        (r#"{"rationale": "r"}"#, None),
        ("", None),
    ];
    for (body, share) in cases {
        assert_eq!(read::<Body>(body).ok().map(|body| body.operator_share_bps), share, "{body}");
    }
}

#[test]
fn a_resolution_needs_a_rationale_that_fits() {
    let body = |rationale: &str| format!(r#"{{"outcome": "REFUND", "rationale": "{rationale}"}}"#);
    let cases = [("r".to_owned(), true), ("r".repeat(500), true), ("r".repeat(501), false), (" ".to_owned(), false)];
    for (rationale, good) in cases {
        assert_eq!(read::<Body>(&body(&rationale)).is_ok(), good, "{} characters", rationale.len());
    }
    assert!(read::<Body>(r#"{"outcome": "REFUND"}"#).is_err());
}
