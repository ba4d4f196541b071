//! The harness of `cargo xtask bench`: plays Lambda and DynamoDB for each contestant, measures, and writes
//! `docs/PERFORMANCE.md`. Builds nothing: xtask has done that.

mod asked;
mod contestants;
mod function;
mod machine;
mod place;
mod processes;
mod report;
mod requests;
mod tls;
mod world;

/// What is measured, and whether all that are measured do the same.
mod measured {
    pub(crate) mod account;
    pub(crate) mod agreement;
    pub(crate) mod growth;
    pub(crate) mod guardian;
    pub(crate) mod job;
    pub(crate) mod model;
    pub(crate) mod photos;
    pub(crate) mod sizes;
    pub(crate) mod starts;
    pub(crate) mod statistics;
    pub(crate) mod warm;
}

use contestants::Contestants;
use machine::Machine;
use measured::{agreement, growth, guardian, job, sizes, starts, warm};
use processes::Spawner;
use report::{Functions, Results, bars};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use world::World;

/// Whatever ends the run.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let args: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let outcome = runtime.map_err(Failure::from).and_then(|runtime| match args.as_slice() {
        [part, root, target] if part.as_os_str() == "functions" => runtime.block_on(functions(root, target)),
        [part, root, target] if part.as_os_str() == "guardian" => runtime.block_on(judgement(root, target)),
        [part, root, target] if part.as_os_str() == "job" => runtime.block_on(way(root, target)),
        [root, target, bundle] => runtime.block_on(run(root, target, bundle)),
        [part] if part.as_os_str() == "growth" => {
            runtime.block_on(growth::measure()).map(|rows| bars::of_growth(&rows))
        }
        _ => Err(
            "usage: bench ROOT TARGET BUNDLE, bench functions | guardian | job ROOT TARGET, or bench growth; `cargo \
                  xtask bench` builds what it needs"
                .into(),
        ),
    });
    match outcome {
        Ok(missed) if missed.is_empty() => ExitCode::SUCCESS,
        Ok(missed) => {
            missed.iter().for_each(|bar| println!("missed: {bar}"));
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Measures starts and sizes of the functions and the floor alone, and writes their rows. Answers the bars that were
/// missed.
async fn functions(root: &std::path::Path, target: &std::path::Path) -> Result<Vec<String>, Failure> {
    let spawner = Spawner::start();
    let world = World::start().await?;
    let (ours, floor) = Contestants::ours_and_floor(root, target, &world)?;
    let all: Vec<&contestants::Contestant> = ours.iter().chain([&floor]).collect();
    let starts = starts::alone(&all, &spawner).await?;
    let rows = Functions { starts, sizes: sizes::of(&all)? };
    let document = root.join("docs/PERFORMANCE.md");
    std::fs::write(&document, rows.renewed(&std::fs::read_to_string(&document)?, &Machine::read().date))?;
    println!("==> renewed the rows of the functions in {}", document.display());
    Ok(bars::of_functions(&rows))
}

/// Measures the Guardian alone, and writes its part. Answers the bars that were missed.
async fn judgement(root: &std::path::Path, target: &std::path::Path) -> Result<Vec<String>, Failure> {
    let machine = Machine::read();
    let judged = guardian::measure(root, target, &Spawner::start()).await?;
    let document = root.join("docs/PERFORMANCE.md");
    std::fs::write(&document, judged.renewed(&std::fs::read_to_string(&document)?, &machine))?;
    println!("==> renewed the Guardian's part in {}", document.display());
    Ok(judged.missed())
}

/// Measures what a task's invocations take, and writes it into `docs/COST.md`. No bar is held against it.
async fn way(root: &std::path::Path, target: &std::path::Path) -> Result<Vec<String>, Failure> {
    write_costs(root, &job::measure(target, &Spawner::start()).await?)?;
    Ok(Vec::new())
}

fn write_costs(root: &std::path::Path, job: &job::Job) -> Result<(), Failure> {
    let document = root.join("docs/COST.md");
    std::fs::write(&document, job::table::renewed(job, &std::fs::read_to_string(&document)?)?)?;
    println!("==> renewed what was measured in {}", document.display());
    Ok(())
}

/// Measures everything and writes the page. Answers the bars that were missed.
async fn run(
    root: &std::path::Path,
    target: &std::path::Path,
    bundle: &std::path::Path,
) -> Result<Vec<String>, Failure> {
    let mut machine = Machine::read();
    let spawner = Spawner::start();
    machine.pinned = spawner.pinned;
    // First: the memory of this process is still its own.
    let growth = growth::measure().await?;
    let world = World::start().await?;
    let contestants = Contestants::of(root, target, bundle, &world)?;

    println!("==> do all contestants answer the same?");
    agreement::check(&contestants, &spawner, &world).await?;
    let starts = starts::measure(&contestants, &spawner, &world).await?;
    let warm = warm::measure(&contestants, &spawner, &world).await?;
    let sizes = sizes::measure(&contestants)?;
    println!("==> does every balance follow from the journal?");
    world.audit().await?;

    let guardian = guardian::measure(root, target, &spawner).await?;
    write_costs(root, &job::measure(target, &spawner).await?)?;

    let results = Results { machine, functions: Functions { starts, sizes }, warm, guardian, growth };
    let document = root.join("docs/PERFORMANCE.md");
    std::fs::write(&document, report::page(&results))?;
    println!("==> wrote {}", document.display());
    Ok(bars::missed(&results))
}
