//! `POST /operator/tasks/{id}/start`: work has begun.

use super::{act, submit_next};
use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn a_started_task_is_in_progress_and_starting_again_changes_nothing() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = world.task(&agent, "25").await;
    let next_action = submit_next(&world);
    world.accept(&operator, &task).await;
    world.pass(60);
    let started_at = "2026-02-05T12:01:00.000Z";
    let started =
        json!({ "task_id": task, "status": "IN_PROGRESS", "started_at": started_at, "next_action": next_action });
    assert_eq!(act(&world, &operator, &task, "start").await.expect(200).json, started);
    world.pass(60);
    assert_eq!(act(&world, &operator, &task, "start").await.expect(200).json, started, "again, the same answer");
    let shown = world.show(&agent, &task).await;
    assert_eq!((&shown["accepted_at"], &shown["started_at"]), (&json!(harness::START), &json!(started_at)));
    world.audit().await;
}
