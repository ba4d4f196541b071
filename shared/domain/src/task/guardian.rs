//! The Guardian's ruling: from observations to a confidence to a decision. Observes nothing itself.
//!
//! A model (or, in test mode, a word) may raise the confidence; failed checks cap it. Only a [`Sight`] of every
//! requirement, or test mode, can lead to an approval, so no error path can.

mod check;
mod sight;
mod verification;

pub use check::{Check, CheckName, CheckStatus};
pub use sight::{Doubt, Seen, Sight};
pub use verification::{Verification, VerificationMode};

use crate::money::Usd;
use crate::words::words;

words! {
    /// What the Guardian decided. MANUAL_REVIEW leaves the task SUBMITTED for the agent to judge.
    Decision { Approve = "APPROVE", ManualReview = "MANUAL_REVIEW", Reject = "REJECT" }
}

words! {
    /// Whether a requirement was met.
    Requirement { Met = "MET", NotMet = "NOT_MET", Unclear = "UNCLEAR" }
}

words! {
    /// Why a submission waits for the agent.
    ReviewReason {
        LowConfidence = "LOW_CONFIDENCE",
        AgentConfirmation = "E2EE_AGENT_CONFIRMATION",
        Unavailable = "AUTOMATED_VERIFICATION_UNAVAILABLE",
        /// The task's `verification` leaves it to the agent, whatever was found.
        AgentMode = "VERIFICATION_MODE_AGENT",
    }
}

/// What the Guardian got to see of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observation {
    /// Every check ran, and a model answered for every requirement.
    Seen {
        sight: Sight,
        checks: Vec<Check>,
        /// What is to be paid for it.
        reward: Usd,
    },
    /// Every check ran, and nobody looked: test mode says what an observer would have given, 0 to 100.
    Told { confidence: u8, checks: Vec<Check> },
    /// A ciphertext of the right shape, which nobody but the agent can judge.
    Sealed { checks: Vec<Check> },
    /// There is no observer, or it did not answer within its limits.
    Unavailable {
        /// What was handed in is a ciphertext, which the agent can judge all the same.
        sealed: bool,
        /// Those that ran.
        checks: Vec<Check>,
    },
}

words! {
    /// What the observation of a submission came to. Silence pays for nothing but CLEAN.
    Finding {
        /// All of it was seen, no requirement was NOT_MET and no check failed.
        Clean = "CLEAN",
        /// A requirement was NOT_MET, or a check failed.
        Flawed = "FLAWED",
        /// Its shape was seen; the rest is for the agent alone.
        Sealed = "SEALED",
        /// Nothing was seen: what is seen later counts more.
        Unseen = "UNSEEN",
    }
}

/// The Guardian's result: the reference's three fields, and what they rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// APPROVE from 90, MANUAL_REVIEW from 50, else REJECT, unless the task's `verification` leaves it to the agent.
    pub decision: Decision,
    pub finding: Finding,
    /// 0 to 100.
    pub confidence: u8,
    /// One or two sentences for people.
    pub reasoning: String,
    /// One per proof requirement, in order.
    pub requirements: Vec<Seen>,
    pub checks: Vec<Check>,
    /// Present with MANUAL_REVIEW.
    pub review_reason: Option<ReviewReason>,
}

/// Confidence that observation without complaint gives.
pub const CLEAN: u8 = 95;
/// Confidence of a submission that only the agent can judge, and of `guardian:review`.
pub const REVIEW: u8 = 70;
/// Confidence when nothing could be observed.
pub const UNKNOWN: u8 = 50;
/// The lowest confidence that is an approval.
pub const APPROVAL: u8 = 90;
/// The highest confidence that is none.
const DOUBT: u8 = APPROVAL - 1;
/// The highest confidence that is a rejection.
const FAULT: u8 = 49;
/// From this reward on two observers have to agree.
pub const SECOND_OPINION: Usd = Usd::dollars(100);
/// From this reward on nothing is approved without the agent, until outcomes have shown how good observers are.
const UNCALIBRATED: Usd = Usd::dollars(500);

/// APPROVE from 90, MANUAL_REVIEW from 50, else REJECT (reference, "Task Lifecycle").
pub const fn decision(confidence: u8) -> Decision {
    match confidence {
        APPROVAL.. => Decision::Approve,
        50..=DOUBT => Decision::ManualReview,
        0..=49 => Decision::Reject,
    }
}

/// The confidence that a test-mode word in the operator's text asks for: the counterpart of test
/// card numbers (docs/API.md, "Tasks"). The lowest wins when there are several.
pub fn test_word(text: &str) -> Option<u8> {
    [("guardian:reject", 20), ("guardian:review", REVIEW), ("guardian:approve", CLEAN)]
        .into_iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, confidence)| confidence)
}

