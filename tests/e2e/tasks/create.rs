//! `POST /tasks`: the reference's example, amounts, and everything wrong at once.

mod fee_tiers;
mod idempotency;
mod limits;

use harness::{Agent, Api, Reply, World, send};
use serde_json::{Value, json};

/// The body of the reference, as it stands there.
const REFERENCE: &str = r#"{
"title": "Verify storefront signage",
"description": "Take a clear photo of the sign at 123 Main St",
"location": {
"lat": 40.7128,
"lng": -74.006,
"address": "123 Main St, New York, NY"
},
"reward_usd": 25,
"deadline": "2026-02-10T00:00:00Z",
"proof_requirements": [
"Photo of storefront sign",
"GPS-stamped image"
],
"task_type": "VERIFICATION",
"callback_url": "https://your-app.com/webhook",
"callback_secret": "your-random-secret"
}"#;

async fn post_text(world: &World, agent: &Agent, body: &str) -> Reply {
    send(world.router(), "POST", "/tasks", &[("x-api-key", &agent.key)], Some(body.to_owned())).await
}

/// The names in `details.fields`.
fn named(details: &Value) -> Vec<&str> {
    details["fields"].as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn the_references_example_gets_the_references_answer() {
    let world = World::new().await;
    let agent = world.agent("100").await;

    let reply = post_text(&world, &agent, REFERENCE).await.expect(201);

    let task = reply.text_of("task_id");
    assert!(task.starts_with("task_"), "{task}");
    let expected = format!(
        concat!(
            r#"{{"task_id":"{task}","status":"PENDING","#,
            r#""reward_usd":25.00,"platform_fee":4.50,"total_escrow":29.50,"#,
            r#""deadline":"2026-02-10T00:00:00.000Z","created_at":"2026-02-05T12:00:00.000Z","#,
            r#""next_action":{{"by":"OPERATOR","action":"accept","due_at":"2026-02-10T00:00:00.000Z","#,
            r#""on_due":"CANCELLED"}}}}"#
        ),
        task = task
    );
    assert_eq!(reply.text, expected);
    world.assert_balances(&agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_reward_is_read_from_its_digits() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    for written in ["25", "25.0", "25.00", r#""25""#, r#""25.00""#] {
        let body = REFERENCE.replace("25,", &format!("{written},"));
        let reply = post_text(&world, &agent, &body).await.expect(201);
        assert_eq!(reply.amount("reward_usd"), "25.00", "{written}");
        assert_eq!(reply.amount("total_escrow"), "29.50", "{written}");
    }
    world.assert_balances(&agent, "deposit 852.50 escrow 147.50 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_reward_that_is_no_amount_of_dollars_and_cents_is_refused_by_name() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let refused = [
        "25.005",
        r#""25.001""#,
        "1e2",
        r#""1e2""#,
        "-5",
        r#""-25""#,
        r#""+25""#,
        r#""NaN""#,
        r#""25,00""#,
        r#"" 25""#,
        r#""0x19""#,
        r#""""#,
        "null",
        "true",
        "[25]",
        "0",
        "9.99",
        "10000.01",
        "90071992547409.93",
        "9007199254740993",
        "99999999999999999999999999999999",
    ];
    for written in refused {
        let body = REFERENCE.replace("25,", &format!("{written},"));
        let reply = post_text(&world, &agent, &body).await.expect_error(400, "invalid_request");
        assert_eq!(named(&reply["details"]), ["reward_usd"], "{written}");
        assert!(reply.text_of("error").contains("reward_usd"), "{written}");
    }
    for written in ["NaN", "+25", "025", ".5", "25."] {
        let body = REFERENCE.replace("25,", &format!("{written},"));
        post_text(&world, &agent, &body).await.expect_error(400, "invalid_json");
    }
    world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
}

#[tokio::test]
async fn everything_that_is_wrong_is_reported_at_once() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let body = json!({
        "title": " ",
        "location": { "lat": 91, "lng": 0, "address": "Nowhere", "planet": "Mars" },
        "reward_usd": -1,
        "deadline": "tomorrow",
        "proof_requirements": [],
        "task_type": "PAINTING",
        "task_domain": "LUNAR",
        "proof_type": "HEARSAY",
        "digital_instructions": " ",
        "callback_url": "http://10.0.0.1/",
        "callback_secret": 5,
        "callback_secrets": "your-random-secret",
        "callback_events": ["task.exploded"],
        "agent_public_key": "AAAA",
        "authorization": { "basis": "NONE" },
        "reject_duplicate_within_s": 86_401,
    });
    let key = "k".repeat(256);

    let reply = world.request(&agent, "POST", "/tasks", &[("idempotency-key", &key)], Some(body)).await;

    let reply = reply.expect_error(400, "invalid_request");
    let expected = [
        "Idempotency-Key",
        "agent_public_key",
        "authorization.basis",
        "authorization.statement",
        "callback_events",
        "callback_secret",
        "callback_secrets",
        "callback_url",
        "deadline",
        "description",
        "digital_instructions",
        "location.lat",
        "location.planet",
        "proof_requirements",
        "proof_type",
        "reject_duplicate_within_s",
        "reward_usd",
        "task_domain",
        "task_type",
        "title",
    ];
    assert_eq!(named(&reply["details"]), expected);
}

#[tokio::test]
async fn a_field_is_refused_where_another_field_forbids_it() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let cases: [(Value, &[&str]); 10] = [
        (json!({ "callback_secrets": "your-random-secret" }), &["callback_secrets"]),
        (json!({ "location": null }), &["location"]),
        (json!({ "location": { "address": "123 Main St" } }), &["location.lat", "location.lng"]),
        (json!({ "location": { "lat": 40.7128, "lng": -74.006 } }), &["location.address"]),
        (json!({ "task_domain": "DIGITAL" }), &["task_domain"]),
        (json!({ "task_type": "CONTENT_REVIEW", "task_domain": "PHYSICAL" }), &["task_domain"]),
        (json!({ "task_type": "API_KEY_PROCUREMENT" }), &["agent_public_key"]),
        (json!({ "task_type": "SUBSCRIPTION_SETUP", "proof_type": "PHOTO" }), &["agent_public_key", "proof_type"]),
        (json!({ "callback_secret": "s", "callback_events": ["*"] }), &["callback_events", "callback_secret"]),
        (json!({ "reward_usd": 9, "deadline": "2020-01-01T00:00:00Z" }), &["deadline", "reward_usd"]),
    ];
    for (change, expected) in cases {
        let mut body = world.task_body("25");
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let reply = world.post(&agent, "/tasks", body).await.expect_error(400, "invalid_request");
        assert_eq!(named(&reply["details"]), expected, "{change}");
    }
    assert_eq!(world.get(&agent, "/tasks").await["pagination"]["total"], 0);
    world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
}

