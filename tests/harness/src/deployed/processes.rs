//! Processes of the stack's functions: they run on this machine, below the emulator.

use crate::binary::signal;
use std::process::{Command, Stdio};

/// Some processes; what is frozen runs on when this is dropped.
#[derive(Debug)]
pub struct Processes(Vec<u32>);

impl Processes {
    /// Those in whose environment all of these texts occur.
    pub(crate) fn with(marks: &[&str]) -> Self {
        let all = std::fs::read_dir("/proc").expect("the functions run on Linux");
        let pids = all.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok());
        let marked = pids.filter(|pid: &u32| {
            // Others' processes, and those that have just ended, can't be read.
            let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            let environment = String::from_utf8_lossy(&environment);
            environment.contains("AWS_LAMBDA_FUNCTION_NAME=") && marks.iter().all(|mark| environment.contains(mark))
        });
        Self(marked.collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Stops them where they are.
    pub fn freeze(&self) {
        self.0.iter().for_each(|pid| signal(*pid, "STOP"));
    }

    /// Ends them as a power failure would.
    pub fn kill(mut self) {
        self.0.drain(..).for_each(|pid| signal(pid, "KILL"));
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for pid in &self.0 {
            // It may have been ended meanwhile.
            let _ = Command::new("kill").args(["-s", "CONT", &pid.to_string()]).stderr(Stdio::null()).status();
        }
    }
}
