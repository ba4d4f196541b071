//! `GET /health`: that it runs, and in which mode.

use harness::{Api, Caller, World};

#[tokio::test]
async fn health_says_the_mode() {
    let world = World::new().await;
    assert_eq!(world.get(Caller::Nobody, "/health").await.expect(200).text, r#"{"status":"ok","mode":"test"}"#);
}
