//! `cargo xtask bench`: builds whoever is measured, and runs the harness of infra/bench, which measures them
//! and writes docs/PERFORMANCE.md.

use crate::deploy::package;
use crate::finish;
use crate::node::npm;
use crate::program::{cargo, program};
use crate::{node, place};
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

const SOURCES: &str = "infra/bench";
/// Before the sum in docs/COST.md.
const MILLION_TASKS: &str = "| **a million tasks** | **";
/// The aim of docs/COST.md.
const MILLION_TASKS_CENTS_MAX: u32 = 6_500;

/// Fails when something does not build, differs in its answers, or misses a bar.
pub(crate) fn command(args: &[String]) -> ExitCode {
    let outcome = match args {
        [] => bench(),
        [part] if part == "growth" => growth(),
        [part] if part == "functions" => functions(),
        [part] if part == "guardian" => guardian(),
        [part] if part == "job" => job(),
        _ => Err("usage: cargo xtask bench [growth | functions | guardian | job]".to_owned()),
    };
    finish(outcome)
}

fn bench() -> Result<(), String> {
    node::check()?;
    println!("==> 1/4 building the functions, the floor and the harness");
    build()?;
    println!("==> 2/4 building the naive functions");
    let naive = cargo().args(["build", "--release", "--manifest-path"]);
    let naive = naive.args([place::root().join(SOURCES).join("naive/Cargo.toml")]);
    naive.env("CARGO_TARGET_DIR", place::target().join("naive")).run()?;
    println!("==> 3/4 bundling the Node.js function");
    let bundle = bundle()?;
    println!("==> 4/4 measuring");
    let measured = program(place::target().join("release/bench")).args([place::root(), place::target(), bundle]).run();
    let missed: Vec<String> = [measured, costs()].into_iter().filter_map(Result::err).collect();
    if missed.is_empty() { Ok(()) } else { Err(missed.join("; ")) }
}

fn build() -> Result<(), String> {
    let mut functions = place::functions()?;
    functions.push("floor".to_owned());
    package::build(&functions, &[])?;
    harness()
}

fn harness() -> Result<(), String> {
    cargo().args(["build", "--release", "--package", "bench"]).run()
}

/// Starts and sizes of the functions alone.
fn functions() -> Result<(), String> {
    build()?;
    program(place::target().join("release/bench")).args(["functions"]).args([place::root(), place::target()]).run()
}

/// What judges and checks photos alone.
fn guardian() -> Result<(), String> {
    package::build(&["guardian".to_owned(), "checks".to_owned()], &[])?;
    harness()?;
    program(place::target().join("release/bench")).args(["guardian"]).args([place::root(), place::target()]).run()
}

/// What a task's invocations take, and what it all costs.
fn job() -> Result<(), String> {
    build()?;
    program(place::target().join("release/bench")).args(["job"]).args([place::root(), place::target()]).run()?;
    costs()
}

/// Has the tables of docs/COST.md that follow from what was measured written anew. Fails when the sum misses its bar.
fn costs() -> Result<(), String> {
    let tests = ["test", "--quiet", "--workspace", "--test", "e2e", "budget::cost::the_document"];
    cargo().args(tests).env("HUMANOPS_WRITE_COSTS", "true").run()?;
    within_its_bar(&fs::read_to_string(place::root().join("docs/COST.md")).map_err(|error| error.to_string())?)
}

fn within_its_bar(document: &str) -> Result<(), String> {
    let sum = document.lines().find_map(|line| line.strip_prefix(MILLION_TASKS)?.strip_suffix("** |"));
    let sum = sum.ok_or("docs/COST.md does not say what a million tasks cost")?;
    match sum.replace('.', "").parse::<u32>() {
        Ok(cents) if cents <= MILLION_TASKS_CENTS_MAX => Ok(()),
        Ok(_) => Err(format!("a million tasks cost {sum} dollars, at most 65: docs/COST.md says why")),
        Err(_) => Err(format!("docs/COST.md: {sum} is no sum")),
    }
}

/// The embedded system alone, as its tables grow.
fn growth() -> Result<(), String> {
    harness()?;
    program(place::target().join("release/bench")).args(["growth"]).run()
}

/// Installs the SDK as pinned and bundles it with the sources. Answers the file.
fn bundle() -> Result<PathBuf, String> {
    let sources = place::root().join(SOURCES).join("node");
    let folder = npm::ready("bench/node", "infra/bench/node")?;
    let (modules, bundle) = (folder.join("node_modules"), folder.join("index.cjs"));
    program(modules.join(".bin/esbuild"))
        .args([sources.join("src/bootstrap.mjs")])
        .args(["--bundle", "--minify", "--platform=node", "--target=node20", "--format=cjs", "--log-level=warning"])
        .args([format!("--outfile={}", bundle.display())])
        // The sources lie elsewhere than what they import.
        .env("NODE_PATH", &modules)
        .run()?;
    Ok(bundle)
}

#[cfg(test)]
mod tests {
    use super::within_its_bar;

    #[test]
    fn a_sum_above_its_bar_or_none_at_all_is_a_failure() {
        for (sum, why) in [
            ("| **a million tasks** | **65.00** |", None),
            ("| **a million tasks** | **65.01** |", Some("a million tasks cost 65.01 dollars, at most 65")),
            ("| **a million tasks** | **?** |", Some("? is no sum")),
            ("| a million tasks | 1.00 |", Some("does not say")),
        ] {
            let said = within_its_bar(&format!("# What it costs\n\n{sum}\n| S3 | 1.00 |\n")).err();
            assert_eq!(said.is_some(), why.is_some(), "{sum}: {said:?}");
            assert!(said.iter().zip(why).all(|(said, why)| said.contains(why)), "{sum}: {said:?}");
        }
    }
}
