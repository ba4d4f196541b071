//! `cargo xtask sim`: tells stories until one contradicts what must be true.

// A story is futures within futures, down to calls of AWS.
#![recursion_limit = "256"]

use clap::Parser;
use simulator::cloud::fault::Tally;
use simulator::story::{Command, Told, commands, play};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;

/// Tells stories of a simulated world, each of its own seed, until one contradicts what must be true.
#[derive(Parser)]
#[command(name = "cargo xtask sim")]
struct Arguments {
    /// How many stories.
    #[arg(long, default_value_t = 100)]
    seeds: u64,
    /// Commands of each.
    #[arg(long, default_value_t = 120)]
    steps: usize,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Goes on for so long, whatever `--seeds` says.
    #[arg(long)]
    minutes: Option<u64>,
    /// Does not look for a shorter story.
    #[arg(long)]
    at_once: bool,
    /// Of one story these commands alone, by commas: as a shorter replay is printed.
    #[arg(long, value_delimiter = ',')]
    only: Vec<usize>,
}

/// Stories in which a failing one is looked for that is shorter.
const SHORTENING: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // A panic is what is wrong with a story, and is told with it.
    std::panic::set_hook(Box::new(|_| {}));
    let folder = std::env::temp_dir().join(format!("humanops-sim-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
    let outcome = if arguments.only.is_empty() { all(&arguments, &folder) } else { one(&arguments, &folder) };
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

fn one(arguments: &Arguments, folder: &Path) -> ExitCode {
    let chosen: Vec<Command> = commands(arguments.seed, arguments.steps)
        .into_iter()
        .filter(|command| arguments.only.contains(&command.at))
        .collect();
    let told = tell(arguments.seed, &chosen, folder, &Arc::default());
    told.log.iter().for_each(|line| println!("{line}"));
    println!("{}", told.violation.as_deref().unwrap_or("nothing is wrong"));
    if told.violation.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn all(arguments: &Arguments, folder: &Path) -> ExitCode {
    let (begun, tally) = (Instant::now(), Arc::<Tally>::default());
    let (next, told, failed) = (AtomicU64::new(arguments.seed), AtomicU64::new(0), AtomicBool::new(false));
    let until = arguments.minutes.map(|minutes| begun + Duration::from_secs(60 * minutes));
    let goes_on = |seed| until.map_or(seed < arguments.seed + arguments.seeds, |until| Instant::now() < until);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let folder = folder.join(worker.to_string());
            std::fs::create_dir_all(&folder).expect("a temporary folder can be made");
            let (next, told, failed, tally, goes_on) = (&next, &told, &failed, &tally, &goes_on);
            scope.spawn(move || {
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if failed.load(Ordering::SeqCst) || !goes_on(seed) {
                        return;
                    }
                    let story = commands(seed, arguments.steps);
                    let first = tell(seed, &story, &folder, tally);
                    if first.violation.is_some() && !failed.swap(true, Ordering::SeqCst) {
                        report(seed, arguments, story, first, &folder);
                    }
                    told.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    let stories = told.load(Ordering::SeqCst);
    let told = stories * u64::try_from(arguments.steps).unwrap_or_default();
    println!("{stories} stories, {told} commands in {} s; faults met:\n{tally}", begun.elapsed().as_secs());
    if failed.load(Ordering::SeqCst) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Says what was wrong, and how little it takes.
fn report(seed: u64, arguments: &Arguments, story: Vec<Command>, first: Told, folder: &Path) {
    println!("seed {seed}: {}", first.violation.as_deref().unwrap_or_default());
    if arguments.at_once {
        return;
    }
    let steps = arguments.steps;
    let (story, told) = shortened(seed, story, first, folder);
    told.log.iter().for_each(|line| println!("  {line}"));
    println!("  {}", told.violation.unwrap_or_default());
    let only: Vec<String> = story.iter().map(|command| command.at.to_string()).collect();
    println!("again: cargo xtask sim --seed {seed} --steps {steps} --only {}", only.join(","));
}

/// Leaves out what is not needed: halves first, single commands last (delta debugging; Zeller and Hildebrandt, 2002).
fn shortened(seed: u64, mut story: Vec<Command>, mut told: Told, folder: &Path) -> (Vec<Command>, Told) {
    let until = Instant::now() + SHORTENING;
    let mut size = story.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < story.len() && Instant::now() < until {
            let end = story.len().min(at + size);
            let shorter: Vec<Command> = story[..at].iter().chain(&story[end..]).copied().collect();
            let again = tell(seed, &shorter, folder, &Arc::default());
            if again.violation.is_some() {
                (story, told) = (shorter, again);
            } else {
                at = end;
            }
        }
        size /= 2;
    }
    (story, told)
}

/// On a thread of its own turn: what overlaps is decided by the dice.
fn tell(seed: u64, story: &[Command], folder: &Path, tally: &Arc<Tally>) -> Told {
    match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(play(seed, story, folder, tally)),
        Err(error) => Told { violation: Some(error.to_string()), ..Told::default() },
    }
}
