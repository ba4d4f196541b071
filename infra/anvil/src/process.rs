//! The process: started on a port that nobody has, and gone when it is dropped or when whoever started it is gone.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::ChildStdout;

use crate::rpc::{Error, Rpc};

const START_TIMEOUT: Duration = Duration::from_secs(20);

/// Runs the node until its own standard input ends. The system closes that when whoever holds it dies, even by SIGKILL,
/// so that no node outlives its user. It lets go of the node's output, which therefore ends when the node does.
const WATCH: &str = r#""$0" "$@" & exec >/dev/null 2>&1; read -r _; kill -9 $!; wait $!"#;

/// The words before the address, in the line that the node prints when it answers.
const LISTENING: &str = "Listening on ";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub chain_id: u64,
    /// Whether each transaction is mined at once, in a block of its own. Otherwise only `mine` makes blocks.
    pub automine: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { chain_id: 31_337, automine: true }
    }
}

/// Where `cargo xtask test` installs the node, below the workspace's root. It is the program itself: the one in
/// `node_modules/.bin` is a script around it, whose death it survives.
pub fn binary(root: &Path) -> PathBuf {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    root.join(".tools/anvil/node_modules/@foundry-rs").join(format!("anvil-{system}-{processor}")).join("bin/anvil")
}

/// Why there is no chain.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{} is not there: `cargo xtask test` installs it", .0.display())]
    NotInstalled(PathBuf),
    #[error("anvil could not be started")]
    Process(#[from] io::Error),
    #[error("anvil ended before it listened")]
    Ended,
    #[error("anvil did not listen within {} s", START_TIMEOUT.as_secs())]
    Timeout,
    #[error(transparent)]
    Rpc(#[from] Error),
}

/// A running chain, with `safe` one block behind the latest and `finalized` two.
#[derive(Debug)]
pub struct Anvil {
    watch: Child,
    /// Closing it ends the node.
    stdin: Option<ChildStdin>,
    rpc: Rpc,
}

impl Anvil {
    /// Answers when the node does.
    ///
    /// # Errors
    /// The node is missing, or does not start.
    pub async fn start(binary: &Path, options: Options) -> Result<Anvil, StartError> {
        if !binary.exists() {
            return Err(StartError::NotInstalled(binary.to_owned()));
        }
        let mut watch = command(binary, options).spawn()?;
        let stdin = watch.stdin.take();
        let stdout = watch.stdout.take().ok_or(StartError::Ended)?;
        let listening = tokio::time::timeout(START_TIMEOUT, listening(ChildStdout::from_std(stdout)?));
        let outcome = listening.await.unwrap_or(Err(StartError::Timeout)).and_then(|url| Ok(Rpc::new(url)?));
        match outcome {
            Ok(rpc) => Ok(Anvil { watch, stdin, rpc }),
            Err(error) => {
                end(&mut watch, stdin);
                Err(error)
            }
        }
    }

    pub fn url(&self) -> &str {
        self.rpc.url()
    }

    pub fn rpc(&self) -> &Rpc {
        &self.rpc
    }
}

impl Drop for Anvil {
    fn drop(&mut self) {
        end(&mut self.watch, self.stdin.take());
    }
}

/// Waits, which takes milliseconds: whoever looks for the process afterwards finds none.
fn end(watch: &mut Child, stdin: Option<ChildStdin>) {
    drop(stdin);
    // It fails only for one that is gone already.
    let _ = watch.wait();
}

fn command(binary: &Path, options: Options) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", WATCH]).arg(binary);
    command.args(["--port", "0", "--slots-in-an-epoch", "1", "--chain-id", &options.chain_id.to_string()]);
    if !options.automine {
        command.arg("--no-mining");
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    // Ctrl-C at the terminal is for whoever started it, who may still need the chain to end well.
    command.process_group(0);
    command
}

/// The URL of the node. What the node prints from then on is read and forgotten, by a thread that ends with the node:
/// a node whose output nobody takes stops when the pipe is full.
async fn listening(stdout: ChildStdout) -> Result<String, StartError> {
    let mut lines = BufReader::new(stdout).lines();
    loop {
        let line = lines.next_line().await?.ok_or(StartError::Ended)?;
        if let Some(address) = line.strip_prefix(LISTENING) {
            let rest = lines.into_inner().into_inner().into_owned_fd()?;
            std::thread::spawn(move || io::copy(&mut std::fs::File::from(rest), &mut io::sink()));
            return Ok(format!("http://{address}"));
        }
    }
}
