//! The binary: how it starts, stops, refuses to start, and what it writes down.

mod crashes;
mod examples;
mod floods;
mod live;
mod newcomer;
mod open;

use domain::time::DAY_S;
use harness::binary::{Binary, Ended, command, in_days, run};
use harness::clerk::LIVE;
use harness::{Api, Caller, Inbox, task_body};
use serde_json::{Value, json};
use std::io::Write;
use std::net::{TcpListener, TcpStream};

/// Given to the binary where a test needs to know it.
const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";

#[tokio::test]
async fn the_demo_ends_with_the_promised_balances_a_valid_callback_and_a_clean_audit() {
    let folder = tempfile::tempdir().unwrap();
    let Ended { code, stdout, stderr } = run(command(folder.path(), &["demo"])).await;
    assert_eq!((code, stderr), (Some(0), vec![]), "{stdout:?}");

    let starts = |text: &'static str| stdout.iter().map(|line| line.trim()).filter(move |line| line.starts_with(text));
    let last = starts("6 ").next().unwrap();
    let amounts: Vec<&str> = last.split_whitespace().rev().take(5).collect();
    assert_eq!(amounts, ["4.50", "0.00", "25.00", "0.00", "70.50"], "{last}");
    let callbacks: Vec<&str> = starts("callback").collect();
    assert_eq!(callbacks, ["callback  task.verified APPROVE 95, signature valid"]);
    let audits: Vec<&str> = starts("audit").collect();
    assert!(matches!(audits.as_slice(), [one] if one.starts_with("audit     clean:")), "{audits:?}");
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
}

#[tokio::test]
async fn a_second_start_continues_with_the_data_and_the_time_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let first = Binary::start(folder.path(), &["--data-dir", "kept"]).await;
    let agent = first.agent("100.00").await;
    let task = first.post(&agent, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
    first.assert_balance(&agent, "deposit 70.50 escrow 29.50").await;
    let now = first.advance(u32::try_from(8 * DAY_S).unwrap()).await;
    let ended = first.interrupt().await;
    assert_eq!((ended.code, ended.stdout.last().map(String::as_str)), (Some(0), Some("stopped")));

    let second = Binary::start(folder.path(), &["--data-dir", "kept"]).await;
    assert!(second.advance(0).await >= now);
    let shown = second.get(&agent, &format!("/tasks/{task}")).await.expect(200);
    assert_eq!(shown["cancellation"]["reason"], "EXPIRED", "{}", shown.text);
    second.assert_balance(&agent, "deposit 100.00 escrow 0.00").await;
}

#[tokio::test]
async fn ctrl_c_stops_it_although_a_request_never_ends() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    let mut silent = TcpStream::connect(&binary.address).unwrap();
    silent.write_all(b"POST /api/v1/tasks HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{").unwrap();
    binary.get(Caller::Nobody, "/health").await.expect(200);

    let ended = binary.interrupt().await;
    assert_eq!((ended.code, ended.stdout.last().map(String::as_str)), (Some(0), Some("stopped")));
}

