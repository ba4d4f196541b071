//! `Idempotency-Key` and `reject_duplicate_within_s`: one task however often it is asked for.

use harness::{Agent, Api, DAY_S, MINUTE_S, Reply, World, send};
use humanops::Options;
use humanops::engine::Engine;
use humanops::system::Rig;
use serde_json::{Value, json};

async fn keyed(world: &World, agent: &Agent, key: &str, body: Value) -> Reply {
    world.request(agent, "POST", "/tasks", &[("idempotency-key", key)], Some(body)).await
}

#[tokio::test]
async fn the_same_request_gets_the_same_bytes_and_holds_money_once() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let operator = world.operator("Jane Doe").await;
    let body = world.task_body("25");
    let first = keyed(&world, &agent, "order-1", body.clone()).await.expect(201);
    assert_eq!(first.header("idempotent-replayed"), None);

    world.pass(60);
    world.accept(&operator, &first.text_of("task_id")).await;
    let again = keyed(&world, &agent, "order-1", body).await.expect(201);

    assert_eq!(again.text, first.text, "also when the task has moved on");
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    world.assert_balances(&agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_replay_does_not_depend_on_the_order_of_fields_nor_on_white_space() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let compact = world.task_body("25").to_string();
    let fields: Value = serde_json::from_str(&compact).unwrap();
    let members: Vec<String> =
        fields.as_object().unwrap().iter().rev().map(|(name, value)| format!("  \"{name}\" :  {value}")).collect();
    let spread = format!("{{\n{}\n}}", members.join(",\n"));
    let headers = [("x-api-key", agent.key.as_str()), ("idempotency-key", "order-1")];

    let first = send(world.router(), "POST", "/tasks", &headers, Some(compact)).await.expect(201);
    let again = send(world.router(), "POST", "/tasks", &headers, Some(spread)).await.expect(201);

    assert_eq!((again.text, again.headers.contains_key("idempotent-replayed")), (first.text, true));
}

