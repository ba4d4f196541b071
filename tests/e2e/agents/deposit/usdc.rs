//! `POST /agents/deposit/usdc`: a transfer on the chain is credited, once.

use super::AMOUNTS;
use crate::agents::balance::deposited;
use harness::{Agent, Api, Caller, Reply, World, send};
use serde_json::json;

/// Sends the body as it is, to the byte.
async fn post(world: &World, agent: &Agent, body: &str) -> Reply {
    let credential = Caller::from(agent).header().unwrap();
    send(world.router(), "POST", "/agents/deposit/usdc", &[credential], Some(body.to_owned())).await
}

/// One of many transactions.
pub(crate) fn hash(number: usize) -> String {
    format!("0x{number:064x}")
}

pub(crate) async fn credit(world: &World, agent: &Agent, hash: &str, amount: &str) -> Reply {
    world.post(agent, "/agents/deposit/usdc", json!({ "tx_hash": hash, "amount_usdc": amount })).await
}

#[tokio::test]
async fn the_request_of_the_reference_is_confirmed_at_once() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let reply = post(&world, &agent, r#"{"tx_hash": "0xabc...def", "amount_usdc": "100.00"}"#).await.expect(200);
    let id = reply.text_of("transaction_id");
    assert!(id.starts_with("txn_"), "{id}");
    let expected = format!(
        r#"{{"transaction_id":"{id}","amount_usd":100.00,"status":"confirmed","chain":"base","message":"USDC deposit confirmed"}}"#
    );
    assert_eq!(reply.text, expected);
    assert_eq!(reply.header("idempotent-replayed"), None);
    assert_eq!(deposited(&world, &agent).await, "100.00");
    world.audit().await;
}

#[tokio::test]
async fn a_transaction_is_credited_once_however_it_is_written() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let hash = format!("0x{}", "0123456789abcdef".repeat(4));
    let upper = hash.to_uppercase();
    let mixed = hash.replace("abc", "aBc");
    let padded = format!("  {hash}\n");
    let first = credit(&world, &agent, &hash, "100").await.expect(200);
    for (text, amount) in [(&hash, "100"), (&upper, "100.00"), (&mixed, "100.000000"), (&padded, "100.0")] {
        world.pass(1);
        let again = credit(&world, &agent, text, amount).await.expect(200);
        assert_eq!(again.text, first.text, "{text}");
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{text}");
    }
    assert_eq!(deposited(&world, &agent).await, "100.00");
    world.audit().await;
}

#[tokio::test]
async fn a_transaction_belongs_to_whom_it_was_credited() {
    let world = World::new().await;
    let (owner, other) = (world.agent("0").await, world.agent("0").await);
    let hash = format!("0x{}", "fe".repeat(32));
    credit(&world, &owner, &hash, "100").await.expect(200);
    // The other learns neither whose it is nor of how much.
    for amount in ["100", "50"] {
        let reply =
            credit(&world, &other, &hash.to_uppercase(), amount).await.expect_error(409, "deposit_already_credited");
        assert_eq!(reply["details"], json!({}));
    }
    let reply = credit(&world, &owner, &hash, "50").await.expect_error(400, "amount_mismatch");
    assert_eq!(reply["details"], json!({ "credited_usdc": "100.00" }));
    assert_eq!(deposited(&world, &owner).await, "100.00");
    assert_eq!(deposited(&world, &other).await, "0.00");
    world.audit().await;
}

#[tokio::test]
async fn the_placeholder_of_the_reference_works_for_every_newcomer_once() {
    let world = World::new().await;
    for agent in [world.agent("0").await, world.agent("0").await] {
        for _ in 0..2 {
            credit(&world, &agent, "0xabc...def", "100").await.expect(200);
        }
        assert_eq!(deposited(&world, &agent).await, "100.00");
        let list = world.get(&agent, "/agents/deposits").await.expect(200);
        assert_eq!(list["data"][0]["tx_hash"], "0xabc...def");
    }
    world.audit().await;
}

