//! `POST /operator/tasks/{id}/release`: a task is given back.

use super::act;
use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn a_released_task_is_pending_again_as_if_nobody_had_had_it() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let task = world.task(&agent, "25").await;
    act(&world, &operator, &task, "accept").await.expect(200);
    act(&world, &operator, &task, "start").await.expect(200);
    let released = act(&world, &operator, &task, "release").await.expect(200);
    assert_eq!((&released["status"], &released["next_action"]["action"]), (&json!("PENDING"), &json!("accept")));
    let shown = world.show(&agent, &task).await;
    for field in ["operator", "accepted_at", "started_at"] {
        assert_eq!(shown[field], json!(null), "{field}");
    }
    world.audit().await;
}
