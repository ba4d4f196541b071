//! The chain beside a deployment: the node anvil in the background, found again by its port and ended with ministack. What
//! stands on it, and the keys and secrets of the stack that uses it, are made by `outside.py`.

use super::{http, read, write};
use crate::place;
use crate::program::program;
use std::fs::{self, File};
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A node; its process id and what it writes are in the folder.
pub(super) struct Chain {
    pub(super) port: u16,
    node: PathBuf,
    folder: PathBuf,
}

/// Where `cargo xtask test` installs it, for one kind of machine.
const PACKAGES: &str = "anvil/node_modules/@foundry-rs";
const ASK: &str = r#"{"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}"#;
/// What deposits wait for comes by itself: a block is safe when there is another, and final after two.
const BLOCK_S: &str = "2";
const START_MAX: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);

impl Chain {
    /// `None` where no node is installed: then no stack has a chain.
    pub(super) fn installed(folder: &Path, port: u16) -> Option<Self> {
        let packages = fs::read_dir(place::tools().join(PACKAGES)).ok()?;
        let mut nodes = packages.filter_map(|package| Some(package.ok()?.path().join("bin/anvil")));
        Some(Self { port, node: nodes.find(|node| node.is_file())?, folder: folder.to_owned() })
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it, unless it runs. The error is a sentence.
    pub(super) fn start(&self) -> Result<(), String> {
        if self.runs() {
            return Ok(());
        }
        if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
            return Err(format!("port {} is taken by another program", self.port));
        }
        let failed = |error: std::io::Error| format!("{}: {error}", self.node.display());
        let log = File::create(self.folder.join("anvil.log")).map_err(failed)?;
        let mut command = program(&self.node)
            .args([
                "--port",
                &self.port.to_string(),
                "--block-time",
                BLOCK_S,
                "--mixed-mining",
                "--slots-in-an-epoch",
                "1",
            ])
            .into_command();
        command.stdin(Stdio::null()).stdout(log.try_clone().map_err(failed)?).stderr(log);
        // It outlives this process, and Ctrl-C at its terminal.
        let node = command.process_group(0).spawn().map_err(failed)?;
        write(&self.process_id(), &node.id().to_string())?;
        let begun = Instant::now();
        while !self.answers() {
            if begun.elapsed() > START_MAX {
                return Err(format!("anvil does not answer on port {}", self.port));
            }
            sleep(PAUSE);
        }
        Ok(())
    }

    /// Ends it, with all that was on it.
    pub(super) fn stop(&self) -> Result<(), String> {
        if !self.runs() {
            return Ok(());
        }
        program("kill").args([read(&self.process_id())?.trim()]).run()
    }

    /// Whether what answers is the one that was started from here.
    fn runs(&self) -> bool {
        self.process_id().exists() && self.answers()
    }

    fn answers(&self) -> bool {
        http::post(self.port, "/", ASK).is_ok()
    }

    fn process_id(&self) -> PathBuf {
        self.folder.join("anvil.pid")
    }
}
