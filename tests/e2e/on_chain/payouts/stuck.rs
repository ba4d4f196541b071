//! A transaction that gets into no block: it is offered more, or sent again as it was, and pays once (PO-4, PO-5).

use super::{HASTE_WEI, agent_id, arrivals, carrying, depositor, expect, stored, submit, withdraw};
use alloy::primitives::U256;
use anvil::accounts::ADDRESSES;
use chain::B256;
use domain::PayoutId;
use domain::money::payout::{Payee, Payout, PayoutStatus};
use harness::OnChain;
use harness::on_chain::WALLET;

/// A payout of $25 whose transaction waits, because nobody mines.
async fn waiting(chain: &OnChain) -> (Payee, PayoutId, Payout) {
    let agent = depositor(chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(chain, &agent, "25").await);
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let payout = stored(chain, &payee, id).await;
    expect(&payout, PayoutStatus::Broadcast);
    (payee, id, payout)
}

/// Mines again, and looks whether $25 arrived once.
async fn arrives(chain: &OnChain, payee: &Payee, id: PayoutId) -> Payout {
    chain.rpc().set_automine(true).await.unwrap();
    chain.play_out().await;
    let payout = stored(chain, payee, id).await;
    expect(&payout, PayoutStatus::Completed);
    assert_eq!(arrivals(chain, WALLET).await, [25_000_000]);
    chain.audit().await;
    payout
}

fn hash(text: &str) -> B256 {
    text.parse().unwrap()
}

#[tokio::test]
async fn po04_what_offers_too_little_is_replaced_by_what_offers_more_and_one_of_them_pays() {
    let chain = OnChain::new().await;
    let (payee, id, _) = waiting(&chain).await;
    for _ in 0..2 {
        let waits = stored(&chain, &payee, id).await.attempts.pop().unwrap();
        let base_fee = U256::from(waits.fee_max * 2);
        chain.rpc().call::<()>("anvil_setNextBlockBaseFeePerGas", [base_fee]).await.unwrap();
        chain.rpc().mine(1).await.unwrap();
        assert!(chain.rpc().receipt(hash(&waits.tx_hash)).await.unwrap().is_none(), "it is in no block");
        chain.advance(61).await;
    }
    let raised = stored(&chain, &payee, id).await;
    assert_eq!(raised.attempts.len(), 3);
    for pair in raised.attempts.windows(2) {
        let [before, after] = pair else { panic!("a pair") };
        assert_eq!(before.relayer_nonce, after.relayer_nonce, "it takes the other's place");
        assert!(after.fee_max * 10 >= before.fee_max * 11, "nodes ask for a tenth more: {raised:?}");
        assert!(after.fee_priority * 10 >= before.fee_priority * 11, "of both fees: {raised:?}");
    }
    chain.rpc().mine(1).await.unwrap();
    let payout = arrives(&chain, &payee, id).await;
    assert_eq!(payout.settled.unwrap().tx_hash, raised.attempts[2].tx_hash);
}

#[tokio::test]
async fn po04_what_is_not_looked_at_for_long_is_offered_more_once_and_not_for_each_minute() {
    let chain = OnChain::new().await;
    let (payee, id, _) = waiting(&chain).await;
    chain.advance(3_600).await;
    assert_eq!(stored(&chain, &payee, id).await.attempts.len(), 2);
    chain.rpc().mine(1).await.unwrap();
    arrives(&chain, &payee, id).await;
}

#[tokio::test]
async fn po05_what_the_node_has_forgotten_is_sent_again_as_it_was() {
    let chain = OnChain::new().await;
    let (payee, id, first) = waiting(&chain).await;
    let sent = hash(&first.attempts[0].tx_hash);
    for _ in 0..3 {
        assert!(chain.rpc().drop_transaction(sent).await.unwrap(), "it waits at the node");
        chain.advance(11).await;
    }
    chain.rpc().mine(1).await.unwrap();
    assert!(chain.rpc().receipt(sent).await.unwrap().is_some(), "it is in a block");
    let payout = arrives(&chain, &payee, id).await;
    assert_eq!(payout.attempts, first.attempts, "nothing else was sent");
}

/// The first of three is lost, and paid by somebody else; the others wait behind its nonce.
#[tokio::test]
async fn po05_a_gap_that_a_closed_payout_left_among_the_nonces_is_filled() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let payee = agent_id(&agent);
    chain.rpc().set_automine(false).await.unwrap();
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(withdraw(&chain, &agent, "10").await);
        chain.settle().await;
    }
    let first = stored(&chain, &payee, ids[0]).await;
    let data = carrying(&chain, &first);
    let mut sent = Vec::new();
    for id in &ids {
        sent.push(hash(&stored(&chain, &payee, *id).await.attempts[0].tx_hash));
    }
    // The node forgets with it those that wait behind it.
    assert!(chain.rpc().drop_transaction(sent[0]).await.unwrap());
    for later in &sent[1..] {
        chain.rpc().drop_transaction(*later).await.unwrap();
    }
    submit(chain.rpc(), ADDRESSES[3], (chain.token.address, &data), HASTE_WEI).await;
    // It is known to be paid before anybody looks at what it left behind.
    for _ in 0..4 {
        chain.rpc().mine(1).await.unwrap();
        chain.advance(3).await;
    }
    expect(&stored(&chain, &payee, ids[0]).await, PayoutStatus::Completed);
    chain.rpc().set_automine(true).await.unwrap();
    chain.play_out().await;
    for id in ids {
        expect(&stored(&chain, &payee, id).await, PayoutStatus::Completed);
    }
    assert_eq!(arrivals(&chain, WALLET).await, [10_000_000; 3]);
    chain.audit().await;
}
