//! A copy of the sources, to be changed on purpose.

use crate::place;
use crate::program::program;
use std::fs;
use std::path::{Path, PathBuf};

/// The repository as it stands, without what is built, in this folder. The outside tools are the same.
pub(crate) fn of_sources(copy: &Path) -> Result<PathBuf, String> {
    let root = place::root();
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", copy.display());
    fs::create_dir_all(copy).map_err(|error| failed(&error))?;
    let (tools, linked) = (place::tools(), copy.join(".tools"));
    if !linked.is_symlink() {
        std::os::unix::fs::symlink(tools, linked).map_err(|error| failed(&error))?;
    }
    for name in program("git").args(["ls-files", "-z"]).inside(&root).read()?.split_terminator('\0') {
        let (from, to) = (root.join(name), copy.join(name));
        let content = fs::read(&from).map_err(|error| format!("{name}: {error}"))?;
        // What has not changed keeps its time, by which cargo knows it.
        if fs::read(&to).is_ok_and(|there| there == content) {
            continue;
        }
        let written = fs::create_dir_all(to.parent().unwrap_or(copy)).and_then(|()| fs::write(&to, content));
        written.map_err(|error| failed(&error))?;
    }
    Ok(copy.to_owned())
}
