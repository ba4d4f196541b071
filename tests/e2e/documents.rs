//! The code in the README and in `docs/`, run as its reader would copy it. Not what the documents say in words.

mod agents;
mod callbacks;
mod credentials;

use harness::binary::root;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A block of code that a test runs, by the name behind its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Block {
    document: &'static str,
    name: &'static str,
}

pub(crate) const FIRST_TASK: Block = Block { document: "README.md", name: "first-task.sh" };
const VERIFY_PY: Block = Block { document: "docs/CALLBACKS.md", name: "verify.py" };
const VERIFY_MJS: Block = Block { document: "docs/CALLBACKS.md", name: "verify.mjs" };
const OPEN_PY: Block = Block { document: "docs/CREDENTIALS.md", name: "open.py" };
const OPEN_MJS: Block = Block { document: "docs/CREDENTIALS.md", name: "open.mjs" };
const SEAL_MJS: Block = Block { document: "docs/CREDENTIALS.md", name: "seal.mjs" };
pub(crate) const QUICK_START_TS: Block = Block { document: "clients/typescript/README.md", name: "quickstart.ts" };

const AGENTS_TS: Block = Block { document: "docs/AGENTS.md", name: "quickstart.ts" };
const AGENTS_RS: Block = Block { document: "docs/AGENTS.md", name: "quickstart.rs" };
const AGENTS_SH: Block = Block { document: "docs/AGENTS.md", name: "curl.sh" };

const RUN: [Block; 10] =
    [AGENTS_RS, AGENTS_SH, AGENTS_TS, FIRST_TASK, QUICK_START_TS, VERIFY_PY, VERIFY_MJS, OPEN_PY, OPEN_MJS, SEAL_MJS];
/// Languages of what is only looked at.
const SHOWN: [&str; 2] = ["json", "text"];
/// Behind the language of commands that a test cannot run: they start a server, or ask AWS.
const BY_HAND: [&str; 2] = ["by-hand", "aws"];

impl Block {
    pub(crate) fn code(self) -> String {
        let markdown = std::fs::read_to_string(root().join(self.document)).unwrap();
        let found = blocks(&markdown).into_iter().find(|(info, _)| info.split(' ').nth(1) == Some(self.name));
        found.unwrap_or_else(|| panic!("{self:?} is not there")).1
    }
}

/// What stands behind the opening fence, and the code.
fn blocks(markdown: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            blocks.push((
                info,
                lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect(),
            ));
        }
    }
    blocks
}

#[test]
fn every_block_of_code_is_run_or_says_why_not() {
    let folder = root().join("docs");
    let pages = folder.read_dir().unwrap().map(|entry| format!("docs/{}", entry.unwrap().file_name().display()));
    let mut marked = BTreeSet::new();
    for document in pages
        .filter(|path| path.ends_with(".md"))
        .chain(["README.md", "clients/typescript/README.md"].map(str::to_owned))
    {
        let markdown = std::fs::read_to_string(root().join(&document)).unwrap();
        for (info, _) in blocks(&markdown) {
            match info.split(' ').collect::<Vec<_>>().as_slice() {
                [language] if SHOWN.contains(language) => {}
                [_, why] if BY_HAND.contains(why) => {}
                [_, name] => drop(marked.insert(format!("{document} {name}"))),
                _ => {
                    panic!("{document}: a block is marked `{info}`: name it and run it, or mark it one of {BY_HAND:?}")
                }
            }
        }
    }
    let run: BTreeSet<String> = RUN.iter().map(|block| format!("{} {}", block.document, block.name)).collect();
    assert_eq!(marked, run, "the blocks that have names, and those that tests run");
}

/// Runs a program with JSON on its standard input; answers what it printed.
#[track_caller]
fn run(program: impl Into<PathBuf>, args: &[&str], input: &Value) -> String {
    let mut command = Command::new(program.into());
    let mut child =
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs code of a page, and after it what uses it.
#[track_caller]
fn node(code: &str, input: &Value) -> String {
    run("node", &["--input-type=module", "-e", code], input)
}

/// With the packages of `infra/tools/aws.txt`, of which `cryptography` is one.
#[track_caller]
fn python(code: &str, input: &Value) -> String {
    let python = root().join(".tools/aws/bin/python");
    assert!(python.exists(), "{} is missing: run `cargo xtask lint` once, which installs it", python.display());
    run(python, &["-c", code], input)
}
