//! The end-to-end tests beside another DynamoDB: moto's, of which the harness asks the same as of the embedded one.

use crate::program::venv;
use crate::program::{Program, cargo, program};
use crate::{finish, place};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitCode};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Tells the harness in which folder the other says where it answers.
const VARIABLE: &str = "HUMANOPS_SECOND_ENGINE";
const START_MAX: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(100);

/// moto's server, which ends with its owner.
pub(crate) struct Second {
    server: Child,
    folder: PathBuf,
}

/// All tests, or those of names. Each group has a moto of its own, which gets slow with all that it has to remember.
pub(crate) fn command(names: &[String]) -> ExitCode {
    finish(listed(names).and_then(|groups| {
        // All groups, whatever becomes of one.
        let failures: Vec<_> = groups.iter().filter_map(|(group, tests)| beside(group, tests).err()).collect();
        if failures.is_empty() { Ok(()) } else { Err(failures.join("; ")) }
    }))
}

/// The names of the tests, by the first part of them.
fn listed(names: &[String]) -> Result<BTreeMap<String, Vec<String>>, String> {
    let skipped = ["--skip", "clients::", "--skip", "deployed::", "--skip", "document::"];
    let list = tests().args(["--list"]).args(names).args(skipped).read()?;
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for test in list.lines().filter_map(|line| line.strip_suffix(": test")) {
        let group = test.split("::").next().unwrap_or_default();
        groups.entry(group.to_owned()).or_default().push(test.to_owned());
    }
    Ok(groups)
}

fn beside(group: &str, names: &[String]) -> Result<(), String> {
    println!("==> {group}");
    let second = Second::start(group)?;
    let (variable, folder) = second.variable();
    let outcome = tests().args(["--exact"]).args(names).env(variable, folder).run();
    second.agrees().and(outcome.map_err(|_| format!("a test of {group} failed")))
}

fn tests() -> Program {
    cargo().args(["test", "--workspace", "--test", "e2e", "--"])
}

impl Second {
    /// Installs it where it is missing, and starts it for a group of tests. The error is a sentence.
    pub(crate) fn start(group: &str) -> Result<Self, String> {
        let tools = venv::ready("moto")?;
        let folder = place::target().join("second-engine").join(group);
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed)?;
        }
        fs::create_dir_all(&folder).map_err(failed)?;
        let log = File::create(folder.join("log")).map_err(failed)?;
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr()).map_err(failed)?.port();
        let mut moto = program(tools.join("bin/moto_server"))
            .args(["-p", &port.to_string()])
            // The worlds of the tests are kept apart by invented regions.
            .env("MOTO_ALLOW_NONEXISTENT_REGION", "true")
            .into_command();
        let copy = log.try_clone().map_err(failed)?;
        let server = moto.stdout(log).stderr(copy).spawn().map_err(failed)?;
        fs::write(folder.join("endpoint"), format!("http://127.0.0.1:{port}")).map_err(failed)?;
        let begun = Instant::now();
        let second = Self { server, folder };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if begun.elapsed() > START_MAX {
                return Err(format!("moto does not answer; see {}", second.folder.join("log").display()));
            }
            sleep(PAUSE);
        }
        Ok(second)
    }

    /// What the tests are to be given.
    pub(crate) fn variable(&self) -> (&'static str, &Path) {
        (VARIABLE, &self.folder)
    }

    /// Fails if the two answered anything differently.
    pub(crate) fn agrees(&self) -> Result<(), String> {
        let differences = self.folder.join("differences");
        match fs::read_to_string(&differences) {
            Ok(text) => Err(format!("{} answers differ; see {}", text.lines().count(), differences.display())),
            Err(_) => Ok(()),
        }
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
