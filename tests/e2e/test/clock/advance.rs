//! `POST /test/clock/advance`: the clock of a process in test mode.

use harness::{Api, Caller, World};
use serde_json::json;

#[tokio::test]
async fn a_clock_that_is_moved_says_where_it_stands() {
    let world = World::new().await;
    let reply = world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 90 })).await.expect(200);
    assert_eq!(reply.json, json!({ "now": "2026-02-05T12:01:30.000Z", "ahead_seconds": 90 }));
    assert_eq!(world.now().to_string(), "2026-02-05T12:01:30.000Z");
    for seconds in [json!(-1), json!(366 * 86_400 + 1), json!(1.5), json!("60"), json!(null)] {
        let reply = world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": seconds })).await;
        reply.expect_fields(&["seconds"]);
    }
    assert_eq!(world.now().to_string(), "2026-02-05T12:01:30.000Z");
}
