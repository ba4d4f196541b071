//! `POST /events/test`: a signed `test.ping` for who wants to try a receiver.

use harness::{Api, DAY_S, Inbox, World};
use serde_json::json;

#[tokio::test]
async fn a_ping_arrives_once_signed_and_is_in_the_stream() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500]).await);
    let agent = world.agent("0").await;
    world.settle().await;
    let body = json!({ "url": inbox.url, "secret": inbox.secret });
    let asked = world.post(&agent, "/events/test", body).await.expect(202);
    assert_eq!(asked["sequence"], 2);
    world.settle().await;
    world.advance(DAY_S).await;

    let [ping] = &inbox.received()[..] else { panic!("it is sent once, whatever is answered") };
    let expected = json!({ "event": "test.ping", "timestamp": harness::START, "id": asked["id"] });
    assert_eq!(ping.json(), expected);
    let (id, sent_at) = (ping.header("webhook-id").unwrap(), ping.header("webhook-timestamp").unwrap());
    let standard = outbound::signature::standard(&inbox.secret, id, sent_at.parse().unwrap(), &ping.body);
    assert_eq!(ping.header("webhook-signature"), Some(standard.as_str()));
    let humanops = outbound::signature::humanops(&inbox.secret, &ping.body);
    assert_eq!(ping.header("x-humanops-signature"), Some(humanops.as_str()));

    let events = world.get(&agent, "/events?after=1").await.expect(200);
    let event = &events["data"][0];
    assert_eq!((&event["type"], &event["payload"], &event["task_id"]), (&json!("test.ping"), &expected, &json!(null)));
    assert_eq!(event["deliveries"].as_array().unwrap().len(), 1, "{}", events.text);
    assert_eq!((&event["deliveries"][0]["status"], &event["deliveries"][0]["next_at"]), (&json!(500), &json!(null)));
    let listed = world.get(&agent, "/events/endpoints").await.expect(200);
    assert_eq!(listed["data"], json!([]), "a test says nothing about an endpoint");
    assert!(!events.text.contains(&inbox.secret));
}

#[tokio::test]
async fn without_a_secret_it_is_not_signed() {
    let (world, inbox) = (World::new().await, Inbox::open().await);
    let agent = world.agent("0").await;
    world.post(&agent, "/events/test", json!({ "url": inbox.url })).await.expect(202);
    world.settle().await;
    let [ping] = &inbox.received()[..] else { panic!("one is sent") };
    assert_eq!((ping.header("x-humanops-signature"), ping.header("webhook-signature")), (None, None));
}

#[tokio::test]
async fn a_url_must_be_one_that_a_callback_may_have() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    for (body, field) in [
        (json!({}), "url"),
        (json!({ "url": "http://10.0.0.1/" }), "url"),
        (json!({ "url": "https://169.254.169.254/latest/meta-data" }), "url"),
        (json!({ "url": "https://your-app.com:8443/" }), "url"),
        (json!({ "url": "https://your-app.com/", "secret": "whsec_***" }), "secret"),
        (json!({ "url": "https://your-app.com/", "task_id": "x" }), "task_id"),
    ] {
        let refused = world.post(&agent, "/events/test", body.clone()).await.expect_error(400, "invalid_request");
        assert!(refused["details"]["fields"][field].is_string(), "{body}: {}", refused.text);
    }
}