#[tokio::test]
async fn a_digital_task_needs_no_place() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let body = json!({
        "title": "Solve login CAPTCHA",
        "description": "Navigate to example.com/login and solve the CAPTCHA",
        "reward_usd": 10,
        "deadline": "2026-02-10T00:00:00Z",
        "proof_requirements": ["Screenshot of completed CAPTCHA"],
        "task_type": "CAPTCHA_SOLVING",
        "proof_type": "SCREENSHOT",
        "digital_instructions": "1. Go to example.com/login\n2. Solve the CAPTCHA\n3. Take a screenshot",
    });

    let reply = world.post(&agent, "/tasks", body).await.expect(201);

    assert_eq!((reply.amount("platform_fee").as_str(), reply.amount("total_escrow").as_str()), ("2.00", "12.00"));
    let shown = world.show(&agent, &reply.text_of("task_id")).await;
    assert_eq!(shown["location"], json!({ "address": "Remote/Digital" }));
    assert_eq!((&shown["task_domain"], &shown["proof_type"]), (&json!("DIGITAL"), &json!("SCREENSHOT")));
}

#[tokio::test]
async fn without_enough_money_the_shortfall_is_said_and_nothing_is_held() {
    let world = World::new().await;
    let agent = world.agent("29.49").await;

    let reply = world.post(&agent, "/tasks", world.task_body("25")).await.expect_error(402, "insufficient_balance");

    let expected = json!({ "required_usd": "29.50", "available_usd": "29.49", "shortfall_usd": "0.01" });
    assert_eq!(reply["details"], expected);
    assert_eq!(world.get(&agent, "/tasks").await["pagination"]["total"], 0);
    world.assert_balances(&agent, "deposit 29.49 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}
