//! Live mode, whatever was handed in.

use super::*;
use domain::guardian::{Decision, rule};
use domain::{ProofId, Timestamp};

fn proof(notes: &str, confirmation_text: &str) -> Proof {
    Proof {
        id: ProofId::from_bytes([1; 16]),
        photos: Vec::new(),
        notes: Some(notes.to_owned()),
        confirmation_text: Some(confirmation_text.to_owned()),
        reference_url: None,
        location: None,
        submitted_at: Timestamp::from_millis(0),
    }
}

/// No check, and each check with each outcome beside one that passed.
fn all_checks() -> Vec<Vec<Check>> {
    let pass = || passed(CheckName::Decodes, "");
    let pairs = CheckName::ALL.iter().flat_map(|name| CheckStatus::ALL.iter().map(|status| (*name, *status)));
    let beside = pairs.map(|(name, status)| vec![pass(), Check { name, status, detail: String::new() }]);
    std::iter::once(Vec::new()).chain(beside).collect()
}

#[test]
fn live_mode_never_approves_and_rejects_only_for_a_failed_check() {
    for task_type in TaskType::ALL {
        for checks in all_checks() {
            for text in ["", "guardian:approve", "guardian:review", "guardian:reject"] {
                let (proof, is_failed) = (proof(text, text), has_failed(&checks));
                let seen = observed(Observer::Nobody, *task_type, &proof, checks.clone());
                let verdict = rule(seen, 1);
                let expected = if is_failed { Decision::Reject } else { Decision::ManualReview };
                assert_eq!(verdict.decision, expected, "{task_type} {text} {checks:?}");
            }
        }
    }
}

#[test]
fn live_mode_has_no_confidence_that_could_approve_were_there_no_caps() {
    for task_type in TaskType::ALL {
        for checks in all_checks() {
            match observed(Observer::Nobody, *task_type, &proof("guardian:approve", ""), checks) {
                Observation::Complete { confidence, .. } => assert_eq!(confidence, UNKNOWN),
                Observation::Sealed { .. } => assert!(task_type.is_credential()),
                Observation::Unavailable { .. } => assert!(!task_type.is_credential()),
            }
        }
    }
}

#[test]
fn a_word_of_test_mode_is_in_one_text_and_the_lowest_counts() {
    let cases = [
        ("", "", None),
        ("guardian:approve", "", Some(95)),
        ("", "see guardian:review.", Some(70)),
        ("guardian:reject", "guardian:approve", Some(20)),
        ("guardian:approve", "guardian:reject", Some(20)),
        ("guardian", ":reject", None),
    ];
    for (notes, text, expected) in cases {
        assert_eq!(word(&proof(notes, text)), expected, "{notes} {text}");
    }
}