#[tokio::test]
async fn a_replay_outlives_the_time_in_which_the_request_was_valid() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["deadline"] = json!(world.now().plus_seconds(i64::from(6 * MINUTE_S)).to_string());
    let first = keyed(&world, &agent, "order-1", body.clone()).await.expect(201);

    for later in [2 * MINUTE_S, DAY_S] {
        world.advance(later).await;
        let again = keyed(&world, &agent, "order-1", body.clone()).await.expect(201);
        assert_eq!(again.text, first.text, "{later} s later");
    }
    body["title"] = json!("Something else");
    keyed(&world, &agent, "order-1", body).await.expect_error(400, "invalid_request");
    world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_used_key_is_refused_for_another_request() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let body = world.task_body("25");
    keyed(&world, &agent, "order-1", body.clone()).await.expect(201);
    let changes = [
        json!({ "reward_usd": "25.01" }),
        json!({ "title": "Verify storefront signage!" }),
        json!({ "callback_url": "https://your-app.com/webhook" }),
        json!({ "proof_requirements": ["GPS-stamped image", "Photo of storefront sign"] }),
    ];
    for change in changes {
        let mut other = body.clone();
        other.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        keyed(&world, &agent, "order-1", other).await.expect_error(409, "idempotency_key_reused");
    }
    world.assert_balances(&agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn two_agents_may_use_the_same_key() {
    let world = World::new().await;
    let (one, other) = (world.agent("100").await, world.agent("100").await);
    let body = world.task_body("25");

    let first = keyed(&world, &one, "order-1", body.clone()).await.expect(201);
    let second = keyed(&world, &other, "order-1", body).await.expect(201);

    assert_ne!(first["task_id"], second["task_id"]);
    assert_eq!(second.header("idempotent-replayed"), None);
    world.audit().await;
}

#[tokio::test]
async fn a_refusal_for_lack_of_money_is_not_remembered() {
    let world = World::new().await;
    let agent = world.agent("10").await;
    let body = world.task_body("25");
    keyed(&world, &agent, "order-1", body.clone()).await.expect_error(402, "insufficient_balance");

    world.deposit(&agent, "20").await;
    let reply = keyed(&world, &agent, "order-1", body).await.expect(201);

    assert_eq!(reply.header("idempotent-replayed"), None);
    world.assert_balances(&agent, "deposit 0.50 escrow 29.50 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn without_a_key_and_unasked_the_same_task_can_be_created_twice() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut guarded = world.task_body("25");
    guarded["reject_duplicate_within_s"] = json!(0);
    let first = world.task(&agent, "25").await;
    let second = world.task(&agent, "25").await;
    let third = world.post(&agent, "/tasks", guarded).await.expect(201).text_of("task_id");
    assert!(first != second && second != third);
    world.assert_balances(&agent, "deposit 11.50 escrow 88.50 revenue 0.00").await;
}

#[tokio::test]
async fn a_probable_duplicate_is_refused_inside_its_window_only() {
    for first_has_the_field in [false, true] {
        let world = World::new().await;
        let agent = world.agent("1000").await;
        let plain = world.task_body("25");
        let mut guarded = plain.clone();
        guarded["reject_duplicate_within_s"] = json!(600);
        let first = if first_has_the_field { guarded.clone() } else { plain };
        let first = world.post(&agent, "/tasks", first).await.expect(201);

        world.pass(600);
        let reply = world.post(&agent, "/tasks", guarded.clone()).await.expect_error(409, "probable_duplicate");
        assert_eq!(reply["details"], json!({ "existing_task_id": first["task_id"] }));
        let mut other = guarded.clone();
        other["title"] = json!("Verify another sign");
        world.post(&agent, "/tasks", other).await.expect(201);
        world.post(&world.agent("100").await, "/tasks", guarded.clone()).await.expect(201);

        world.pass(1);
        world.post(&agent, "/tasks", guarded).await.expect(201);
        world.assert_balances(&agent, "deposit 911.50 escrow 88.50 revenue 0.00").await;
        world.audit().await;
    }
}

#[tokio::test]
async fn a_key_comes_before_the_search_for_duplicates() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["reject_duplicate_within_s"] = json!(600);
    let first = keyed(&world, &agent, "order-1", body.clone()).await.expect(201);

    let again = keyed(&world, &agent, "order-1", body.clone()).await.expect(201);
    assert_eq!(again.text, first.text);
    let other = keyed(&world, &agent, "order-2", body).await.expect_error(409, "probable_duplicate");
    assert_eq!(other["details"]["existing_task_id"], first["task_id"]);
}

#[tokio::test]
async fn what_is_kept_to_recognise_duplicates_expires_after_the_longest_window() {
    let engine = Engine::open(None).unwrap();
    let client = engine.client();
    let world = World::with(Options::ephemeral(), Rig { engine: Some(engine), ..Rig::default() }).await;
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["reject_duplicate_within_s"] = json!(86_400);
    world.post(&agent, "/tasks", body).await.expect(201);

    let stored = client.scan().table_name("humanops-edge").send().await.unwrap();
    let markers: Vec<_> = stored.items().iter().filter(|item| item["sk"].as_s().unwrap().starts_with("F#")).collect();
    let ttl: i64 = markers[0]["ttl"].as_n().unwrap().parse().unwrap();
    assert_eq!((markers.len(), ttl), (1, world.now().plus_seconds(86_400).seconds() + 1));
    let core = client.scan().table_name("humanops-core").send().await.unwrap();
    assert!(core.items().iter().all(|item| !item["sk"].as_s().unwrap().starts_with("F#")));
}

#[tokio::test]
async fn a_cancelled_task_is_nobodys_duplicate() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["reject_duplicate_within_s"] = json!(600);
    let first = world.post(&agent, "/tasks", body.clone()).await.expect(201).text_of("task_id");
    world.post(&agent, &format!("/tasks/{first}/cancel"), json!({})).await.expect(200);

    let second = world.post(&agent, "/tasks", body.clone()).await.expect(201);

    let third = world.post(&agent, "/tasks", body).await.expect_error(409, "probable_duplicate");
    assert_eq!(third["details"]["existing_task_id"], second["task_id"]);
    world.assert_balances(&agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_secret_of_callbacks_is_not_compared_for_no_digest_of_it_is_kept() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    body["callback_url"] = json!("https://agent.example.com/hook");
    body["callback_secret"] = json!("a secret");
    let first = keyed(&world, &agent, "order-1", body.clone()).await.expect(201);
    body["callback_secret"] = json!("another one");
    assert_eq!(keyed(&world, &agent, "order-1", body.clone()).await.expect(201).text, first.text);
    world.assert_balances(&agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
}

#[tokio::test]
async fn however_an_amount_is_written_it_is_the_same_request() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let mut body = world.task_body("25");
    let first = keyed(&world, &agent, "order-1", body.clone()).await.expect(201);
    for reward in [json!(25), json!(25.0), json!("25.00")] {
        body["reward_usd"] = reward;
        body["callback_url"] = json!(null);
        assert_eq!(keyed(&world, &agent, "order-1", body.clone()).await.expect(201).text, first.text);
    }
    body["reward_usd"] = json!("25.01");
    keyed(&world, &agent, "order-1", body).await.expect_error(409, "idempotency_key_reused");
}
