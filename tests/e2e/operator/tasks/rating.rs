//! `POST /operator/tasks/{id}/rating`: of the agent, by the operator who had the task. What both sides have in common is
//! told with the agent's.

use harness::Step::{Accept, Release, Submit};
use harness::{Api, Play, START, World};
use serde_json::json;

#[tokio::test]
async fn the_operator_who_completed_a_task_rates_its_agent() {
    let world = World::new().await;
    let first = world.play(&[Accept, Release]).await;
    let play = Play { operator: world.operator("John Roe").await, ..first.clone() };
    world.act(&play, &[Accept, Submit("guardian:approve")]).await;
    let path = format!("/operator/tasks/{}/rating", play.task);

    let rated = world.post(&play.operator, &path, json!({ "score": 5 })).await.expect(200);

    let expected = json!({ "task_id": play.task, "score": 5, "comment": null, "created_at": START });
    assert_eq!(rated.json, expected);
    world.post(&play.operator, &path, json!({ "score": 5 })).await.expect(200);
    world.post(&play.operator, &path, json!({ "score": 4 })).await.expect_error(409, "already_rated");
    // Who gave it back has nothing to say.
    world.post(&first.operator, &path, json!({ "score": 1 })).await.expect_error(404, "not_found");
    world.audit().await;
}
