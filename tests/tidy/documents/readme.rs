//! The README and the page on working on it: what they tell a newcomer to type exists.

use crate::repository::{obey, text};
use crate::workspace::packages;

/// Commands that come with Rust.
const BUILT_IN: [&str; 14] = [
    "add", "bench", "build", "check", "clean", "clippy", "doc", "fetch", "fmt", "metadata", "run", "test", "tree",
    "update",
];

/// Code of a Markdown text: the lines of its blocks and what stands between backticks.
fn code(markdown: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut code = Vec::new();
    for line in markdown.lines() {
        match (line.trim_start().starts_with("```"), fenced) {
            (true, _) => fenced = !fenced,
            (false, true) => code.push(line),
            (false, false) => code.extend(line.split('`').skip(1).step_by(2)),
        }
    }
    code
}

/// The arguments of each `cargo …` in a line of code.
fn cargo_commands(code: &str) -> Vec<Vec<&str>> {
    let words: Vec<&str> = code.split_whitespace().collect();
    let starts = words.iter().enumerate().filter(|(_, word)| **word == "cargo").map(|(index, _)| index + 1);
    let ends = |word: &&&str| !["&&", "||", "|", ";", "#", "&"].contains(*word) && **word != "cargo";
    starts.map(|start| words[start..].iter().take_while(ends).copied().collect()).collect()
}

/// What is wrong with a command, if anything.
fn complaint(args: &[&str]) -> Option<String> {
    let name = args.first().copied().unwrap_or_default();
    let known = match name {
        "xtask" => args.get(1).is_some_and(|command| xtask_has(command)),
        _ => BUILT_IN.contains(&name) || aliases().contains(&name.to_owned()),
    };
    if !known {
        return Some(format!("there is no `cargo {}`", args.join(" ")));
    }
    let named = args.windows(2).find(|pair| !named_thing_exists(pair[0], pair[1]))?;
    Some(format!("`cargo {}` names `{}`, which does not exist", args.join(" "), named[1]))
}

fn named_thing_exists(flag: &str, name: &str) -> bool {
    match flag {
        "-p" | "--package" => packages().iter().any(|package| package.name == name),
        "--bin" | "--test" | "--example" => packages().iter().any(|package| package.targets.contains(&name.to_owned())),
        _ => true,
    }
}

fn xtask_has(command: &str) -> bool {
    aliases().contains(&"xtask".to_owned()) && text("xtask/src/main.rs").contains(&format!("\n    (\"{command}\", "))
}

fn aliases() -> Vec<String> {
    let config = text(".cargo/config.toml");
    let table = config.split("[alias]").nth(1).unwrap_or_default().lines().take_while(|line| !line.starts_with('['));
    table.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
}

#[test]
fn every_cargo_command_that_a_newcomer_is_told_exists() {
    for document in ["README.md", "docs/CONTRIBUTING.md"] {
        let markdown = text(document);
        let commands: Vec<Vec<&str>> = code(&markdown).into_iter().flat_map(cargo_commands).collect();
        assert!(
            commands.iter().any(|args| args.starts_with(&["xtask", "test"])),
            "{document} must say `cargo xtask test`"
        );
        let all: Vec<String> = commands.iter().filter_map(|args| complaint(args)).collect();
        obey(&format!("what {document} tells a newcomer to type"), &all);
    }
}

#[test]
fn a_command_that_does_not_exist_is_found() {
    let markdown = "Say `cargo run`, not cargo walk.\n```sh\n$ A=1 cargo test -p e2e && cargo fly\n```\nOr `x`.\n";
    let commands: Vec<Vec<&str>> = code(markdown).into_iter().flat_map(cargo_commands).collect();
    assert_eq!(commands, [vec!["run"], vec!["test", "-p", "e2e"], vec!["fly"]]);
    for (command, fine) in [
        ("run -- demo", true),
        ("xtask test", true),
        ("xtask lint", true),
        ("xtask", false),
        ("xtask fly", false),
        ("fly", false),
        ("test -p e2e --test tidy", true),
        ("test -p e2e --test untidy", false),
        ("test -p nobody", false),
    ] {
        let args: Vec<&str> = command.split(' ').collect();
        assert_eq!(complaint(&args).is_none(), fine, "{command}");
    }
}
