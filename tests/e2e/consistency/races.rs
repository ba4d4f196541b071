//! Many at once: exactly the right number win, and the money is right whoever won.

mod pairs;

use domain::time::DAY_S;
use futures::future::{join, join_all};
use harness::{Agent, Api, OperatorKey, Reply, World};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// `200: 1, 409: 63`
fn tally(replies: &[Reply]) -> String {
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for reply in replies {
        *counts.entry(reply.status).or_default() += 1;
    }
    counts.iter().map(|(status, count)| format!("{status}: {count}")).collect::<Vec<_>>().join(", ")
}

fn bodies(replies: &[Reply]) -> BTreeSet<&str> {
    replies.iter().map(|reply| reply.text.as_str()).collect()
}

async fn operators(world: &World, count: usize) -> Vec<OperatorKey> {
    join_all((0..count).map(|i| async move { world.operator(&format!("Worker {i}")).await })).await
}

async fn accept(world: &World, operator: &OperatorKey, task: &str) -> Reply {
    world.post(operator, &format!("/operator/tasks/{task}/accept"), json!({})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixty_four_operators_one_gets_the_task() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let task = world.task(&agent, "25").await;
    let operators = operators(&world, 64).await;

    let replies = join_all(operators.iter().map(|operator| accept(&world, operator, &task))).await;

    assert_eq!(tally(&replies), "200: 1, 409: 63");
    assert!(replies.iter().all(|r| r.status == 200 || r["code"] == "task_already_accepted"), "{replies:?}");
    let winner = &operators[replies.iter().position(|reply| reply.status == 200).unwrap()];
    assert_eq!(world.show(&agent, &task).await["operator"]["id"], winner.0.as_str());
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_operator_who_accepts_twenty_times_is_told_the_same_twenty_times() {
    let world = World::new().await;
    let agent = world.agent("100").await;
    let (task, operator) = (world.task(&agent, "25").await, world.operator("Jane Doe").await);

    let replies = join_all((0..20).map(|_| accept(&world, &operator, &task))).await;

    assert_eq!((tally(&replies), bodies(&replies).len()), ("200: 20".to_owned(), 1));
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_tasks_on_a_balance_for_twenty_make_twenty() {
    let world = World::new().await;
    let agent = world.agent("590").await;

    let replies = join_all((0..50).map(|_| world.post(&agent, "/tasks", world.task_body("25")))).await;

    assert_eq!(tally(&replies), "201: 20, 402: 30");
    world.assert_balances(&agent, "deposit 0.00 escrow 590.00 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_requests_with_one_idempotency_key_make_one_task() {
    let world = World::new().await;
    // With enough for all of them, and with enough for exactly one.
    for (dollars, left) in [("1000", "970.50"), ("29.50", "0.00")] {
        let agent = world.agent(dollars).await;
        let send = || {
            let headers = [("idempotency-key", "the-one")];
            let (world, agent) = (&world, &agent);
            async move { world.request(agent, "POST", "/tasks", &headers, Some(world.task_body("25"))).await }
        };

        let replies = join_all((0..20).map(|_| send())).await;

        assert_eq!((tally(&replies), bodies(&replies).len()), ("201: 20".to_owned(), 1), "{dollars}: {replies:?}");
        let replayed = replies.iter().filter(|reply| reply.header("idempotent-replayed") == Some("true")).count();
        assert_eq!(replayed, 19, "with {dollars}");
        world.assert_balances(&agent, &format!("deposit {left} escrow 29.50 revenue 0.00")).await;
    }
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_reports_of_one_transaction_credit_it_once() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let body = json!({ "tx_hash": format!("0x{}", "ab".repeat(32)), "amount_usdc": "40" });

    let replies = join_all((0..20).map(|_| world.post(&agent, "/agents/deposit/usdc", body.clone()))).await;

    assert_eq!((tally(&replies), bodies(&replies).len()), ("200: 20".to_owned(), 1));
    world.assert_balances(&agent, "deposit 40.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}

/// An operator with $25 that can be withdrawn.
async fn earner(world: &World) -> OperatorKey {
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    world.judged(&agent, &operator, "guardian:approve").await;
    world.advance(u32::try_from(7 * DAY_S).unwrap()).await;
    operator
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_full_balance_is_paid_out_once() {
    let world = World::new().await;
    let operator = earner(&world).await;
    let body = json!({ "amount_usd": 25, "wallet_address": format!("0x{}", "ab".repeat(20)) });

    let replies = join_all((0..64).map(|_| world.post(&operator, "/operator/payout", body.clone()))).await;

    assert_eq!(tally(&replies), "200: 1, 402: 63");
    world.assert_earnings(&operator, "pending 0.00 available 0.00 total 25.00").await;
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_payouts_with_one_idempotency_key_are_one_payout() {
    let world = World::new().await;
    for dollars in [10, 25] {
        let operator = earner(&world).await;
        let send = || {
            let body = json!({ "amount_usd": dollars, "wallet_address": format!("0x{}", "ab".repeat(20)) });
            let (world, operator) = (&world, &operator);
            async move { world.request(operator, "POST", "/operator/payout", &[("idempotency-key", "k")], Some(body)).await }
        };

        let replies = join_all((0..20).map(|_| send())).await;

        assert_eq!((tally(&replies), bodies(&replies).len()), ("200: 20".to_owned(), 1), "{dollars}: {replies:?}");
        let left = 25 - dollars;
        world.assert_earnings(&operator, &format!("pending 0.00 available {left}.00 total 25.00")).await;
    }
    world.audit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_keys_are_the_limit_also_for_thirty_requests_at_once() {
    let world = World::new().await;
    let agent = world.agent("0").await;

    let replies = join_all((0..30).map(|_| world.post(&agent, "/agents/keys", json!({})))).await;

    assert_eq!(tally(&replies), "201: 19, 409: 11");
    let keys: BTreeSet<String> = replies.iter().filter(|r| r.status == 201).map(|r| r.text_of("api_key")).collect();
    assert_eq!(keys.len(), 19);
    for key in keys {
        world.get(&Agent { key, ..agent.clone() }, "/agents/balance").await.expect(200);
    }
    let list = world.get(&agent, "/agents/keys").await.expect(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fees_at_the_edge_of_a_tier_are_those_of_some_order() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("9000").await, world.operator("Jane Doe").await);
    for reward in ["4990", "10"] {
        let task = world.task(&agent, reward).await;
        world.accept(&operator, &task).await;
        world.submit(&operator, &task, "Done.").await;
        let path = format!("/tasks/{task}/verify");
        let approve = world.post(&agent, &path, json!({ "decision": "APPROVE" }));
        let creations = join_all((0..10).map(|_| world.post(&agent, "/tasks", world.task_body("30"))));

        let (approved, replies) = join(approve, creations).await;

        // Each begins below $5,000 or at it.
        assert_eq!((approved.status, tally(&replies)), (200, "201: 10".to_owned()));
        let fees: BTreeSet<String> = replies.iter().map(|reply| reply.amount("platform_fee")).collect();
        assert!(fees.iter().all(|fee| fee == "5.40" || reward == "10" && fee == "4.50"), "{reward}: {fees:?}");
    }
    let late = world.post(&agent, "/tasks", world.task_body("30")).await.expect(201);
    assert_eq!(late.amount("platform_fee"), "4.50");
    world.audit().await;
}
