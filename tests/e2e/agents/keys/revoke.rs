//! `DELETE /agents/keys/{id}`: a key ends, for good.

use super::{key_ids, revoke};
use futures::future::join;
use harness::Fault::Hold;
use harness::{Agent, Api, Proxy, World};
use humanops::Options;
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

    // Nobody could give the agent another.
    revoke(&world, &agent, &ids[1]).await.expect_error(409, "last_key");
    world.get(&agent, "/agents/me").await.expect(200);
}

#[tokio::test]
async fn two_hundred_keys_are_used_right_after_their_end_and_none_opens_anything() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let [own] = &key_ids(&world, &agent).await[..] else { panic!("one key") };
    for _ in 0..200 {
        let made = world.post(&agent, "/agents/keys", json!({})).await.expect(201);
        let second = Agent { id: agent.id.clone(), key: made.text_of("api_key") };
        world.get(&second, "/agents/me").await.expect(200);
        let ids = key_ids(&world, &agent).await;
        revoke(&world, &agent, ids.iter().find(|id| *id != own).unwrap()).await.expect(200);
        world.get(&second, "/agents/me").await.expect_error(401, "invalid_api_key");
    }
    // Nor does one that lives, where others would read it.
    world.get(harness::Caller::Nobody, &format!("/agents/me?api_key={}", agent.key)).await.expect(401);
}

#[tokio::test]
async fn of_the_last_two_keys_one_stays_although_both_are_revoked_at_once() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let agent = world.agent("0").await;
    let key = world.post(&agent, "/agents/keys", json!({})).await.expect(201).text_of("api_key");
    let second = Agent { id: agent.id.clone(), key };
    let ids = key_ids(&world, &agent).await;

    // The first has read that there are two when the other one goes.
    proxy.inject("TransactWriteItems", &[Hold]);
    let first = revoke(&world, &agent, &ids[0]);
    let meanwhile = async {
        proxy.held().await;
        revoke(&world, &agent, &ids[1]).await.expect(200);
        proxy.release();
    };
    join(first, meanwhile).await.0.expect_error(409, "last_key");
    let alive = [world.get(&agent, "/agents/me").await.status, world.get(&second, "/agents/me").await.status];
    assert!(matches!(alive, [200, 401] | [401, 200]), "{alive:?}");
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
