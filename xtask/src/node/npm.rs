//! Node packages, each set below `.tools/`, as pinned by a package.json and its lock file in the sources.

use crate::place;
use crate::program::program;
use std::fs;
use std::path::PathBuf;

/// The lock file is noted beside what was installed by it, so that a changed one is installed anew.
const INSTALLED: &str = "installed.json";

/// Installs what the folder `sources` of the workspace pins into `.tools/<name>` unless it is there, and answers that
/// folder. The error is a sentence.
pub(crate) fn ready(name: &str, sources: &str) -> Result<PathBuf, String> {
    let (sources, folder) = (place::root().join(sources), place::tools().join(name));
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let lock = fs::read_to_string(sources.join("package-lock.json")).map_err(failed)?;
    if fs::read_to_string(folder.join(INSTALLED)).is_ok_and(|installed| installed == lock) {
        return Ok(folder);
    }
    println!("installing {} into .tools/{name}", sources.join("package.json").display());
    fs::create_dir_all(&folder).map_err(failed)?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(sources.join(name), folder.join(name)).map_err(failed)?;
    }
    let quiet = ["ci", "--no-audit", "--no-fund", "--loglevel", "error", "--prefix"];
    program("npm").args(quiet).args([&folder]).run()?;
    fs::write(folder.join(INSTALLED), lock).map_err(failed)?;
    Ok(folder)
}
