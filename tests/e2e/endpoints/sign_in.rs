//! Operators who sign in: by tokens of a Clerk that we play, in live mode and in test mode.

use domain::Timestamp;
use harness::clerk::{self, Answer};
use harness::{Agent, Api, Caller, Clerk, Photo, Reply, SignedIn, SigningKey, World};
use humanops::engine::Engine;
use humanops::system::Rig;
use serde_json::{Value, json};
use std::collections::BTreeMap;

async fn live(clerk: &Clerk) -> World {
    World::with(clerk::live(&clerk.issuer), Rig::default()).await
}

async fn in_test_mode(clerk: &Clerk) -> World {
    World::with(clerk::with_sign_in(&clerk.issuer), Rig::default()).await
}

fn jane() -> Value {
    json!({ "name": "Jane Doe", "email": "jane@example.com", "skills": ["VERIFICATION"] })
}

fn sent(token: &str) -> SignedIn {
    SignedIn(format!("Bearer {token}"))
}

/// A session whose claims are changed.
fn changed(clerk: &Clerk, now: Timestamp, change: impl FnOnce(&mut Value)) -> SignedIn {
    let mut claims = clerk.claims("user_jane", now);
    change(&mut claims);
    sent(&SigningKey::first().token(&claims))
}

async fn verified(world: &World, clerk: &Clerk, user: &str) -> SignedIn {
    let session = clerk.session(user, world.now());
    let id = world.post(&session, "/operator/register", jane()).await.expect(201).text_of("operator_id");
    let body = json!({ "status": "VERIFIED" });
    world.post(world.admin(), &format!("/admin/operators/{id}/kyc"), body).await.expect(200);
    session
}

#[tokio::test]
async fn an_operator_signs_in_registers_is_verified_and_works() {
    let clerk = Clerk::open().await;
    let world = live(&clerk).await;
    let session = clerk.session("user_jane", world.now());
    let registered = world.post(&session, "/operator/register", jane()).await.expect(201);
    assert_eq!(
        (registered.text_of("kyc_status"), registered["name"].as_str()),
        ("PENDING".to_owned(), Some("Jane Doe"))
    );
    let id = registered.text_of("operator_id");
    let again = world.post(&clerk.session("user_jane", world.now()), "/operator/register", jane()).await.expect(201);
    assert_eq!(again.text_of("operator_id"), id);
    assert_eq!(world.get(&session, "/operator/me").await.expect(200).text_of("operator_id"), id);

    let reply = world.post(&session, "/operator/tasks/task_00000000000000000000000001/accept", json!({})).await;
    let reply = reply.expect_error(403, "kyc_required");
    assert_eq!(reply["error"], "KYC verification is required; yours is PENDING.");
    for (status, accepts) in [("REJECTED", 403), ("VERIFIED", 404), ("PENDING", 403), ("VERIFIED", 404)] {
        let body = json!({ "status": status });
        world.post(world.admin(), &format!("/admin/operators/{id}/kyc"), body).await.expect(200);
        let path = "/operator/tasks/task_00000000000000000000000001/accept";
        world.post(&session, path, json!({})).await.expect(accepts);
    }
    assert_eq!(world.get(&session, "/operator/tasks").await.expect(200)["data"], json!([]));
    assert_eq!(clerk.asked(), 1);
}

/// An agent of live mode.
async fn funded(world: &World) -> Agent {
    let body = json!({ "name": "my-agent", "email": "agent@example.com" });
    let reply = world.post(world.admin(), "/agents/register", body).await.expect(201);
    let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
    agent.fund(&world.system.store, 100).await;
    agent
}

#[tokio::test]
async fn in_live_mode_a_task_is_done_by_somebody_who_is_signed_in_and_was_verified() {
    let clerk = Clerk::open().await;
    let world = live(&clerk).await;
    let (agent, session) = (funded(&world).await, verified(&world, &clerk, "user_jane").await);
    let task = world.task(&agent, "25").await;
    world.post(&session, &format!("/operator/tasks/{task}/accept"), json!({})).await.expect(200);
    world.submit(&session, &task, "guardian:approve").await;
    world.settle().await;
    let reviewed = world.show(&agent, &task).await;
    assert_eq!(reviewed["guardian_result"]["decision"], "MANUAL_REVIEW", "{}", reviewed.text);
    let approval = json!({ "decision": "APPROVE" });
    world.post(&agent, &format!("/tasks/{task}/verify"), approval).await.expect(200);
    let earnings = world.get(&session, "/operator/earnings").await.expect(200);
    assert_eq!(earnings.amount("pending_balance"), "25.00");
    world.assert_balances(&agent, "deposit 70.50 escrow 0.00 revenue 4.50").await;
    world.audit().await;
}

/// Test mode has money, and takes tokens beside the header when it is told of an issuer.
#[tokio::test]
async fn a_task_is_done_and_paid_out_by_somebody_who_is_signed_in() {
    let clerk = Clerk::open().await;
    let world = in_test_mode(&clerk).await;
    let agent = world.agent("100").await;
    let task = world.task(&agent, "25").await;
    let session = clerk.session("user_jane", world.now());
    world.post(&session, "/operator/register", jane()).await.expect(201);
    world.post(&session, &format!("/operator/tasks/{task}/accept"), json!({})).await.expect(200);
    world.submit(&session, &task, "guardian:approve").await;
    world.settle().await;
    // A week by the product's clock, and nobody has to sign in again for it.
    world.advance(7 * 24 * 60 * 60).await;

    let payout = json!({ "amount_usd": 25 });
    let stale = changed(&clerk, world.clock.unmoved(), |claims| claims["fva"] = json!([11, -1]));
    world.post(&stale, "/operator/payout", payout.clone()).await.expect_error(403, "confirmation_required");
    world.get(&stale, "/operator/earnings").await.expect(200);
    let never = changed(&clerk, world.clock.unmoved(), |claims| drop(claims.as_object_mut().unwrap().remove("fva")));
    world.post(&never, "/operator/payout", payout.clone()).await.expect_error(403, "confirmation_required");
    world.post(&session, "/operator/payout", payout).await.expect(200);
    world.audit().await;
}

