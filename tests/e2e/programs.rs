//! Programs of others, which `cargo xtask test` installs below `.tools`.

use harness::binary::root;
use std::path::PathBuf;
use std::process::Command;

/// A program, or a folder, below `.tools`.
pub(crate) fn installed(path: &str) -> PathBuf {
    let installed = root().join(".tools").join(path);
    assert!(installed.exists(), "{} is missing: `cargo xtask test` installs it", installed.display());
    installed
}

/// Runs a command to its end, which must be success; answers what it printed on both outputs.
pub(crate) fn output(command: &mut Command) -> (String, String) {
    let output = command.output().unwrap();
    let [said, warned] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(output.status.success(), "{command:?}: {}\n{said}{warned}", output.status);
    (said, warned)
}
