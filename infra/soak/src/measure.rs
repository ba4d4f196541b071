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

/// Of the process, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Memory that is its own.
    pub(crate) own: u64,
    /// Memory that has pages of files: of the program, and of the database, which the kernel takes back when it wants.
    pub(crate) mapped: u64,
    pub(crate) disk: u64,
}

/// As time goes on.
#[derive(Debug, Default)]
pub(crate) struct Growth(Vec<(Duration, Sizes)>);

impl Growth {
    pub(crate) fn note(&mut self, at: Duration, sizes: Sizes) {
        self.0.push((at, sizes));
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        writeln!(f, "| After | Memory | Mapped files | Disk |\n|---|---|---|---|")?;
        // A dozen lines, the last look among them.
        let step = self.0.len().div_ceil(11).max(1);
        for (at, Sizes { own, mapped, disk }) in self.0.iter().rev().step_by(step).rev() {
            writeln!(f, "| {} s | {} MiB | {} MiB | {} MiB |", at.as_secs(), own / MIB, mapped / MIB, disk / MIB)?;
        }
        Ok(())
    }
}
