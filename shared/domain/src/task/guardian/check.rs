//! What can be said of a submission without a model: the deterministic checks, and the confidence that each leaves.

use super::{DOUBT, FAULT, UNKNOWN};
use crate::words::words;

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
        /// No picture that looks like it was handed in before, for another task. Skipped when one does a little: that proves
        /// nothing, but somebody should look.
        NotSimilar = "image_not_similar",
        /// Something can be seen on the photo.
        NotUniform = "image_not_uniform",
        /// The photo has enough pixels.
        Size = "image_size",
        /// The photo is in focus.
        Sharp = "image_sharp",
        /// The photo does not say that it went through a program that changes what photos show.
        NotEdited = "image_not_edited",
        /// The photo is not what a screen showed.
        NotScreenshot = "image_not_screenshot",
        /// The photo does not say that it was generated.
        Origin = "image_origin",
        /// Where the photo says it was taken does not contradict the task's place.
        Position = "capture_position",
        /// The photo says where it was taken, as the task demands.
        PositionGiven = "capture_position_given",
        /// When the photo says it was taken does not contradict acceptance and submission.
        CaptureTime = "capture_time",
        /// The photo says when it was taken, as the task demands.
        CaptureTimeGiven = "capture_time_given",
        /// The encrypted credential has the agreed shape.
        Envelope = "credential_envelope",
        /// There is a confirmation text.
        Confirmation = "confirmation_text",
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
    /// It passed; `detail` is one sentence for people.
    pub fn passed(name: CheckName, detail: impl Into<String>) -> Self {
        Self { name, status: CheckStatus::Pass, detail: detail.into() }
    }

    /// It failed.
    pub fn failed(name: CheckName, detail: impl Into<String>) -> Self {
        Self { name, status: CheckStatus::Fail, detail: detail.into() }
    }

    /// It could not be made.
    pub fn skipped(name: CheckName, detail: impl Into<String>) -> Self {
        Self { name, status: CheckStatus::Skipped, detail: detail.into() }
    }

    /// Whether the photo could not be looked at.
    pub fn is_unseen(&self) -> bool {
        (self.name, self.status) == (CheckName::Decodes, CheckStatus::Skipped)
    }

    /// Whether it failed so that nothing else matters.
    pub fn is_decisive(&self) -> bool {
        self.status == CheckStatus::Fail && self.cap() <= FAULT
    }

    /// The highest confidence that this check leaves possible.
    pub(super) const fn cap(&self) -> u8 {
        match (self.status, self.name) {
            (CheckStatus::Skipped, CheckName::Decodes) => UNKNOWN,
            (CheckStatus::Skipped, CheckName::NotReused | CheckName::NotSimilar) => DOUBT,
            (CheckStatus::Pass | CheckStatus::Skipped, _) => 100,
            (
                CheckStatus::Fail,
                CheckName::Decodes | CheckName::AsAnnounced | CheckName::NotReused | CheckName::Origin,
            ) => 20,
            (
                CheckStatus::Fail,
                CheckName::NotUniform
                | CheckName::Size
                | CheckName::Position
                | CheckName::CaptureTime
                | CheckName::Envelope
                | CheckName::Confirmation,
            ) => FAULT,
            (
                CheckStatus::Fail,
                CheckName::NotSimilar | CheckName::Sharp | CheckName::NotEdited | CheckName::NotScreenshot,
            ) => 69,
            (CheckStatus::Fail, CheckName::PositionGiven | CheckName::CaptureTimeGiven) => 79,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failure_that_leaves_nothing_to_approve_is_decisive() {
        use CheckName::{Decodes, NotReused};
        use CheckStatus::{Fail, Pass, Skipped};
        for (name, status, is_decisive) in [
            (Decodes, Fail, true),
            (NotReused, Fail, true),
            (Decodes, Pass, false),
            (Decodes, Skipped, false),
            (NotReused, Skipped, false),
        ] {
            let check = Check { name, status, detail: String::new() };
            assert_eq!(check.is_decisive(), is_decisive, "{check:?}");
        }
    }
}
