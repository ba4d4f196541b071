//! docs/openapi.json: `cargo xtask openapi` writes it and what is made from it, and what reads it in the end-to-end tests
//! is installed from here.

use crate::node::npm;
use crate::program::venv;
use crate::program::{cargo, debian, program};
use crate::{finish, place};
use std::process::ExitCode;

const SDK: &str = "clients/typescript";

/// Writes what is derived from the description; `--incompatible` also if it breaks clients.
pub(crate) fn command(args: &[String]) -> ExitCode {
    let written = cargo().args(["run", "--quiet", "--package", "contract", "--"]).args(args).run();
    finish(written.and_then(|()| sdk_types()))
}

/// The tools are found beside the sources, as whoever works there by hand has them.
fn sdk_types() -> Result<(), String> {
    let (tools, sources) = (npm::ready("typescript", SDK)?, place::root().join(SDK));
    let modules = sources.join("node_modules");
    if !modules.exists() {
        let failed = |error: std::io::Error| format!("{}: {error}", modules.display());
        std::os::unix::fs::symlink(tools.join("node_modules"), &modules).map_err(failed)?;
    }
    program("node")
        .args([
            sources.join("scripts/generate.mjs"),
            place::root().join("docs/openapi.json"),
            sources.join("src/generated"),
        ])
        .run()
}

/// Installs the readers where they are missing. `tests/e2e/document` and `tests/e2e/clients` run them.
pub(crate) fn readers() -> Result<(), String> {
    npm::ready("typescript", SDK)?;
    npm::ready("web", "clients/web")?;
    npm::ready("mcp-clients", "infra/mcp")?;
    for list in ["schemathesis", "openapi-python-client", "standardwebhooks", "mcp", "openai", "aws", "awscli"] {
        venv::ready(list)?;
    }
    npm::ready("document", "infra/document")?;
    debian::ready("chromium", "chromium")
}
