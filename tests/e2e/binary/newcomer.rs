//! What the README promises, and what keeps two processes apart.

use crate::documents::FIRST_TASK;
use harness::binary::{Binary, Ended, command, in_days, run};
use harness::clerk::LIVE;
use harness::{Agent, Api, Caller, task_body};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use std::process::Command as Shell;
use tokio::net::TcpListener;

#[tokio::test]
async fn the_block_of_the_readme_runs_as_it_stands_and_again_on_the_same_data() {
    let folder = tempfile::tempdir().unwrap();
    for (run, available) in [(1, "25.00"), (2, "50.00"), (3, "75.00")] {
        let binary = Binary::start(folder.path(), &[]).await;
        let script = FIRST_TASK.code().replace("127.0.0.1:8080", &binary.address);
        let output = Shell::new("bash").args(["-euc", &script]).output().unwrap();

        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "run {run}: {printed}{}", String::from_utf8_lossy(&output.stderr));
        for part in [
            r#""status":"COMPLETED""#.to_owned(),
            r#"{"deposit_balance":70.50,"escrow_balance":0.00,"currency":"USD"}"#.to_owned(),
            format!(r#""pending_balance":0.00,"available_balance":{available}"#),
        ] {
            assert!(printed.contains(&part), "run {run}: {part} in {printed}");
        }
        assert_eq!(binary.interrupt().await.code, Some(0));
    }
}

#[tokio::test]
async fn the_block_of_the_readme_stops_at_a_refusal_and_says_at_which() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &LIVE).await;
    let script = FIRST_TASK.code().replace("127.0.0.1:8080", &binary.address);
    let output = Shell::new("bash").args(["-c", &script]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.ends_with('\n') && said.contains("stopped: POST /agents/register was refused: {"), "{said}");
}

#[tokio::test]
async fn the_banner_says_that_the_clock_is_ahead_and_the_admin_key_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let first = Binary::start(folder.path(), &["--data-dir", "kept"]).await;
    first.advance(90).await;
    let first = first.interrupt().await.stdout.join("\n");
    let second = Binary::start(folder.path(), &["--data-dir", "kept"]).await.interrupt().await.stdout.join("\n");
    assert!(!first.contains("ahead") && second.contains("the clock is 90 s ahead: "), "{first}\n{second}");
    let key = |printed: &str| printed.lines().find(|line| line.starts_with("X-Admin-Key: ")).unwrap().to_owned();
    assert_eq!(key(&first), key(&second));
    let file = std::fs::metadata(folder.path().join("kept/admin-key")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_key_may_begin_like_an_option() {
    let (folder, key) = (tempfile::tempdir().unwrap(), "-U9_a_random_key_may_begin_like_an_option");
    let binary = Binary::start(folder.path(), &["--ephemeral", "--admin-key", key, "--dlocal-secret", "-s"]).await;
    binary.audit(key).await;
}

#[tokio::test]
async fn a_folder_serves_one_process_and_one_mode() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    let Ended { code, stderr, .. } = run(command(folder.path(), &["--listen", "127.0.0.1:0"])).await;
    assert_eq!(code, Some(1));
    assert!(stderr[0].contains("another process uses it; choose another with --data-dir"), "{stderr:?}");

    assert_eq!(binary.interrupt().await.code, Some(0));
    let Ended { code, stderr, .. } = run(command(folder.path(), &LIVE)).await;
    assert_eq!(code, Some(1));
    assert!(stderr[0].contains("these tables were made in test mode, not live"), "{stderr:?}");
    assert_eq!(Binary::start(folder.path(), &[]).await.interrupt().await.code, Some(0));
}

#[tokio::test]
async fn a_customer_s_server_that_never_answers_delays_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    // It takes connections and says nothing.
    let silent = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (slow, quick) = (binary.agent("100.00").await, binary.agent("100.00").await);
    let mut body = task_body(25, in_days(2));
    body["callback_url"] = json!(format!("http://{}/", silent.local_addr().unwrap()));
    body["callback_events"] = json!(["*"]);
    binary.post(&slow, "/tasks", body).await.expect(201);
    let (called, _) = silent.accept().await.unwrap();

    let operator = binary.operator("Jane Doe").await;
    let task = binary.post(&quick, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
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
