//! The list of all that the product and its tests are made of, in CycloneDX, from the lock files alone.

use crate::node::npm;
use crate::program::program;
use crate::{finish, place};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// What says which packages there are.
const MANIFESTS: [&str; 4] = ["Cargo.toml", "Cargo.lock", "package.json", "package-lock.json"];
/// Pinned lists of Python, each of which becomes a folder with the name that tools look for.
const PYTHON: &str = "infra/tools/";

/// Writes `target/sbom.json`, or the file that is named.
pub(crate) fn command(args: &[String]) -> ExitCode {
    let file = args.first().map_or_else(|| place::target().join("sbom.json"), Into::into);
    finish(list(&file).map(|()| println!("{}", file.display())))
}

fn list(file: &Path) -> Result<(), String> {
    let tools = npm::ready("sbom", "infra/sbom")?;
    // The list names the product by its folder.
    let folder = place::target().join("sbom").join("humanops");
    manifests(&folder)?;
    program(tools.join("node_modules/.bin/cdxgen"))
        .args(["--recurse", "--no-install-deps", "--spec-version", "1.6", "--output"])
        .args([file, &folder])
        .run_into(&place::target().join("sbom").join("log"))
}

/// Copies what is committed of them into a new folder: beside them lie tools and what was built.
fn manifests(folder: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    let listed = program("git").args(["-C"]).args([place::root()]).args(["ls-files"]).read()?;
    for name in listed.lines() {
        let list = name.strip_prefix(PYTHON).and_then(|list| list.strip_suffix(".txt"));
        let to = match list {
            Some(list) => folder.join(PYTHON).join(list).join("requirements.txt"),
            None if MANIFESTS.iter().any(|manifest| name.rsplit('/').next() == Some(manifest)) => folder.join(name),
            None => continue,
        };
        let parent = to.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::copy(place::root().join(name), &to)).map_err(failed)?;
    }
    Ok(())
}
