//! Has a model look at a submission, blind: it is shown photos and statements, neither who handed them in nor what for. It
//! observes; `domain` rules. Whatever is no whole answer becomes no sight, and so no approval.

mod answer;
mod phrases;
mod question;
mod texts;

use answer::Told;
use domain::Usd;
use domain::guardian::{Doubt, SECOND_OPINION, Sight};
use photos::Shown;
use question::Statements;
use std::time::{Duration, Instant};
use vision::{Limits, Model, Unanswered, Usage};

/// What the questions are known by in logs: it changes with every change of a word in them.
pub(crate) const PROMPT_VERSION: &str = "2026-11-27.2";
/// Looks of one submission together: a second one and the reading of its texts begin only before that.
const LOOKING_MAX: Duration = Duration::from_secs(40);

/// A model, and what it charges.
#[derive(Debug)]
pub struct Observer {
    model: Model,
    pub(crate) price: Price,
}

/// How long a model may take for one question, with all tries.
pub const LIMITS: Limits = Limits {
    connect: Duration::from_secs(3),
    one_try: Duration::from_secs(20),
    all_tries: Duration::from_secs(30),
    pause: Duration::from_millis(500),
};

/// Micro-dollars for a million tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    pub input: u64,
    pub output: u64,
}

impl Price {
    /// `3.00/15.00`: dollars for a million tokens of input, and of output.
    pub fn parse(text: &str) -> Option<Self> {
        let micros = |dollars: &str| u64::try_from(Usd::parse_usdc(dollars).ok()?.micros()).ok();
        let (input, output) = text.split_once('/')?;
        Some(Self { input: micros(input)?, output: micros(output)? })
    }

    /// Micro-dollars for so many tokens.
    pub fn of(self, usage: Usage) -> u64 {
        let part = |tokens: u64, price: u64| tokens.saturating_mul(price) / 1_000_000;
        part(usage.input, self.input).saturating_add(part(usage.output, self.output))
    }
}

/// What of a submission is looked at.
pub(crate) struct Exhibits<'a> {
    pub(crate) requirements: &'a [String],
    /// Their order is that of the submission.
    pub(crate) photos: &'a [Shown],
    /// What is to be confirmed in words, where no photo is asked for.
    pub(crate) confirmation: Option<&'a str>,
    /// Whatever else the operator wrote: never shown to who looks, and read for what it asks of whom.
    pub(crate) texts: &'a [&'a str],
    pub(crate) reward: Usd,
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Look {
    pub(crate) sight: Option<Sight>,
    /// Why there is none. Nothing that was shown or answered is in it.
    pub(crate) failure: Option<String>,
    pub(crate) calls: u32,
    pub(crate) usage: Usage,
}

/// Why an answer is not believed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unbelieved {
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    #[error("the answer is not what was asked for: {0}")]
    Malformed(&'static str),
    /// Of a statement that nothing makes true.
    #[error("it saw what nobody can have seen")]
    Credulous,
    #[error("there was no time for it")]
    Late,
}

impl Observer {
    pub fn new(model: Model, price: Price) -> Self {
        Self { model, price }
    }

    pub(crate) fn name(&self) -> &str {
        self.model.name()
    }

    /// Looks, reads what texts ask for, and from [`SECOND_OPINION`] on looks again, with the photos in another order.
    pub(crate) async fn look(&self, exhibits: &Exhibits<'_>) -> Look {
        let mut look = Look::default();
        match self.seen(exhibits, &mut look).await {
            Ok(sight) => look.sight = Some(sight),
            Err(unbelieved) => look.failure = Some(unbelieved.to_string()),
        }
        look
    }

    async fn seen(&self, exhibits: &Exhibits<'_>, look: &mut Look) -> Result<Sight, Unbelieved> {
        let until = Instant::now() + LOOKING_MAX;
        let mut first = self.told(exhibits, false, look).await?;
        if self.is_addressed(exhibits, &first, until, look).await? {
            first.doubts.push(Doubt::Instructions);
        }
        let sight = first.sight(exhibits)?;
        if exhibits.reward < SECOND_OPINION || !sight.is_all_met() {
            return Ok(sight);
        }
        in_time(until)?;
        let second = self.told(exhibits, true, look).await?;
        Ok(sight.beside(&second.sight(exhibits)?))
    }

    async fn told(&self, exhibits: &Exhibits<'_>, reversed: bool, look: &mut Look) -> Result<Told, Unbelieved> {
        let statements = Statements::about(exhibits.requirements);
        let order: Vec<usize> = match reversed {
            false => (0..exhibits.photos.len()).collect(),
            true => (0..exhibits.photos.len()).rev().collect(),
        };
        let asked = question::ask(&self.model, &statements, exhibits, &order).await;
        let json = look.note(asked)?;
        answer::read(&json, &statements, &order)
    }

    /// Whether a text in a photo, or beside it, speaks to whoever reviews: by its wording, or as a model reads it that is
    /// shown nothing else.
    async fn is_addressed(
        &self,
        exhibits: &Exhibits<'_>,
        told: &Told,
        until: Instant,
        look: &mut Look,
    ) -> Result<bool, Unbelieved> {
        let seen = told.visible_text.iter().map(String::as_str);
        let texts: Vec<&str> = exhibits.texts.iter().copied().chain(exhibits.confirmation).chain(seen).collect();
        if texts.iter().all(|text| text.trim().is_empty()) {
            return Ok(false);
        }
        if phrases::speak_to_a_reviewer(&texts) {
            return Ok(true);
        }
        in_time(until)?;
        let asked = texts::ask(&self.model, &texts).await;
        texts::read(&look.note(asked)?)
    }
}

impl Look {
    /// Counts a call, whatever came of it.
    fn note(&mut self, asked: Result<vision::Answer, Unanswered>) -> Result<String, Unbelieved> {
        self.calls += 1;
        let answer = asked?;
        self.usage.input += answer.usage.input;
        self.usage.output += answer.usage.output;
        Ok(answer.json)
    }
}

fn in_time(until: Instant) -> Result<(), Unbelieved> {
    if Instant::now() < until { Ok(()) } else { Err(Unbelieved::Late) }
}

impl Told {
    fn sight(self, exhibits: &Exhibits<'_>) -> Result<Sight, Unbelieved> {
        let sight = Sight::of(exhibits.requirements.len(), self.seen, self.doubts);
        sight.ok_or(Unbelieved::Malformed("not every requirement"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_other_words_has_another_version() {
        let words = [question::INSTRUCTIONS, texts::INSTRUCTIONS].concat();
        assert_eq!((PROMPT_VERSION, crc32fast::hash(words.as_bytes())), ("2026-11-27.2", 3_969_013_701));
    }
}
