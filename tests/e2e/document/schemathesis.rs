//! The local server against the document, by requests that schemathesis makes of it. What a request may meet although
//! it keeps to its schema is in infra/document/schemathesis.toml, with reasons.

use crate::programs::installed;
use harness::Api;
use harness::binary::{Binary, command, root};
use std::process::Command;

const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";

#[tokio::test]
async fn what_is_described_is_what_the_server_does() {
    let folder = tempfile::tempdir().unwrap();
    let server = Binary::launch(command(folder.path(), &["--ephemeral", "--admin-key", ADMIN_KEY])).await;
    let (agent, operator) = (server.agent("10000.00").await, server.operator("Jane Doe").await);

    let mut schemathesis = Command::new(installed("schemathesis/bin/schemathesis"));
    schemathesis
        .args(["run", "../../docs/openapi.json", "--url", &format!("http://{}/api/v1", server.address)])
        .env("HUMANOPS_AGENT_KEY", &agent.key)
        .env("HUMANOPS_OPERATOR_ID", &operator.0)
        .env("HUMANOPS_ADMIN_KEY", ADMIN_KEY)
        .current_dir(root().join("infra/document"));
    // What it says of operations and cases goes to whoever runs the test.
    let status = tokio::task::spawn_blocking(move || schemathesis.status()).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
}
