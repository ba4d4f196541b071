//! The chain forgets what it had shown: the payout goes back on its way, and arrives once (PO-6).

use super::{HASTE_WEI, agent_id, arrivals, carrying, depositor, expect, stored, submit, withdraw};
use anvil::accounts::ADDRESSES;
use domain::PayoutId;
use domain::money::payout::{Payee, PayoutStatus};
use harness::OnChain;
use harness::on_chain::WALLET;

/// A payout of $25 in a block that is safe and not final.
async fn confirmed(chain: &OnChain) -> (Payee, PayoutId) {
    let agent = depositor(chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(chain, &agent, "25").await);
    chain.settle().await;
    expect(&stored(chain, &payee, id).await, PayoutStatus::Broadcast);
    chain.rpc().mine(1).await.unwrap();
    chain.advance(11).await;
    expect(&stored(chain, &payee, id).await, PayoutStatus::Confirmed);
    assert_eq!(arrivals(chain, WALLET).await, [25_000_000]);
    (payee, id)
}

async fn arrives(chain: &OnChain, payee: &Payee, id: PayoutId) {
    chain.play_out().await;
    let payout = stored(chain, payee, id).await;
    expect(&payout, PayoutStatus::Completed);
    let back = payout.steps.iter().filter(|(status, _)| *status == PayoutStatus::Confirmed).count();
    assert_eq!(back, 2, "it was confirmed twice: {payout:?}");
    assert_eq!(arrivals(chain, WALLET).await, [25_000_000]);
    assert_eq!(chain.tokens(WALLET).await, 25_000_000);
    chain.audit().await;
}

#[tokio::test]
async fn po06_what_was_confirmed_and_is_forgotten_is_sent_again_and_arrives_once() {
    let chain = OnChain::new().await;
    let (payee, id) = confirmed(&chain).await;
    chain.rpc().set_automine(false).await.unwrap();
    chain.rpc().reorg(2).await.unwrap();
    assert_eq!(arrivals(&chain, WALLET).await, [0; 0]);
    chain.advance(61).await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Broadcast);
    assert_eq!(payout.settled, None);
    chain.rpc().set_automine(true).await.unwrap();
    chain.rpc().mine(1).await.unwrap();
    arrives(&chain, &payee, id).await;
}

#[tokio::test]
async fn po06_what_somebody_else_sends_after_it_was_forgotten_counts_as_well() {
    let chain = OnChain::new().await;
    let (payee, id) = confirmed(&chain).await;
    let data = carrying(&chain, &stored(&chain, &payee, id).await);
    chain.rpc().reorg(2).await.unwrap();
    submit(chain.rpc(), ADDRESSES[3], (chain.token.address, &data), HASTE_WEI).await;
    arrives(&chain, &payee, id).await;
}

/// The chain is shorter than it was when the payout was signed, and it is executed below that.
#[tokio::test]
async fn po06_what_is_executed_in_an_earlier_block_than_it_was_signed_at_is_found() {
    let chain = OnChain::new().await;
    let (payee, id) = confirmed(&chain).await;
    let data = carrying(&chain, &stored(&chain, &payee, id).await);
    chain.rpc().rollback(4).await.unwrap();
    submit(chain.rpc(), ADDRESSES[3], (chain.token.address, &data), HASTE_WEI).await;
    arrives(&chain, &payee, id).await;
}

#[tokio::test]
async fn po06_what_is_final_is_never_taken_back() {
    let chain = OnChain::new().await;
    let (payee, id) = confirmed(&chain).await;
    chain.finalize().await;
    chain.advance(61).await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Completed);
    chain.play_out().await;
    assert_eq!(stored(&chain, &payee, id).await, payout);
    assert_eq!(arrivals(&chain, WALLET).await, [25_000_000]);
    chain.audit().await;
}
