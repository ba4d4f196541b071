//! Whoever comes first books it, and whoever comes second is told the same.

use super::{has, listed};
use aws_sdk_dynamodb::types::AttributeValue;
use chain::B256;
use futures::future::{join, join_all};
use harness::{Agent, Api, OnChain};
use humanops::engine::Engine;
use humanops::system::Rig;
use serde_json::json;

#[tokio::test]
async fn ch02_a_hundred_confirmations_at_once_credit_once_with_a_hundred_equal_replies() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await;
    chain.rpc().mine(1).await.unwrap();
    let replies = join_all((0..100).map(|_| chain.claim(&agent, hash, "100"))).await;
    let first = replies[0].clone().expect(200);
    for reply in replies {
        assert_eq!(reply.expect(200).text, first.text);
    }
    has(&chain, &agent, "100.00").await;
    assert_eq!(listed(&chain, &agent).await, 1);
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch02_an_idempotency_key_is_for_one_transaction_from_the_first_answer_on() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let (second, first) = (chain.pay(&agent, 50_000_000).await, chain.pay(&agent, 100_000_000).await);
    let with_key = async |hash: B256, usdc: &str| {
        let body = json!({ "tx_hash": hash.to_string(), "amount_usdc": usdc });
        chain.request(&agent, "POST", "/agents/deposit/usdc", &[("idempotency-key", "k-1")], Some(body)).await
    };
    for status in [202, 200, 200] {
        with_key(first, "100").await.expect(status);
        with_key(second, "50").await.expect_error(409, "idempotency_key_reused");
        chain.rpc().mine(1).await.unwrap();
    }
    has(&chain, &agent, "100.00").await;
    chain.settle().await;
    has(&chain, &agent, "150.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch21_two_hundred_times_watcher_and_agent_race_and_each_deposit_is_credited_once() {
    let chain = OnChain::new().await;
    let agents: Vec<Agent> = join_all((0..4).map(|_| chain.agent("0"))).await;
    for round in 0..200 {
        let agent = &agents[round % agents.len()];
        let hash = chain.pay(agent, 5_000_000).await;
        chain.rpc().mine(1).await.unwrap();
        let (reply, ()) = join(chain.claim(agent, hash, "5"), chain.settle()).await;
        assert_eq!(reply.expect(200).text_of("status"), "confirmed", "round {round}");
    }
    for agent in &agents {
        has(&chain, agent, "250.00").await;
        assert_eq!(chain.get(agent, "/agents/deposits").await.expect(200)["pagination"]["total"], 50);
    }
    chain.audit().await;
}

#[tokio::test]
async fn ch27_agents_that_ask_at_once_have_an_address_each_and_keep_it() {
    let chain = OnChain::new().await;
    let agents: Vec<Agent> = join_all((0..20).map(|_| chain.agent("0"))).await;
    // Each of them twice.
    let addresses = join_all(agents.iter().chain(&agents).map(|agent| chain.address_of(agent))).await;
    let (first, second) = addresses.split_at(agents.len());
    assert_eq!(first, second);
    let distinct: std::collections::BTreeSet<_> = first.iter().collect();
    assert_eq!(distinct.len(), agents.len());
}

#[tokio::test]
async fn ch27_what_is_paid_to_an_address_far_behind_indexes_that_nobody_got_is_credited() {
    let engine = Engine::open(None).unwrap();
    let client = engine.client();
    let chain = OnChain::with(|_| {}, Rig { engine: Some(engine), ..Rig::default() }).await;
    let (near, far) = (chain.agent("0").await, chain.agent("0").await);
    chain.address_of(&near).await;
    let skip = client.update_item().table_name("humanops-core").update_expression("SET n = :next");
    let skip = skip.key("pk", AttributeValue::S("addresses".to_owned()));
    let skip = skip.key("sk", AttributeValue::S("next".to_owned()));
    skip.expression_attribute_values(":next", AttributeValue::N("3500".to_owned())).send().await.unwrap();
    for agent in [&near, &far] {
        chain.pay(agent, 25_000_000).await;
    }
    chain.finalize().await;
    chain.settle().await;
    for agent in [&near, &far] {
        has(&chain, agent, "25.00").await;
    }
    chain.audit().await;
}
