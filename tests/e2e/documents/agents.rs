//! docs/AGENTS.md: each quick start posts a task.

use super::{AGENTS_RS, AGENTS_SH, AGENTS_TS, QUICK_START_TS};
use crate::clients::typescript::{beside, system};
use harness::Api;
use harness::binary::{built, root};
use std::process::Command;

/// Run from its package by `clients::typescript`.
#[test]
fn the_quick_start_in_typescript_is_that_of_the_sdk() {
    assert_eq!(AGENTS_TS.code(), QUICK_START_TS.code());
}

#[tokio::test]
async fn the_quick_starts_in_rust_and_by_http_post_a_task() {
    let folder = tempfile::tempdir().unwrap();
    let (binary, agent) = system(folder.path()).await;
    let url = format!("http://{}", binary.address);
    let example = std::fs::read_to_string(root().join("clients/rust/examples/quickstart.rs")).unwrap();
    assert_eq!(AGENTS_RS.code(), example);
    let mut rust = Command::new(built("examples/quickstart"));
    rust.env("HUMANOPS_API_KEY", &agent.key).env("HUMANOPS_API_URL", &url);
    let said = beside(rust).await;
    assert!(said.starts_with("task_") && said.ends_with(" PENDING\n"), "{said}");

    let mut curl = Command::new("bash");
    curl.args(["-c", &AGENTS_SH.code()]).env("BASE", format!("{url}/api/v1")).env("KEY", &agent.key);
    let said = beside(curl).await;
    assert!(said.contains("\"status\":\"PENDING\""), "{said}");
    let listed = binary.get(&agent, "/tasks").await.expect(200);
    assert_eq!(listed["pagination"]["total"], 2);
}
