//! `POST /tasks/{id}/verify`: the agent's own judgement.

mod changes;

use harness::Step::{Accept, Cancel, HandIn, Resolve, Start, Submit, Verify};
use harness::{Api, Step, World};
use serde_json::{Value, json};

const REVIEWED: &[Step] = &[Accept, Submit("guardian:review")];

#[tokio::test]
async fn approving_completes_and_rejecting_disputes() {
    let world = World::new().await;
    let cases = [
        (
            "APPROVE",
            "COMPLETED",
            "Task manually approved and completed.",
            r#"{"by":"SYSTEM","action":"release_earnings","due_at":"2026-02-12T12:00:00.000Z","on_due":"AVAILABLE"}"#,
        ),
        (
            "REJECT",
            "DISPUTED",
            "Task manually rejected and disputed.",
            r#"{"by":"STAFF","action":"resolve","due_at":"2026-02-10T12:00:00.000Z","on_due":"ESCALATED"}"#,
        ),
    ];
    for (decision, status, message, next) in cases {
        let play = world.play(REVIEWED).await;
        let body = json!({ "decision": decision });

        let reply = world.by_agent(&play, "verify", body.clone()).await.expect(200);

        let (task, expected) = (&play.task, (status, message, next));
        let (status, message, next) = expected;
        let expected = format!(
            r#"{{"task_id":"{task}","status":"{status}","message":"{message}","next_action":{next},"revision":null}}"#
        );
        assert_eq!(reply.text, expected);
        assert_eq!(world.by_agent(&play, "verify", body).await.expect(200).text, expected, "the second time");
        let changed_mind = if decision == "APPROVE" { "REJECT" } else { "APPROVE" };
        let reply = world.by_agent(&play, "verify", json!({ "decision": changed_mind })).await;
        reply.expect_error(409, "task_state_conflict");
    }
    world.audit().await;
}

#[tokio::test]
async fn only_a_submission_that_is_not_decided_can_be_verified() {
    let world = World::new().await;
    let cases: [(&[Step], &str); 7] = [
        (&[], "PENDING"),
        (&[Accept], "ACCEPTED"),
        (&[Accept, Start], "IN_PROGRESS"),
        (&[Cancel], "CANCELLED"),
        (&[Accept, Submit("guardian:approve")], "COMPLETED"),
        (&[Accept, Submit("guardian:reject")], "DISPUTED"),
        (&[Accept, Submit("guardian:review"), Verify("REJECT"), Resolve("RELEASE", None)], "COMPLETED"),
    ];
    for (steps, status) in cases {
        let play = world.play(steps).await;
        for decision in ["APPROVE", "REJECT"] {
            let reply = world.by_agent(&play, "verify", json!({ "decision": decision })).await;
            let reply = reply.expect_error(409, "task_state_conflict");
            assert_eq!(reply["details"]["status"], status, "{steps:?}");
        }
    }
    world.audit().await;
}

#[tokio::test]
async fn a_verdict_that_comes_after_the_agents_decision_changes_nothing() {
    let world = World::new().await;
    let cases = [
        ("guardian:approve", "REJECT", "DISPUTED", "deposit 70.50 escrow 29.50 revenue 0.00"),
        ("guardian:reject", "APPROVE", "COMPLETED", "deposit 70.50 escrow 0.00 revenue 4.50"),
        ("guardian:review", "APPROVE", "COMPLETED", "deposit 70.50 escrow 0.00 revenue 4.50"),
    ];
    for (word, decision, status, balances) in cases {
        let play = world.play(&[Accept, HandIn(word), Verify(decision)]).await;
        world.settle().await;

        let shown = world.show(&play.agent, &play.task).await;
        assert_eq!((&shown["status"], &shown["guardian_result"]), (&json!(status), &Value::Null), "{word}");
        world.assert_balances(&play.agent, balances).await;
    }
    world.audit().await;
}

#[tokio::test]
async fn a_decision_is_one_of_three_words() {
    let world = World::new().await;
    let play = world.play(REVIEWED).await;
    for body in [json!({}), json!({ "decision": "MAYBE" }), json!({ "decision": "approve" }), json!({ "decision": 1 })]
    {
        let reply = world.by_agent(&play, "verify", body).await.expect_error(400, "invalid_request");
        assert!(reply["details"]["fields"]["decision"].is_string(), "{}", reply.text);
    }
    let stranger = world.agent("0").await;
    let path = format!("/tasks/{}/verify", play.task);
    world.post(&stranger, &path, json!({ "decision": "APPROVE" })).await.expect_error(404, "not_found");
    assert_eq!(world.show(&play.agent, &play.task).await["status"], "SUBMITTED");
}
