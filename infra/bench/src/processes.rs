//! Starts processes on a core of their own, and reads from the kernel what they used.

use crate::Failure;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// The harness, the engine and TLS.
const OWN_CORE: &str = "0";
/// The contestant that is measured.
const THEIR_CORE: &str = "1";

type Order = (Command, File, tokio::sync::oneshot::Sender<std::io::Result<Started>>);

/// A process, the moment before it was asked for, and what it prints.
pub(crate) struct Started {
    pub(crate) child: Child,
    pub(crate) at: Instant,
    pub(crate) log: File,
}

/// A thread on the contestants' core: what it starts inherits the core. `taskset` in between would be
/// measured as part of the start.
pub(crate) struct Spawner {
    orders: Sender<Order>,
    /// Whether `taskset` was there.
    pub(crate) pinned: bool,
}

impl Spawner {
    pub(crate) fn start() -> Self {
        let (orders, taken) = channel::<Order>();
        let (say, pinned) = channel();
        let own = pin(&std::process::id().to_string(), OWN_CORE);
        std::thread::spawn(move || {
            let thread = std::fs::read_link("/proc/thread-self").ok();
            let id = thread.as_ref().and_then(|link| link.file_name()?.to_str());
            let _ = say.send(own && id.is_some_and(|id| pin(id, THEIR_CORE)));
            work(&taken);
        });
        Self { orders, pinned: pinned.recv().unwrap_or(false) }
    }

    /// Starts a process. Its output goes to a file without a name.
    pub(crate) async fn spawn(&self, mut command: Command) -> Result<Started, Failure> {
        let log = tempfile::tempfile()?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(Stdio::null());
        let (done, started) = tokio::sync::oneshot::channel();
        self.orders.send((command, log, done))?;
        Ok(started.await??)
    }
}

fn work(orders: &Receiver<Order>) {
    while let Ok((mut command, log, done)) = orders.recv() {
        let at = Instant::now();
        let _ = done.send(command.spawn().map(|child| Started { child, at, log }));
    }
}

/// Whether `taskset` put a thread, or all threads of a process, on a core.
fn pin(id: &str, core: &str) -> bool {
    let output = Command::new("taskset").args(["-a", "-c", "-p", core, id]).stdout(Stdio::null()).status();
    output.is_ok_and(|status| status.success())
}

/// Gives a process no more addresses than so many bytes: what it asks for beyond them it is refused.
pub(crate) fn limit(process: u32, bytes: u64) -> Result<(), Failure> {
    let (process, limit) = (format!("--pid={process}"), format!("--as={bytes}"));
    let status = Command::new("prlimit").args([process, limit]).status()?;
    if status.success() { Ok(()) } else { Err(format!("prlimit: {status}").into()) }
}

/// A group of processes that have a part of a processor, as Lambda gives it: so much of every 20 ms.
pub(crate) struct Share(PathBuf);

/// Lambda gives a whole processor at so many megabytes.
const PROCESSOR_MB: u64 = 1_769;
const PERIOD_US: u64 = 20_000;

impl Share {
    /// What a function of so much memory has. Wants root, and the kernel's control groups of either version.
    pub(crate) fn of_memory(of: &str, megabytes: u64) -> Result<Self, Failure> {
        let quota_us = PERIOD_US * megabytes / PROCESSOR_MB;
        let name = format!("humanops-bench-{}-{of}", std::process::id());
        let (root, first) = ("/sys/fs/cgroup", Path::new("/sys/fs/cgroup/cpu"));
        let share = Self(if first.exists() { first.join(name) } else { Path::new(root).join(name) });
        match std::fs::create_dir(&share.0) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
        if first.exists() {
            share.set("cpu.cfs_period_us", &PERIOD_US.to_string())?;
            share.set("cpu.cfs_quota_us", &quota_us.to_string())?;
        } else {
            share.set("cpu.max", &format!("{quota_us} {PERIOD_US}"))?;
        }
        Ok(share)
    }

    pub(crate) fn add(&self, process: u32) -> Result<(), Failure> {
        self.set("cgroup.procs", &process.to_string())
    }

    fn set(&self, file: &str, value: &str) -> Result<(), Failure> {
        let file = self.0.join(file);
        std::fs::write(&file, value).map_err(|error| format!("{}: {error}", file.display()).into())
    }
}

/// Its processes have ended.
impl Drop for Share {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir(&self.0);
    }
}

/// Processor time of all threads so far.
pub(crate) fn cpu(process: u32) -> Result<Duration, Failure> {
    let mut nanos = 0;
    for task in std::fs::read_dir(format!("/proc/{process}/task"))? {
        // A thread may end while it is looked at.
        let Ok(text) = std::fs::read_to_string(task?.path().join("schedstat")) else { continue };
        nanos += text.split(' ').next().unwrap_or_default().parse::<u64>()?;
    }
    Ok(Duration::from_nanos(nanos))
}

/// The most memory that was resident, in bytes.
pub(crate) fn peak_bytes(process: u32) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
