//! Money on a chain as a stack moves it: blocks that are looked at by schedule, and payouts by queue, signed with a key that
//! is in KMS and sent with one that is in a secret.

use harness::deployed::Deployed;
use harness::on_chain::{CUSTOMER, WALLET};
use harness::{Agent, Api, Caller, Reply};
use serde_json::json;

const DOLLAR: u64 = 1_000_000;

/// An agent that has sent so much to its own address, and says nothing of it.
async fn payer(stack: &Deployed, dollars: u64) -> Agent {
    let agent = stack.agent("0").await;
    let shown = stack.get(&agent, "/agents/deposit-address").await.expect(200);
    let address = shown.text_of("address").parse().unwrap();
    let (node, token) = stack.chain();
    token.mint(&node, CUSTOMER, dollars * DOLLAR).await.unwrap();
    token.transfer(&node, CUSTOMER, address, dollars * DOLLAR).await.unwrap();
    agent
}

async fn say_address(stack: &Deployed, agent: &Agent) -> Reply {
    let body = Some(json!({ "address": WALLET.to_string() }).to_string());
    let key = [("x-api-key", agent.key.as_str()), ("content-type", "application/json")];
    stack.send("PUT", "/agents/withdrawal-address", &key, body).await.expect(200)
}

async fn until_balance(stack: &Deployed, agent: &Agent, dollars: &str) {
    let credited = async || {
        let balance = stack.get(agent, "/agents/balance").await.expect(200);
        (balance.amount("deposit_balance") == dollars).then_some(())
    };
    stack.until("a deposit in the balance", credited).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_that_nobody_claims_is_credited_by_the_schedule() {
    let stack = Deployed::open_on_chain().await;
    let agent = payer(&stack, 100).await;
    until_balance(&stack, &agent, "100.00").await;
    let listed = stack.get(&agent, "/agents/deposits").await.expect(200);
    assert_eq!(listed["pagination"]["total"], 1, "{}", listed.text);
    stack.audit(&stack.admin_key).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_arrives_on_the_chain_with_the_treasurys_key_in_kms() {
    let stack = Deployed::open_on_chain().await;
    let agent = payer(&stack, 100).await;
    until_balance(&stack, &agent, "100.00").await;
    say_address(&stack, &agent).await;
    stack.let_address_count(&agent.id).await;
    let (node, token) = stack.chain();
    let before = token.balance_of(&node, WALLET).await.unwrap();

    let asked = stack.post(&agent, "/agents/withdrawals", json!({ "amount_usd": 40 })).await.expect(202);
    assert_eq!(asked.text_of("status"), "reserved", "{}", asked.text);
    let path = format!("/agents/withdrawals/{}", asked.text_of("withdrawal_id"));
    let completed = async || {
        let shown = stack.get(&agent, &path).await.expect(200);
        (shown["status"] == "completed").then_some(shown)
    };
    let shown = stack.until("a withdrawal that is completed", completed).await;

    let steps = shown["steps"].as_array().unwrap().iter().map(|step| step["status"].as_str().unwrap());
    assert_eq!(steps.collect::<Vec<_>>(), ["reserved", "signed", "broadcast", "confirmed", "completed"]);
    assert_eq!(token.balance_of(&node, WALLET).await.unwrap() - before, 40 * DOLLAR);
    stack.assert_balance(&agent, "deposit 60.00 escrow 0.00").await;
    stack.audit(&stack.admin_key).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_was_just_said_waits_and_staff_see_what_is_in_suspense() {
    let stack = Deployed::open_on_chain().await;
    let agent = stack.agent("0").await;
    let said = say_address(&stack, &agent).await;
    assert_eq!(said["usable_now"], serde_json::Value::Null, "{}", said.text);
    let refused = stack.post(&agent, "/agents/withdrawals", json!({ "amount_usd": 40 })).await;
    refused.expect_error(409, "no_withdrawal_address");
    let listed = stack.get(Caller::Admin(&stack.admin_key), "/admin/suspense").await.expect(200);
    assert!(listed["data"].is_array(), "{}", listed.text);
}
