//! `POST /agents/keys`: another key.

use super::{key_ids, revoke};
use harness::{Agent, Api, World};
use serde_json::{Value, json};

#[tokio::test]
async fn another_key_has_a_label_and_opens_the_same_account() {
    let world = World::new().await;
    let agent = world.agent("50").await;
    world.pass(1);
    let reply = world.post(&agent, "/agents/keys", json!({ "name": "ci-pipeline" })).await.expect(201);
    let key = reply.text_of("api_key");
    let expected = format!(
        r#"{{"api_key":"{key}","key_prefix":"{}..","name":"ci-pipeline","created_at":"2026-02-05T12:00:01.000Z"}}"#,
        &key[..15]
    );
    assert_eq!(reply.text, expected);
    assert_eq!(reply.header("cache-control"), Some("no-store"));

    let second = Agent { id: agent.id.clone(), key };
    assert_eq!(world.get(&second, "/agents/me").await.expect(200)["agent_id"], agent.id);
    let list = world.get(&second, "/agents/keys").await.expect(200);
    let names: Vec<&Value> = list["data"].as_array().unwrap().iter().map(|key| &key["name"]).collect();
    assert_eq!(names, ["ci-pipeline", "default"], "newest first");

    world.post(&agent, "/agents/keys", json!({ "name": "n".repeat(101) })).await.expect_fields(&["name"]);
}

#[tokio::test]
async fn an_agent_has_twenty_keys_at_the_most() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    for _ in 1..20 {
        world.post(&agent, "/agents/keys", json!({})).await.expect(201);
    }
    world.post(&agent, "/agents/keys", json!({})).await.expect_error(409, "too_many_keys");
    let ids = key_ids(&world, &agent).await;
    assert_eq!(ids.len(), 20);
    revoke(&world, &agent, &ids[0]).await.expect(200);
    world.post(&agent, "/agents/keys", json!({})).await.expect(201);
    world.post(&agent, "/agents/keys", json!({})).await.expect_error(409, "too_many_keys");
}
