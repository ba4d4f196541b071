//! `cargo xtask COMMAND`: the project's own commands. Standard library only, so that it builds at once.

mod bench;
mod count;
mod deny;
mod deploy;
mod document;
mod node;
mod place;
mod program;
mod step;
mod template;
mod venv;

use count::Count;
use deploy::Deployment;
use node::npm;
use program::debian;
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
    ("sim", "plays the world against the system, with everything that goes wrong: --help says more", sim),
    ("defects", "makes each of 25 defects in a copy, and says who finds it; with words: those that have one", defects),
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
    "--skip",
    "clients::",
    "--skip",
    "deployed::",
    "--skip",
    "document::",
]);
/// A minute of it; `cargo xtask sim --minutes 60` is the same for longer.
const SIMULATION: Step = Step(&["run", "--workspace", "--bin", "simulator", "--", "--minutes", "1"]);
/// Those that run what was installed for them: one after the other, and what they counted is shown.
const INSTALLED_TESTS: Step = Step(&[
    "test",
    "--workspace",
    "--test",
    "e2e",
    "--",
    "clients::",
    "document::",
    "--test-threads",
    "1",
    "--nocapture",
]);
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

/// Its crates are optimized as they are for tests: what a run waits for is DynamoDB on SQLite.
fn sim(args: &[String]) -> ExitCode {
    let built = program::cargo().args(["build", "--quiet", "--workspace", "--bin", "simulator"]).run();
    finish(built.and_then(|()| program::program(place::target().join("debug/simulator")).args(args).run()))
}

fn defects(args: &[String]) -> ExitCode {
    let built = program::cargo().args(["build", "--quiet", "--workspace", "--bin", "defects"]).run();
    let target = place::target();
    let run = || {
        let program = program::program(target.join("debug/defects"))
            .args([place::root().as_os_str(), target.join("defects").as_os_str()]);
        program.args(args).run()
    };
    finish(built.and_then(|()| run()))
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
    simulate(&mut count);
    match document::readers() {
        Ok(()) => run_tests(&mut count, &INSTALLED_TESTS, None),
        Err(sentence) => count.gate(Err(sentence)),
    }
    let deployment = Deployment::of_tests();
    // A run that was broken off leaves one behind.
    match deployment.stop().and_then(|()| deployment.deploy()) {
        Ok(()) => run_tests(&mut count, &DEPLOYED_TESTS, Some(&deployment)),
        Err(sentence) => count.gate(Err(sentence)),
    }
    count.gate(deployment.stop());
    let outcome = count.finish();
    println!("{count}");
    outcome
}

/// What contradicts is said again at the end of the run: stories may differ from one run to the next.
fn simulate(count: &mut Count) {
    let mut told = Vec::new();
    let outcome = SIMULATION.run_reading(None, |line| told.push(line.to_owned()));
    count.gate(outcome.map_err(|sentence| format!("{sentence}\n{}", told.join("\n"))));
}

fn run_tests(count: &mut Count, tests: &Step, deployment: Option<&Deployment>) {
    let folder = deployment.map(|it| it.folder().to_string_lossy().into_owned());
    let mut these = Count::default();
    let env = folder.as_deref().map(|folder| ("HUMANOPS_DEPLOYED", folder));
    let outcome = tests.run_reading(env, |line| these.read(line));
    these.tests(outcome);
    count.add(these);
}
