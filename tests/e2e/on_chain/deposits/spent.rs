//! A deposit is taken back that was spent meanwhile: the agent owes it, and begins nothing more, until it is there again.

use super::{again, has, make_safe, raw, told};
use anvil::accounts::ADDRESSES;
use chain::Address;
use harness::{Agent, Api, OnChain, Reply};

/// Who pays besides the customer, whose transactions have to keep their numbers.
const OTHER: Address = ADDRESSES[7];

async fn balance(chain: &OnChain, agent: &Agent) -> Reply {
    chain.get(agent, "/agents/balance").await.expect(200)
}

/// Deposit, escrow and debt, if there is one.
async fn stands(chain: &OnChain, agent: &Agent, expected: (&str, &str, Option<&str>)) {
    let reply = balance(chain, agent).await;
    let owed = reply.json.get("owed_usd").is_some().then(|| reply.amount("owed_usd"));
    let (deposit, escrow) = (reply.amount("deposit_balance"), reply.amount("escrow_balance"));
    assert_eq!((&*deposit, &*escrow, owed.as_deref()), expected, "{}", reply.text);
}

#[tokio::test]
async fn ch15_what_was_spent_is_owed_until_the_deposit_is_there_again() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    chain.token.mint(chain.rpc(), OTHER, 40_000_000).await.unwrap();
    let hash = chain.pay(&agent, 100_000_000).await;
    let raw = raw(&chain, hash).await;
    make_safe(&chain).await;
    let task = chain.task(&agent, "25").await;
    stands(&chain, &agent, ("70.50", "29.50", None)).await;

    chain.rpc().reorg(2).await.unwrap();
    chain.settle().await;
    stands(&chain, &agent, ("0.00", "29.50", Some("29.50"))).await;
    assert_eq!(told(&chain, &agent).await, ["deposit.confirmed", "deposit.reversed"]);
    chain.post(&agent, "/tasks", chain.task_body("25")).await.expect_error(402, "insufficient_balance");
    chain.audit().await;

    // What comes in meanwhile does not become a task before the debt is covered.
    let to = chain.address_of(&agent).await;
    chain.token.transfer(chain.rpc(), OTHER, to, 40_000_000).await.unwrap();
    make_safe(&chain).await;
    stands(&chain, &agent, ("40.00", "29.50", Some("29.50"))).await;
    chain.post(&agent, "/tasks", chain.task_body("25")).await.expect_error(402, "insufficient_balance");
    chain.audit().await;

    again(&chain, &raw).await;
    make_safe(&chain).await;
    stands(&chain, &agent, ("110.50", "29.50", None)).await;
    chain.post(&agent, &format!("/tasks/{task}/cancel"), serde_json::json!({})).await.expect(200);
    chain.task(&agent, "25").await;
    chain.finalize().await;
    chain.settle().await;
    stands(&chain, &agent, ("110.50", "29.50", None)).await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_what_was_spent_of_another_deposit_is_not_owed() {
    let chain = OnChain::new().await;
    let agent = chain.funded(100).await;
    chain.pay(&agent, 50_000_000).await;
    make_safe(&chain).await;
    chain.task(&agent, "25").await;
    chain.rpc().reorg(2).await.unwrap();
    chain.settle().await;
    stands(&chain, &agent, ("70.50", "29.50", None)).await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_a_deposit_that_goes_and_comes_again_and_again_leaves_no_debt() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await;
    let raw = raw(&chain, hash).await;
    make_safe(&chain).await;
    let task = chain.task(&agent, "25").await;
    for _ in 0..3 {
        chain.rpc().reorg(2).await.unwrap();
        chain.settle().await;
        stands(&chain, &agent, ("0.00", "29.50", Some("29.50"))).await;
        again(&chain, &raw).await;
        make_safe(&chain).await;
        stands(&chain, &agent, ("70.50", "29.50", None)).await;
    }
    chain.post(&agent, &format!("/tasks/{task}/cancel"), serde_json::json!({})).await.expect(200);
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}
