//! Node, which runs the API reference's own signature sample in the end-to-end test. It is not installed from here.

use std::process::Command;

pub(crate) mod npm;

const MAJOR_MIN: u32 = 20;

/// Fails with a sentence that says what to do.
pub(crate) fn check() -> Result<(), String> {
    let version = Command::new("node").arg("--version").output().ok().filter(|output| output.status.success());
    judge(version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).as_deref())
}

/// `version` as node prints it; `None` when there is no node.
fn judge(version: Option<&str>) -> Result<(), String> {
    let Some(version) = version.map(str::trim) else {
        return Err(format!("node is not on the PATH: install Node.js {MAJOR_MIN} or newer"));
    };
    let major = version.strip_prefix('v').and_then(|rest| rest.split('.').next()).and_then(|text| text.parse().ok());
    match major {
        Some(major) if MAJOR_MIN <= major => Ok(()),
        Some(_) | None => Err(format!("node is {version}: install Node.js {MAJOR_MIN} or newer")),
    }
}

#[cfg(test)]
mod tests;
