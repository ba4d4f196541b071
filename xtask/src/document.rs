//! docs/openapi.json: `cargo xtask openapi` writes it, and what reads it in the end-to-end tests is installed from here.

use crate::node::npm;
use crate::program::{cargo, program};
use crate::{finish, venv};
use std::process::{Command, ExitCode};

/// Writes what is derived from the description; `--incompatible` also if it breaks clients.
pub(crate) fn command(args: &[String]) -> ExitCode {
    finish(cargo().args(["run", "--quiet", "--package", "contract", "--"]).args(args).run())
}

/// Installs the readers where they are missing. `tests/e2e/document` runs them.
pub(crate) fn readers() -> Result<(), String> {
    for list in ["schemathesis", "openapi-python-client", "standardwebhooks"] {
        venv::ready(list)?;
    }
    npm::ready("document", "infra/document")?;
    chromium()
}

/// The only program that neither pip nor npm has: Debian's, installed by who may.
fn chromium() -> Result<(), String> {
    if Command::new("chromium").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    println!("installing chromium");
    let needed = |sentence| format!("install chromium ({sentence})");
    program("apt-get").args(["update", "--quiet=2"]).run().map_err(needed)?;
    let install = ["install", "--yes", "--quiet=2", "--no-install-recommends", "chromium"];
    program("apt-get").args(install).env("DEBIAN_FRONTEND", "noninteractive").run().map_err(needed)
}
