//! `GET` and `POST /operator/tasks/{id}/messages`: for the operator who has the task. What both sides have in common is
//! told with the agent's.

use harness::Step::{Accept, Cancel};
use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn only_the_operator_of_a_task_has_its_messages() {
    let world = World::new().await;
    let play = world.play(&[]).await;
    let other = world.operator("John Roe").await;
    let path = format!("/operator/tasks/{}/messages", play.task);
    world.get(&play.operator, &path).await.expect_error(404, "not_found");
    world.act(&play, &[Accept]).await;

    let sent = world.post(&play.operator, &path, json!({ "body": "May I go tomorrow?" })).await.expect(201);

    assert_eq!(sent.header("location"), Some(format!("/api/v1{path}").as_str()));
    assert_eq!(world.get(&play.operator, &path).await.expect(200)["data"], json!([sent.json]));
    world.get(&other, &path).await.expect_error(404, "not_found");
    world.post(&other, &path, json!({ "body": "x" })).await.expect_error(404, "not_found");
    // Whoever had it at its end still reads, and writes no more.
    world.act(&play, &[Cancel]).await;
    assert_eq!(world.get(&play.operator, &path).await.expect(200)["pagination"]["total"], 1);
    world.post(&play.operator, &path, json!({ "body": "x" })).await.expect_error(409, "chat_closed");
}
