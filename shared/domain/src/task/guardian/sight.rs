//! What an observer says that a submission shows. It observes, and decides nothing: its word can be wrong, and talked into.

use super::{CLEAN, DOUBT, FAULT, Requirement};
use crate::words::words;

/// What was seen of one requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub verdict: Requirement,
    /// In the verdict, 0 to 100.
    pub confidence: u8,
    /// One or two sentences for people.
    pub reasoning: String,
    /// The photo that shows it, from 1.
    pub photo: Option<u8>,
}

words! {
    /// Why a sight is not believed as it is.
    Doubt {
        /// A text that came with the submission, or stands in a photo, speaks to whoever reviews it.
        Instructions = "instructions",
        /// Signs that a photo was altered, or shows a screen.
        Tampering = "tampering",
        /// A second observer saw it otherwise.
        Disagreement = "disagreement",
    }
}

/// An answer for every requirement of a submission: what is less than that can't be made into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    seen: Vec<Seen>,
    doubts: Vec<Doubt>,
}

impl Seen {
    /// Of a requirement at which nobody looked.
    pub fn nothing(reasoning: &str) -> Self {
        Self { verdict: Requirement::Unclear, confidence: 0, reasoning: reasoning.to_owned(), photo: None }
    }
}

impl Doubt {
    /// The highest confidence that it leaves possible.
    const fn cap(self) -> u8 {
        match self {
            Self::Instructions | Self::Disagreement => DOUBT,
            Self::Tampering => 69,
        }
    }

    /// For people.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Instructions => "A text in the proof speaks to whoever reviews it.",
            Self::Tampering => "A photo shows signs of having been altered.",
            Self::Disagreement => "Two looks at the proof saw different things.",
        }
    }
}

impl Sight {
    /// `None` unless every one of the `requirements` was seen, and there is one.
    pub fn of(requirements: usize, seen: Vec<Seen>, doubts: Vec<Doubt>) -> Option<Self> {
        (requirements > 0 && seen.len() == requirements).then_some(Self { seen, doubts })
    }

    /// Whether all that was asked for is there, and nothing speaks against it: worth a second look.
    pub fn is_all_met(&self) -> bool {
        self.doubts.is_empty() && self.seen.iter().all(|seen| seen.verdict == Requirement::Met)
    }

    /// This sight, beside that of another observer.
    #[must_use]
    pub fn beside(mut self, other: &Self) -> Self {
        let verdicts = |sight: &Self| sight.seen.iter().map(|seen| seen.verdict).collect::<Vec<_>>();
        if verdicts(&self) != verdicts(other) {
            self.doubts.push(Doubt::Disagreement);
        }
        let more = other.doubts.iter().filter(|doubt| !self.doubts.contains(doubt)).copied().collect::<Vec<_>>();
        self.doubts.extend(more);
        self
    }

    /// 0 to 100: as sure as of what is least sure, within what verdicts and doubts leave possible.
    pub(super) fn confidence(&self) -> u8 {
        let each = self.seen.iter().map(|seen| match seen.verdict {
            // Models overstate their confidence: no word of theirs counts more than nothing to complain of.
            Requirement::Met => seen.confidence.min(CLEAN),
            Requirement::Unclear => DOUBT.min(seen.confidence.max(50)),
            // The surer that it is not met, the less is left.
            Requirement::NotMet => FAULT.min(100_u8.saturating_sub(seen.confidence)),
        });
        let doubts = self.doubts.iter().map(|doubt| doubt.cap());
        each.chain(doubts).fold(100, u8::min)
    }

    /// Whether a requirement is not met, or the sight itself is in doubt.
    pub(super) fn is_flawed(&self) -> bool {
        !self.doubts.is_empty() || self.seen.iter().any(|seen| seen.verdict == Requirement::NotMet)
    }

    pub(super) fn into_parts(self) -> (Vec<Seen>, Vec<Doubt>) {
        (self.seen, self.doubts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_met_when_all_that_was_asked_for_is_there_and_nothing_speaks_against_it() {
        let seen = |verdict| Seen { verdict, ..Seen::nothing("") };
        for (verdict, doubts, expected) in [
            (Requirement::Met, vec![], true),
            (Requirement::NotMet, vec![], false),
            (Requirement::Met, vec![Doubt::Disagreement], false),
            (Requirement::NotMet, vec![Doubt::Disagreement], false),
        ] {
            assert_eq!(Sight::of(1, vec![seen(verdict)], doubts).unwrap().is_all_met(), expected);
        }
    }
}
