//! Where the figures come from.

use std::process::Command;

/// The machine, as it describes itself.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) kernel: String,
    pub(crate) memory_gib: u64,
    /// Of the last minute, before the run.
    pub(crate) load: String,
    pub(crate) rustc: String,
    pub(crate) node: String,
    pub(crate) date: String,
    /// Whether harness and contestant have a core each.
    pub(crate) pinned: bool,
}

impl Machine {
    pub(crate) fn read() -> Self {
        let cpuinfo = file("/proc/cpuinfo");
        let processors = || cpuinfo.lines().filter(|line| line.starts_with("processor"));
        let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
        let memory = file("/proc/meminfo");
        let kib = memory.split_whitespace().nth(1).and_then(|digits| digits.parse::<u64>().ok());
        Self {
            processor: model.unwrap_or("unknown").trim().to_owned(),
            cores: processors().count(),
            kernel: format!("Linux {}", file("/proc/sys/kernel/osrelease").trim()),
            memory_gib: kib.unwrap_or(0) / 1024 / 1024,
            load: file("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
            rustc: said("rustc"),
            node: said("node"),
            date: store::Clock::system(0).now().to_string().chars().take(10).collect(),
            pinned: false,
        }
    }
}

fn file(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn said(program: &str) -> String {
    let output = Command::new(program).arg("--version").output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}
