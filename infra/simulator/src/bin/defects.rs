//! `cargo xtask defects`: makes each defect in a copy of the repository, one after the other, and says who finds it.

use clap::Parser;
use simulator::defects::{DEFECTS, Defect, FoundBy};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// Makes each defect in a copy of the repository, and says who finds it: a minute of the simulator, or a test.
#[derive(Parser)]
#[command(name = "cargo xtask defects")]
struct Arguments {
    /// A copy of the repository, which is written to.
    copy: PathBuf,
    /// Where it is built.
    target: PathBuf,
    /// Those alone in whose description one of these stands.
    only: Vec<String>,
}

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    let Arguments { copy, target, only } = Arguments::parse();
    let chosen = DEFECTS.iter().filter(|defect| only.is_empty() || only.iter().any(|word| defect.wrong.contains(word)));
    let (mut unfound, mut lines) = (0, Vec::new());
    for defect in chosen {
        let found = with(defect, &copy, || look_for(defect, &copy, &target)).unwrap_or_else(|failure| {
            unfound += 1;
            format!("**not found**: {failure}")
        });
        lines.push(format!("| {} | `{}` | {found} |", defect.wrong, defect.file));
        println!("{}", lines.last().map_or("", String::as_str));
    }
    println!("{} defects, {unfound} not found", lines.len());
    if unfound == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Does this while the defect is there.
fn with(defect: &Defect, copy: &Path, look: impl Fn() -> Outcome<String>) -> Outcome<String> {
    let file = copy.join(defect.file);
    let source = std::fs::read_to_string(&file).map_err(|error| error.to_string())?;
    if source.matches(defect.right).count() != 1 {
        return Err("what it changes is not there, or more than once".to_owned());
    }
    let write = |text: &str| std::fs::write(&file, text).map_err(|error| error.to_string());
    write(&source.replace(defect.right, defect.edit))?;
    let found = look();
    write(&source)?;
    found
}

/// Says who found it, or fails.
fn look_for(defect: &Defect, copy: &Path, target: &Path) -> Outcome<String> {
    match defect.found_by {
        FoundBy::Simulator => {
            let built = cargo(copy, target, &["build", "--quiet", "--workspace", "--bin", "simulator"]).status();
            if !built.is_ok_and(|status| status.success()) {
                return Err("it does not build".to_owned());
            }
            let begun = Instant::now();
            let told = Command::new(target.join("debug/simulator")).args(["--minutes", "1", "--at-once"]).output();
            let told = told.map_err(|error| error.to_string())?;
            if told.status.success() {
                return Err("a minute of the simulator".to_owned());
            }
            let text = String::from_utf8_lossy(&told.stdout).into_owned();
            let sentence = text.lines().next().unwrap_or_default();
            let short: String = sentence.chars().take(110).collect();
            Ok(format!("the simulator, after {} s: {}", begun.elapsed().as_secs(), short.replace('|', " ")))
        }
        FoundBy::Tests(names) => {
            let mut tests = cargo(copy, target, &["test", "--quiet", "--workspace", "--test", "e2e", "--", names]);
            let run = tests.stdout(Stdio::piped()).output().map_err(|error| error.to_string())?;
            let text = String::from_utf8_lossy(&run.stdout).into_owned();
            let failed = text.lines().find_map(|line| line.strip_prefix("    ").filter(|name| name.starts_with(names)));
            failed.map(|name| format!("`{name}`")).ok_or_else(|| format!("the tests of {names}"))
        }
    }
}

fn cargo(copy: &Path, target: &Path, args: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Nobody debugs it, and twenty-five links are the most of it.
    cargo.current_dir(copy).env("CARGO_TARGET_DIR", target).env("CARGO_PROFILE_DEV_DEBUG", "0").args(args);
    cargo
}
