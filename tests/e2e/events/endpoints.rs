//! `GET /events/endpoints` and `POST /events/endpoints/enable`: where nothing arrives for five days, nobody tries any
//! more, until the agent says so.

mod enable;

use harness::{Agent, Api, DAY_S, HOUR_S, Inbox, World};
use serde_json::{Value, json};

/// A task whose every event goes to `inbox`.
async fn told(world: &World, agent: &Agent, inbox: &Inbox) -> String {
    let task = world.task_with_callback(agent, inbox, &["*"]).await;
    world.settle().await;
    task
}

async fn listed(world: &World, agent: &Agent) -> Value {
    world.get(agent, "/events/endpoints").await.expect(200)["data"].clone()
}

/// The last event of this type: its payload, and the outcomes of its deliveries.
async fn last(world: &World, agent: &Agent, name: &str) -> (Value, Vec<Value>) {
    let events = world.get(agent, &format!("/events?type={name}&limit=100")).await.expect(200);
    let last = events["data"].as_array().unwrap().last().cloned().unwrap_or_default();
    let outcome = |it: &Value| if it["error"].is_null() { it["status"].clone() } else { it["error"].clone() };
    let outcomes = last["deliveries"].as_array().into_iter().flatten().map(outcome).collect();
    (last["payload"].clone(), outcomes)
}

#[tokio::test]
async fn after_five_days_without_an_arrival_nobody_tries_any_more_and_the_agent_is_told_and_can_enable_it() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500; 100]).await);
    let agent = world.agent("1000").await;
    let origin = inbox.url.trim_end_matches("/webhook/humanops").to_owned();
    told(&world, &agent, &inbox).await;
    let failing = json!({ "endpoint": origin, "failing_since": harness::START, "disabled_at": null, "reason": null });
    assert_eq!(listed(&world, &agent).await, json!([failing]));

    for _ in 0..(5 * 24 / 4 - 1) {
        world.advance(4 * HOUR_S).await;
    }
    told(&world, &agent, &inbox).await;
    assert_eq!(listed(&world, &agent).await, json!([failing]), "not before the five days are over");
    world.advance(5 * HOUR_S).await;
    told(&world, &agent, &inbox).await;
    let disabled_at = world.now().to_string();
    let disabled = json!({
        "endpoint": origin, "failing_since": harness::START, "disabled_at": disabled_at, "reason": "failing",
    });
    assert_eq!(listed(&world, &agent).await, json!([disabled]));
    let (payload, _) = last(&world, &agent, "endpoint.disabled").await;
    let facts = json!({ "endpoint": origin, "failing_since": harness::START, "reason": "failing" });
    assert_eq!((&payload["endpoint"], &payload["timestamp"]), (&facts, &json!(disabled_at)));

    let asked = inbox.received().len();
    let task = told(&world, &agent, &inbox).await;
    world.advance(DAY_S).await;
    assert_eq!(inbox.received().len(), asked, "neither what is new nor what was planned");
    let (payload, outcomes) = last(&world, &agent, "task.created").await;
    assert_eq!((&payload["task_id"], outcomes), (&json!(task), vec![json!("endpoint_disabled")]));
    let redeliver = format!("/events/{}/redeliver", payload["id"].as_str().unwrap());
    world.post(&agent, &redeliver, json!({})).await.expect_error(409, "endpoint_disabled");

    for _ in 0..2 {
        let enabled = world.post(&agent, "/events/endpoints/enable", json!({ "endpoint": origin })).await.expect(200);
        assert_eq!(enabled.json, json!({ "endpoint": origin, "enabled": true }));
    }
    assert_eq!(listed(&world, &agent).await, json!([]));
    world.post(&agent, &redeliver, json!({})).await.expect(202);
    world.settle().await;
    assert_eq!(inbox.received().len(), asked + 1);
    world.audit().await;
}

#[tokio::test]
async fn one_arrival_ends_it_and_another_agents_failures_are_another_matter() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[500, 500]).await);
    let (one, other) = (world.agent("1000").await, world.agent("1000").await);
    told(&world, &one, &inbox).await;
    told(&world, &other, &inbox).await;
    assert_eq!(listed(&world, &one).await.as_array().unwrap().len(), 1);
    world.advance(6).await;
    assert_eq!((listed(&world, &one).await, listed(&world, &other).await), (json!([]), json!([])));
}

#[tokio::test]
async fn a_url_that_is_gone_is_never_asked_again_for_its_task_and_others_are() {
    let (world, inbox) = (World::new().await, Inbox::answering(&[410]).await);
    let agent = world.agent("1000").await;
    let operator = world.operator("Jane Doe").await;
    let gone = told(&world, &agent, &inbox).await;
    world.accept(&operator, &gone).await;
    world.settle().await;
    assert_eq!(inbox.events(), ["task.created"]);
    let line = &listed(&world, &agent).await[0];
    assert_eq!((&line["endpoint"], &line["reason"]), (&json!(gone), &json!("gone")));
    let (payload, _) = last(&world, &agent, "endpoint.disabled").await;
    assert_eq!((&payload["endpoint"]["endpoint"], &payload["endpoint"]["reason"]), (&json!(gone), &json!("gone")));
    let (_, outcomes) = last(&world, &agent, "task.accepted").await;
    assert_eq!(outcomes, [json!("endpoint_disabled")]);

    told(&world, &agent, &inbox).await;
    assert_eq!(inbox.events().len(), 2, "the next task's URL is asked");
    world.post(&agent, "/events/endpoints/enable", json!({ "endpoint": gone })).await.expect(200);
    world.post(&agent, &format!("/tasks/{gone}/cancel"), json!({})).await.expect(200);
    world.settle().await;
    assert_eq!(inbox.events().last().unwrap(), "task.cancelled");
}
