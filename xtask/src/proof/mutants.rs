//! What cargo-mutants would change where money is, made in one build and looked for by the tests.

use super::copy;
use crate::program::{cargo, program};
use crate::{finish, place};
use std::process::ExitCode;

/// What lists the changes.
const LISTS: &str = "cargo-mutants@27.1.0";

/// `--each 10`: every tenth change; a package's name: of that alone.
pub(crate) fn command(args: &[String]) -> ExitCode {
    finish(mutants(args))
}

fn mutants(args: &[String]) -> Result<(), String> {
    let installed = place::tools().join("mutants");
    // Does nothing if it is there.
    cargo().args(["install", "--quiet", "--locked", LISTS, "--root"]).args([&installed]).run()?;
    cargo().args(["build", "--quiet", "--workspace", "--bin", "mutants"]).run()?;
    let folder = place::target().join("defects");
    let copy = copy::of_sources(&folder.join("copy"))?;
    program(place::target().join("debug/mutants"))
        .args([copy, folder.join("build"), installed.join("bin/cargo-mutants")])
        .args(args)
        .run()
}
