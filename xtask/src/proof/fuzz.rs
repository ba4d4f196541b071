//! The doors of `infra/fuzz`, each before libFuzzer, which sees where an input leads and goes on from what leads further.

use crate::program::{cargo, program};
use crate::{finish, place};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

/// What libFuzzer wants to know of each branch: what `cargo fuzz` builds with where no sanitizer is asked for.
const WATCHED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";
const SECONDS: &str = "600";

/// All doors, or those that are named, for ten minutes each; `--seconds 60`: for so long.
pub(crate) fn command(args: &[String]) -> ExitCode {
    let (seconds, doors) = match args {
        [flag, seconds, doors @ ..] if flag == "--seconds" => (seconds.as_str(), doors),
        doors => (SECONDS, doors),
    };
    finish(all(seconds, doors))
}

fn all(seconds: &str, named: &[String]) -> Result<(), String> {
    let (sources, folder) = (place::root().join("infra/fuzz"), place::target().join("fuzz"));
    // Named, so that programs which only build are not watched.
    let machine = host()?;
    cargo()
        .args(["build", "--release", "--quiet", "--locked", "--manifest-path"])
        .args([sources.join("driver/Cargo.toml")])
        .args(["--target", &machine])
        .env("RUSTFLAGS", WATCHED)
        .env("CARGO_TARGET_DIR", &folder)
        .run()?;
    let mut doors = names(&sources.join("corpus"))?;
    doors.retain(|door| named.is_empty() || named.contains(door));
    doors.reverse();
    let (waiting, failed) = (Mutex::new(doors), Mutex::new(Vec::new()));
    println!("| Door | Inputs | Edges | Result |\n|---|---|---|---|");
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(door) = waiting.lock().ok().and_then(|mut doors| doors.pop()) {
                    if let Err(sentence) = fuzz(&door, seconds, &sources, &folder, &folder.join(&machine)) {
                        failed.lock().into_iter().for_each(|mut failed| failed.push(sentence.clone()));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_default();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// One door. What was found stays in `target/fuzz/<door>`, and so does what it printed.
fn fuzz(door: &str, seconds: &str, sources: &Path, folder: &Path, built: &Path) -> Result<(), String> {
    let own = folder.join(door);
    let found = own.join("inputs");
    fs::create_dir_all(&found).map_err(|error| format!("{}: {error}", found.display()))?;
    let log = own.join("log");
    let outcome = program(built.join("release/door"))
        .env("HUMANOPS_DOOR", door)
        .args([format!("-max_total_time={seconds}"), format!("-artifact_prefix={}/", own.display())])
        // Weighing by entropy costs more than what is weighed, where an input reaches twenty thousand edges.
        .args(["-timeout=20", "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1", "-entropic=0"])
        .args([&found, &sources.join("corpus").join(door)])
        .run_into(&log);
    let text = fs::read_to_string(&log).unwrap_or_default();
    let after = |mark: &str| text.rsplit(mark).next().and_then(|rest| rest.split_whitespace().next()).unwrap_or("?");
    let result = if outcome.is_ok() { "nothing" } else { "**fails**" };
    println!("| {door} | {} | {} | {result} |", after("number_of_executed_units:"), after(" cov: "));
    outcome
}

/// What rustc calls this machine.
fn host() -> Result<String, String> {
    let version = program("rustc").args(["--version", "--verbose"]).read()?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say what machine this is".to_owned())
}

fn names(corpus: &Path) -> Result<Vec<String>, String> {
    let folders = fs::read_dir(corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
    let folders = folders.filter_map(Result::ok).map(|entry| entry.path());
    let name = |folder: PathBuf| folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut names: Vec<String> = folders.filter_map(name).collect();
    names.sort();
    Ok(names)
}
