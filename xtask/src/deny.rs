//! The crates that we build on before cargo-deny, by the rules of deny.toml.

use crate::place;
use crate::program::program;
use crate::program::venv;

/// What deny.toml makes an exception of must be there, or it goes.
const EXACT: [&str; 4] = ["-D", "unmatched-skip", "-D", "unnecessary-skip"];

/// Installs it where it is missing, and runs it.
pub(crate) fn check() -> Result<(), String> {
    println!("==> deny.toml");
    let deny = program(venv::ready("deny")?.join("bin/cargo-deny"));
    let deny = deny.args(["--locked", "--manifest-path"]).args([place::root().join("Cargo.toml")]);
    deny.args(["check"]).args(EXACT).args(["licenses", "sources", "bans"]).run()
}
