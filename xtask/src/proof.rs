//! What shows that the system holds when things go wrong: told stories, defects made on purpose, another DynamoDB.

mod copy;
pub(crate) mod fuzz;
pub(crate) mod mutants;
pub(crate) mod reproduce;
pub(crate) mod sbom;
pub(crate) mod second;

use crate::program;
use crate::{finish, place, step};
use std::process::ExitCode;

/// Its crates are optimized as they are for tests: what a run waits for is DynamoDB on SQLite.
pub(crate) fn sim(args: &[String]) -> ExitCode {
    let built = program::cargo().args(["build", "--quiet", "--workspace", "--bin", "simulator"]).run();
    finish(built.and_then(|()| program::program(place::target().join("debug/simulator")).args(args).run()))
}

/// A minute of it, when it is built. What contradicts is said again at the end of the run: another run tells others.
pub(crate) fn simulate() -> Result<(), String> {
    let mut told = Vec::new();
    let simulator = program::program(place::target().join("debug/simulator")).args(["--minutes", "1"]);
    let outcome = step::timed("a minute of the simulator", || simulator.run_reading(|line| told.push(line.to_owned())));
    outcome.map_err(|sentence| format!("{sentence}\n{}", told.join("\n")))
}

/// With the binary, or with the stack of `deploy-local` if it is to be `--deployed`.
pub(crate) fn soak(args: &[String]) -> ExitCode {
    let built = program::cargo()
        .args(["build", "--quiet", "--release", "--workspace", "--bin", "soak", "--bin", "humanops"])
        .run();
    let run = || {
        let program = program::program(place::target().join("release/soak")).args(args);
        program.env("HUMANOPS_DEPLOYED", place::tools().join("deployed")).run()
    };
    finish(built.and_then(|()| run()))
}

pub(crate) fn defects(args: &[String]) -> ExitCode {
    let built = program::cargo().args(["build", "--quiet", "--workspace", "--bin", "defects"]).run();
    let (target, folder) = (place::target(), place::target().join("defects"));
    let run = || {
        let copy = copy::of_sources(&folder.join("copy"))?;
        program::program(target.join("debug/defects")).args([copy, folder.join("build")]).args(args).run()
    };
    finish(built.and_then(|()| run()))
}
