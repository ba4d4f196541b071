//! `POST /test/clock/reset`: the clock goes back, unless money has moved meanwhile.

use harness::{Api, Caller, DAY_S, START, World};
use serde_json::{Value, json};

#[tokio::test]
async fn a_clock_goes_back_to_the_systems_time() {
    let world = World::new().await;
    world.agent("100").await;
    world.advance(DAY_S).await;
    let reply = world.post(Caller::Nobody, "/test/clock/reset", json!({})).await.expect(200);
    let expected: Value = json!({ "now": START, "ahead_seconds": 0 });
    assert_eq!(reply.json, expected);
    assert_eq!(world.get(Caller::Nobody, "/test/clock").await.expect(200).json, expected);
}

#[tokio::test]
async fn a_clock_does_not_go_back_behind_money() {
    let world = World::new().await;
    world.advance(DAY_S).await;
    world.agent("100").await;
    let reply = world.post(Caller::Nobody, "/test/clock/reset", json!({})).await;
    reply.expect_error(409, "clock_in_use");
    let shown = world.get(Caller::Nobody, "/test/clock").await.expect(200);
    assert_eq!(shown.json, json!({ "now": "2026-02-06T12:00:00.000Z", "ahead_seconds": DAY_S }));
}
