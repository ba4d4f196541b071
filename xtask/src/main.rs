//! `cargo xtask COMMAND`: the project's own commands. Standard library only, so that it builds at once.

mod bench;
mod count;
mod deny;
mod deploy;
mod document;
mod node;
mod place;
mod program;
mod proof;
mod step;
mod template;

use count::Count;
use deploy::Deployment;
use node::npm;
use program::debian;
use proof::second::Second;
use std::path::Path;
use std::process::ExitCode;
use step::Step;

type Command = fn(&[String]) -> ExitCode;

/// Name, what it does, and the function. `tests/tidy` looks the README's commands up here.
const COMMANDS: &[(&str, &str, Command)] = &[
    ("test", "everything that must pass: formatting, clippy, the crates, the template, the build and every test", test),
    ("lint", "formatting, clippy, the crates and the template", lint),
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
    ("bench", "measures, and writes docs/PERFORMANCE.md; growth, functions, guardian: a part of it", bench::command),
];

const FORMAT: Step = Step(&["fmt", "--all", "--check"]);
const CLIPPY: Step = Step(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
/// The end-to-end test starts these, and cargo does not build another package's binary for it.
const BINARIES: Step = Step(&["build", "--workspace", "--bins"]);
const TESTS: Step = Step(&[
    "test",
    "--workspace",
    "--no-fail-fast",
    "--",
    // Some count what they tried.
    "--show-output",
    // The longest only wait.
    "--test-threads",
    "4",
    "--skip",
    "clients::",
    "--skip",
    "deployed::",
    "--skip",
    "document::",
]);
/// Some stories beside another DynamoDB; `cargo xtask second-engine` tells all.
const SECOND_ENGINE_TESTS: Step =
    Step(&["test", "--workspace", "--test", "e2e", "--", "lifecycle::turns", "lifecycle::verification"]);
/// Those that run what was installed for them; what they counted is shown.
const INSTALLED_TESTS: Step = Step(&[
    "test",
    "--workspace",
    "--test",
    "e2e",
    "--",
    "clients::",
    "document::",
    "--skip",
    "clients::web",
    "--test-threads",
    "2",
    "--show-output",
]);
/// Those in a browser measure how soon something is seen: one after the other, and alone.
const PAGE_TESTS: Step =
    Step(&["test", "--workspace", "--test", "e2e", "--", "clients::web", "--test-threads", "1", "--nocapture"]);
/// Those that need a deployment, which has one rate limit for all of them: one after the other.
const DEPLOYED_TESTS: Step = Step(&["test", "--workspace", "--test", "e2e", "--", "deployed::", "--test-threads", "1"]);

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

fn lint(_: &[String]) -> ExitCode {
    let mut count = Count::default();
    for step in [FORMAT, CLIPPY] {
        count.gate(step.run());
    }
    count.gate(deny::check());
    count.gate(template::lint());
    count.finish()
}

/// Its hot loops are optimized without a release build too, which takes minutes: what a run waits for is the model.
fn guardian_eval(args: &[String]) -> ExitCode {
    // Of the whole workspace, as the tests are built: of its package alone most would be built anew.
    let built = program::cargo().args(["build", "--quiet", "--workspace", "--bin", "guardian-eval"]).run();
    let run = || program::program(place::target().join("debug/guardian-eval")).args(args).run();
    // Not with its arguments, of which one may be a key.
    finish(built.and_then(|()| run().map_err(|_| "guardian-eval did not end well; see above".to_owned())))
}

/// Goes on after a failed step, so that one run shows everything; ends with the count alone on its line.
fn test(_: &[String]) -> ExitCode {
    let mut count = Count::default();
    count.gate(node::check());
    for step in [FORMAT, CLIPPY, BINARIES] {
        count.gate(step.run());
    }
    count.gate(deny::check());
    count.gate(template::lint());
    // The chain that some of the tests start, and the compiler of what stands on it.
    count.gate(npm::ready("anvil", "infra/anvil").map(drop));
    // By which a played model reads what stands on photos.
    count.gate(debian::ready("tesseract", "tesseract-ocr"));
    run_tests(&mut count, &TESTS, None);
    count.gate(proof::simulate());
    match Second::start() {
        Ok(second) => {
            run_tests(&mut count, &SECOND_ENGINE_TESTS, Some(second.variable()));
            count.gate(second.agrees());
        }
        Err(sentence) => count.gate(Err(sentence)),
    }
    match document::readers() {
        Ok(()) => [INSTALLED_TESTS, PAGE_TESTS].iter().for_each(|tests| run_tests(&mut count, tests, None)),
        Err(sentence) => count.gate(Err(sentence)),
    }
    let deployment = Deployment::of_tests();
    // A run that was broken off leaves one behind.
    match deployment.stop().and_then(|()| deployment.deploy()) {
        Ok(()) => run_tests(&mut count, &DEPLOYED_TESTS, Some(("HUMANOPS_DEPLOYED", deployment.folder()))),
        Err(sentence) => count.gate(Err(sentence)),
    }
    count.gate(deployment.stop());
    let outcome = count.finish();
    println!("{count}");
    outcome
}

fn run_tests(count: &mut Count, tests: &Step, env: Option<(&str, &Path)>) {
    let mut these = Count::default();
    let outcome = tests.run_reading(env, |line| these.read(line));
    these.tests(outcome);
    count.add(these);
}
