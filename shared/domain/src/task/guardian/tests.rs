//! From confidence to decision; what caps it; and what can never be approved.

use super::*;
use crate::example::rows;
use proptest::prelude::*;
use proptest::sample::select;

fn check(text: &str) -> Check {
    let (name, status) = text.split_once('=').unwrap();
    Check {
        name: CheckName::parse(name).unwrap(),
        status: CheckStatus::parse(status).unwrap(),
        detail: format!("About {name}."),
    }
}

fn checks(text: &str) -> Vec<Check> {
    text.split_whitespace().map(check).collect()
}

fn observation(kind: &str, checks: Vec<Check>) -> Observation {
    match kind {
        "unavailable" => Observation::Unavailable { sealed: false, checks },
        "sealed-unseen" => Observation::Unavailable { sealed: true, checks },
        "sealed" => Observation::Sealed { checks },
        word => {
            let confidence = word.parse().ok().or_else(|| test_word(word)).unwrap_or(CLEAN);
            Observation::Told { confidence, checks }
        }
    }
}

/// evidence: a confidence, a word of test mode, or its kind | checks | decision | confidence | reason for review
const RULINGS: &str = "
0                |                              | REJECT        |   0 | -
49               |                              | REJECT        |  49 | -
50               |                              | MANUAL_REVIEW |  50 | LOW_CONFIDENCE
89               |                              | MANUAL_REVIEW |  89 | LOW_CONFIDENCE
90               |                              | APPROVE       |  90 | -
100              |                              | APPROVE       | 100 | -
255              |                              | APPROVE       | 100 | -

# A check that passed or did not apply takes nothing away.
100              | image_decodes=PASS           | APPROVE       | 100 | -
100              | capture_position=SKIPPED     | APPROVE       | 100 | -

# What we could not read is nobody's fault, and what proves nothing is for somebody to look at.
100              | image_decodes=SKIPPED        | MANUAL_REVIEW |  50 | AUTOMATED_VERIFICATION_UNAVAILABLE
guardian:approve | image_decodes=PASS image_decodes=SKIPPED | MANUAL_REVIEW | 50 | AUTOMATED_VERIFICATION_UNAVAILABLE
100              | image_decodes=SKIPPED image_not_reused=FAIL | REJECT | 20 | -
sealed           | image_decodes=SKIPPED        | MANUAL_REVIEW |  50 | E2EE_AGENT_CONFIRMATION
100              | image_not_reused=SKIPPED     | MANUAL_REVIEW |  89 | LOW_CONFIDENCE
100              | image_not_reused=SKIPPED capture_time=FAIL | REJECT | 49 | -
100              | image_not_similar=SKIPPED    | MANUAL_REVIEW |  89 | LOW_CONFIDENCE
100              | image_sharp=SKIPPED          | APPROVE       | 100 | -

# Each failed check leaves only so much, and never adds.
100              | image_decodes=FAIL           | REJECT        |  20 | -
100              | image_as_announced=FAIL      | REJECT        |  20 | -
100              | image_not_reused=FAIL        | REJECT        |  20 | -
100              | image_origin=FAIL            | REJECT        |  20 | -
100              | image_not_uniform=FAIL       | REJECT        |  49 | -
100              | image_size=FAIL              | REJECT        |  49 | -
100              | capture_position=FAIL        | REJECT        |  49 | -
100              | capture_time=FAIL            | REJECT        |  49 | -
100              | credential_envelope=FAIL     | REJECT        |  49 | -
100              | confirmation_text=FAIL       | REJECT        |  49 | -
100              | image_not_similar=FAIL       | MANUAL_REVIEW |  69 | LOW_CONFIDENCE
100              | image_sharp=FAIL             | MANUAL_REVIEW |  69 | LOW_CONFIDENCE
100              | image_not_edited=FAIL        | MANUAL_REVIEW |  69 | LOW_CONFIDENCE
100              | image_not_screenshot=FAIL    | MANUAL_REVIEW |  69 | LOW_CONFIDENCE
100              | capture_position_given=FAIL  | MANUAL_REVIEW |  79 | LOW_CONFIDENCE
100              | capture_time_given=FAIL      | MANUAL_REVIEW |  79 | LOW_CONFIDENCE
10               | image_sharp=FAIL             | REJECT        |  10 | -
10               | capture_position=FAIL        | REJECT        |  10 | -
10               | image_decodes=FAIL           | REJECT        |  10 | -
100              | capture_time=FAIL image_not_reused=FAIL image_decodes=PASS | REJECT | 20 | -
100              | image_decodes=PASS capture_position=FAIL capture_time=SKIPPED | REJECT | 49 | -
100              | image_sharp=FAIL capture_time_given=FAIL | MANUAL_REVIEW | 69 | LOW_CONFIDENCE
100              | image_sharp=FAIL image_size=FAIL | REJECT      |  49 | -