#[tokio::test]
async fn in_test_mode_a_token_wins_over_the_header_and_a_bad_one_is_not_forgiven() {
    let clerk = Clerk::open().await;
    let world = in_test_mode(&clerk).await;
    let jane = world.operator("Jane Doe").await;
    let session = clerk.session("user_jane", world.now());
    let both = [("x-operator-id", jane.0.as_str()), ("authorization", session.0.as_str())];
    world.send("GET", "/operator/me", &both, None).await.expect_error(404, "not_found");
    let both = [("x-operator-id", jane.0.as_str()), ("authorization", "Bearer x")];
    world.send("GET", "/operator/me", &both, None).await.expect_error(401, "invalid_token");
    let body = Some(self::jane().to_string());
    world.send("POST", "/operator/register", &both[1..], body).await.expect_error(401, "invalid_token");
    let both = [("x-operator-id", jane.0.as_str()), ("authorization", "Basic amFuZQ==")];
    world.send("GET", "/operator/me", &both, None).await.expect(200);
}

/// As a table of the whole database, before and after.
async fn everything(engine: &Engine) -> String {
    let mut all = Vec::new();
    for table in ["humanops-core", "humanops-ledger"] {
        let scanned = engine.client().scan().table_name(table).send().await.unwrap();
        all.extend(scanned.items().iter().map(|item| format!("{table} {:?}", item.iter().collect::<BTreeMap<_, _>>())));
    }
    all.sort_unstable();
    all.join("\n")
}

#[tokio::test]
async fn with_a_bad_token_nothing_is_written() {
    let (clerk, other) = (Clerk::open().await, Clerk::open().await);
    let engine = Engine::open(None).unwrap();
    let rig = Rig { engine: Some(engine.clone()), ..Rig::default() };
    let world = World::with(clerk::live(&clerk.issuer), rig).await;
    let now = world.now();
    let mut bad = clerk.refused("user_jane", now);
    bad.push(("empty", SignedIn("Bearer ".to_owned())));
    bad.push(("another instance's", other.session("user_jane", now)));
    let before = everything(&engine).await;
    for (name, session) in &bad {
        for (method, path, body) in [
            ("POST", "/operator/register", Some(jane())),
            ("GET", "/operator/me", None),
            ("PATCH", "/operator/me", Some(json!({ "name": "Mallory" }))),
            ("POST", "/operator/payout", Some(json!({ "amount_usd": 25 }))),
            ("POST", "/operator/upload", Some(Photo::fresh().announcement("task_00000000000000000000000001"))),
        ] {
            let reply = world.request(session, method, path, &[], body).await.expect_error(401, "invalid_token");
            let challenge = reply.header("www-authenticate");
            assert_eq!(challenge, Some(r#"Bearer realm="HumanOps", error="invalid_token""#), "{name}");
            let token = session.0.trim_start_matches("Bearer ");
            assert!(token.is_empty() || !reply.text.contains(token), "{name}: {}", reply.text);
        }
    }
    assert_eq!(everything(&engine).await, before);
}

#[tokio::test]
async fn bad_tokens_are_counted_and_who_has_sent_too_many_asks_clerk_for_nothing() {
    let clerk = Clerk::open().await;
    clerk.answers(Answer::Status(503));
    let world = live(&clerk).await;
    let router = world.router();
    let ask = async |session: &SignedIn| -> Reply {
        let header = Caller::from(session).header().unwrap();
        harness::send(router.clone(), "GET", "/operator/me", &[header], None).await
    };
    for _ in 0..100 {
        ask(&sent("nonsense")).await.expect_error(401, "invalid_token");
    }
    ask(&sent("nonsense")).await.expect_error(429, "rate_limited");
    ask(&clerk.session("user_jane", world.now())).await.expect_error(429, "rate_limited");
    assert_eq!(clerk.asked(), 0);
}

#[tokio::test]
async fn where_clerk_cannot_be_reached_nobody_is_told_that_the_token_is_bad() {
    let clerk = Clerk::open().await;
    clerk.answers(Answer::Status(503));
    let world = live(&clerk).await;
    let session = clerk.session("user_jane", world.now());
    world.get(&session, "/operator/me").await.expect_error(500, "internal_error");
    clerk.answers(Answer::Keys(vec![SigningKey::first().jwk()]));
    world.wait(5);
    world.get(&session, "/operator/me").await.expect_error(404, "not_found");
    // An outage of less than an hour is nobody's business.
    clerk.answers(Answer::Status(503));
    world.wait(3_500);
    let session = clerk.session("user_jane", world.now());
    world.get(&session, "/operator/me").await.expect_error(404, "not_found");
}

#[tokio::test]
async fn who_is_somebody_elses_operator_sees_nothing_of_theirs() {
    let clerk = Clerk::open().await;
    let world = live(&clerk).await;
    let (jane, john) = (verified(&world, &clerk, "user_jane").await, clerk.session("user_john", world.now()));
    let body = json!({ "name": "John Roe", "email": "john@example.com" });
    let id = world.post(&john, "/operator/register", body).await.expect(201).text_of("operator_id");
    let me = world.get(&jane, "/operator/me").await.expect(200);
    assert_ne!(me.text_of("operator_id"), id);
    assert_eq!(world.get(&john, "/operator/me").await.expect(200).text_of("kyc_status"), "PENDING");
}
