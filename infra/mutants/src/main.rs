//! `cargo xtask mutants`: makes what cargo-mutants would change, all of it in one build of a copy, and has each change
//! looked for by the tests that come by. cargo-mutants itself builds the system anew for each, which takes days.

mod listed;
mod made;
mod trial;

use clap::Parser;
use listed::{Genre, Mutant};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use trial::Verdict;

/// Switches each listed change on, one after the other, and says which of them no test sees.
#[derive(Parser)]
#[command(name = "cargo xtask mutants")]
struct Arguments {
    /// A copy of the repository, which is written to.
    copy: PathBuf,
    /// Where it is built.
    target: PathBuf,
    /// cargo-mutants.
    lister: PathBuf,
    /// Of that each so-manieth.
    #[arg(long, default_value_t = 1)]
    each: usize,
    /// In these packages alone.
    #[arg(default_values = WHERE_MONEY_IS)]
    packages: Vec<String>,
}

const WHERE_MONEY_IS: [&str; 9] =
    ["domain", "store", "tasks", "payments", "payouts", "sweeper", "watcher", "onchain", "fiat"];

/// The tests of each crate, and the end-to-end tests.
const BUILD: [&str; 7] = ["test", "--quiet", "--no-run", "--workspace", "--lib", "--test=*", "--message-format=json"];

type Outcome<T> = Result<T, String>;

