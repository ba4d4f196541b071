//! Starts processes on a core of their own, and reads from the kernel what they used.

use crate::Failure;
use rustix::thread::{CpuSet, sched_setaffinity};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// The harness, the engine and TLS.
const OWN_CORE: usize = 0;
/// The contestant that is measured.
const THEIR_CORE: usize = 1;

type Order = (Command, File, tokio::sync::oneshot::Sender<std::io::Result<Started>>);

/// A process, the moment before it was asked for, and what it prints.
pub(crate) struct Started {
    pub(crate) child: Child,
    pub(crate) at: Instant,
    pub(crate) log: File,
}

/// A thread on the contestants' core: what it starts inherits the core.
pub(crate) struct Spawner {
    orders: Sender<Order>,
    /// Whether there are as many cores.
    pub(crate) pinned: bool,
}

impl Spawner {
    pub(crate) fn start() -> Self {
        let (orders, taken) = channel::<Order>();
        let (say, pinned) = channel();
        let own = pin(OWN_CORE);
        std::thread::spawn(move || {
            let _ = say.send(own && pin(THEIR_CORE));
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

/// Puts this thread, with all that it starts from now on, on a core. Whether there is one.
fn pin(core: usize) -> bool {
    let mut cores = CpuSet::new();
    cores.set(core);
    sched_setaffinity(None, &cores).is_ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Seek as _};

    fn cores(status: &str) -> &str {
        status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:")).unwrap().trim()
    }

    #[tokio::test]
    async fn what_is_measured_has_one_core_and_all_else_the_other() {
        let there_are = std::thread::available_parallelism().unwrap().get();
        let spawner = Spawner::start();
        assert_eq!(spawner.pinned, there_are > 1);
        let mut command = Command::new("cat");
        command.arg("/proc/self/status");
        let Started { mut child, mut log, .. } = spawner.spawn(command).await.unwrap();
        assert!(child.wait().unwrap().success());
        let mut theirs = String::new();
        log.rewind().unwrap();
        log.read_to_string(&mut theirs).unwrap();
        let later = std::thread::spawn(|| std::fs::read_to_string("/proc/thread-self/status").unwrap());
        let ours = later.join().unwrap();
        if spawner.pinned {
            assert_eq!((cores(&ours), cores(&theirs)), ("0", "1"));
        }
    }
}
