//! `GET /agents/keys`: the keys, and none of them whole.

use harness::{Api, START, World};

#[tokio::test]
async fn a_key_is_listed_with_the_fields_of_the_reference_and_never_whole() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let prefix = &agent.key[..15];
    let listed = |last_used: &str, id: &str| {
        format!(
            r#"{{"data":[{{"id":"{id}","keyPrefix":"{prefix}..","name":"default","lastUsed":{last_used},"createdAt":"{START}"}}]}}"#
        )
    };
    let first = world.get(&agent, "/agents/keys").await.expect(200);
    let id = first["data"][0]["id"].as_str().unwrap();
    assert!(id.starts_with("key_"));
    assert_eq!(first.text, listed("null", id));

    // The use is noted to ten minutes.
    world.pass(599);
    let second = world.get(&agent, "/agents/keys").await.expect(200);
    assert_eq!(second.text, listed(&format!("\"{START}\""), id));
    world.pass(1);
    world.get(&agent, "/agents/balance").await.expect(200);
    let third = world.get(&agent, "/agents/keys").await.expect(200);
    assert_eq!(third.text, listed("\"2026-02-05T12:10:00.000Z\"", id));
}
