//! A payout arrives: once, whoever sends it and however often, with as many workers as there are (PO-1, PO-3).

use super::{
    HASTE_WEI, agent_id, arrivals, by_hand, carrying, depositor, expect, operator_id, stored, submit, withdraw,
};
use anvil::accounts::ADDRESSES;
use domain::PayoutId;
use domain::money::payout::PayoutStatus;
use futures::future::join_all;
use harness::on_chain::{TREASURY, WALLET};
use harness::{Api, OnChain};
use serde_json::Value;

#[tokio::test]
async fn po01_a_payout_arrives_once_and_shows_each_step() {
    let chain = OnChain::new().await;
    let operator = chain.earner(2).await;
    let before = chain.tokens(TREASURY).await;
    let asked = chain.pay_out(&operator, "50").await.expect(202);
    assert_eq!(asked.text_of("status"), "reserved");
    chain.play_out().await;
    let id = asked.text_of("payout_id");
    let shown = chain.get(&operator, &format!("/operator/payout/status/{id}")).await.expect(200);
    assert_eq!(shown.text_of("status"), "completed", "{}", shown.text);
    let payout = stored(&chain, &operator_id(&operator), PayoutId::parse(&id).unwrap()).await;
    let steps: Vec<String> = payout.steps.iter().map(|(status, _)| status.to_string()).collect();
    assert_eq!(steps, ["reserved", "signed", "broadcast", "confirmed", "completed"]);
    assert_eq!(chain.tokens(WALLET).await, 50_000_000);
    assert_eq!(before - chain.tokens(TREASURY).await, 50_000_000);

    let hash = payout.attempts[0].tx_hash.parse().unwrap();
    let used = chain.rpc().mined(hash).await.unwrap().gas_used;
    let sent: Value = chain.rpc().call("eth_getTransactionByHash", [hash]).await.unwrap();
    let limit = u64::from_str_radix(&sent["gas"].as_str().unwrap()[2..], 16).unwrap();
    assert!(limit > used * 12 / 10, "{limit}, of which {used} were used: a real proxy needs more than is estimated");
    chain.audit().await;
}

/// Two strangers take what we signed from the transactions that wait, and outbid us.
#[tokio::test]
async fn po01_one_authorization_sent_twenty_times_in_one_block_pays_once_although_ours_reverts() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let payee = agent_id(&agent);
    let id = withdraw(&chain, &agent, "25").await;
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let sent = stored(&chain, &payee, id).await;
    expect(&sent, PayoutStatus::Broadcast);

    let data = carrying(&chain, &sent);
    let mut hashes = Vec::new();
    for nth in 0..20 {
        let from = ADDRESSES[3 + nth % 2];
        hashes.push(submit(chain.rpc(), from, (chain.token.address, &data), HASTE_WEI).await);
    }
    let ours = sent.attempts[0].tx_hash.parse().unwrap();
    hashes.push(ours);
    chain.rpc().mine(1).await.unwrap();

    let mut blocks = Vec::new();
    let mut succeeded = Vec::new();
    for hash in hashes {
        let receipt = chain.rpc().mined(hash).await.unwrap();
        blocks.extend(receipt.block_number);
        succeeded.extend(receipt.status().then_some(hash));
    }
    assert_eq!(blocks, vec![blocks[0]; 21], "all are in one block");
    assert_eq!(succeeded.len(), 1, "one of 21 is executed");
    assert_ne!(succeeded[0], ours, "and it is not ours");
    chain.rpc().set_automine(true).await.unwrap();
    chain.play_out().await;

    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Completed);
    assert_eq!(payout.settled.unwrap().tx_hash, succeeded[0].to_string(), "what is shown is what paid");
    assert_eq!(arrivals(&chain, WALLET).await, [25_000_000]);
    chain.assert_balances(&agent, "deposit 75.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn po01_who_executes_it_before_we_have_sent_anything_has_paid_for_us() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let payee = agent_id(&agent);
    let id = withdraw(&chain, &agent, "25").await;
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let sent = stored(&chain, &payee, id).await;
    // What waits is lost, but somebody has seen it.
    assert!(chain.rpc().drop_transaction(sent.attempts[0].tx_hash.parse().unwrap()).await.unwrap());
    let theirs = submit(chain.rpc(), ADDRESSES[3], (chain.token.address, &carrying(&chain, &sent)), HASTE_WEI).await;
    chain.rpc().set_automine(true).await.unwrap();
    chain.rpc().mine(1).await.unwrap();
    chain.play_out().await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Completed);
    assert_eq!((payout.settled.unwrap().tx_hash, payout.attempts.len()), (theirs.to_string(), 1));
    assert_eq!(arrivals(&chain, WALLET).await, [25_000_000]);
    chain.audit().await;
}

const PAYOUTS: usize = 12;
const WORKERS: usize = 32;

#[tokio::test(flavor = "multi_thread")]
async fn po03_thirty_two_workers_leave_no_gap_among_the_relayer_s_nonces_and_give_none_out_twice() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 500).await;
    let payee = agent_id(&agent);
    let mut ids = Vec::new();
    for _ in 0..PAYOUTS {
        ids.push(withdraw(&chain, &agent, "10").await);
    }
    // Nothing is mined meanwhile: the chain's own count helps nobody.
    chain.rpc().set_automine(false).await.unwrap();

    let (workers, ids, payee) = ((0..WORKERS).map(|_| by_hand(&chain)).collect::<Vec<_>>(), &ids, &payee);
    let work = workers.iter().zip(0..).map(async |(worker, first)| {
        for nth in 0..PAYOUTS {
            // Who fails among so many is one whose work another does.
            let _ = worker.pay(payee, ids[(first + nth) % PAYOUTS]).await;
        }
    });
    join_all(work).await;

    let mut nonces = Vec::new();
    for id in ids {
        let payout = stored(&chain, payee, *id).await;
        expect(&payout, PayoutStatus::Broadcast);
        nonces.extend(payout.attempts.iter().map(|attempt| attempt.relayer_nonce));
    }
    nonces.sort_unstable();
    let expected: Vec<u64> = (0..PAYOUTS as u64).collect();
    assert_eq!(nonces, expected);
    chain.rpc().set_automine(true).await.unwrap();
    chain.rpc().mine(1).await.unwrap();
    chain.play_out().await;
    for id in ids {
        expect(&stored(&chain, payee, *id).await, PayoutStatus::Completed);
    }
    assert_eq!(arrivals(&chain, WALLET).await, [10_000_000; PAYOUTS]);
    chain.audit().await;
}
