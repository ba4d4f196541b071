//! docs/openapi.json and callbacks before those who read them: programs of others, which `cargo xtask test` installs.

mod generated;
mod other_origin;
mod page;
mod schemathesis;
mod webhooks;

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A program, or a folder, below `.tools`.
fn reader(path: &str) -> PathBuf {
    let reader = root().join(".tools").join(path);
    assert!(reader.exists(), "{} is missing: `cargo xtask test` installs it", reader.display());
    reader
}

/// Runs a command to its end, which must be success; answers what it printed on both outputs.
fn output(mut command: Command) -> (String, String) {
    let output = command.output().unwrap();
    let [said, warned] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(output.status.success(), "{command:?}: {}\n{said}{warned}", output.status);
    (said, warned)
}
