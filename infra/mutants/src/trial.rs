//! Tests, each in a process of its own: what it reaches, and whether it sees a change.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Groups of the end-to-end tests that start programs which are not built here, or take minutes.
const LEFT_OUT: [&str; 5] = ["binary::", "clients::", "consistency::traffic", "document::", "targets::"];
/// How long a test may take with a change in it: so many times as long as without, and this.
const TIMES: u32 = 10;
const BESIDES: Duration = Duration::from_secs(20);
/// How long tests that pass are run before a change counts as seen by none.
const PATIENCE: Duration = Duration::from_secs(240);

/// A test, and what it did without a change.
#[derive(Clone)]
pub(crate) struct Test {
    program: PathBuf,
    /// Where it runs: its package's folder.
    folder: PathBuf,
    name: String,
    took: Duration,
    reached: BTreeSet<usize>,
}

/// What became of a change.
pub(crate) enum Verdict {
    Caught,
    /// No test comes by.
    Unreached,
    /// So many tests came by and passed.
    Missed(usize),
}

/// The tests of the end-to-end tests and of these packages, from what `cargo test --no-run` says in JSON.
///
/// # Errors
/// A test program does not list its tests.
pub(crate) fn listed(built: &str, packages: &BTreeSet<&str>) -> Result<Vec<Test>, String> {
    let mut tests = Vec::new();
    for message in built.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let Some(program) = message["executable"].as_str().filter(|_| message["profile"]["test"] == true) else {
            continue;
        };
        let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
        let folder = manifest.parent().unwrap_or(manifest).to_owned();
        let target = message["target"]["name"].as_str().unwrap_or_default();
        let package = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if target != "e2e" && !packages.contains(package) {
            continue;
        }
        let listing = Command::new(program).args(["--list", "--format", "terse"]).current_dir(&folder).output();
        let listing = listing.map_err(|error| format!("{program}: {error}"))?;
        let names = String::from_utf8_lossy(&listing.stdout).into_owned();
        for name in names.lines().filter_map(|line| line.strip_suffix(": test")) {
            if target == "e2e" && LEFT_OUT.iter().any(|group| name.starts_with(group)) {
                continue;
            }
            let (program, folder, name) = (PathBuf::from(program), folder.clone(), name.to_owned());
            tests.push(Test { program, folder, name, took: Duration::ZERO, reached: BTreeSet::new() });
        }
    }
    Ok(tests)
}

/// The tests with what they reach, the quickest first, without those that fail as it is.
pub(crate) fn measured(tests: Vec<Test>, scratch: &Path) -> Vec<Test> {
    let mut measured = side_by_side(tests, |at, mut test| {
        let list = scratch.join(format!("reached-{at}"));
        let _ = std::fs::remove_file(&list);
        let begun = Instant::now();
        let passed = run(&test, ("HUMANOPS_MUTANTS_REACHED", &list.display().to_string()), Duration::from_secs(300));
        test.took = begun.elapsed();
        let lines = std::fs::read_to_string(&list).unwrap_or_default();
        test.reached = lines.lines().filter_map(|line| line.parse().ok()).collect();
        passed.then_some(test)
    });
    measured.sort_by_key(|test| test.as_ref().map(|test| test.took));
    measured.into_iter().flatten().collect()
}

/// What becomes of each of these changes, said as soon as it is known.
pub(crate) fn tried(
    mutants: Vec<usize>,
    tests: &[Test],
    say: impl Fn(usize, &Verdict) + Sync,
) -> Vec<(usize, Verdict)> {
    side_by_side(mutants, |_, mutant| {
        let verdict = verdict(mutant, tests);
        say(mutant, &verdict);
        (mutant, verdict)
    })
}

fn verdict(mutant: usize, tests: &[Test]) -> Verdict {
    let (begun, mut passed) = (Instant::now(), 0);
    for test in tests.iter().filter(|test| test.reached.contains(&mutant)) {
        if !run(test, ("HUMANOPS_MUTANT", &mutant.to_string()), test.took * TIMES + BESIDES) {
            return Verdict::Caught;
        }
        passed += 1;
        if begun.elapsed() > PATIENCE {
            break;
        }
    }
    if passed == 0 { Verdict::Unreached } else { Verdict::Missed(passed) }
}

/// Whether it passes, in time.
fn run(test: &Test, (variable, value): (&str, &str), at_most: Duration) -> bool {
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", &at_most.as_secs().max(1).to_string()]).arg(&test.program);
    command.args(["--exact", &test.name]).current_dir(&test.folder).env(variable, value);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// As many at once as there are processors.
fn side_by_side<A: Clone + Send + Sync, B: Send>(all: Vec<A>, work: impl Fn(usize, A) -> B + Sync) -> Vec<B> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let (at, Some(one)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    (at, all.get(at))
                } {
                    let result = work(at, one.clone());
                    done.lock().unwrap_or_else(PoisonError::into_inner).push(result);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}
