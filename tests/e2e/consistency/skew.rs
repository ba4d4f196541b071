//! Two clocks are never quite the same: who is a moment too late by the other's is refused by the rules, and the ledger
//! is not blamed for it.

use futures::future::join;
use harness::{Api, DAY_S, Fault, Play, Proxy, Step, World};
use humanops::Options;
use serde_json::json;

/// A completed task, a second before its hold is over.
async fn almost_over() -> (Proxy, World, Play) {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let play = world.play(&[Step::Accept, Step::Submit("guardian:approve"), Step::Advance(7 * DAY_S - 1)]).await;
    (proxy, world, play)
}

#[tokio::test]
async fn a_dispute_that_meets_a_payout_at_the_end_of_the_hold_is_too_late() {
    let (proxy, world, play) = almost_over().await;
    proxy.inject("TransactWriteItems", &[Fault::Hold]);
    let payout = async {
        proxy.held().await;
        world.pass(1);
        let paid = world.post(&play.operator, "/operator/payout", json!({ "amount_usd": 25 })).await;
        proxy.release();
        paid.expect(200)
    };

    let (dispute, _) = join(world.by_agent(&play, "dispute", json!({})), payout).await;

    dispute.expect_error(409, "hold_over");
    world.assert_earnings(&play.operator, "pending 0.00 available 0.00 total 25.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_dispute_whose_line_was_dropped_as_matured_is_too_late() {
    let (proxy, world, play) = almost_over().await;
    let task = world.task(&play.agent, "25").await;
    let other = Play { agent: play.agent.clone(), operator: play.operator.clone(), task };
    world.act(&other, &[Step::Accept, Step::HandIn("")]).await;
    proxy.inject("TransactWriteItems", &[Fault::Hold]);
    let settlement = async {
        proxy.held().await;
        world.pass(1);
        let settled = world.by_agent(&other, "verify", json!({ "decision": "APPROVE" })).await;
        proxy.release();
        settled.expect(200)
    };

    let (dispute, _) = join(world.by_agent(&play, "dispute", json!({})), settlement).await;

    dispute.expect_error(409, "hold_over");
    world.assert_earnings(&play.operator, "pending 25.00 available 25.00 total 50.00").await;
    world.audit().await;
}
