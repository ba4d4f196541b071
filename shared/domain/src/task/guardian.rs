//! The Guardian's ruling: from observations to a confidence to a decision. Observes nothing itself.
//!
//! A model (or, in test mode, a word) may raise the confidence; failed checks cap it. Only
//! [`Observation::Complete`] can lead to an approval, so no error path can.

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
    /// How a deterministic check ended.
    CheckStatus { Pass = "PASS", Fail = "FAIL", Skipped = "SKIPPED" }
}

words! {
    /// A deterministic check of a submission.
    CheckName {
        /// The photo can be fetched and decodes within the limits. Skipped when we could not: it was read when it was
        /// handed in, so that is no fault of who did.
        Decodes = "image_decodes",
        /// Type, size and hash are those announced when its upload was requested.
        AsAnnounced = "image_as_announced",
        /// The same picture was not handed in before, for another task. Skipped for a screenshot that was: those of one
        /// page are alike, so that it proves nothing, but somebody should look.
        NotReused = "image_not_reused",
        /// Where the photo says it was taken does not contradict the task's place.
        Position = "capture_position",
        /// When the photo says it was taken does not contradict acceptance and submission.
        CaptureTime = "capture_time",
        /// The encrypted credential has the agreed shape.
        Envelope = "credential_envelope",
        /// There is a confirmation text.
        Confirmation = "confirmation_text",
    }
}

words! {
    /// Why a submission waits for the agent.
    ReviewReason {
        LowConfidence = "LOW_CONFIDENCE",
        AgentConfirmation = "E2EE_AGENT_CONFIRMATION",
        Unavailable = "AUTOMATED_VERIFICATION_UNAVAILABLE",
    }
}

/// One check and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub name: CheckName,
    /// How it ended.
    pub status: CheckStatus,
    /// One sentence for people.
    pub detail: String,
}

impl Check {
    /// Whether the photo could not be looked at.
    pub fn is_unseen(&self) -> bool {
        (self.name, self.status) == (CheckName::Decodes, CheckStatus::Skipped)
    }

    /// The highest confidence that this check leaves possible.
    const fn cap(&self) -> u8 {
        match (self.status, self.name) {
            (CheckStatus::Skipped, CheckName::Decodes) => UNKNOWN,
            (CheckStatus::Skipped, CheckName::NotReused) => DOUBT,
            (CheckStatus::Pass | CheckStatus::Skipped, _) => 100,
            (CheckStatus::Fail, CheckName::Decodes | CheckName::AsAnnounced | CheckName::NotReused) => 20,
            (
                CheckStatus::Fail,
                CheckName::Position | CheckName::CaptureTime | CheckName::Envelope | CheckName::Confirmation,
            ) => 49,
        }
    }
}

/// What the Guardian got to see of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observation {
    /// Every check ran; `confidence` (0 to 100) is what the observer would give without them.
    Complete {
        /// 0 to 100, before caps.
        confidence: u8,
        checks: Vec<Check>,
    },
    /// A ciphertext of the right shape, which nobody but the agent can judge.
    Sealed { checks: Vec<Check> },
    /// The observer did not answer, or not within its limits.
    Unavailable {
        /// What was handed in is a ciphertext, which the agent can judge all the same.
        sealed: bool,
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
    /// APPROVE from 90, MANUAL_REVIEW from 50, else REJECT.
    pub decision: Decision,
    pub finding: Finding,
    /// 0 to 100.
    pub confidence: u8,
    /// One or two sentences for people.
    pub reasoning: String,
    /// One per proof requirement, in order.
    pub requirements: Vec<Requirement>,
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
/// The highest confidence that is no approval.
const DOUBT: u8 = 89;

/// APPROVE from 90, MANUAL_REVIEW from 50, else REJECT (reference, "Task Lifecycle").
pub const fn decision(confidence: u8) -> Decision {
    match confidence {
        90.. => Decision::Approve,
        50..=89 => Decision::ManualReview,
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

/// Rules on a submission with `requirements` proof requirements.
pub fn rule(observation: Observation, requirements: usize) -> Verdict {
    match observation {
        Observation::Complete { confidence, checks } => {
            ruled(Finding::Clean, confidence, checks, ReviewReason::LowConfidence, requirements)
        }
        Observation::Sealed { checks } => {
            ruled(Finding::Sealed, REVIEW, checks, ReviewReason::AgentConfirmation, requirements)
        }
        Observation::Unavailable { sealed } => {
            let reason = if sealed { ReviewReason::AgentConfirmation } else { ReviewReason::Unavailable };
            ruled(Finding::Unseen, UNKNOWN, Vec::new(), reason, requirements)
        }
    }
}

/// `finding` is what it came to unless something is wrong.
fn ruled(finding: Finding, confidence: u8, checks: Vec<Check>, reason: ReviewReason, requirements: usize) -> Verdict {
    let confidence = checks.iter().map(Check::cap).fold(confidence.min(100), u8::min);
    let decision = decision(confidence);
    let is_unseen = checks.iter().any(Check::is_unseen);
    let reason = if is_unseen && reason == ReviewReason::LowConfidence { ReviewReason::Unavailable } else { reason };
    let review_reason = match decision {
        Decision::ManualReview => Some(reason),
        Decision::Approve | Decision::Reject => None,
    };
    let each = match decision {
        Decision::Approve => Requirement::Met,
        Decision::ManualReview => Requirement::Unclear,
        Decision::Reject => Requirement::NotMet,
    };
    let flawed = each == Requirement::NotMet || checks.iter().any(|check| check.status == CheckStatus::Fail);
    let finding = match () {
        () if flawed => Finding::Flawed,
        () if is_unseen => Finding::Unseen,
        () => finding,
    };
    Verdict {
        reasoning: reasoning(decision, review_reason, &checks),
        decision,
        finding,
        confidence,
        requirements: vec![each; requirements],
        checks,
        review_reason,
    }
}

fn reasoning(decision: Decision, reason: Option<ReviewReason>, checks: &[Check]) -> String {
    let details = |is_meant: fn(&Check) -> bool| {
        checks.iter().filter(|check| is_meant(check)).map(|check| check.detail.as_str()).collect::<Vec<_>>().join(" ")
    };
    let (failed, doubts) = (details(|check| check.status == CheckStatus::Fail), details(|check| check.cap() <= DOUBT));
    match decision {
        _ if !failed.is_empty() => return failed,
        Decision::ManualReview if !doubts.is_empty() => return format!("{doubts} Please review the proof yourself."),
        Decision::Approve | Decision::ManualReview | Decision::Reject => {}
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
        (Decision::ManualReview, Some(ReviewReason::LowConfidence) | None) => {
            "The proof leaves doubt: please review it yourself."
        }
    }
    .to_owned()
}

#[cfg(test)]
mod tests;
