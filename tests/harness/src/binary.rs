//! The `humanops` binary as a newcomer starts it: a process of its own, with real HTTP and real files.

use crate::exchange::leaks;
use crate::wire::{PATIENCE, Wire};
use crate::{Api, Caller};
use domain::Timestamp;
use domain::time::DAY_S;
use serde_json::json;
use std::io::{BufRead, BufReader, Read};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

/// What a developer's own shell may have set.
const VARIABLES: [&str; 32] = [
    "ALLOW_DEV_OPERATOR_ID_HEADER",
    "CLERK_AUTHORIZED_PARTIES",
    "CLERK_ISSUER",
    "CLERK_JWT_KEY",
    "HUMANOPS_ADMIN_KEY",
    "HUMANOPS_ADMIN_KEYS",
    "HUMANOPS_CHAIN",
    "HUMANOPS_CHAIN_ORACLE",
    "HUMANOPS_CHAIN_TOKEN",
    "HUMANOPS_DATA_DIR",
    "HUMANOPS_DEPOSIT_KEY",
    "HUMANOPS_DEPOSIT_KEY_FINGERPRINT",
    "HUMANOPS_DLOCAL",
    "HUMANOPS_DLOCAL_SECRET",
    "HUMANOPS_FORMER_ACCOUNTS",
    "HUMANOPS_GUARDIAN_DIALECT",
    "HUMANOPS_GUARDIAN_KEY",
    "HUMANOPS_GUARDIAN_MODEL",
    "HUMANOPS_GUARDIAN_URL",
    "HUMANOPS_HOME",
    "HUMANOPS_HOSTS",
    "HUMANOPS_LISTEN",
    "HUMANOPS_MAX_REWARD_USD",
    "HUMANOPS_MODE",
    "HUMANOPS_PAYONEER",
    "HUMANOPS_READ_ONLY",
    "HUMANOPS_RELAYER_KEY",
    "HUMANOPS_TOOLS",
    "HUMANOPS_TREASURY_KEY",
    "HUMANOPS_WEB_ORIGINS",
    "RESTRICTED_TASK_TYPES",
    "RUST_LOG",
];

/// The command line of the binary, called in `folder`, where it keeps its data unless told otherwise.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(built("humanops"));
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.env("HUMANOPS_LISTEN", "127.0.0.1:0").args(args).current_dir(folder);
    command
}

/// The folder of the repository.
pub fn root() -> &'static Path {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    root.expect("this package lies in tests/harness")
}

/// A binary of the workspace.
pub fn built(name: &str) -> PathBuf {
    // A test lies in target/PROFILE/deps, a program in target/PROFILE.
    let own = std::env::current_exe().unwrap();
    let built = own.ancestors().skip(1).take(2).map(|folder| folder.join(name)).find(|file| file.is_file());
    built.unwrap_or_else(|| panic!("{name} is missing: run `cargo build --workspace --bins` first"))
}

/// Runs a command until it ends by itself.
pub async fn run(command: Command) -> Ended {
    Process::spawn(command).end().await
}

/// What a process left behind.
#[derive(Debug)]
pub struct Ended {
    /// None if a signal ended it.
    pub code: Option<i32>,
    pub stdout: Vec<String>,
    pub stderr: Vec<String>,
}

/// A process that does not outlive its test.
pub struct Process {
    child: Child,
    stdout: UnboundedReceiver<String>,
    stderr: UnboundedReceiver<String>,
    printed: Vec<String>,
    /// What a binary of ours must not have printed.
    leaks: Arc<Mutex<Vec<String>>>,
}

impl Process {
    pub fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        // Others, such as the shell of an example, print what they were answered.
        let is_ours = Path::new(command.get_program()).is_absolute();
        let leaks: Arc<Mutex<Vec<String>>> = Arc::default();
        let watch = || is_ours.then(|| leaks.clone());
        let (stdout, stderr) = (lines(stdout, watch()), lines(stderr, watch()));
        Self { child, stdout, stderr, printed: Vec::new(), leaks }
    }

    /// The next line of standard output; none when it is closed.
    pub async fn line(&mut self) -> Option<String> {
        let line = timeout(PATIENCE, self.stdout.recv()).await;
        let line = line.unwrap_or_else(|_| panic!("neither a line nor the end after {:?}", self.printed))?;
        self.printed.push(line.clone());
        Some(line)
    }

    async fn end(mut self) -> Ended {
        while self.line().await.is_some() {}
        let mut stderr = Vec::new();
        while let Some(line) = self.stderr.recv().await {
            stderr.push(line);
        }
        let code = self.child.wait().unwrap().code();
        Ended { code, stdout: std::mem::take(&mut self.printed), stderr }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let leaks = self.leaks.lock().unwrap();
        assert!(leaks.is_empty() || std::thread::panicking(), "a secret was printed: {leaks:?}");
    }
}

/// Reads a pipe in a thread of its own, so that the process never waits for its reader.
fn lines(pipe: impl Read + Send + 'static, leaks: Option<Arc<Mutex<Vec<String>>>>) -> UnboundedReceiver<String> {
    let (sender, receiver) = unbounded_channel();
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            if let Some(leaks) = leaks.as_ref().filter(|_| leaks::found(&line).is_some()) {
                leaks.lock().unwrap().push(line.clone());
            }
            let _ = sender.send(line);
        }
    });
    receiver
}

/// The binary, listening.
pub struct Binary {
    process: Process,
    /// `127.0.0.1:40123`
    pub address: String,
    wire: Wire,
}

impl Binary {
    /// Starts it in `folder`.
    pub async fn start(folder: &Path, args: &[&str]) -> Self {
        Self::launch(command(folder, args)).await
    }

    /// Starts it, and waits until it listens.
    pub async fn launch(command: Command) -> Self {
        let mut process = Process::spawn(command);
        while let Some(line) = process.line().await {
            if let Some(address) = line.strip_prefix("listening on http://") {
                let wire = Wire::to(format!("http://{address}/api/v1"));
                return Self { address: address.to_owned(), process, wire };
            }
        }
        panic!("it ended before it listened: {:?}", process.end().await);
    }

    pub fn pid(&self) -> u32 {
        self.process.child.id()
    }

    /// Sends a signal, such as `KILL`.
    pub fn signal(&self, name: &str) {
        signal(self.pid(), name);
    }

    /// Ctrl-C, and what it left behind.
    pub async fn interrupt(self) -> Ended {
        self.signal("INT");
        self.process.end().await
    }

    /// Ends it as a power failure would: at once, whatever it is doing.
    pub async fn kill(self) {
        self.signal("KILL");
        assert_eq!(self.process.end().await.code, None);
    }

    /// Moves the clock, and returns when everything that is due was done; answers the new time.
    pub async fn advance(&self, seconds: u32) -> String {
        let body = json!({ "seconds": seconds });
        self.post(Caller::Nobody, "/test/clock/advance", body).await.expect(200).text_of("now")
    }
}

/// What can be asked of the binary.
impl Deref for Binary {
    type Target = Wire;

    fn deref(&self) -> &Wire {
        &self.wire
    }
}

/// Sends a signal, such as `KILL`, to a process.
pub fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &pid.to_string()]).status().unwrap().success());
}

/// So many days from now, by this machine's clock.
pub fn in_days(days: i64) -> Timestamp {
    store::Clock::system(0).now().plus_seconds(days * DAY_S)
}
