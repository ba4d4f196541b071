//! What the README promises, and what keeps two processes apart.

use crate::harness::binary::{Binary, Ended, command, run, task_body};
use crate::harness::{Agent, Caller, readme};
use serde_json::json;
use std::process::Command as Shell;
use tokio::net::TcpListener;

#[tokio::test]
async fn the_block_of_the_readme_runs_as_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    let script = readme::first_task().replace("127.0.0.1:8080", &binary.address);

    let output = Shell::new("bash").args(["-euc", &script]).output().unwrap();

    let printed = String::from_utf8(output.stdout).unwrap();
    for part in [
        r#""status":"COMPLETED""#,
        r#"{"deposit_balance":70.50,"escrow_balance":0.00,"currency":"USD"}"#,
        r#""pending_balance":0.00,"available_balance":25.00"#,
    ] {
        assert!(printed.contains(part), "{part} in {printed}{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[tokio::test]
async fn a_folder_serves_one_process_and_one_mode() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    let Ended { code, stderr, .. } = run(command(folder.path(), &["--listen", "127.0.0.1:0"])).await;
    assert_eq!(code, Some(1));
    assert!(stderr[0].contains("another process uses it; choose another with --data-dir"), "{stderr:?}");

    assert_eq!(binary.interrupt().await.code, Some(0));
    let Ended { code, stderr, .. } = run(command(folder.path(), &["--listen", "127.0.0.1:0", "--mode", "live"])).await;
    assert_eq!(code, Some(1));
    assert!(stderr[0].contains("it was made in test mode"), "{stderr:?}");
    assert_eq!(Binary::start(folder.path(), &[]).await.interrupt().await.code, Some(0));
}

#[tokio::test]
async fn a_customer_s_server_that_never_answers_delays_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    // It takes connections and says nothing.
    let silent = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (slow, quick) = (binary.agent("100.00").await, binary.agent("100.00").await);
    let mut body = task_body(25);
    body["callback_url"] = json!(format!("http://{}/", silent.local_addr().unwrap()));
    body["callback_events"] = json!(["*"]);
    binary.post(&slow, "/tasks", body).await.expect(201);
    let (called, _) = silent.accept().await.unwrap();

    let operator = binary.operator().await;
    let task = binary.post(&quick, "/tasks", task_body(25)).await.expect(201).text_of("task_id");
    binary.photograph(&operator, &task).await;

    assert!(is_judged(&binary, &quick, &task).await, "no verdict while a callback hangs");
    drop(called);
}

/// Asks for the task until it is completed; each time as long as thirty other requests take.
async fn is_judged(binary: &Binary, agent: &Agent, task: &str) -> bool {
    for _ in 0..90 {
        let shown = binary.get(agent, &format!("/tasks/{task}")).await.expect(200);
        if shown["status"] == "COMPLETED" {
            return true;
        }
        for _ in 0..30 {
            binary.get(Caller::Nobody, "/health").await.expect(200);
        }
    }
    false
}
