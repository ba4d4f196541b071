//! `cargo xtask COMMAND`: the project's own commands. Standard library only, so that it builds at once.

mod bench;
mod deny;
mod deploy;
mod document;
mod node;
mod place;
mod program;
mod proof;
mod step;
mod template;
mod test;

use std::process::ExitCode;

type Command = fn(&[String]) -> ExitCode;

/// Name, what it does, and the function. `tests/tidy` looks the README's commands up here.
const COMMANDS: &[(&str, &str, Command)] = &[
    ("test", "everything that must pass: formatting, clippy, crates, template, build and every test", test::command),
    ("lint", "formatting, clippy, the crates and the template", test::lint),
    ("openapi", "writes docs/openapi.json and what is made from it; --incompatible: come what may", document::command),
    ("deploy-local", "the deployment on AWS, on this machine; --stop ends it", deploy::command),
    ("package", "the functions as they are deployed, into target/lambda; --arm64: for AWS", deploy::package::command),
    ("guardian-eval", "how well the Guardian judges, with a model: --help says more", guardian_eval),
    ("sim", "plays the world against the system, with everything that goes wrong: --help says more", proof::sim),
    ("defects", "makes 25 defects, one by one in a copy, and says who finds each; or those with words", proof::defects),
    ("mutants", "makes what cargo-mutants lists where money is, and says what no test sees", proof::mutants::command),
    ("soak", "works with the system for half an hour while its processes are killed: --help says more", proof::soak),
    ("second-engine", "the end-to-end tests beside another DynamoDB: all, or those of names", proof::second::command),
    ("reproduce", "builds the functions here and in another checkout, and compares them", proof::reproduce::command),
    ("fuzz", "ten minutes before each door of infra/fuzz; --seconds N, and names of some", proof::fuzz::command),
    ("sbom", "lists all that it is made of in CycloneDX, into target/sbom.json or a file", proof::sbom::command),
    ("bench", "writes docs/PERFORMANCE.md and docs/COST.md; growth, functions, guardian, job: a part", bench::command),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, args)) = args.split_first() else { return usage() };
    match COMMANDS.iter().find(|(known, _, _)| known == name) {
        Some((_, _, command)) => command(args),
        None => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask COMMAND\n");
    for (name, purpose, _) in COMMANDS {
        eprintln!("  {name:<13} {purpose}");
    }
    ExitCode::from(2)
}

/// How a command ends; a failure is said.
pub(crate) fn finish(outcome: Result<(), String>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("failed: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Its hot loops are optimized without a release build too, which takes minutes: what a run waits for is the model.
fn guardian_eval(args: &[String]) -> ExitCode {
    // Of the whole workspace, as the tests are built: of its package alone most would be built anew.
    let built = program::cargo().args(["build", "--quiet", "--workspace", "--bin", "guardian-eval"]).run();
    let run = || program::program(place::target().join("debug/guardian-eval")).args(args).run();
    // Not with its arguments, of which one may be a key.
    finish(built.and_then(|()| run().map_err(|_| "guardian-eval did not end well; see above".to_owned())))
}
