//! Clients that others' generators make from the document: made without a warning, and the Python one at work.

use crate::programs::{installed, output};
use harness::binary::{Binary, command, root};
use std::process::Command;

#[test]
fn openapi_typescript_makes_types_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let mut generator = Command::new(installed("document/node_modules/.bin/openapi-typescript"));
    generator.arg(root().join("docs/openapi.json")).arg("--output").arg(folder.path().join("api.ts"));
    let (said, warned) = output(&mut generator);
    assert!(!format!("{said}{warned}").to_lowercase().contains("warn"), "{said}{warned}");

    let mut compiler = Command::new(installed("document/node_modules/.bin/tsc"));
    compiler.args(["--noEmit", "--strict"]).arg(folder.path().join("api.ts"));
    output(&mut compiler);
}

#[tokio::test]
async fn the_generated_python_client_registers_deposits_and_posts_a_task() {
    let folder = tempfile::tempdir().unwrap();
    let mut generator = Command::new(installed("openapi-python-client/bin/openapi-python-client"));
    generator
        .args(["generate", "--meta", "none", "--fail-on-warning", "--path"])
        .arg(root().join("docs/openapi.json"))
        .arg("--config")
        .arg(root().join("infra/document/openapi-python-client.yaml"))
        .arg("--output-path")
        .arg(folder.path().join("humanops_client"));
    output(&mut generator);

    let server = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    let mut client = Command::new(installed("openapi-python-client/bin/python"));
    client
        .arg(root().join("tests/e2e/document/client.py"))
        .arg(format!("http://{}/api/v1", server.address))
        .env("PYTHONPATH", folder.path());
    let (said, _) = tokio::task::spawn_blocking(move || output(&mut client)).await.unwrap();
    let words: Vec<&str> = said.split_whitespace().collect();
    let [task, rest @ ..] = words.as_slice() else { panic!("{said}") };
    assert!(task.starts_with("task_"), "{said}");
    assert_eq!(rest, ["PENDING", "70.5", "29.5"]);
}
