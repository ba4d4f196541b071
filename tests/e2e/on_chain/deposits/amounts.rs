//! Amounts: what is claimed is what was sent to the micro-dollar, and what nobody can claim is looked at by staff.

use super::{confirm, has, in_suspense, listed, make_safe};
use domain::TransactionId;
use harness::on_chain::CUSTOMER;
use harness::{Api, OnChain};
use serde_json::{Value, json};

#[tokio::test]
async fn ch10_an_amount_that_is_not_what_was_sent_is_refused_with_what_was() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_001).await;
    for round in ["not safe", "safe"] {
        for usdc in ["100", "100.000002", "99.999999", "5", "10000"] {
            let reply = chain.claim(&agent, hash, usdc).await.expect_error(400, "amount_mismatch");
            assert_eq!(reply["details"], json!({ "onchain_usdc": "100.000001" }), "{usdc}, {round}");
        }
        has(&chain, &agent, "0.00").await;
        chain.rpc().mine(1).await.unwrap();
    }
    chain.claim(&agent, hash, "100.000001").await.expect(200);
    // Afterwards it is compared with what was credited.
    let reply = chain.claim(&agent, hash, "100").await.expect_error(400, "amount_mismatch");
    assert_eq!(reply["details"], json!({ "credited_usdc": "100.000001" }));
    has(&chain, &agent, "100.000001").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch11_what_is_no_amount_is_refused_before_the_chain_is_asked() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await.to_string();
    chain.rpc().mine(1).await.unwrap();
    let texts = [
        "1e2",
        "100.0000001",
        "-5",
        "-100",
        "+100",
        "NaN",
        "Infinity",
        "１００",
        "０５",
        "0x64",
        "100,00",
        " 100",
        "100 ",
        "",
    ];
    let huge = format!("1{}", "0".repeat(40));
    let out_of_bounds = ["4.999999", "10000.000001", "0", &huge];
    let amounts = texts.iter().chain(&out_of_bounds).map(|text| json!(text));
    for amount in amounts.chain([Value::Null, json!(true), json!([100]), json!({}), json!(-100)]) {
        confirm(&chain, &agent, &hash, amount.clone()).await.expect_fields(&["amount_usdc"]);
    }
    has(&chain, &agent, "0.00").await;
    for amount in [json!("100"), json!(100), json!("100.000000"), json!(100.0)] {
        confirm(&chain, &agent, &hash, amount).await.expect(200);
    }
    has(&chain, &agent, "100.00").await;
    assert_eq!(listed(&chain, &agent).await, 1);
    chain.audit().await;
}

#[tokio::test]
async fn ch12_what_is_out_of_bounds_is_held_until_staff_let_it_go() {
    for (micros, dollars, reason) in [
        (4_990_000, "4.99", "below_minimum"),
        (4_999_999, "4.999999", "below_minimum"),
        (1, "0.000001", "below_minimum"),
        (10_000_010_000, "10000.01", "above_maximum"),
        (10_000_000_001, "10000.000001", "above_maximum"),
    ] {
        let chain = OnChain::new().await;
        let agent = chain.agent("0").await;
        chain.pay(&agent, micros).await;
        chain.finalize().await;
        chain.settle().await;

        let list = chain.get(chain.staff(), "/admin/suspense").await.expect(200);
        let held = &list["data"][0];
        assert_eq!(list["pagination"]["total"], 1, "{}", list.text);
        assert_eq!((held["reason"].as_str(), held["status"].as_str()), (Some(reason), Some("suspended")));
        assert_eq!((held["agent_id"].as_str(), &held["senders"]), (Some(&*agent.id), &json!([onchain(CUSTOMER)])));
        let balance = chain.get(&agent, "/agents/balance").await.expect(200);
        assert_eq!(
            (balance.amount("suspended_balance"), balance.amount("deposit_balance")),
            (dollars.into(), "0.00".into())
        );
        assert_eq!(listed(&chain, &agent).await, 0);
        chain.audit().await;

        let path = format!("/admin/suspense/{}/release", held["transaction_id"].as_str().unwrap());
        let released = chain.post(chain.staff(), &path, json!({})).await.expect(200);
        assert_eq!(released.text_of("status"), "completed");
        let replayed = chain.post(chain.staff(), &path, json!({})).await.expect(200);
        assert_eq!((&replayed.text, replayed.header("idempotent-replayed")), (&released.text, Some("true")));
        has(&chain, &agent, dollars).await;
        let balance = chain.get(&agent, "/agents/balance").await.expect(200);
        assert_eq!(balance.json.get("suspended_balance"), None, "{}", balance.text);
        assert_eq!((in_suspense(&chain).await, listed(&chain, &agent).await), (vec![], 1));
        // Nobody finds it once more.
        chain.settle().await;
        has(&chain, &agent, dollars).await;
        chain.audit().await;
    }
}

#[tokio::test]
async fn ch12_only_staff_see_and_release_and_only_what_is_held() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 4_990_000).await;
    make_safe(&chain).await;
    let list = chain.get(chain.staff(), "/admin/suspense").await.expect(200);
    let path = format!("/admin/suspense/{}/release", list["data"][0]["transaction_id"].as_str().unwrap());
    chain.post(&agent, &path, json!({})).await.expect_error(403, "admin_key_required");
    chain.get(&agent, "/admin/suspense").await.expect_error(403, "admin_key_required");
    let nothing = format!("/admin/suspense/{}/release", TransactionId::from_bytes([9; 16]));
    chain.post(chain.staff(), &nothing, json!({})).await.expect_error(404, "not_found");
    let credited = chain.pay(&agent, 100_000_000).await;
    make_safe(&chain).await;
    let credited = chain.claim(&agent, credited, "100").await.expect(200).text_of("transaction_id");
    chain
        .post(chain.staff(), &format!("/admin/suspense/{credited}/release"), json!({}))
        .await
        .expect_error(404, "not_found");
    // Its owner is told the amount, which it can't claim.
    chain.claim(&agent, hash, "5").await.expect_error(400, "amount_mismatch");
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

/// As addresses are kept.
fn onchain(address: chain::Address) -> String {
    address.to_string().to_lowercase()
}
