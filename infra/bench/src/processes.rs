//! Starts processes on a core of their own, and reads from the kernel what they used.

use crate::Failure;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// The harness, the engine and TLS.
const OWN_CORE: &str = "0";
/// The contestant that is measured.
const THEIR_CORE: &str = "1";

type Order = (Command, tokio::sync::oneshot::Sender<std::io::Result<Started>>);

/// A process, and the moment before it was asked for.
pub(crate) struct Started {
    pub(crate) child: Child,
    pub(crate) at: Instant,
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

    /// Starts a process. Its output goes nowhere.
    pub(crate) async fn spawn(&self, mut command: Command) -> Result<Started, Failure> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (done, started) = tokio::sync::oneshot::channel();
        self.orders.send((command, done))?;
        Ok(started.await??)
    }
}

fn work(orders: &Receiver<Order>) {
    while let Ok((mut command, done)) = orders.recv() {
        let at = Instant::now();
        let _ = done.send(command.spawn().map(|child| Started { child, at }));
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
