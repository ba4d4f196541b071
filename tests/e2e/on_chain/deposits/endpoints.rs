//! Endpoints that lie, or do not answer: nothing is credited by them, nothing is taken back, and nothing is missed.

use super::liar::{Liar, Lie};
use super::{has, make_safe};
use harness::{Agent, Api, OnChain};
use humanops::system::Rig;
use humanops::{Options, System};
use serde_json::{Value, json};

/// A system with a second endpoint that is told to lie, or with it alone.
async fn with_liar(alone: bool) -> (OnChain, Liar) {
    let liar = Liar::open().await;
    let endpoints = |options: &mut Options| {
        let node = options.chain[0].clone();
        let second = liar.before(&node);
        options.chain = if alone { vec![second] } else { vec![node, second] };
    };
    let chain = OnChain::with(endpoints, Rig::default()).await;
    (chain, liar)
}

/// Two agents with a deposit of $100 each on the way, final; the first one calls while there is a lie, in vain.
async fn nothing_is_credited_until_it_recovers(alone: bool, name: &str, lie: Lie) {
    let (chain, liar) = with_liar(alone).await;
    let [caller, silent] = [chain.agent("0").await, chain.agent("0").await];
    let hash = chain.pay(&caller, 100_000_000).await;
    chain.pay(&silent, 100_000_000).await;
    chain.finalize().await;
    liar.tell(lie);

    let reply = chain.claim(&caller, hash, "100").await;
    assert_eq!((reply.status, reply["status"].as_str()), (202, Some("pending")), "{name}: {}", reply.text);
    chain.settle().await;
    for agent in [&caller, &silent] {
        has(&chain, agent, "0.00").await;
    }

    liar.recover();
    chain.settle().await;
    has(&chain, &silent, "100.00").await;
    chain.claim(&caller, hash, "100").await.expect(200);
    has(&chain, &caller, "100.00").await;
    chain.audit().await;
}

const RECEIPT: &str = "eth_getTransactionReceipt";

fn nothing(receipt: &mut Value) {
    *receipt = Value::Null;
}

fn more_money(receipt: &mut Value) {
    receipt["logs"][0]["data"] = json!(format!("0x{:064x}", 200_000_000));
}

fn other_block(receipt: &mut Value) {
    receipt["blockHash"] = json!(format!("0x{}", "ab".repeat(32)));
}

fn failed(receipt: &mut Value) {
    receipt["status"] = json!("0x0");
}

fn no_logs(receipt: &mut Value) {
    receipt["logs"] = json!([]);
}

fn no_block(receipt: &mut Value) {
    receipt["blockNumber"] = Value::Null;
    receipt["blockHash"] = Value::Null;
}

#[tokio::test]
async fn ch17_while_two_endpoints_tell_different_stories_nothing_is_credited() {
    for (name, change) in [
        ("no receipt", nothing as fn(&mut Value)),
        ("another amount", more_money),
        ("another block", other_block),
        ("a failure", failed),
        ("a flashblock", no_block),
    ] {
        nothing_is_credited_until_it_recovers(false, name, Lie::Of(RECEIPT, change)).await;
    }
}

fn none_found(logs: &mut Value) {
    *logs = json!([]);
}

#[tokio::test]
async fn ch17_an_endpoint_that_finds_nothing_hides_nothing() {
    let (chain, liar) = with_liar(false).await;
    let agent = chain.agent("0").await;
    chain.pay(&agent, 100_000_000).await;
    chain.finalize().await;
    liar.tell(Lie::Of("eth_getLogs", none_found));
    chain.settle().await;
    has(&chain, &agent, "0.00").await;
    liar.recover();
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch18_while_an_endpoint_does_not_answer_nothing_is_credited_and_nothing_missed() {
    for alone in [true, false] {
        for (name, lie) in [
            ("429", Lie::Status(429)),
            ("500", Lie::Status(500)),
            ("10 MB", Lie::Flood(10 * 1024 * 1024)),
            ("not JSON", Lie::Flood(10)),
            ("broken off", Lie::Broken),
            ("truncated logs", Lie::Of(RECEIPT, no_logs)),
            ("no receipt for what it found", Lie::Of(RECEIPT, nothing)),
        ] {
            nothing_is_credited_until_it_recovers(alone, name, lie).await;
        }
    }
}

#[tokio::test]
async fn ch13_a_receipt_without_a_block_is_pending() {
    nothing_is_credited_until_it_recovers(true, "a flashblock", Lie::Of(RECEIPT, no_block)).await;
}

/// What was credited and is not final is looked at while one endpoint lies.
async fn nothing_is_taken_back(chain: &OnChain, liar: &Liar, agent: &Agent, lie: Lie) {
    liar.tell(lie);
    chain.settle().await;
    has(chain, agent, "100.00").await;
    liar.recover();
}

fn other_hash(block: &mut Value) {
    block["hash"] = json!(format!("0x{}", "ab".repeat(32)));
}

#[tokio::test]
async fn ch17_one_endpoint_alone_takes_nothing_back() {
    let (chain, liar) = with_liar(false).await;
    let agent = chain.agent("0").await;
    chain.pay(&agent, 100_000_000).await;
    make_safe(&chain).await;
    for lie in [
        Lie::Of("eth_getBlockByNumber", nothing),
        Lie::Of("eth_getBlockByNumber", other_hash),
        Lie::Of(RECEIPT, nothing),
        Lie::Status(500),
    ] {
        nothing_is_taken_back(&chain, &liar, &agent, lie).await;
    }
    chain.audit().await;
}

fn base(chain_id: &mut Value) {
    *chain_id = json!("0x2105");
}

fn nameless(answer: &mut Value) {
    *answer = json!("0x");
}

#[tokio::test]
async fn ch18_a_system_does_not_start_on_another_chain_or_with_another_token() {
    for (lie, said) in [
        (Lie::Of("eth_chainId", base), "serves chain 8453, not 31337"),
        (Lie::Of("eth_call", nameless), "has another contract than our token"),
        (Lie::Status(500), "HTTP status 500"),
    ] {
        let (anvil, liar) = (OnChain::chain().await, Liar::open().await);
        let node = anvil.url().parse().unwrap();
        let second = liar.before(&node);
        liar.tell(lie);
        let options = Options { chain: vec![node, second], ..Options::ephemeral() };
        let started = System::start(&options, ([127, 0, 0, 1], 9).into(), Rig::default()).await;
        let refusal = started.expect_err("it must not start").to_string();
        assert!(refusal.contains(said) && refusal.contains("second"), "{refusal}");
        assert!(!refusal.contains("http://"), "an endpoint's URL is a secret: {refusal}");
    }
}
