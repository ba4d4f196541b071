//! One cargo command, run from the folder that xtask was called in, with its output as it comes.

use crate::program::{Program, cargo};
use std::path::Path;
use std::time::Instant;

/// The arguments of cargo.
pub(crate) struct Step(pub(crate) &'static [&'static str]);

/// How long each step of a run took is what to look at when the run has become long.
pub(crate) fn timed(name: &str, run: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    println!("==> {name}");
    let started = Instant::now();
    let outcome = run();
    println!("==> {} s", started.elapsed().as_secs());
    outcome
}

impl Step {
    /// Says what it does, and runs it. The error is a sentence.
    pub(crate) fn run(&self) -> Result<(), String> {
        timed(&self.to_string(), || self.program().run())
    }

    /// Runs it with one more variable, shows its standard output and hands each line to `read` as well.
    pub(crate) fn run_reading(&self, env: Option<(&str, &Path)>, read: impl FnMut(&str)) -> Result<(), String> {
        let program = env.into_iter().fold(self.program(), |program, (name, value)| program.env(name, value));
        timed(&self.to_string(), || program.run_reading(read))
    }

    pub(crate) fn program(&self) -> Program {
        cargo().args(self.0)
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cargo {}", self.0.join(" "))
    }
}
