//! Python tools, each set in an environment of its own below `.tools/`, as pinned in `infra/tools/`.

use crate::place;
use crate::program::program;
use std::fs;
use std::path::PathBuf;

/// What is installed is noted in the environment, so that a changed list is installed anew.
const INSTALLED: &str = "installed.txt";

/// Installs `infra/tools/<name>.txt` into `.tools/<name>` unless it is there, and answers that folder. The
/// error is a sentence.
pub(crate) fn ready(name: &str) -> Result<PathBuf, String> {
    let list = place::root().join("infra/tools").join(format!("{name}.txt"));
    let wanted = fs::read_to_string(&list).map_err(|error| format!("{}: {error}", list.display()))?;
    let folder = place::tools().join(name);
    if fs::read_to_string(folder.join(INSTALLED)).is_ok_and(|installed| installed == wanted) {
        return Ok(folder);
    }
    println!("installing infra/tools/{name}.txt into .tools/{name}");
    program("python3").args(["-m", "venv", "--clear"]).args([&folder]).run()?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    program(folder.join("bin/python")).args(pip).args([&list]).run()?;
    fs::write(folder.join(INSTALLED), wanted).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}
