//! ministack's process: started in the background, found again by its port, ended with all that it started.

use super::http;
use crate::place;
use crate::program::program;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A ministack; what it writes goes into the folder.
pub(super) struct Ministack {
    /// Where it is installed.
    pub(super) tools: PathBuf,
    pub(super) folder: PathBuf,
    pub(super) port: u16,
}

/// The one thing in which it is mended before it starts.
const PREFLIGHTS: &str = "xtask/src/deploy/preflights.py";
/// Starting it reads a lot of Python.
const START_MAX: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(100);

/// What it and the functions write.
pub(super) fn log(folder: &Path, port: u16) -> PathBuf {
    temporary(folder).join(format!("ministack-{port}.log"))
}

/// Its log, its process id, and the code of the functions.
fn temporary(folder: &Path) -> PathBuf {
    folder.join("ministack")
}

impl Ministack {
    /// Starts it, unless it runs. The error is a sentence.
    pub(super) fn start(&self) -> Result<(), String> {
        if self.runs() {
            return Ok(());
        }
        if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
            return Err(format!("port {} is taken by another program", self.port));
        }
        program(self.tools.join("bin/python")).args([place::root().join(PREFLIGHTS)]).run()?;
        fs::create_dir_all(temporary(&self.folder)).map_err(|error| format!("{}: {error}", self.folder.display()))?;
        self.command(&["--detach"]).read()?;
        let begun = Instant::now();
        while !self.answers() {
            if begun.elapsed() > START_MAX {
                return Err(format!("ministack does not answer; see {}", log(&self.folder, self.port).display()));
            }
            sleep(PAUSE);
        }
        Ok(())
    }

    /// Ends it and the functions' processes.
    pub(super) fn stop(&self) -> Result<(), String> {
        if self.runs() { self.command(&["--stop"]).read().map(drop) } else { Ok(()) }
    }

    /// Whether what answers is the one that was started from here.
    fn runs(&self) -> bool {
        temporary(&self.folder).join(format!("ministack-{}.pid", self.port)).exists() && self.answers()
    }

    fn answers(&self) -> bool {
        http::get(self.port, "/_ministack/health").is_ok()
    }

    fn command(&self, args: &[&str]) -> crate::program::Program {
        let settings = [
            ("GATEWAY_PORT", self.port.to_string()),
            ("BIND_HOST", "127.0.0.1".to_owned()),
            // Each function may do what its role allows, and nothing else.
            ("AUTH", "true".to_owned()),
            // It would take a port that two ministacks cannot share.
            ("IOT_MTLS_ENABLED", "false".to_owned()),
            // What the functions take for AWS.
            ("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", self.port)),
        ];
        let program = program(self.tools.join("bin/ministack"))
            .args(args)
            .without_env("AWS_")
            .env("TMPDIR", temporary(&self.folder));
        settings.into_iter().fold(program, |program, (name, value)| program.env(name, value))
    }
}
