//! dLocal is away, loses what it should have told us, or does what it is asked without an answer.

use super::Stage;
use harness::{Api, MINUTE_S};
use providers::Fault;
use serde_json::json;

fn says(status: u16, body: &str) -> Fault {
    Fault::Says { status, body: body.to_owned() }
}

#[tokio::test]
async fn while_dlocal_can_not_be_asked_a_notification_is_a_500_and_comes_again() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    for fault in [
        Fault::Down,
        Fault::Endless { bytes: 10 * 1024 * 1024 },
        Fault::Redirect { status: 302, to: "http://127.0.0.1:9/".to_owned() },
        says(200, "{}"),
        says(403, r#"{"code": 3001, "message": "Invalid credentials"}"#),
        says(404, "NOT_FOUND"),
        says(429, ""),
    ] {
        let before = stage.world.get(&agent, "/agents/balance").await.expect(200).amount("deposit_balance");
        let order = stage.pending(&agent).await;
        stage.dlocal.set_status(&order, "PAID");
        stage.dlocal.suffer(fault.clone());
        stage.notify(&order).await.expect_error(500, "internal_error");
        stage.world.settle().await;
        stage.has(&agent, &before).await;
        stage.dlocal.recover();
        assert_eq!(stage.notify(&order).await.expect(200)["status"], "completed", "{fault:?}");
    }
    stage.has(&agent, "700.00").await;
    stage.world.audit().await;
}

#[tokio::test]
async fn a_payment_of_which_nobody_tells_us_is_asked_for() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    let order = stage.pending(&agent).await;
    stage.world.settle().await;
    stage.has(&agent, "0.00").await;
    stage.dlocal.set_status(&order, "PAID");
    stage.world.advance(MINUTE_S).await;
    stage.has(&agent, "100.00").await;
    // Nobody asks for what is decided.
    let asked = stage.dlocal.seen().len();
    stage.world.advance(MINUTE_S).await;
    assert_eq!(stage.dlocal.seen().len(), asked);
    stage.notify(&order).await.expect(200);
    stage.has(&agent, "100.00").await;
    stage.world.audit().await;
}

#[tokio::test]
async fn payments_that_nobody_pays_do_not_keep_others_from_being_asked_for() {
    let stage = Stage::set().await;
    let (idle, agent) = (stage.world.agent("0").await, stage.world.agent("0").await);
    for _ in 0..120 {
        stage.pending(&idle).await;
    }
    stage.world.pass(1);
    let order = stage.pending(&agent).await;
    stage.dlocal.set_status(&order, "PAID");
    for _ in 0..2 {
        stage.world.advance(MINUTE_S).await;
    }
    stage.has(&agent, "100.00").await;
    // A day later nobody asks for them any more.
    stage.world.advance(25 * 60 * MINUTE_S).await;
    stage.world.advance(MINUTE_S).await;
    let asked = stage.dlocal.seen().len();
    stage.world.advance(MINUTE_S).await;
    assert_eq!(stage.dlocal.seen().len(), asked);
    stage.world.audit().await;
}

#[tokio::test]
async fn a_payment_whose_opening_was_not_answered_is_opened_once() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    for (key, fault, payments) in [("k-1", Fault::Down, 1), ("k-2", Fault::DownAfterwards, 2)] {
        stage.dlocal.suffer(fault);
        stage.ask(&agent, key).await.expect_error(500, "internal_error");
        stage.dlocal.recover();
        let opened = stage.ask(&agent, key).await.expect(202);
        assert_eq!(stage.dlocal.payments(), payments, "{key}");
        stage.dlocal.set_status(&opened.text_of("payment_id"), "PAID");
        stage.notify(&opened.text_of("payment_id")).await.expect(200);
    }
    stage.has(&agent, "200.00").await;
    // One that was opened without an answer and paid: its agent never asks again.
    stage.dlocal.suffer(Fault::DownAfterwards);
    stage.ask(&agent, "k-3").await.expect_error(500, "internal_error");
    stage.dlocal.recover();
    let opened = stage.dlocal.seen().iter().rev().find(|seen| seen.method == "POST").unwrap().body.clone();
    let opened: serde_json::Value = serde_json::from_slice(&opened).unwrap();
    stage.dlocal.set_status(opened["order_id"].as_str().unwrap(), "PAID");
    stage.world.advance(MINUTE_S).await;
    stage.has(&agent, "300.00").await;
    stage.world.audit().await;
}

#[tokio::test]
async fn what_dlocal_does_not_take_is_refused_as_a_way_of_paying() {
    let stage = Stage::set().await;
    let agent = stage.world.agent("0").await;
    stage.dlocal.suffer(says(400, r#"{"code": 5001, "message": "Invalid parameter", "param": "country"}"#));
    stage.ask(&agent, "k-1").await.expect_error(400, "payment_method_unavailable");
    stage.dlocal.recover();
    let amount = json!({ "amount_usd": 4.99, "payment_method": "card" });
    stage.world.post(&agent, "/agents/deposit", amount).await.expect_fields(&["amount_usd"]);
    assert_eq!(stage.dlocal.payments(), 0);
    stage.has(&agent, "0.00").await;
    stage.world.audit().await;
}