# The words of test mode, capped like anything else.
guardian:approve |                              | APPROVE       |  95 | -
guardian:review  |                              | MANUAL_REVIEW |  70 | LOW_CONFIDENCE
guardian:reject  |                              | REJECT        |  20 | -
guardian:approve | image_decodes=PASS           | APPROVE       |  95 | -
guardian:approve | image_decodes=FAIL           | REJECT        |  20 | -
guardian:approve | capture_position=FAIL        | REJECT        |  49 | -
guardian:review  | capture_position=FAIL        | REJECT        |  49 | -
guardian:reject  | capture_position=FAIL        | REJECT        |  20 | -

# What nobody looked at waits for the agent.
sealed           | credential_envelope=PASS     | MANUAL_REVIEW |  70 | E2EE_AGENT_CONFIRMATION
sealed           | credential_envelope=FAIL     | REJECT        |  49 | -
unavailable      |                              | MANUAL_REVIEW |  50 | AUTOMATED_VERIFICATION_UNAVAILABLE
sealed-unseen    |                              | MANUAL_REVIEW |  50 | E2EE_AGENT_CONFIRMATION
";

#[test]
fn evidence_leads_to_a_ruling() {
    for [kind, checked, decision, confidence, reason] in rows(RULINGS) {
        let verdict = rule(observation(kind, checks(checked)), 3);
        assert_eq!(verdict.decision.word(), decision, "{kind} with {checked}");
        assert_eq!(verdict.confidence.to_string(), confidence, "{kind} with {checked}");
        assert_eq!(verdict.review_reason.map_or("-", ReviewReason::word), reason, "{kind} with {checked}");
        assert_eq!(verdict.checks, checks(checked), "{kind} with {checked}");
        for seen in &verdict.requirements {
            assert!(seen.reasoning.starts_with("Not observed: "), "{kind} with {checked}: {seen:?}");
            assert_eq!((seen.verdict, seen.confidence), (Requirement::Unclear, 0), "{kind} with {checked}");
        }
        assert_eq!(verdict.requirements.len(), 3);
    }
}

#[test]
fn every_check_can_fail_and_then_nothing_is_approved() {
    let failing: Vec<&str> = rows(RULINGS).into_iter().map(|[_, checked, _, _, _]| checked).collect();
    for name in CheckName::ALL {
        assert!(failing.contains(&format!("{name}=FAIL").as_str()), "no ruling on {name} alone");
    }
}

#[test]
fn a_confidence_is_a_decision() {
    for confidence in 0..=u8::MAX {
        let expected = match () {
            () if confidence < 50 => Decision::Reject,
            () if confidence < 90 => Decision::ManualReview,
            () => Decision::Approve,
        };
        assert_eq!(decision(confidence), expected, "{confidence}");
    }
}

#[test]
fn the_lowest_word_wins() {
    let table = "
                                                   | -
        All done.                                  | -
        approve                                    | -
        guardian: approve                          | -
        GUARDIAN:APPROVE                           | -
        guardian:approve                           | 95
        Done. guardian:approve, thanks             | 95
        guardian:review                            | 70
        guardian:reject                            | 20
        guardian:approve guardian:review           | 70
        guardian:approve guardian:reject           | 20
        guardian:reject guardian:approve           | 20
        guardian:review guardian:reject            | 20
    ";
    for [text, expected] in rows(table) {
        let confidence = test_word(text).map_or("-".to_owned(), |confidence| confidence.to_string());
        assert_eq!(confidence, expected, "{text}");
    }
}

#[test]
fn the_reasoning_names_what_failed() {
    let table = "
        95          |                       | All proof requirements met.
        20          |                       | The proof does not meet the requirements.
        70          |                       | The proof leaves doubt: please review it yourself.
        95          | image_decodes=FAIL    | About image_decodes.
        95          | image_decodes=FAIL capture_time=PASS capture_position=FAIL | About image_decodes. About capture_position.
        95          | image_sharp=FAIL capture_time=PASS capture_time_given=FAIL | About image_sharp. About capture_time_given. Please review the proof yourself.
        95          | image_not_reused=SKIPPED | About image_not_reused. Please review the proof yourself.
        95          | image_decodes=SKIPPED image_not_reused=FAIL | About image_not_reused.
        sealed      | image_decodes=SKIPPED | About image_decodes. Please review the proof yourself.
        unavailable |                       | Automated verification was unavailable: please review the proof yourself.
        sealed      |                       | The credential is encrypted for you alone: retrieve it, try it, and approve or reject.
    ";
    for [kind, checked, expected] in rows(table) {
        assert_eq!(rule(observation(kind, checks(checked)), 1).reasoning, expected, "{kind} with {checked}");
    }
}

