//! `cargo xtask bench`: builds whoever is measured, and runs the harness of infra/bench, which measures them
//! and writes docs/PERFORMANCE.md.

use crate::deploy::package;
use crate::finish;
use crate::node::npm;
use crate::program::{cargo, program};
use crate::{node, place};
use std::path::PathBuf;
use std::process::ExitCode;

const SOURCES: &str = "infra/bench";

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
    costs().and(measured)
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

/// Has the tables of docs/COST.md that follow from what was measured written anew.
fn costs() -> Result<(), String> {
    let tests = ["test", "--quiet", "--workspace", "--test", "e2e", "budget::cost::the_document"];
    cargo().args(tests).env("HUMANOPS_WRITE_COSTS", "true").run()
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
