//! What was measured, as the tables of `docs/RELIABILITY.md` have it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

const MIB: u64 = 1 << 20;

/// How long answers took, by what was asked for; and how often somebody had to ask again.
#[derive(Debug, Default)]
pub(crate) struct Times {
    answered: BTreeMap<String, Vec<Duration>>,
    again: usize,
}

impl Times {
    pub(crate) fn note(&mut self, route: String, took: Duration) {
        self.answered.entry(route).or_default().push(took);
    }

    pub(crate) fn note_again(&mut self) {
        self.again += 1;
    }

    /// Both together.
    pub(crate) fn with(mut self, other: Self) -> Self {
        for (route, took) in other.answered {
            self.answered.entry(route).or_default().extend(took);
        }
        self.again += other.again;
        self
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| Request | Answers | Median | 99 of 100 | Longest |\n|---|---|---|---|---|")?;
        for (route, took) in &self.answered {
            let mut took = took.clone();
            took.sort_unstable();
            let at = |permille: usize| took.get((took.len() * permille / 1_000).min(took.len() - 1));
            let ms = |permille| at(permille).map_or(0.0, |took| took.as_secs_f64() * 1e3);
            let count = took.len();
            writeln!(f, "| {route} | {count} | {:.1} ms | {:.1} ms | {:.0} ms |", ms(500), ms(990), ms(1_000))?;
        }
        writeln!(f, "\nAsked again because nobody answered, or with a 5xx: {} times.", self.again)
    }
}

/// Memory and disk of the process, in bytes, as time goes on.
#[derive(Debug, Default)]
pub(crate) struct Sizes(Vec<(Duration, u64, u64)>);

impl Sizes {
    pub(crate) fn note(&mut self, at: Duration, memory: u64, disk: u64) {
        self.0.push((at, memory, disk));
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        writeln!(f, "| After | Memory | Disk |\n|---|---|---|")?;
        // A dozen lines, the last look among them.
        let step = self.0.len().div_ceil(11).max(1);
        for (at, memory, disk) in self.0.iter().rev().step_by(step).rev() {
            writeln!(f, "| {} s | {} MiB | {} MiB |", at.as_secs(), memory / MIB, disk / MIB)?;
        }
        Ok(())
    }
}