/// Rules on a submission with `requirements` proof requirements; [`Verification::applied_to`] has it be as its agent wants.
pub fn rule(observation: Observation, requirements: usize) -> Verdict {
    match observation {
        Observation::Seen { sight, checks, reward } => seen(sight, checks, reward),
        Observation::Told { confidence, checks } => {
            let case = Case { finding: Finding::Clean, confidence, checks, reason: ReviewReason::LowConfidence };
            case.ruled(vec![Seen::nothing("Not observed: test mode."); requirements], &[])
        }
        Observation::Sealed { checks } => {
            let reason = ReviewReason::AgentConfirmation;
            let case = Case { finding: Finding::Sealed, confidence: REVIEW, checks, reason };
            case.ruled(vec![Seen::nothing("Not observed: it is sealed for you alone."); requirements], &[])
        }
        Observation::Unavailable { sealed, checks } => {
            let reason = if sealed { ReviewReason::AgentConfirmation } else { ReviewReason::Unavailable };
            let decided = checks.iter().any(Check::is_decisive);
            let why = if decided { "a check failed." } else { "automated verification was unavailable." };
            let case = Case { finding: Finding::Unseen, confidence: UNKNOWN, checks, reason };
            case.ruled(vec![Seen::nothing(&format!("Not observed: {why}")); requirements], &[])
        }
    }
}

fn seen(sight: Sight, checks: Vec<Check>, reward: Usd) -> Verdict {
    let highest = if reward >= UNCALIBRATED { DOUBT } else { 100 };
    let confidence = sight.confidence().min(highest);
    let finding = if sight.is_flawed() { Finding::Flawed } else { Finding::Clean };
    let (requirements, doubts) = sight.into_parts();
    Case { finding, confidence, checks, reason: ReviewReason::LowConfidence }.ruled(requirements, &doubts)
}

/// What there is to rule on.
struct Case {
    /// What it came to unless something is wrong.
    finding: Finding,
    confidence: u8,
    checks: Vec<Check>,
    /// Why the agent is asked, should it be.
    reason: ReviewReason,
}

impl Case {
    fn ruled(self, requirements: Vec<Seen>, doubts: &[Doubt]) -> Verdict {
        let Self { finding, confidence, checks, reason } = self;
        let confidence = checks.iter().map(Check::cap).fold(confidence.min(100), u8::min);
        let decision = decision(confidence);
        let is_unseen = checks.iter().any(Check::is_unseen);
        let unavailable = is_unseen && reason == ReviewReason::LowConfidence;
        let reason = if unavailable { ReviewReason::Unavailable } else { reason };
        let review_reason = match decision {
            Decision::ManualReview => Some(reason),
            Decision::Approve | Decision::Reject => None,
        };
        let flawed = decision == Decision::Reject || checks.iter().any(|check| check.status == CheckStatus::Fail);
        let finding = match () {
            () if flawed => Finding::Flawed,
            () if is_unseen => Finding::Unseen,
            () => finding,
        };
        let told = reasoning(decision, review_reason, &checks, &requirements, doubts);
        Verdict { decision, finding, confidence, reasoning: told, requirements, checks, review_reason }
    }
}

/// What failed, else what is in doubt, else what the decision says.
fn reasoning(
    decision: Decision,
    reason: Option<ReviewReason>,
    checks: &[Check],
    requirements: &[Seen],
    doubts: &[Doubt],
) -> String {
    let details = |is_meant: fn(&Check) -> bool| {
        checks.iter().filter(|check| is_meant(check)).map(|check| check.detail.clone()).collect::<Vec<_>>()
    };
    let mut faults = details(|check| check.status == CheckStatus::Fail);
    let not_met = requirements.iter().filter(|seen| seen.verdict == Requirement::NotMet);
    faults.extend(not_met.map(|seen| seen.reasoning.clone()));
    if !faults.is_empty() {
        let ask = if decision == Decision::ManualReview { " Please review the proof yourself." } else { "" };
        return format!("{}{ask}", faults.join(" "));
    }
    let mut doubtful = details(|check| check.cap() <= DOUBT);
    doubtful.extend(doubts.iter().map(|doubt| doubt.sentence().to_owned()));
    if decision == Decision::ManualReview && !doubtful.is_empty() {
        return format!("{} Please review the proof yourself.", doubtful.join(" "));
    }
    match (decision, reason) {
        (Decision::Approve, _) => "All proof requirements met.",
        (Decision::Reject, _) => "The proof does not meet the requirements.",
        (Decision::ManualReview, Some(ReviewReason::AgentConfirmation)) => {
            "The credential is encrypted for you alone: retrieve it, try it, and approve or reject."
        }
        (Decision::ManualReview, Some(ReviewReason::Unavailable)) => {
            "Automated verification was unavailable: please review the proof yourself."
        }
        (Decision::ManualReview, Some(ReviewReason::LowConfidence | ReviewReason::AgentMode) | None) => {
            "The proof leaves doubt: please review it yourself."
        }
    }
    .to_owned()
}

#[cfg(test)]
mod tests;