#[tokio::test]
async fn an_amount_is_five_to_ten_thousand_with_at_most_six_decimals() {
    let world = World::new().await;
    for (number, (amount, good, _)) in AMOUNTS.into_iter().enumerate() {
        let agent = world.agent("0").await;
        let body = format!(r#"{{"tx_hash": "{}", "amount_usdc": {amount}}}"#, hash(number));
        let reply = post(&world, &agent, &body).await;
        if good {
            let credited = reply.expect(200).amount("amount_usd");
            assert_eq!(deposited(&world, &agent).await, credited, "{amount}");
        } else {
            reply.expect_fields(&["amount_usdc"]);
            assert_eq!(deposited(&world, &agent).await, "0.00", "{amount}");
        }
    }
    world.audit().await;
}

#[tokio::test]
async fn micro_dollars_are_kept_and_shown() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    for (number, amount) in [(1, "5.000001"), (2, "5.1"), (3, "5.099999")] {
        credit(&world, &agent, &hash(number), amount).await.expect(200);
    }
    assert_eq!(deposited(&world, &agent).await, "15.20");
    credit(&world, &agent, &hash(4), "5.000001").await.expect(200);
    assert_eq!(deposited(&world, &agent).await, "20.200001");
    world.audit().await;
}

#[tokio::test]
async fn what_is_no_hash_is_refused() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let good = "a".repeat(64);
    let [short, long, other] =
        [&good[1..], &format!("{good}a"), &good.replace("aaaa", "aaag")].map(|digits| format!("0x{digits}"));
    for hash in ["", "0x", "abc", "0xabc123", "0xabc...de", "0xabc def", "0xäöü", &good, &short, &long, &other] {
        credit(&world, &agent, hash, "100").await.expect_fields(&["tx_hash"]);
    }
    assert_eq!(deposited(&world, &agent).await, "0.00");
}

#[tokio::test]
async fn a_key_is_good_for_one_transaction() {
    let world = World::new().await;
    let (agent, other) = (world.agent("0").await, world.agent("0").await);
    let hashes = ["a", "b"].map(|digit| format!("0x{}", digit.repeat(64)));
    let send = |agent: &Agent, key: &str, hash: &str| {
        let (agent, key, body) = (agent.clone(), key.to_owned(), json!({ "tx_hash": hash, "amount_usdc": "10" }));
        let world = &world;
        async move { world.request(&agent, "POST", "/agents/deposit/usdc", &[("idempotency-key", &key)], Some(body)).await }
    };

    send(&agent, "", &hashes[0]).await.expect_error(400, "invalid_request");
    let first = send(&agent, "order-1", &hashes[0]).await.expect(200);
    let again = send(&agent, "order-1", &hashes[0]).await.expect(200);
    assert_eq!((again.text, again.headers.contains_key("idempotent-replayed")), (first.text, true));
    send(&agent, "order-1", &hashes[1]).await.expect_error(409, "idempotency_key_reused");
    send(&other, "order-1", &hashes[1]).await.expect(200);
    world.assert_balances(&agent, "deposit 10.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_key_is_bound_by_its_first_answer_whether_money_moved_or_not() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let with_key = async |number: usize, amount: &str| {
        let body = json!({ "tx_hash": hash(number), "amount_usdc": amount });
        world.request(&agent, "POST", "/agents/deposit/usdc", &[("idempotency-key", "k-1")], Some(body)).await
    };
    credit(&world, &agent, &hash(1), "100").await.expect(200);
    // What was refused binds nothing.
    with_key(1, "50").await.expect_error(400, "amount_mismatch");
    let first = with_key(1, "100").await.expect(200);
    assert_eq!(first.header("idempotent-replayed"), Some("true"));
    with_key(2, "100").await.expect_error(409, "idempotency_key_reused");
    with_key(1, "50").await.expect_error(409, "idempotency_key_reused");
    assert_eq!(with_key(1, "100.00").await.expect(200).text, first.text);
    assert_eq!(deposited(&world, &agent).await, "100.00");
    world.audit().await;
}
