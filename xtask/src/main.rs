//! `cargo xtask COMMAND`: the project's own commands. Standard library only, so that it builds at once.

mod count;
mod node;
mod step;

use count::Count;
use std::process::ExitCode;
use step::Step;

type Command = fn() -> ExitCode;

/// Name, what it does, and the function. `tests/tidy` looks the README's commands up here.
const COMMANDS: &[(&str, &str, Command)] = &[
    ("test", "everything that must pass: formatting, clippy, the build and every test", test),
    ("lint", "formatting and clippy", lint),
];

const FORMAT: Step = Step(&["fmt", "--all", "--check"]);
const CLIPPY: Step = Step(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
/// The end-to-end test starts these, and cargo does not build another package's binary for it.
const BINARIES: Step = Step(&["build", "--workspace", "--bins"]);
const TESTS: Step = Step(&["test", "--workspace", "--no-fail-fast"]);

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [name] = args.as_slice() else { return usage() };
    match COMMANDS.iter().find(|(known, _, _)| known == name) {
        Some((_, _, command)) => command(),
        None => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask COMMAND\n");
    for (name, purpose, _) in COMMANDS {
        eprintln!("  {name:<6} {purpose}");
    }
    ExitCode::from(2)
}

fn lint() -> ExitCode {
    let mut count = Count::default();
    for (number, step) in [FORMAT, CLIPPY].iter().enumerate() {
        step.announce(number + 1, 2);
        count.gate(step.run());
    }
    count.finish()
}

/// Goes on after a failed step, so that one run shows everything; ends with the count alone on its line.
fn test() -> ExitCode {
    let mut count = Count::default();
    count.gate(node::check());
    for (number, step) in [FORMAT, CLIPPY, BINARIES].iter().enumerate() {
        step.announce(number + 1, 4);
        count.gate(step.run());
    }
    TESTS.announce(4, 4);
    let tests = TESTS.run_reading(|line| count.read(line));
    count.tests(tests);
    let outcome = count.finish();
    println!("{count}");
    outcome
}
