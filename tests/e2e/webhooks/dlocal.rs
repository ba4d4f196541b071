//! `POST /webhooks/dlocal`: money on the word of the provider, and on nobody else's.

use crate::agents::balance::deposited;
use domain::money::deposit;
use domain::{AgentId, PaymentId, Usd};
use harness::{Agent, Api, Caller, Reply, World, clerk, send};
use humanops::Options;
use humanops::system::Rig;
use outbound::signature;
use serde_json::json;

const SECRET: &str = "dlocal-secret-of-this-test";

async fn world() -> World {
    World::with(Options { dlocal_secret: Some(SECRET.to_owned()), ..Options::ephemeral() }, Rig::default()).await
}

/// A payment of $100 that waits for the provider, as live mode will make them; answers its id.
async fn pending(world: &World, agent: &Agent) -> String {
    let payment = PaymentId::new(world.now(), store::random_bits());
    let agent = AgentId::parse(&agent.id).unwrap();
    let deposit = deposit::expected(payment, agent, Usd::dollars(100), None, world.now());
    world.system.store.expect_payment(deposit).await.unwrap();
    payment.to_string()
}

fn paid(payment: &str) -> String {
    format!(r#"{{"status": "PAID", "order_id": "{payment}", "amount": 100}}"#)
}

async fn notify(world: &World, body: &str, signature: &str) -> Reply {
    let headers = [("x-signature", signature)];
    send(world.router(), "POST", "/webhooks/dlocal", &headers, Some(body.to_owned())).await
}

async fn notify_signed(world: &World, body: &str) -> Reply {
    notify(world, body, &signature::humanops(SECRET, body.as_bytes())).await
}

async fn status(world: &World, agent: &Agent, payment: &str) -> String {
    let path = format!("/agents/deposit/status?payment_id={payment}");
    world.get(agent, &path).await.expect(200).text_of("status")
}

#[tokio::test]
async fn a_signed_notification_credits_what_was_expected() {
    let world = world().await;
    let agent = world.agent("0").await;
    for word in ["PAID", "COMPLETED"] {
        let payment = pending(&world, &agent).await;
        assert_eq!(status(&world, &agent, &payment).await, "pending");
        world.pass(60);
        // The provider's own fields are its business.
        let body = format!(
            r#"{{"id": "D-4-be8e", "status": "{word}", "order_id": "{payment}", "amount": 100.00, "currency": "USD"}}"#
        );
        let reply = notify_signed(&world, &body).await.expect(200);
        assert_eq!(reply.text, r#"{"received":true,"status":"completed"}"#);
        assert_eq!(status(&world, &agent, &payment).await, "completed");
    }
    assert_eq!(deposited(&world, &agent).await, "200.00");
    let list = world.get(&agent, "/agents/deposits").await.expect(200);
    assert_eq!(list["pagination"]["total"], 2);
    assert_eq!(list["data"][0]["created_at"], "2026-02-05T12:02:00.000Z", "when it came, not when it was asked for");
    world.audit().await;
}

#[tokio::test]
async fn a_notification_that_comes_twenty_times_credits_once() {
    let world = world().await;
    let agent = world.agent("0").await;
    let payment = pending(&world, &agent).await;
    let body = paid(&payment);
    let notices = (0..10).map(|_| notify_signed(&world, &body));
    for reply in futures::future::join_all(notices).await {
        assert_eq!(reply.expect(200).text, r#"{"received":true,"status":"completed"}"#);
    }
    for _ in 0..10 {
        notify_signed(&world, &body).await.expect(200);
    }
    assert_eq!(deposited(&world, &agent).await, "100.00");
    world.audit().await;
}

#[tokio::test]
async fn a_notification_without_the_signature_of_this_body_is_401() {
    let world = world().await;
    let agent = world.agent("0").await;
    let payment = pending(&world, &agent).await;
    let body = paid(&payment);
    let right = signature::humanops(SECRET, body.as_bytes());
    let one_off = format!("{}{}", &right[..63], if right.ends_with('0') { '1' } else { '0' });
    let another_secret = signature::humanops("another-secret", body.as_bytes());
    for wrong in ["", &right[..62], &format!("{right}00"), &one_off, &another_secret, "sha256=", "Ä"] {
        notify(&world, &body, wrong).await.expect_error(401, "invalid_signature");
    }
    notify(&world, &body.replace("100", "101"), &right).await.expect_error(401, "invalid_signature");
    notify(&world, &format!("{body} "), &right).await.expect_error(401, "invalid_signature");
    world.post(&agent, "/webhooks/dlocal", json!({ "status": "PAID" })).await.expect_error(401, "invalid_signature");
    assert_eq!(deposited(&world, &agent).await, "0.00");
    assert_eq!(status(&world, &agent, &payment).await, "pending");
    notify(&world, &body, &right.to_uppercase()).await.expect(200);
    assert_eq!(deposited(&world, &agent).await, "100.00");
}

#[tokio::test]
async fn in_live_mode_no_word_is_believed_that_dlocal_can_not_be_asked_about() {
    let admin_key = Some("an-admin-key-of-at-least-32-bytes".to_owned());
    let options = Options { admin_key, dlocal_secret: Some(SECRET.to_owned()), ..clerk::live(clerk::ISSUER) };
    let world = World::with(options, Rig::default()).await;
    let body = json!({ "name": "n", "email": "a@b.co" });
    let reply = world.post(world.admin(), "/agents/register", body).await.expect(201);
    let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
    let payment = pending(&world, &agent).await;
    let reply = notify_signed(&world, &paid(&payment)).await.expect(200);
    assert_eq!(reply.text, r#"{"received":true,"status":"ignored"}"#);
    assert_eq!(deposited(&world, &agent).await, "0.00");
    world.audit().await;
}

#[tokio::test]
async fn without_a_secret_nobody_is_believed() {
    for secret in [None, Some(String::new()), Some(" ".to_owned())] {
        let world = World::with(Options { dlocal_secret: secret, ..Options::ephemeral() }, Rig::default()).await;
        let agent = world.agent("0").await;
        let body = paid(&pending(&world, &agent).await);
        for key in ["", " ", SECRET] {
            let signature = signature::humanops(key, body.as_bytes());
            notify(&world, &body, &signature).await.expect_error(401, "invalid_signature");
        }
        world
            .request(Caller::Nobody, "POST", "/webhooks/dlocal", &[], None)
            .await
            .expect_error(401, "invalid_signature");
        assert_eq!(deposited(&world, &agent).await, "0.00");
    }
}

#[tokio::test]
async fn only_the_expected_payment_of_the_expected_amount_is_credited() {
    let world = world().await;
    let agent = world.agent("0").await;
    let payment = pending(&world, &agent).await;
    let order =
        |status: &str, order: &str, rest: &str| format!(r#"{{"status": "{status}", "order_id": "{order}"{rest}}}"#);
    let refused = [
        (order("PAID", "pay_00000000000000000000000001", r#", "amount": 100"#), 404, "not_found"),
        (order("PAID", "agentId_timestamp", r#", "amount": 100"#), 404, "not_found"),
        (order("PAID", &payment, r#", "amount": 99.99"#), 409, "payment_amount_mismatch"),
        (order("PAID", &payment, r#", "amount": 1000000"#), 409, "payment_amount_mismatch"),
        (order("PAID", &payment, r#", "amount": 1e2"#), 409, "payment_amount_mismatch"),
        (order("PAID", &payment, r#", "amount": 100, "currency": "BRL""#), 409, "payment_amount_mismatch"),
        (order("PAID", &payment, ""), 409, "payment_amount_mismatch"),
        (r#"{"status": "PAID", "amount": 100}"#.to_owned(), 400, "invalid_request"),
        (r#"{"order_id": "pay_1"}"#.to_owned(), 400, "invalid_request"),
        ("[]".to_owned(), 400, "invalid_request"),
        ("{".to_owned(), 400, "invalid_request"),
    ];
    for (body, status, code) in refused {
        notify_signed(&world, &body).await.expect_error(status, code);
    }
    for word in ["PENDING", "REJECTED", "CANCELLED", "AUTHORIZED", "paid", ""] {
        let reply = notify_signed(&world, &order(word, &payment, r#", "amount": 100"#)).await.expect(200);
        assert_eq!(reply.text, r#"{"received":true,"status":"ignored"}"#, "{word}");
    }
    assert_eq!(deposited(&world, &agent).await, "0.00");
    assert_eq!(status(&world, &agent, &payment).await, "pending");
    // None of it spoiled the payment.
    notify_signed(&world, &paid(&payment)).await.expect(200);
    assert_eq!(deposited(&world, &agent).await, "100.00");
    world.audit().await;
}
