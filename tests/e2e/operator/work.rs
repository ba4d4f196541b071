//! `/operator/tasks/{id}/accept`, `/start`, `/release`: who may, when, and what it answers.

use crate::harness::{OperatorKey, Reply, World};
use domain::time::DAY_S;
use serde_json::{Value, json};

async fn act(world: &World, operator: &OperatorKey, task: &str, verb: &str) -> Reply {
    world.post(operator, &format!("/operator/tasks/{task}/{verb}"), json!({})).await
}

/// What follows for the operator, who has two days from the beginning of the test.
fn submit_next(due_at: &str) -> Value {
    json!({ "by": "OPERATOR", "action": "submit", "due_at": due_at, "on_due": "CANCELLED" })
}

#[tokio::test]
async fn work_goes_from_pending_to_accepted_to_in_progress_and_may_be_given_back() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = world.task(&agent, "25").await;
    let due_at = world.now().plus_seconds(2 * DAY_S).to_string();

    world.pass(60);
    let accepted_at = "2026-02-05T12:01:00.000Z";
    let accepted = json!({
        "task_id": task, "status": "ACCEPTED", "accepted_at": accepted_at, "next_action": submit_next(&due_at),
    });
    assert_eq!(act(&world, &operator, &task, "accept").await.expect(200).json, accepted);
    world.pass(60);
    assert_eq!(act(&world, &operator, &task, "accept").await.expect(200).json, accepted, "again, the same answer");

    let started_at = "2026-02-05T12:02:00.000Z";
    let started = json!({
        "task_id": task, "status": "IN_PROGRESS", "started_at": started_at, "next_action": submit_next(&due_at),
    });
    assert_eq!(act(&world, &operator, &task, "start").await.expect(200).json, started);
    world.pass(60);
    assert_eq!(act(&world, &operator, &task, "start").await.expect(200).json, started, "again, the same answer");
    let shown = world.show(&agent, &task).await;
    assert_eq!((&shown["accepted_at"], &shown["started_at"]), (&json!(accepted_at), &json!(started_at)));
    assert_eq!(shown["operator"], json!({ "id": operator.0, "name": "Jane D.", "rating": null }));

    let released = act(&world, &operator, &task, "release").await.expect(200);
    assert_eq!((&released["status"], &released["next_action"]["action"]), (&json!("PENDING"), &json!("accept")));
    let shown = world.show(&agent, &task).await;
    for field in ["operator", "accepted_at", "started_at"] {
        assert_eq!(shown[field], json!(null), "{field}");
    }
    world.audit().await;
}

#[tokio::test]
async fn a_task_that_somebody_has_cannot_be_accepted() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let other = world.operator("John Roe").await;
    let task = world.task(&agent, "25").await;
    act(&world, &operator, &task, "accept").await.expect(200);
    act(&world, &other, &task, "accept").await.expect_error(409, "task_already_accepted");
    act(&world, &operator, &task, "start").await.expect(200);
    act(&world, &other, &task, "accept").await.expect_error(409, "task_already_accepted");
    // Given back, it is there for the taking.
    act(&world, &operator, &task, "release").await.expect(200);
    act(&world, &other, &task, "accept").await.expect(200);
    act(&world, &operator, &task, "start").await.expect_error(404, "not_found");
    act(&world, &operator, &task, "release").await.expect_error(404, "not_found");
}

#[tokio::test]
async fn each_verb_wants_its_state() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let pending = world.task(&agent, "25").await;
    let cancelled = world.task(&agent, "25").await;
    act(&world, &operator, &cancelled, "accept").await.expect(200);
    world.post(&agent, &format!("/tasks/{cancelled}/cancel"), json!({})).await.expect(200);
    let reviewed = world.judged(&agent, &operator, "guardian:review").await;
    let completed = world.judged(&agent, &operator, "guardian:approve").await;
    let disputed = world.judged(&agent, &operator, "guardian:reject").await;

    for (task, status, verbs) in [
        (&pending, "PENDING", &["start", "release"][..]),
        (&cancelled, "CANCELLED", &["accept", "start", "release"]),
        (&reviewed, "SUBMITTED", &["accept", "start", "release"]),
        (&completed, "COMPLETED", &["accept", "start", "release"]),
        (&disputed, "DISPUTED", &["accept", "start", "release"]),
    ] {
        for verb in verbs {
            let reply = act(&world, &operator, task, verb).await.expect_error(409, "task_state_conflict");
            assert_eq!(reply["details"], json!({ "status": status }), "{verb}");
        }
        assert_eq!(world.show(&agent, task).await["status"], status);
    }
    world.audit().await;
}