#[tokio::test]
async fn what_is_ephemeral_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let mut ephemeral = command(folder.path(), &["--ephemeral"]);
    ephemeral.env("TMPDIR", scratch.path());
    let binary = Binary::launch(ephemeral).await;
    let (agent, operator) = (binary.agent("100.00").await, binary.operator("Jane Doe").await);
    let task = binary.post(&agent, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
    binary.photograph(&operator, &task).await;

    assert_eq!(binary.interrupt().await.code, Some(0));
    for folder in [folder, scratch] {
        let left: Vec<_> = folder.path().read_dir().unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[tokio::test]
async fn what_cannot_start_says_why_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().map(|address| (taken, address.to_string())).unwrap();
    let live_with_header = "ALLOW_DEV_OPERATOR_ID_HEADER must not be set in live mode";
    for (args, (variable, value), sentence) in [
        (&["--listen", &taken.1][..], ("RUST_BACKTRACE", "1"), format!("cannot listen on {}: ", taken.1).as_str()),
        (&["--mode", "live"], ("ALLOW_DEV_OPERATOR_ID_HEADER", "true"), live_with_header),
        (&["--allow-dev-operator-id-header"], ("HUMANOPS_MODE", "live"), live_with_header),
        (
            &[],
            ("HUMANOPS_ADMIN_KEY", "31-bytes-are-too-short-for-this"),
            "HUMANOPS_ADMIN_KEY must have at least 32 bytes",
        ),
        (&["--data-dir", "file"], ("RUST_BACKTRACE", "1"), "cannot keep the data in file: "),
    ] {
        let mut command = command(folder.path(), args);
        command.env(variable, value);
        let Ended { code, stdout, stderr } = run(command).await;
        assert_eq!((code, stdout), (Some(1), vec![]), "{args:?}");
        let [said] = stderr.as_slice() else { panic!("{args:?}: {stderr:?}") };
        assert!(said.starts_with(&format!("humanops: {sentence}")), "{args:?}: {said}");
        assert!(!said.contains("too-short"), "{said}");
    }
}

#[tokio::test]
async fn live_mode_has_no_test_clock_no_operator_header_and_registers_agents_for_the_admin_only() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[&["--admin-key", ADMIN_KEY][..], &LIVE].concat()).await;
    let body = json!({ "name": "my-agent", "email": "agent@example.com" });

    binary
        .post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 0 }))
        .await
        .expect_error(404, "no_such_endpoint");
    let jane = harness::OperatorKey("op_xyz789".to_owned());
    binary.get(&jane, "/operator/tasks").await.expect_error(401, "header_not_accepted");
    let refused = binary.post(Caller::Nobody, "/agents/register", body.clone()).await;
    refused.expect_error(403, "admin_key_required");
    let agent = binary.post(Caller::Admin(ADMIN_KEY), "/agents/register", body).await.expect(201);
    assert!(agent.text_of("api_key").starts_with("ho_live_"), "{}", agent.text);

    let printed = binary.interrupt().await.stdout.join("\n");
    assert!(printed.contains("mode live") && !printed.contains(ADMIN_KEY), "{printed}");
}

#[tokio::test]
async fn the_log_has_one_json_line_for_each_request_and_no_secret() {
    let (folder, inbox) = (tempfile::tempdir().unwrap(), Inbox::open().await);
    let binary = Binary::start(folder.path(), &["--admin-key", ADMIN_KEY]).await;
    let (agent, operator) = (binary.agent("100.00").await, binary.operator("Jane Doe").await);
    let mut body = task_body(25, in_days(2));
    body["callback_url"] = json!(inbox.url);
    body["callback_secret"] = json!(inbox.secret);
    let task = binary.post(&agent, "/tasks", body.clone()).await.expect(201).text_of("task_id");
    binary.photograph(&operator, &task).await;
    binary.advance(0).await;
    binary.audit(ADMIN_KEY).await;
    body["reward_usd"] = json!(9_000);
    binary.post(&agent, "/tasks", body).await.expect(402);
    binary.get(Caller::Admin("not-the-admin-key"), "/admin/ledger/audit").await.expect(403);
    binary.get(Caller::Nobody, "/nowhere?email=agent@example.com").await.expect(404);
    let mut answered = std::mem::take(&mut *binary.answered.lock().unwrap());
    let log = binary.interrupt().await.stderr;

    let lines: Vec<Value> = log.iter().map(|line| serde_json::from_str(line).expect(line)).collect();
    let mut logged: Vec<&str> = lines.iter().filter_map(|line| line["request.id"].as_str()).collect();
    logged.sort_unstable();
    answered.sort_unstable();
    assert_eq!(logged, answered);
    let [callback] = inbox.received().try_into().expect("one callback");
    let signatures =
        ["x-humanops-signature", "webhook-signature"].map(|name| callback.header(name).unwrap().to_owned());
    let secrets = [&agent.key, &inbox.secret, &signatures[0], &signatures[1]].map(String::as_str);
    for secret in secrets.into_iter().chain([ADMIN_KEY, "not-the-admin-key", "@example.com", "Amz-Signature"]) {
        assert_eq!(log.iter().find(|line| line.contains(secret)), None, "{secret}");
    }
}
