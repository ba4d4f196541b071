//! `kill -9` at bad moments: what was answered is there, what was not may be repeated, no money is lost.

use super::ADMIN_KEY;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use harness::binary::{Binary, in_days};
use harness::{Api, Caller, Inbox, task_body};
use serde_json::json;
use std::collections::BTreeSet;

/// Rounds of submitting and killing. Each gives the Guardian a little more time than the one before:
/// the first kills come before its verdict, the last after it.
const ROUNDS: usize = 6;

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_after_a_submission_neither_loses_nor_doubles_the_verdict() {
    let (folder, inbox) = (tempfile::tempdir().unwrap(), Inbox::open().await);
    let args = ["--admin-key", ADMIN_KEY];
    let mut binary = Binary::start(folder.path(), &args).await;
    let (agent, operator) = (binary.agent("200.00").await, binary.operator("Jane Doe").await);

    for round in 0..ROUNDS {
        let mut body = task_body(25, in_days(2));
        body["callback_url"] = json!(inbox.url);
        body["callback_secret"] = json!(inbox.secret);
        let task = binary.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
        binary.photograph(&operator, &task).await;
        for _ in 0..round * 50 {
            binary.get(Caller::Nobody, "/health").await.expect(200);
        }
        binary.kill().await;

        binary = Binary::start(folder.path(), &args).await;
        binary.advance(0).await;
        let shown = binary.get(&agent, &format!("/tasks/{task}")).await.expect(200);
        assert_eq!((&shown["status"], &shown["guardian_result"]["confidence"]), (&json!("COMPLETED"), &json!(95)));
        let told = inbox.received().into_iter().map(|callback| callback.json());
        let told = told.filter(|event| event["task_id"] == *task && event["event"] == "task.verified");
        let ids: BTreeSet<String> = told.map(|event| event["id"].to_string()).collect();
        assert_eq!(ids.len(), 1, "round {round}: {ids:?}");
    }

    binary.assert_balance(&agent, "deposit 23.00 escrow 0.00").await;
    let earnings = binary.get(&operator, "/operator/earnings").await.expect(200);
    assert_eq!(
        (earnings.amount("pending_balance"), earnings.amount("total_earned")),
        ("150.00".into(), "150.00".into())
    );
    binary.audit(ADMIN_KEY).await;
}

/// Tasks that are asked for at the same time.
const TASKS: usize = 50;
/// Of these so many are answered before the kill.
const ANSWERED: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_amid_many_creations_keeps_what_was_answered_and_a_retry_completes_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--admin-key", ADMIN_KEY];
    let killed = Binary::start(folder.path(), &args).await;
    let agent = killed.agent("1000.00").await;
    let body = task_body(10, in_days(2));
    let create = async |binary: &Binary, number: usize| {
        let headers = [("x-api-key", agent.key.as_str()), ("idempotency-key", &format!("key {number}"))];
        let answer = binary.try_send("POST", "/tasks", &headers, Some(body.to_string())).await;
        answer.ok().map(|reply| (number, reply.expect(201)))
    };

    let mut answers: FuturesUnordered<_> = (0..TASKS).map(|number| create(&killed, number)).collect();
    let mut created = Vec::new();
    while let Some(answer) = answers.next().await {
        created.extend(answer.map(|(number, reply)| (number, reply.text_of("task_id"))));
        if created.len() == ANSWERED {
            killed.signal("KILL");
        }
    }
    drop(answers);
    killed.kill().await;

    let binary = Binary::start(folder.path(), &args).await;
    for (_, task) in &created {
        assert_eq!(binary.get(&agent, &format!("/tasks/{task}")).await.expect(200)["status"], "PENDING");
    }
    let mut tasks = BTreeSet::new();
    for number in 0..TASKS {
        let (_, reply) = create(&binary, number).await.expect("the second start answers");
        let task = reply.text_of("task_id");
        if let Some((_, earlier)) = created.iter().find(|(created, _)| *created == number) {
            assert_eq!((&task, reply.header("idempotent-replayed")), (earlier, Some("true")));
        }
        tasks.insert(task);
    }
    let listed = binary.get(&agent, "/tasks?limit=100").await.expect(200);
    assert_eq!((tasks.len(), &listed["pagination"]["total"]), (TASKS, &json!(TASKS)));
    binary.assert_balance(&agent, "deposit 400.00 escrow 600.00").await;
    binary.audit(ADMIN_KEY).await;
}
