//! How far an agent lets the Guardian decide on a task of its own.

use super::{APPROVAL, Decision, ReviewReason, Verdict};
use crate::words::words;

words! {
    /// Who decides on a submission.
    VerificationMode {
        /// The Guardian, and the agent where it leaves doubt.
        Auto = "AUTO",
        /// The agent, whatever the Guardian found.
        Agent = "AGENT",
    }
}

/// Said when a task is posted, and never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verification {
    pub mode: VerificationMode,
    /// What an approval needs, [`APPROVAL`] to 100.
    pub min_confidence: u8,
}

impl Default for Verification {
    /// As in the reference.
    fn default() -> Self {
        Self { mode: VerificationMode::Auto, min_confidence: APPROVAL }
    }
}

impl Verification {
    /// The verdict where the agent wants a say: what would have been decided without it becomes advice.
    #[must_use]
    pub fn applied_to(self, verdict: Verdict) -> Verdict {
        let falls_short = verdict.decision == Decision::Approve && verdict.confidence < self.min_confidence;
        let (reason, why) = match (self.mode, verdict.decision) {
            (_, Decision::ManualReview) => return verdict,
            (VerificationMode::Agent, Decision::Approve | Decision::Reject) => {
                (ReviewReason::AgentMode, "You wanted to decide on this task yourself: approve or reject.".to_owned())
            }
            (VerificationMode::Auto, Decision::Approve) if falls_short => {
                let Self { min_confidence, .. } = self;
                let why = format!(
                    "The Guardian is {} % sure, and you asked for {min_confidence} %: please review the proof yourself.",
                    verdict.confidence
                );
                (ReviewReason::LowConfidence, why)
            }
            (VerificationMode::Auto, Decision::Approve | Decision::Reject) => return verdict,
        };
        let reasoning = format!("{} {why}", verdict.reasoning);
        Verdict { decision: Decision::ManualReview, review_reason: Some(reason), reasoning, ..verdict }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guardian::{CLEAN, Observation, REVIEW, rule};
    use proptest::prelude::*;

    fn told(confidence: u8) -> Verdict {
        rule(Observation::Told { confidence, checks: Vec::new() }, 1)
    }

    /// Mode, what it needs, how sure the Guardian is: what is decided, why the agent is asked.
    const WISHES: [(VerificationMode, u8, u8, Decision, Option<ReviewReason>); 9] = {
        use Decision::{Approve, ManualReview, Reject};
        use VerificationMode::{Agent, Auto};
        [
            (Auto, 90, 90, Approve, None),
            (Auto, 95, CLEAN, Approve, None),
            (Auto, 96, CLEAN, ManualReview, Some(ReviewReason::LowConfidence)),
            (Auto, 100, 99, ManualReview, Some(ReviewReason::LowConfidence)),
            (Auto, 100, 20, Reject, None),
            (Auto, 100, REVIEW, ManualReview, Some(ReviewReason::LowConfidence)),
            (Agent, 90, 100, ManualReview, Some(ReviewReason::AgentMode)),
            (Agent, 90, 20, ManualReview, Some(ReviewReason::AgentMode)),
            (Agent, 90, REVIEW, ManualReview, Some(ReviewReason::LowConfidence)),
        ]
    };

    #[test]
    fn an_agent_may_want_more_and_may_want_to_decide_itself() {
        for (mode, min_confidence, confidence, decision, reason) in WISHES {
            let before = told(confidence);
            let verdict = Verification { mode, min_confidence }.applied_to(before.clone());
            let case = format!("{mode} from {min_confidence} with {confidence}");
            assert_eq!((verdict.decision, verdict.review_reason), (decision, reason), "{case}");
            // The findings stay: they are its advice, and what silence is judged by.
            assert_eq!((verdict.confidence, verdict.finding), (confidence, before.finding), "{case}");
            assert!(verdict.reasoning.starts_with(&before.reasoning), "{case}: {}", verdict.reasoning);
        }
        let short = Verification { min_confidence: 97, ..Verification::default() }.applied_to(told(95));
        let expected = "All proof requirements met. The Guardian is 95 % sure, and you asked for 97 %: please review the proof yourself.";
        assert_eq!(short.reasoning, expected);
    }

    proptest! {
        #[test]
        fn without_a_wish_nothing_changes(confidence in any::<u8>()) {
            prop_assert_eq!(Verification::default().applied_to(told(confidence)), told(confidence));
        }
    }
}