#[test]
fn only_what_was_seen_whole_and_without_fault_is_clean() {
    let table = "
        95            |                    | CLEAN
        70            | capture_time=PASS  | CLEAN
        49            |                    | FLAWED
        95            | capture_time=FAIL  | FLAWED
        95            | image_sharp=FAIL   | FLAWED
        95            | image_decodes=SKIPPED | UNSEEN
        95            | image_decodes=SKIPPED capture_time=FAIL | FLAWED
        95            | image_not_reused=SKIPPED | CLEAN
        sealed        | image_decodes=SKIPPED | UNSEEN
        sealed        |                    | SEALED
        sealed        | capture_time=FAIL  | FLAWED
        unavailable   |                    | UNSEEN
        sealed-unseen |                    | UNSEEN
    ";
    for [kind, checked, finding] in rows(table) {
        assert_eq!(rule(observation(kind, checks(checked)), 2).finding.word(), finding, "{kind} with {checked}");
    }
}

/// One word a requirement, from `met`, `unclear`, `not`, with a confidence, and words for doubts.
fn sight(text: &str) -> Sight {
    let (mut seen, mut doubts) = (Vec::new(), Vec::new());
    for word in text.split_whitespace() {
        match (Doubt::parse(word), word.split_once('=')) {
            (Some(doubt), _) => doubts.push(doubt),
            (None, Some((verdict, confidence))) => seen.push(Seen {
                verdict: match verdict {
                    "met" => Requirement::Met,
                    "unclear" => Requirement::Unclear,
                    "not" => Requirement::NotMet,
                    other => panic!("no verdict: {other}"),
                },
                confidence: confidence.parse().unwrap(),
                reasoning: format!("It is {verdict}."),
                photo: Some(1),
            }),
            (None, None) => panic!("neither doubt nor verdict: {word}"),
        }
    }
    Sight::of(seen.len(), seen, doubts).unwrap()
}

#[test]
fn what_was_seen_is_ruled_on_by_what_is_least_sure() {
    let table = "
        25  | met=100                        |                    | APPROVE       | 95 | CLEAN
        25  | met=95 met=91                  |                    | APPROVE       | 91 | CLEAN
        25  | met=95 met=80                  |                    | MANUAL_REVIEW | 80 | CLEAN
        25  | met=30                         |                    | REJECT        | 30 | FLAWED
        25  | met=100 unclear=99             |                    | MANUAL_REVIEW | 89 | CLEAN
        25  | met=100 unclear=10             |                    | MANUAL_REVIEW | 50 | CLEAN
        25  | met=100 not=60                 |                    | REJECT        | 40 | FLAWED
        25  | met=100 not=10                 |                    | REJECT        | 49 | FLAWED
        25  | met=100 instructions           |                    | MANUAL_REVIEW | 89 | FLAWED
        25  | met=100 disagreement           |                    | MANUAL_REVIEW | 89 | FLAWED
        25  | met=100 tampering              |                    | MANUAL_REVIEW | 69 | FLAWED
        25  | not=90 tampering instructions  |                    | REJECT        | 10 | FLAWED
        25  | met=100                        | capture_time=FAIL  | REJECT        | 49 | FLAWED
        25  | met=100                        | image_decodes=SKIPPED | MANUAL_REVIEW | 50 | UNSEEN
        499 | met=100                        |                    | APPROVE       | 95 | CLEAN
        500 | met=100                        |                    | MANUAL_REVIEW | 89 | CLEAN
        500 | not=100                        |                    | REJECT        |  0 | FLAWED
    ";
    for [reward, seen, checked, decision, confidence, finding] in rows(table) {
        let (sight, reward) = (sight(seen), Usd::dollars(reward.parse().unwrap()));
        let (seen_of, count) = (sight.clone().into_parts().0, sight.clone().into_parts().0.len());
        let verdict = rule(Observation::Seen { sight, checks: checks(checked), reward }, count);
        let found = (verdict.decision.word(), verdict.confidence.to_string(), verdict.finding.word());
        assert_eq!(found, (decision, confidence.to_owned(), finding), "{seen} with {checked} for {reward}");
        assert_eq!(verdict.requirements, seen_of);
    }
}

