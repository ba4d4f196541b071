//! An authorization is good for a day. Afterwards the money goes back, as soon as that is final, and not before (PO-8).

use super::{agent_id, arrivals, carrying, depositor, expect, stored, submit, withdraw};
use anvil::accounts::ADDRESSES;
use domain::money::payout::{Failure, PayoutStatus};
use harness::OnChain;
use harness::on_chain::WALLET;

/// The next block has this time.
async fn until(chain: &OnChain, unix_s: i64) {
    chain.rpc().set_next_timestamp(unix_s.try_into().unwrap()).await.unwrap();
}

#[tokio::test]
async fn po08_what_was_not_executed_in_time_is_given_back_when_that_is_final_and_not_before() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let sent = stored(&chain, &payee, id).await;
    let hash = sent.attempts[0].tx_hash.parse().unwrap();
    assert!(chain.rpc().drop_transaction(hash).await.unwrap());
    // Nothing of ours waits at the node, and the first block is too late for it.
    let valid_before_s = sent.authorized.as_ref().unwrap().valid_before_s;
    until(&chain, valid_before_s).await;
    // It is the latest, then the safe one.
    for _ in 0..2 {
        chain.rpc().mine(1).await.unwrap();
        chain.advance(61).await;
        expect(&stored(&chain, &payee, id).await, PayoutStatus::Broadcast);
        chain.assert_balances(&agent, "deposit 75.00 escrow 0.00 revenue 0.00").await;
    }
    chain.rpc().mine(1).await.unwrap();
    chain.advance(61).await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Failed);
    assert_eq!(payout.failure, Some(Failure::Expired));
    chain.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;

    // Whoever has kept it can send it as often as they like.
    let data = carrying(&chain, &payout);
    let late = submit(chain.rpc(), ADDRESSES[3], (chain.token.address, &data), super::HASTE_WEI).await;
    chain.rpc().set_automine(true).await.unwrap();
    chain.rpc().mine(1).await.unwrap();
    assert!(!chain.rpc().mined(late).await.unwrap().status(), "it reverts");
    chain.play_out().await;
    assert_eq!(stored(&chain, &payee, id).await, payout);
    assert_eq!(arrivals(&chain, WALLET).await, [0; 0]);
    chain.audit().await;
}

#[tokio::test]
async fn po08_what_waits_at_the_node_until_it_is_too_late_reverts_and_the_money_is_back_once() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let sent = stored(&chain, &payee, id).await;
    until(&chain, sent.authorized.as_ref().unwrap().valid_before_s).await;
    chain.rpc().mine(1).await.unwrap();
    let hash = sent.attempts[0].tx_hash.parse().unwrap();
    assert!(!chain.rpc().mined(hash).await.unwrap().status(), "it reverts in the first block that is too late");
    chain.rpc().set_automine(true).await.unwrap();
    chain.play_out().await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Failed);
    assert_eq!(payout.failure, Some(Failure::Expired));
    assert_eq!(arrivals(&chain, WALLET).await, [0; 0]);
    chain.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn po08_what_is_executed_in_the_last_second_is_paid_and_not_given_back() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let valid_before_s = stored(&chain, &payee, id).await.authorized.unwrap().valid_before_s;
    until(&chain, valid_before_s - 1).await;
    // The blocks after it are too late, and final as soon as this one is.
    chain.rpc().mine(1).await.unwrap();
    chain.rpc().set_automine(true).await.unwrap();
    chain.play_out().await;
    expect(&stored(&chain, &payee, id).await, PayoutStatus::Completed);
    assert_eq!(arrivals(&chain, WALLET).await, [25_000_000]);
    chain.assert_balances(&agent, "deposit 75.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}
