//! Cancelled for two reasons at once: a condition failed while another transaction held an item. The condition may
//! have been looked at in the middle of that one, so it says nothing, and the transaction is tried again.

use futures::future::{join, join_all};
use harness::{Agent, Api, Fault, Play, Proxy, Reply, Step, World};
use humanops::Options;
use serde_json::json;

/// Attempts at a commit, of which all but the last may meet a conflict.
const ATTEMPTS: usize = 8;

/// Every pair of different positions in a transaction of so many writes.
fn mixtures(writes: usize) -> Vec<Fault> {
    let pairs = (0..writes).flat_map(|refused| (0..writes).map(move |held| (refused, held)));
    pairs.filter(|(refused, held)| refused != held).map(|(refused, held)| Fault::Mixed { refused, held }).collect()
}

/// An agent with $100, of which a task took $29.50, and its operator.
async fn stage(steps: &[Step]) -> (Proxy, World, Play) {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let play = world.play(steps).await;
    (proxy, world, play)
}

/// What leads to it, the deed, how many writes it makes, and how much is where afterwards.
const DEEDS: [(&[Step], &str, usize, &str); 7] = [
    (&[], "create", 3, "deposit 41.00 escrow 59.00"),
    (&[], "deposit", 3, "deposit 110.50 escrow 29.50"),
    (&[], "cancel", 3, "deposit 100.00 escrow 0.00"),
    (&[Step::Accept, Step::Submit("guardian:review")], "approve", 4, "deposit 70.50 escrow 0.00"),
    (&[Step::Accept, Step::Submit("guardian:approve")], "dispute", 4, "deposit 70.50 escrow 25.00"),
    (&[Step::Accept, Step::Submit("guardian:reject")], "refund", 3, "deposit 100.00 escrow 0.00"),
    (
        &[Step::Accept, Step::Submit("guardian:approve"), Step::Advance(7 * harness::DAY_S)],
        "payout",
        3,
        "deposit 70.50 escrow 0.00",
    ),
];

async fn act(world: &World, play: &Play, deed: &str) -> Reply {
    let wallet = format!("0x{}", "ab".repeat(20));
    match deed {
        "create" => world.post(&play.agent, "/tasks", world.task_body("25")).await,
        "deposit" => {
            let body = json!({ "tx_hash": format!("0x{}", "cd".repeat(32)), "amount_usdc": "40" });
            world.post(&play.agent, "/agents/deposit/usdc", body).await
        }
        "approve" => world.by_agent(play, "verify", json!({ "decision": "APPROVE" })).await,
        "refund" => world.resolve(&play.task, "REFUND", None).await,
        "payout" => {
            world.post(&play.operator, "/operator/payout", json!({ "amount_usd": 25, "wallet_address": wallet })).await
        }
        _ => world.by_agent(play, deed, json!({})).await,
    }
}

async fn balance(world: &World, agent: &Agent) -> String {
    let reply = world.get(agent, "/agents/balance").await.expect(200);
    format!("deposit {} escrow {}", reply.amount("deposit_balance"), reply.amount("escrow_balance"))
}

/// Done all the same, once, after these faults.
async fn assert_done(faults: &[Fault], (steps, deed, _, after): (&[Step], &str, usize, &str)) {
    let (proxy, world, play) = stage(steps).await;
    proxy.inject("TransactWriteItems", faults);

    let reply = act(&world, &play, deed).await;

    assert!(matches!(reply.status, 200 | 201), "{deed} with {faults:?}: {}", reply.text);
    assert_eq!(proxy.unmet(), 0, "{deed} with {faults:?}");
    assert_eq!(balance(&world, &play.agent).await, after, "{deed} with {faults:?}");
    world.audit().await;
}

#[tokio::test]
async fn a_condition_that_failed_beside_a_conflict_is_looked_at_again() {
    join_all(DEEDS.map(async |deed| {
        for faults in mixtures(deed.2).chunks(ATTEMPTS - 2) {
            assert_done(faults, deed).await;
        }
    }))
    .await;
}

#[tokio::test]
async fn a_call_that_is_refused_as_a_whole_for_a_conflict_is_made_again() {
    join_all(DEEDS.map(|deed| assert_done(&[Fault::Refuse("TransactionInProgressException"); 2], deed))).await;
}

#[tokio::test]
async fn a_conflict_that_does_not_end_is_a_500_that_can_be_repeated() {
    join_all(DEEDS.map(async |(steps, deed, _, after)| {
        let (proxy, world, play) = stage(steps).await;
        let before = balance(&world, &play.agent).await;
        proxy.inject("TransactWriteItems", &[Fault::Mixed { refused: 1, held: 0 }; ATTEMPTS]);

        act(&world, &play, deed).await.expect_error(500, "internal_error");

        assert_eq!(proxy.unmet(), 0, "{deed}");
        assert_eq!(balance(&world, &play.agent).await, before, "{deed}");
        assert!(matches!(act(&world, &play, deed).await.status, 200 | 201), "{deed}");
        assert_eq!(balance(&world, &play.agent).await, after, "{deed}");
        world.audit().await;
    }))
    .await;
}

/// The account is already as the first has left it, the task still held by the first.
const BETWEEN: Fault = Fault::Mixed { refused: 1, held: 0 };

#[tokio::test]
async fn of_two_cancels_of_the_only_task_both_are_told_the_same() {
    let (proxy, world, play) = stage(&[]).await;
    proxy.inject("TransactWriteItems", &[BETWEEN]);

    let (one, other) = join(act(&world, &play, "cancel"), act(&world, &play, "cancel")).await;

    assert_eq!((one.status, other.status, proxy.unmet()), (200, 200, 0), "{} {}", one.text, other.text);
    assert_eq!(one.text, other.text);
    assert_eq!(balance(&world, &play.agent).await, "deposit 100.00 escrow 0.00");
    world.audit().await;
}

#[tokio::test]
async fn twins_with_one_key_and_money_for_one_are_answered_alike() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let agent = world.agent("29.50").await;
    proxy.inject("TransactWriteItems", &[BETWEEN]);
    let create = || async {
        let headers = [("idempotency-key", "twin")];
        world.request(&agent, "POST", "/tasks", &headers, Some(world.task_body("25"))).await
    };

    let (one, other) = join(create(), create()).await;

    assert_eq!((one.status, other.status, proxy.unmet()), (201, 201, 0), "{} {}", one.text, other.text);
    assert_eq!(one.text, other.text);
    assert_eq!(balance(&world, &agent).await, "deposit 0.00 escrow 29.50");
    world.audit().await;
}

#[tokio::test]
async fn of_two_payouts_of_all_the_earnings_one_is_made() {
    let steps = [Step::Accept, Step::Submit("guardian:approve"), Step::Advance(7 * harness::DAY_S)];
    let (proxy, world, play) = stage(&steps).await;
    proxy.inject("TransactWriteItems", &[BETWEEN]);

    let (one, other) = join(act(&world, &play, "payout"), act(&world, &play, "payout")).await;

    let mut told = [one.status, other.status];
    told.sort_unstable();
    assert_eq!((told, proxy.unmet()), ([200, 402], 0), "{} {}", one.text, other.text);
    world.assert_earnings(&play.operator, "pending 0.00 available 0.00 total 25.00").await;
    world.audit().await;
}
