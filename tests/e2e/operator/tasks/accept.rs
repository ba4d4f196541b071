//! `POST /operator/tasks/{id}/accept`: a task is taken, by one operator.

use super::{act, submit_next};
use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn an_accepted_task_is_the_operators_to_submit() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = world.task(&agent, "25").await;
    let next_action = submit_next(&world);
    world.pass(60);
    let accepted_at = "2026-02-05T12:01:00.000Z";
    let accepted =
        json!({ "task_id": task, "status": "ACCEPTED", "accepted_at": accepted_at, "next_action": next_action });
    assert_eq!(act(&world, &operator, &task, "accept").await.expect(200).json, accepted);
    world.pass(60);
    assert_eq!(act(&world, &operator, &task, "accept").await.expect(200).json, accepted, "again, the same answer");
    let shown = world.show(&agent, &task).await;
    assert_eq!((&shown["status"], &shown["accepted_at"]), (&json!("ACCEPTED"), &json!(accepted_at)));
    assert_eq!(shown["operator"], json!({ "id": operator.0, "name": "Jane D.", "rating": null }));
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
