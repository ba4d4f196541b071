//! template.yaml before its linters: cfn-lint and SAM's own on the source, cfn-lint and checkov on what
//! SAM makes of it. What is granted to whom is judged by `tests/tidy`, which reads the same translations.

use crate::place;
use crate::program::venv;
use crate::program::{Program, program};

/// Installs the linters where they are missing, and runs them. None needs an account or a network.
pub(crate) fn lint() -> Result<(), String> {
    println!("==> template.yaml");
    let (aws, checkov) = (venv::ready("aws")?, venv::ready("checkov")?);
    let (root, translated) = (place::root(), place::target().join("translated"));
    let template = root.join("template.yaml");
    let lint = root.join("infra/lint");

    let cfn_lint = program(aws.join("bin/python")).args([lint.join("template.py")]).args([&template, &translated]);
    quietly(cfn_lint.without_env("AWS_"))?;

    let sam = program(aws.join("bin/sam")).args(["validate", "--lint", "--template"]).args([&template]);
    let sam = sam.without_env("AWS_").env("AWS_DEFAULT_REGION", "us-east-1").env("SAM_CLI_TELEMETRY", "0");
    quietly(sam)?;

    let files = ["test.json", "live.json"].map(|name| translated.join(name));
    let checkov = program(checkov.join("bin/checkov")).args(["--config-file".into(), lint.join("checkov.yaml")]);
    quietly(checkov.args(["--file"]).args(files).without_env("AWS_"))
}

/// Runs a linter; what it prints is shown if it fails. They have much to say about themselves.
fn quietly(linter: Program) -> Result<(), String> {
    let sentence = linter.failed(&"see above");
    let output = linter.into_command().output().map_err(|error| format!("{sentence}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(sentence)
}
