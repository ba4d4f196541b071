//! Another program, run to its end. What goes wrong is said in one sentence that names it.

pub(crate) mod debian;
pub(crate) mod venv;

use std::ffi::OsStr;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// A program and its arguments; what it prints is shown unless it is asked for.
pub(crate) struct Program {
    command: Command,
    name: String,
}

/// A program on the PATH, or a file.
pub(crate) fn program(file: impl AsRef<OsStr>) -> Program {
    let name = Path::new(file.as_ref()).file_name().unwrap_or(file.as_ref()).to_string_lossy().into_owned();
    Program { command: Command::new(file), name }
}

/// cargo, without what `cargo run` says about xtask: build scripts that look at it would run anew each time.
pub(crate) fn cargo() -> Program {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    program(cargo).without_env("CARGO_PKG_").without_env("CARGO_MANIFEST_")
}

impl Program {
    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Without the variables whose names begin like this.
    pub(crate) fn without_env(mut self, prefix: &str) -> Self {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with(prefix) {
                self.command.env_remove(&name);
            }
        }
        self
    }

    /// In a folder of its own.
    pub(crate) fn inside(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it; fails unless it succeeds.
    pub(crate) fn run(mut self) -> Result<(), String> {
        let status = self.command.status().map_err(|error| self.failed(&error))?;
        if status.success() { Ok(()) } else { Err(self.failed(&status)) }
    }

    /// Runs it, shows its standard output and hands each line to `read` as well.
    pub(crate) fn run_reading(mut self, mut read: impl FnMut(&str)) -> Result<(), String> {
        let mut child = self.command.stdout(Stdio::piped()).spawn().map_err(|error| self.failed(&error))?;
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

    /// Runs it with all that it prints going into a file.
    pub(crate) fn run_into(mut self, log: &Path) -> Result<(), String> {
        let file = File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
        let copy = file.try_clone().map_err(|error| format!("{}: {error}", log.display()))?;
        self.command.stdout(file).stderr(copy);
        self.run().map_err(|sentence| format!("{sentence}; see {}", log.display()))
    }

    /// Runs it and answers what it prints on standard output.
    pub(crate) fn read(mut self) -> Result<String, String> {
        let output = self.command.stderr(Stdio::inherit()).output().map_err(|error| self.failed(&error))?;
        let text = String::from_utf8(output.stdout).map_err(|error| self.failed(&error))?;
        if output.status.success() { Ok(text) } else { Err(self.failed(&output.status)) }
    }

    /// The command itself, for what is done with no other program.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }

    /// The sentence.
    pub(crate) fn failed(&self, why: &dyn Display) -> String {
        let args: Vec<_> = self.command.get_args().map(OsStr::to_string_lossy).collect();
        format!("{} {}: {why}", self.name, args.join(" "))
    }
}
