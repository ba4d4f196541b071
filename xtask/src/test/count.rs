//! What passed and what failed. A failed gate counts as one failure, so a red run never says "0 failed".

use std::fmt;
use std::process::ExitCode;

/// Tests that passed; tests and gates that failed, and a sentence for each gate among them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    passed: usize,
    failed: usize,
    sentences: Vec<String>,
}

impl Count {
    /// Adds the outcome of something that either passes or not. A passed gate is not a passed test.
    pub(crate) fn gate(&mut self, outcome: Result<(), String>) {
        if let Err(sentence) = outcome {
            self.failed += 1;
            self.sentences.push(sentence);
        }
    }

    /// Adds one line of cargo test's output; only a `test result:` line counts.
    pub(crate) fn read(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        self.passed += number_before(result, " passed");
        self.failed += number_before(result, " failed");
    }

    /// Adds how cargo test ended: a crash or a compile error has no `test result:` line of its own,
    /// and a run without any test proves nothing.
    pub(crate) fn tests(&mut self, outcome: Result<(), String>) {
        match outcome {
            Ok(()) if self.passed == 0 => self.gate(Err("no test ran".into())),
            Err(sentence) if self.failed == 0 => self.gate(Err(sentence)),
            Ok(()) | Err(_) => {}
        }
    }

    /// Adds what another run counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.sentences.extend(other.sentences);
    }

    /// Says which gates failed, at the end of the run where it is read; success when nothing failed.
    pub(crate) fn finish(&self) -> ExitCode {
        for sentence in &self.sentences {
            println!("failed: {sentence}");
        }
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(';').find_map(|part| part.strip_suffix(word));
    before.and_then(|part| part.rsplit(' ').next()).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests;