fn main() -> ExitCode {
    match tell(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn tell(arguments: &Arguments) -> Outcome<()> {
    let packages = arguments.packages.iter().flat_map(|package| ["--package", package]);
    let lists = ["mutants", "--list", "--json", "--no-config"].into_iter().chain(packages);
    let text = read(Command::new(&arguments.lister).current_dir(&arguments.copy).args(lists))?;
    let all: Vec<Mutant> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let listed: Vec<Mutant> = all.into_iter().step_by(arguments.each.max(1)).collect();
    let mut sources = Sources::of(&arguments.copy, &listed)?;
    let built = sources.built(arguments, &listed)?;
    let packages: BTreeSet<&str> = listed.iter().map(|mutant| mutant.package.as_str()).collect();
    let tests = trial::listed(&built, &packages)?;
    eprintln!("{} changes of {} are in the build; {} tests", sources.made.len(), listed.len(), tests.len());
    let tests = trial::measured(tests, &arguments.target);
    eprintln!("{} tests pass without a change", tests.len());
    // It takes hours: whoever ends it early has something.
    let say = |number: usize, verdict: &Verdict| match (verdict, listed.get(number)) {
        (Verdict::Caught, _) | (_, None) => {}
        (Verdict::Unreached | Verdict::Missed(_), Some(mutant)) => eprintln!("{number}: not caught: {}", mutant.name),
    };
    let mut verdicts = trial::tried(sources.made.iter().copied().collect(), &tests, say);
    verdicts.sort_by_key(|(number, _)| *number);
    report(&listed, &verdicts);
    Ok(())
}

/// The score of each package, then what no test saw.
fn report(listed: &[Mutant], verdicts: &[(usize, Verdict)]) {
    let mut packages: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for mutant in listed {
        packages.entry(&mutant.package).or_default()[0] += 1;
    }
    let mut survivors = Vec::new();
    for (number, verdict) in verdicts {
        let Some(mutant) = listed.get(*number) else { continue };
        let [_, made, caught, unreached] = packages.entry(&mutant.package).or_default();
        *made += 1;
        match verdict {
            Verdict::Caught => *caught += 1,
            Verdict::Unreached => {
                *unreached += 1;
                survivors.push(format!("no test comes by: {}", mutant.name));
            }
            Verdict::Missed(tests) => survivors.push(format!("{tests} tests pass: {}", mutant.name)),
        }
    }
    println!("| Package | Listed | In the build | Caught | Reached by no test | Score |\n|---|---|---|---|---|---|");
    for (package, [listed, made, caught, unreached]) in packages {
        println!("| `{package}` | {listed} | {made} | {caught} | {unreached} | {} % |", caught * 100 / made.max(1));
    }
    survivors.iter().for_each(|line| println!("{line}"));
}

/// The files that are changed, as they were.
struct Sources<'a> {
    copy: &'a Path,
    originals: BTreeMap<String, String>,
    /// Where a crate begins; the switch goes to its end.
    roots: BTreeSet<String>,
    /// The changes that are in.
    made: BTreeSet<usize>,
}

impl<'a> Sources<'a> {
    fn of(copy: &'a Path, listed: &[Mutant]) -> Outcome<Self> {
        let (mut originals, mut roots) = (BTreeMap::new(), BTreeSet::new());
        for mutant in listed {
            let source = mutant.file.split_once("/src/").map_or("", |(package, _)| package);
            for root in ["lib.rs", "main.rs"].map(|root| format!("{source}/src/{root}")) {
                if copy.join(&root).exists() {
                    roots.insert(root);
                }
            }
        }
        for file in listed.iter().map(|mutant| &mutant.file).chain(&roots) {
            let source = fs::read_to_string(copy.join(file)).map_err(|error| format!("{file}: {error}"))?;
            originals.insert(file.clone(), source);
        }
        Ok(Self { copy, originals, roots, made: (0..listed.len()).collect() })
    }

    /// Builds the tests with all changes that the compiler takes; answers what cargo says of what it built.
    fn built(&mut self, arguments: &Arguments, listed: &[Mutant]) -> Outcome<String> {
        loop {
            let lines = self.write(listed)?;
            let built = cargo(arguments, &BUILD)?;
            let at = |(file, line, code): (String, usize, String)| {
                let here = lines.get(&file)?;
                let is_arm =
                    |number: &&usize| listed.get(**number).is_some_and(|mutant| mutant.genre == Genre::MatchArm);
                match code.as_str() {
                    // Without one of its arms a match does not say all: it is said of where it begins.
                    "E0004" => here.range(line..).map(|(_, number)| number).find(is_arm).copied(),
                    // The one on the line, or else the last one above.
                    _ => here.range(..=line).next_back().map(|(_, number)| *number),
                }
            };
            let refused: BTreeSet<usize> = errors(&built).filter_map(at).collect();
            if refused.is_empty() {
                let success = built.lines().any(|line| line.contains(r#""reason":"build-finished","success":true"#));
                return if success { Ok(built) } else { Err("it does not build".to_owned()) };
            }
            eprintln!("{} changes do not compile", refused.len());
            self.made.retain(|number| !refused.contains(number));
        }
    }

    /// Writes the files; answers which change now stands on which line of each.
    fn write(&mut self, listed: &[Mutant]) -> Outcome<BTreeMap<String, BTreeMap<usize, usize>>> {
        let mut lines = BTreeMap::new();
        for (file, original) in &self.originals {
            let here: Vec<made::Numbered> =
                listed.iter().enumerate().filter(|(n, mutant)| mutant.file == *file && self.made.contains(n)).collect();
            let (mut text, made) = made::with(original, &here).map_err(|error| format!("{file}: {error}"))?;
            self.made.retain(|number| !here.iter().any(|(n, _)| n == number) || made.contains(number));
            let on = text.lines().enumerate().filter_map(|(at, line)| {
                let (_, number) = line.split_once("crate::__mutant(")?;
                Some((at + 1, number.split_once(')')?.0.parse().ok()?))
            });
            lines.insert(file.clone(), on.collect());
            if self.roots.contains(file) {
                text += &made::switch(listed.len());
            }
            // What has not changed keeps its time, by which cargo knows it.
            if fs::read_to_string(self.copy.join(file)).ok().as_ref() != Some(&text) {
                fs::write(self.copy.join(file), text).map_err(|error| format!("{file}: {error}"))?;
            }
        }
        Ok(lines)
    }
}

/// File and line of each place that an error is at, and its code.
fn errors(built: &str) -> impl Iterator<Item = (String, usize, String)> {
    let messages = built.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = messages.filter(|message| message["message"]["level"] == "error");
    errors.flat_map(|message| {
        let code = message["message"]["code"]["code"].as_str().unwrap_or_default().to_owned();
        let spans = message["message"]["spans"].as_array().cloned().unwrap_or_default();
        spans.into_iter().filter(|span| span["is_primary"] == true).filter_map(move |span| {
            let line = span["line_start"].as_u64().and_then(|line| usize::try_from(line).ok())?;
            Some((span["file_name"].as_str()?.to_owned(), line, code.clone()))
        })
    })
}

fn cargo(arguments: &Arguments, args: &[&str]) -> Outcome<String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&arguments.copy).env("CARGO_TARGET_DIR", &arguments.target).args(args);
    read(cargo.env("CARGO_PROFILE_DEV_DEBUG", "0"))
}

/// What it prints, however it ends.
fn read(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
