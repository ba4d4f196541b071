//! The official libraries of Standard Webhooks take a real callback as it stands, and refuse a changed one.

use crate::programs::{installed, output};
use harness::binary::{Binary, command, root};
use harness::{Api, Inbox, Received};
use serde_json::json;
use std::process::Command;

/// What both libraries are given: headers as they came, the body, the secret.
fn given(callback: &Received, secret: &str) -> String {
    let headers: serde_json::Map<String, serde_json::Value> =
        callback.headers.iter().map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap()))).collect();
    json!({ "headers": headers, "body": String::from_utf8_lossy(&callback.body), "secret": secret }).to_string()
}

/// What each says: `true` or `false`.
fn verdicts(given: &str) -> [String; 2] {
    let mut node = Command::new("node");
    node.arg(root().join("tests/e2e/document/webhooks.mjs")).arg(installed("document/node_modules/standardwebhooks"));
    let mut python = Command::new(installed("standardwebhooks/bin/python"));
    python.arg(root().join("tests/e2e/document/webhooks.py"));
    [node, python].map(|mut program| output(program.arg(given)).0.trim().to_owned())
}

#[tokio::test]
async fn the_official_libraries_verify_a_real_delivery_and_no_other() {
    const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    const OTHER: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let (folder, inbox) = (tempfile::tempdir().unwrap(), Inbox::open().await);
    let server = Binary::launch(command(folder.path(), &["--ephemeral"])).await;
    let agent = server.agent("0").await;
    let body = json!({ "url": inbox.url, "secret": SECRET });
    server.post(&agent, "/events/test", body).await.expect(202);
    let arrived = async || inbox.received().pop();
    let callback = harness::deployed::poll(std::time::Duration::from_millis(50), "a ping", arrived).await;

    let checked = |callback: Received, secret: &'static str| {
        tokio::task::spawn_blocking(move || verdicts(&given(&callback, secret)))
    };
    assert_eq!(checked(callback.clone(), SECRET).await.unwrap(), ["true", "true"]);
    assert_eq!(checked(callback.clone(), OTHER).await.unwrap(), ["false", "false"]);
    let mut changed = callback;
    changed.body[2] ^= 1;
    assert_eq!(checked(changed, SECRET).await.unwrap(), ["false", "false"]);
}
