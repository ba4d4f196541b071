//! The system that is worked with, and how its processes end.

use crate::measure::Sizes;
use domain::Timestamp;
use harness::Wire;
use harness::binary::{self, Binary, root};
use harness::deployed::Deployed;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use store::Clock;
use tokio::sync::Mutex;

const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";
/// Of `/proc/PID/statm`.
const PAGE_BYTES: u64 = 4_096;

pub(crate) enum Target {
    /// Its folder, its address, and the process that listens there; none while it starts again.
    Binary { folder: PathBuf, address: String, process: Mutex<Option<Binary>> },
    /// With the names of its functions in the template.
    Stack { stack: Deployed, functions: Vec<String> },
}

impl Target {
    /// The binary, with its data in a new folder.
    pub(crate) async fn binary() -> Self {
        let folder = std::env::temp_dir().join(format!("humanops-soak-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr());
        let address = free.expect("a port is free").to_string();
        let process = Mutex::new(Some(start(&folder, &address).await));
        Self::Binary { folder, address, process }
    }

    /// The stack that the environment names.
    pub(crate) async fn stack() -> Self {
        let template = fs::read_to_string(root().join("template.yaml")).expect("the template is there");
        let name =
            |line: &str| line.strip_prefix("  ")?.strip_suffix("Function:").map(|name| format!("{name}Function"));
        let functions = template.lines().filter_map(name).filter(|name| !name.starts_with([' ', 'F'])).collect();
        Self::Stack { stack: Deployed::open().await, functions }
    }

    /// The way there of whoever comes from an address of their own, where the system sees it.
    pub(crate) fn wire(&self, seat: u8) -> Wire {
        match self {
            Self::Binary { address, .. } => {
                Wire::from(IpAddr::V4(Ipv4Addr::new(127, 0, 1, seat + 1)), format!("http://{address}/api/v1"))
            }
            Self::Stack { stack, .. } => Wire::to(format!("{}/api/v1", stack.url_by_path())),
        }
    }

    pub(crate) fn admin_key(&self) -> &str {
        match self {
            Self::Binary { .. } => ADMIN_KEY,
            Self::Stack { stack, .. } => &stack.admin_key,
        }
    }

    /// Ends processes as a power failure would. The binary is started again; the platform does so by itself.
    pub(crate) async fn kill(&self, kills: usize) {
        match self {
            Self::Binary { folder, address, process } => {
                let mut process = process.lock().await;
                if let Some(process) = process.take() {
                    process.kill().await;
                }
                *process = Some(start(folder, address).await);
            }
            Self::Stack { stack, functions } => {
                if let Some(function) = functions.get(kills % functions.len().max(1)) {
                    stack.processes(function).kill();
                }
            }
        }
    }

    /// In a stack everybody comes from one address.
    pub(crate) async fn refresh(&self) {
        if let Self::Stack { stack, .. } = self {
            stack.forget_calls().await;
        }
    }

    /// Where there is one process.
    pub(crate) async fn sizes(&self) -> Option<Sizes> {
        let Self::Binary { folder, process, .. } = self else { return None };
        let pid = process.lock().await.as_ref()?.pid();
        let statm = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
        let bytes = |at: usize| Some(statm.split(' ').nth(at)?.parse::<u64>().ok()? * PAGE_BYTES);
        let (resident, mapped) = (bytes(1)?, bytes(2)?);
        Some(Sizes { own: resident.saturating_sub(mapped), mapped, disk: size_of(folder) })
    }

    /// Every balance follows from the journal. Of half an hour's tasks staff's request would take longer than it may.
    pub(crate) async fn audit(&self) {
        match self {
            Self::Binary { .. } => self.wire(0).audit(self.admin_key()).await,
            Self::Stack { stack, .. } => {
                let audit = stack.store.audit().await.expect("the database answers");
                assert!(audit.violations.is_empty(), "{audit:?}");
            }
        }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Self::Binary { folder, .. } = self {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

async fn start(folder: &Path, address: &str) -> Binary {
    let mut command = binary::command(folder, &["--listen", address]);
    command.env("HUMANOPS_ADMIN_KEY", ADMIN_KEY);
    Binary::launch(command).await
}

/// Bytes of all files below a folder. What goes meanwhile counts as nothing.
fn size_of(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(of) if of.is_dir() => size_of(&entry.path()),
        Ok(of) => of.len(),
        Err(_) => 0,
    };
    entries.map(size).sum()
}

/// Now, by this machine's clock.
pub(crate) fn now() -> Timestamp {
    Clock::system(0).now()
}
