//! What all judgements come to. Arithmetic alone.

use crate::judge::Judged;
use crate::set::{Family, Kind};
use domain::guardian::Decision;
use guardian::Price;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use vision::Usage;

pub(crate) const DECISIONS: [Decision; 3] = [Decision::Approve, Decision::ManualReview, Decision::Reject];
/// Of confidence: as the caps of docs/GUARDIAN.md part it.
const BINS: [RangeInclusive<u8>; 6] = [0..=19, 20..=49, 50..=69, 70..=79, 80..=89, 90..=100];

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Figures {
    /// Submissions by label, and by decision.
    pub(crate) confusion: [[usize; 3]; 3],
    pub(crate) families: Vec<(String, Share)>,
    pub(crate) all: Share,
    pub(crate) calibration: Vec<Bin>,
    /// The mean square of how far a confidence was from what would have been right: 0 or 100 %. 0 is best, 0.25 is what
    /// 50 for everything comes to.
    pub(crate) brier: f64,
    pub(crate) calls: u64,
    pub(crate) usage: Usage,
    /// Micro-dollars.
    pub(crate) cost: Option<u64>,
    pub(crate) latency: Latency,
    /// Why a model gave no whole answer, and how often.
    pub(crate) failures: BTreeMap<String, usize>,
    /// Judgements for which a model was asked.
    pub(crate) asked: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) of: usize,
    pub(crate) right: usize,
    /// Approved, and must not be.
    pub(crate) wrongly_approved: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bin {
    pub(crate) confidence: RangeInclusive<u8>,
    pub(crate) of: usize,
    pub(crate) mean_confidence: f64,
    /// Of them should be approved.
    pub(crate) good: usize,
    /// Of them the decision is right.
    pub(crate) right: usize,
}

/// Of those judgements for which a model was asked, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Latency {
    pub(crate) median: u64,
    pub(crate) p95: u64,
    pub(crate) max: u64,
}

impl Judged {
    pub(crate) fn is_right(&self) -> bool {
        self.submission.right.contains(&self.decision)
    }

    pub(crate) fn is_wrongly_approved(&self) -> bool {
        self.decision == Decision::Approve && !self.submission.may_be_approved()
    }
}

impl Figures {
    pub(crate) fn of(judged: &[Judged], price: Option<Price>) -> Self {
        let mut confusion = [[0; 3]; 3];
        for it in judged {
            confusion[place(it.submission.label())][place(it.decision)] += 1;
        }
        let usage = judged.iter().fold(Usage::default(), |sum, it| Usage {
            input: sum.input + it.line.usage.input,
            output: sum.output + it.line.usage.output,
        });
        let mut failures = BTreeMap::new();
        for cause in judged.iter().filter_map(|it| it.line.failure.clone()) {
            *failures.entry(cause).or_default() += 1;
        }
        let asked: Vec<u64> = judged.iter().filter(|it| it.line.calls > 0).map(|it| it.line.duration_ms).collect();
        Self {
            confusion,
            families: families(judged),
            all: Share::of(judged),
            calibration: BINS.into_iter().map(|range| Bin::of(range, judged)).filter(|bin| bin.of > 0).collect(),
            brier: mean(judged.iter().map(|it| {
                let truth = if it.submission.may_be_approved() { 1.0 } else { 0.0 };
                (f64::from(it.confidence) / 100.0 - truth).powi(2)
            })),
            calls: judged.iter().map(|it| it.line.calls).sum(),
            usage,
            cost: price.map(|price| price.of(usage)),
            asked: asked.len(),
            latency: Latency::of(asked),
            failures,
        }
    }
}

impl Share {
    fn of<'a>(judged: impl IntoIterator<Item = &'a Judged>) -> Self {
        let mut share = Self::default();
        for it in judged {
            share.of += 1;
            share.right += usize::from(it.is_right());
            share.wrongly_approved += usize::from(it.is_wrongly_approved());
        }
        share
    }
}

impl Bin {
    fn of(confidence: RangeInclusive<u8>, judged: &[Judged]) -> Self {
        let within: Vec<&Judged> = judged.iter().filter(|it| confidence.contains(&it.confidence)).collect();
        Self {
            of: within.len(),
            mean_confidence: mean(within.iter().map(|it| f64::from(it.confidence))),
            good: within.iter().filter(|it| it.submission.may_be_approved()).count(),
            right: within.iter().filter(|it| it.is_right()).count(),
            confidence,
        }
    }
}

impl Latency {
    /// By nearest rank.
    fn of(mut values: Vec<u64>) -> Self {
        values.sort_unstable();
        let at = |percent: usize| values.get((values.len() * percent).div_ceil(100).saturating_sub(1));
        let [median, p95, max] = [50, 95, 100].map(|percent| at(percent).copied().unwrap_or_default());
        Self { median, p95, max }
    }
}

/// By family, and by kind.
fn families(judged: &[Judged]) -> Vec<(String, Share)> {
    let family = |family: Family| {
        let some = judged.iter().filter(move |it| it.submission.family == family);
        (family.word().to_owned(), Share::of(some))
    };
    let kind = |kind: Kind| {
        let some = judged.iter().filter(move |it| it.submission.kind == kind);
        (format!("({})", kind.word()), Share::of(some))
    };
    Family::ALL.into_iter().map(family).chain(Kind::ALL.into_iter().map(kind)).collect()
}

fn place(decision: Decision) -> usize {
    match decision {
        Decision::Approve => 0,
        Decision::ManualReview => 1,
        Decision::Reject => 2,
    }
}

/// 0 of none.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}

#[cfg(test)]
mod tests;
