//! Programs that neither pip nor npm has: Debian's, installed by who may.

use super::program;
use std::process::Command;

/// Installs `package` unless its program is there. The error is a sentence.
pub(crate) fn ready(name: &str, package: &str) -> Result<(), String> {
    if Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    println!("installing {package}");
    let needed = |sentence| format!("install {package} ({sentence})");
    program("apt-get").args(["update", "--quiet=2"]).run().map_err(needed)?;
    let install = ["install", "--yes", "--quiet=2", "--no-install-recommends", package];
    program("apt-get").args(install).env("DEBIAN_FRONTEND", "noninteractive").run().map_err(needed)
}
