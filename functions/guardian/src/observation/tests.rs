//! Live mode, whatever was handed in.

use super::*;
use domain::guardian::{CheckStatus, Decision, Observation, rule};
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
    let pass = || Check::passed(CheckName::Decodes, "");
    let pairs = CheckName::ALL.iter().flat_map(|name| CheckStatus::ALL.iter().map(|status| (*name, *status)));
    let beside = pairs.map(|(name, status)| vec![pass(), Check { name, status, detail: String::new() }]);
    std::iter::once(Vec::new()).chain(beside).collect()
}

/// Without anybody who looks, by the way that it comes to.
fn nobody_looked(checks: &[Check], proof: &Proof, sealed: bool) -> Observation {
    let checks = checks.to_vec();
    match way(Mode::Live, sealed, proof, &checks) {
        Way::Told(confidence) => Observation::Told { confidence, checks },
        Way::Sealed => Observation::Sealed { checks },
        Way::Decided | Way::Open => Observation::Unavailable { sealed: false, checks },
    }
}

#[test]
fn live_mode_never_approves_what_nobody_looked_at_and_rejects_only_for_a_failed_check() {
    for sealed in [false, true] {
        for checks in all_checks() {
            for text in ["", "guardian:approve", "guardian:review", "guardian:reject"] {
                let verdict = rule(nobody_looked(&checks, &proof(text, text), sealed), 1);
                assert_ne!(verdict.decision, Decision::Approve, "{sealed} {text} {checks:?}");
                let may_be_rejected =
                    checks.iter().any(Check::is_decisive) || verdict.decision == Decision::ManualReview;
                assert!(may_be_rejected, "{sealed} {text} {checks:?}");
            }
        }
    }
}

#[test]
fn nobody_looks_where_a_check_has_decided_and_words_are_heard_in_test_mode_alone() {
    let (said, silent) = (proof("guardian:approve", ""), proof("Done.", ""));
    let pass = [Check::passed(CheckName::Decodes, "")];
    let (fail, unseen) = ([Check::failed(CheckName::Position, "")], [Check::skipped(CheckName::Decodes, "")]);
    let cases = [
        (Mode::Test, false, &said, &pass, Way::Told(95)),
        (Mode::Live, false, &said, &pass, Way::Open),
        (Mode::Test, false, &silent, &pass, Way::Open),
        (Mode::Live, true, &said, &pass, Way::Sealed),
        (Mode::Live, true, &said, &fail, Way::Sealed),
        (Mode::Live, false, &silent, &fail, Way::Decided),
        (Mode::Live, false, &silent, &unseen, Way::Decided),
        (Mode::Test, false, &silent, &fail, Way::Decided),
    ];
    for (mode, sealed, proof, checks, expected) in cases {
        assert_eq!(way(mode, sealed, proof, checks), expected, "{mode} {sealed} {checks:?}");
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
