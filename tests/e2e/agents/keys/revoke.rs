//! `DELETE /agents/keys/{id}`: a key ends, for good.

use super::{key_ids, revoke};
use harness::{Agent, Api, World};
use serde_json::json;

#[tokio::test]
async fn a_revoked_key_is_dead_at_once_and_the_others_live() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    world.pass(1);
    let key = world.post(&agent, "/agents/keys", json!({})).await.expect(201).text_of("api_key");
    let second = Agent { id: agent.id.clone(), key };
    let ids = key_ids(&world, &second).await;

    let reply = revoke(&world, &agent, &ids[0]).await.expect(200);
    assert_eq!(reply.text, r#"{"revoked":true}"#);
    world.get(&second, "/agents/me").await.expect_error(401, "invalid_api_key");
    assert_eq!(key_ids(&world, &agent).await, ids[1..]);
    revoke(&world, &agent, &ids[0]).await.expect_error(404, "not_found");

    // The last one too, by itself.
    revoke(&world, &agent, &ids[1]).await.expect(200);
    world.get(&agent, "/agents/me").await.expect_error(401, "invalid_api_key");
}

#[tokio::test]
async fn a_key_in_a_slot_that_was_freed_does_not_revive_the_old_one() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let make = async || world.post(&agent, "/agents/keys", json!({})).await.expect(201).text_of("api_key");
    let old = Agent { id: agent.id.clone(), key: make().await };
    let ids = key_ids(&world, &agent).await;
    revoke(&world, &old, &ids[0]).await.expect(200);
    let new = Agent { id: agent.id.clone(), key: make().await };
    world.get(&new, "/agents/me").await.expect(200);
    world.get(&old, "/agents/me").await.expect_error(401, "invalid_api_key");
}
