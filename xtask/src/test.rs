//! `cargo xtask test`: everything that must pass. What a deployment must pass waits for queues and timers most of its
//! time, and runs beside the rest.

mod count;

use crate::deploy::Deployment;
use crate::node::{self, npm};
use crate::program::{debian, program};
use crate::proof::second::Second;
use crate::step::{self, Step};
use crate::{deny, document, place, proof, template};
use count::Count;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitCode};

const FORMAT: Step = Step(&["fmt", "--all", "--check"]);
const CLIPPY: Step = Step(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
/// The end-to-end test starts these, and cargo does not build another package's binary for it.
pub(crate) const BINARIES: Step = Step(&["build", "--workspace", "--bins"]);
/// Before anything runs beside anything, which would wait for cargo's lock.
const TEST_BINARIES: Step = Step(&["test", "--workspace", "--no-run"]);
const TESTS: Step = Step(&[
    "test",
    "--workspace",
    "--no-fail-fast",
    "--",
    // Some count what they tried.
    "--show-output",
    // The longest only wait.
    "--test-threads",
    "4",
    "--skip",
    "clients::",
    "--skip",
    "deployed::",
    "--skip",
    "document::",
]);
/// Some stories beside another DynamoDB; `cargo xtask second-engine` tells all.
const SECOND_ENGINE_TESTS: Step =
    Step(&["test", "--workspace", "--test", "e2e", "--", "lifecycle::turns", "lifecycle::verification"]);
/// Those that run what was installed for them; what they counted is shown.
const INSTALLED_TESTS: Step = Step(&[
    "test",
    "--workspace",
    "--test",
    "e2e",
    "--",
    "clients::",
    "document::",
    "--skip",
    "clients::web",
    "--test-threads",
    "2",
    "--show-output",
]);
/// Those in a browser measure how soon something is seen: one after the other, and alone.
const PAGE_TESTS: Step =
    Step(&["test", "--workspace", "--test", "e2e", "--", "clients::web", "--test-threads", "1", "--nocapture"]);
/// Tells the tests in which folder a deployment is.
const DEPLOYED: &str = "HUMANOPS_DEPLOYED";
/// Those that need a deployment, which has one rate limit for all of them: one after the other.
const DEPLOYED_TESTS: Step = Step(&["test", "--workspace", "--test", "e2e", "--", "deployed::", "--test-threads", "1"]);

pub(crate) fn lint(_: &[String]) -> ExitCode {
    let mut count = Count::default();
    check(&mut count);
    count.finish()
}

fn check(count: &mut Count) {
    for step in [FORMAT, CLIPPY] {
        count.gate(step.run());
    }
    count.gate(deny::check());
    count.gate(template::lint());
}

/// Goes on after a failed step, so that one run shows everything; ends with the count alone on its line.
pub(crate) fn command(_: &[String]) -> ExitCode {
    let mut count = Count::default();
    count.gate(node::check());
    check(&mut count);
    for step in [BINARIES, TEST_BINARIES] {
        count.gate(step.run());
    }
    // The chain that some of the tests start, and the compiler of what stands on it.
    count.gate(npm::ready("anvil", "infra/anvil").map(drop));
    // By which a played model reads what stands on photos.
    count.gate(debian::ready("tesseract", "tesseract-ocr"));
    count.gate(document::readers());
    let deployment = Deployment::of_tests();
    // A run that was broken off leaves one behind.
    let beside = deployment.stop().and_then(|()| deployment.deploy()).and_then(|()| Beside::start(&deployment));
    run_tests(&mut count, &TESTS, None);
    count.gate(proof::simulate());
    match Second::start("stories") {
        Ok(second) => {
            run_tests(&mut count, &SECOND_ENGINE_TESTS, Some(second.variable()));
            count.gate(second.agrees());
        }
        Err(sentence) => count.gate(Err(sentence)),
    }
    run_tests(&mut count, &INSTALLED_TESTS, None);
    match beside {
        Ok(beside) => count.add(beside.finish()),
        Err(sentence) => count.gate(Err(sentence)),
    }
    count.gate(deployment.stop());
    run_tests(&mut count, &PAGE_TESTS, None);
    let outcome = count.finish();
    println!("{count}");
    outcome
}

/// The tests of a deployment, while the rest is tested.
struct Beside {
    tests: Child,
    log: PathBuf,
}

impl Beside {
    /// Starts them, and lets them go first from now on: a stack that waits for a test is late, a test is only slower.
    fn start(deployment: &Deployment) -> Result<Self, String> {
        let log = place::tools().join("deployed-tests.log");
        let failed = |error: std::io::Error| format!("{}: {error}", log.display());
        let file = File::create(&log).map_err(failed)?;
        let copy = file.try_clone().map_err(failed)?;
        println!("==> {DEPLOYED_TESTS}, beside what follows, into {}", log.display());
        let mut tests = DEPLOYED_TESTS.program().env(DEPLOYED, deployment.folder()).into_command();
        let tests = tests.stdout(file).stderr(copy).spawn().map_err(failed)?;
        program("renice").args(["-n", "10", "-p", &std::process::id().to_string()]).read()?;
        Ok(Self { tests, log })
    }

    /// Waits for their end, shows what they said, and counts them.
    fn finish(mut self) -> Count {
        let mut these = Count::default();
        let ended = step::timed(&format!("{DEPLOYED_TESTS}, to the end"), || match self.tests.wait() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{DEPLOYED_TESTS}: {status}; see {}", self.log.display())),
            Err(error) => Err(format!("{DEPLOYED_TESTS}: {error}")),
        });
        let said = fs::read(&self.log).unwrap_or_default();
        for line in String::from_utf8_lossy(&said).lines() {
            println!("{line}");
            these.read(line);
        }
        these.tests(ended);
        these
    }
}

fn run_tests(count: &mut Count, tests: &Step, env: Option<(&str, &Path)>) {
    let mut these = Count::default();
    let outcome = tests.run_reading(env, |line| these.read(line));
    these.tests(outcome);
    count.add(these);
}
