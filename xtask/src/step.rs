//! One cargo command, run from the folder that xtask was called in, with its output as it comes.

use crate::program::{Program, cargo};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Instant;

/// The arguments of cargo.
pub(crate) struct Step(pub(crate) &'static [&'static str]);

impl Step {
    /// Says what it does, and runs it. The error is a sentence.
    pub(crate) fn run(&self) -> Result<(), String> {
        self.timed(|| self.program().run())
    }

    /// Runs it with one more variable, shows its standard output and hands each line to `read` as well.
    pub(crate) fn run_reading(&self, env: Option<(&str, &str)>, read: impl FnMut(&str)) -> Result<(), String> {
        self.timed(|| self.read(env, read))
    }

    /// How long each step of a run took is what to look at when the run has become long.
    fn timed(&self, run: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
        println!("==> {self}");
        let started = Instant::now();
        let outcome = run();
        println!("==> {} s", started.elapsed().as_secs());
        outcome
    }

    fn read(&self, env: Option<(&str, &str)>, mut read: impl FnMut(&str)) -> Result<(), String> {
        let program = env.into_iter().fold(self.program(), |program, (name, value)| program.env(name, value));
        let failed = |why: &dyn std::fmt::Display| self.program().failed(why);
        let child = program.into_command().stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| failed(&error))?;
        let mut output = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let mut line = Vec::new();
        // Bytes, not lines: what a test prints need not be UTF-8.
        while output.read_until(b'\n', &mut line).map_err(|error| failed(&error))? > 0 {
            std::io::stdout().write_all(&line).map_err(|error| failed(&error))?;
            read(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
        let status = child.wait().map_err(|error| failed(&error))?;
        if status.success() { Ok(()) } else { Err(failed(&status)) }
    }

    fn program(&self) -> Program {
        cargo().args(self.0)
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cargo {}", self.0.join(" "))
    }
}
