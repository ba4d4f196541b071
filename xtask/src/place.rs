//! Where things are: the workspace, cargo's output, and the outside tools.

use std::path::PathBuf;

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    xtask.parent().map(PathBuf::from).unwrap_or_default()
}

/// Where outside tools are installed; not under version control.
pub(crate) fn tools() -> PathBuf {
    root().join(".tools")
}

/// Where cargo builds, which the environment may place outside the workspace.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The packages under `functions/`, in order of their names.
pub(crate) fn functions() -> Result<Vec<String>, String> {
    let folder = root().join("functions");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    Ok(names)
}