#[test]
fn the_reasoning_tells_what_was_not_met_or_is_in_doubt() {
    let table = "
        met=100 not=80             | It is not.
        met=100                    | All proof requirements met.
        met=100 unclear=60         | The proof leaves doubt: please review it yourself.
        met=100 instructions       | A text in the proof speaks to whoever reviews it. Please review the proof yourself.
    ";
    for [seen, expected] in rows(table) {
        let observation = Observation::Seen { sight: sight(seen), checks: Vec::new(), reward: Usd::dollars(25) };
        assert_eq!(rule(observation, 2).reasoning, expected, "{seen}");
    }
}

#[test]
fn an_answer_for_less_than_every_requirement_is_no_sight() {
    let one = sight("met=100").into_parts().0;
    assert_eq!(Sight::of(2, one.clone(), Vec::new()), None);
    assert_eq!(Sight::of(0, Vec::new(), Vec::new()), None);
    assert!(Sight::of(1, one, Vec::new()).is_some());
}

#[test]
fn two_looks_count_where_they_agree() {
    let table = "
        met=100           | met=100                   | APPROVE       | 95
        met=100           | unclear=60                | MANUAL_REVIEW | 89
        met=100           | not=90                    | MANUAL_REVIEW | 89
        met=100           | met=100 instructions      | MANUAL_REVIEW | 89
    ";
    for [one, other, decision, confidence] in rows(table) {
        let both = sight(one).beside(&sight(other));
        let verdict = rule(Observation::Seen { sight: both, checks: Vec::new(), reward: SECOND_OPINION }, 1);
        assert_eq!(
            (verdict.decision.word(), &*verdict.confidence.to_string()),
            (decision, confidence),
            "{one}, {other}"
        );
    }
}

fn any_sight() -> impl Strategy<Value = Sight> {
    let one = (select(Requirement::ALL), any::<u8>()).prop_map(|(verdict, confidence)| Seen {
        verdict,
        confidence,
        reasoning: String::new(),
        photo: None,
    });
    let doubts = prop::collection::vec(select(Doubt::ALL), 0..3);
    (prop::collection::vec(one, 1..5), doubts).prop_map(|(seen, doubts)| Sight::of(seen.len(), seen, doubts).unwrap())
}

fn unavailable(checks: &[Check], requirements: usize) -> Verdict {
    rule(Observation::Unavailable { sealed: false, checks: checks.to_vec() }, requirements)
}

fn any_checks() -> impl Strategy<Value = Vec<Check>> {
    let one = (select(CheckName::ALL), select(CheckStatus::ALL));
    prop::collection::vec(one.prop_map(|(name, status)| Check { name, status, detail: String::new() }), 0..8)
}

proptest! {
    #[test]
    fn a_failed_check_is_never_approved(confidence in any::<u8>(), mut checks in any_checks(), name in select(CheckName::ALL)) {
        checks.push(Check { name, status: CheckStatus::Fail, detail: String::new() });
        let verdict = rule(Observation::Told { confidence, checks }, 1);
        prop_assert_ne!(verdict.decision, Decision::Approve);
        prop_assert_eq!(verdict.finding, Finding::Flawed);
    }

    #[test]
    fn what_nobody_saw_is_never_approved(checks in any_checks(), requirements in 0..20_usize) {
        prop_assert_ne!(unavailable(&checks, requirements).decision, Decision::Approve);
        prop_assert_ne!(rule(Observation::Sealed { checks }, requirements).decision, Decision::Approve);
    }

    #[test]
    fn checks_only_lower_the_confidence(confidence in any::<u8>(), checks in any_checks()) {
        let verdict = rule(Observation::Told { confidence, checks }, 1);
        prop_assert!(verdict.confidence <= confidence.min(100));
        prop_assert_eq!(verdict.decision, decision(verdict.confidence));
        prop_assert_eq!(verdict.review_reason.is_some(), verdict.decision == Decision::ManualReview);
    }

    #[test]
    fn a_sight_is_approved_only_when_all_is_met_and_nothing_is_in_doubt(sight in any_sight(), checks in any_checks()) {
        let (met, doubtless) = (sight.is_all_met(), sight.clone().into_parts().1.is_empty());
        let verdict = rule(Observation::Seen { sight, checks, reward: Usd::dollars(25) }, 1);
        prop_assert!(verdict.decision != Decision::Approve || (met && doubtless), "{:?}", verdict);
    }
}
