//! One cargo command, run from the folder that xtask was called in, with its output as it comes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// The arguments of cargo.
pub(crate) struct Step(pub(crate) &'static [&'static str]);

impl Step {
    /// One progress line.
    pub(crate) fn announce(&self, number: usize, of: usize) {
        println!("==> {number}/{of} cargo {}", self.0.join(" "));
    }

    /// Runs it. The error is a sentence.
    pub(crate) fn run(&self) -> Result<(), String> {
        let status = self.command().status().map_err(|error| self.failed(&error))?;
        if status.success() { Ok(()) } else { Err(self.failed(&status)) }
    }

    /// Runs it, shows its standard output and hands each line to `read` as well.
    pub(crate) fn run_reading(&self, mut read: impl FnMut(&str)) -> Result<(), String> {
        let mut child = self.command().stdout(Stdio::piped()).spawn().map_err(|error| self.failed(&error))?;
        let mut output = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let mut line = Vec::new();
        // Bytes, not lines: what a test prints need not be UTF-8.
        while output.read_until(b'\n', &mut line).map_err(|error| self.failed(&error))? > 0 {
            std::io::stdout().write_all(&line).map_err(|error| self.failed(&error))?;
            read(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
        let status = child.wait().map_err(|error| self.failed(&error))?;
        if status.success() { Ok(()) } else { Err(self.failed(&status)) }
    }

    /// Without what `cargo run` says about xtask: build scripts that look at it would run anew each time.
    fn command(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(self.0);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }

    fn failed(&self, why: &dyn std::fmt::Display) -> String {
        format!("cargo {}: {why}", self.0.join(" "))
    }
}
