//! Whether the functions are the same when somebody else builds them: another checkout, in another folder, byte for byte.

use crate::deploy::package;
use crate::program::{cargo, program};
use crate::{finish, place};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Builds what is committed once more elsewhere, and compares.
pub(crate) fn command(_: &[String]) -> ExitCode {
    finish(reproduce())
}

fn reproduce() -> Result<(), String> {
    let functions = place::functions()?;
    package::build(&functions, &[])?;
    let checkout = place::target().join("reproduce").join("elsewhere");
    if checkout.exists() {
        fs::remove_dir_all(&checkout).map_err(|error| format!("{}: {error}", checkout.display()))?;
    }
    program("git").args(["clone", "--quiet"]).args([&place::root(), &checkout]).run()?;
    cargo().args(["xtask", "package"]).inside(&checkout).without_env("CARGO_TARGET_DIR").run()?;
    let mut different = Vec::new();
    for name in &functions {
        let file = |target: &Path| {
            let file = target.join("lambda").join(name).join("bootstrap");
            fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))
        };
        let (here, there) = (file(&place::target())?, file(&checkout.join("target"))?);
        println!("{name}: {} bytes, {}", here.len(), if here == there { "the same" } else { "different" });
        if here != there {
            different.push(name.as_str());
        }
    }
    if different.is_empty() { Ok(()) } else { Err(format!("different elsewhere: {}", different.join(", "))) }
}
