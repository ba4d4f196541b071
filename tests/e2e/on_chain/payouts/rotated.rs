//! Treasury and relayer are replaced while payouts are on their way. What the old ones signed and sent stays good for one
//! payment, what is signed from then on is of the new ones, and what is moved from one to the other is still ours.

use super::{agent_id, arrivals, depositor, expect, key_of, stored, with_keys_of, withdraw};
use anvil::accounts::ADDRESSES;
use chain::{B256, Bytes};
use domain::money::payout::{Failure, Payee, PayoutStatus};
use domain::{OperatorId, PayoutId};
use harness::on_chain::{RELAYER, TREASURY, WALLET};
use harness::{Api, DAY_S, OnChain};
use humanops::system::Rig;
use serde_json::json;

/// The accounts of anvil that paid before, and those that pay by now.
const BEFORE: [usize; 2] = [1, 2];
const NOW: [usize; 2] = [8, 9];

/// A system with new keys, which knows the addresses of the old ones.
async fn rotated() -> OnChain {
    let change = |options: &mut humanops::Options| {
        [options.treasury_key, options.relayer_key] = NOW.map(|nth| Some(key_of(nth)));
        options.former_accounts = [TREASURY, RELAYER].map(|it| it.to_string()).to_vec();
    };
    OnChain::with(change, Rig::default()).await
}

#[tokio::test]
async fn what_the_old_relayer_could_not_get_into_a_block_the_new_one_sends_and_one_of_the_two_pays() {
    let chain = rotated().await;
    let agent = depositor(&chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
    chain.rpc().set_automine(false).await.unwrap();
    with_keys_of(&chain, BEFORE).pay(&payee, id).await.unwrap();
    let first = stored(&chain, &payee, id).await;
    expect(&first, PayoutStatus::Broadcast);
    // The node has forgotten it: while it waits there, it is awaited.
    let hash: B256 = first.attempts[0].tx_hash.parse().unwrap();
    let raw: Bytes = chain.rpc().call("eth_getRawTransactionByHash", [hash]).await.unwrap();
    chain.advance(11).await;
    assert_eq!(stored(&chain, &payee, id).await.attempts.len(), 1);
    assert!(chain.rpc().drop_transaction(hash).await.unwrap());
    chain.advance(11).await;
    let sent = stored(&chain, &payee, id).await;
    assert_eq!(sent.attempts.len(), 2, "{sent:?}");
    assert_ne!(sent.attempts[0].relayer, sent.attempts[1].relayer);

    let _: B256 = chain.rpc().call("eth_sendRawTransaction", [raw]).await.unwrap();
    chain.rpc().set_automine(true).await.unwrap();
    chain.rpc().mine(1).await.unwrap();
    let mut paid = 0;
    for attempt in &sent.attempts {
        let receipt = chain.rpc().mined(attempt.tx_hash.parse().unwrap()).await.unwrap();
        paid += usize::from(receipt.status());
    }
    assert_eq!(paid, 1, "both are in a block, and the token executed one");
    chain.play_out().await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Completed);
    assert_eq!((payout.attempts, arrivals(&chain, WALLET).await), (sent.attempts, vec![25_000_000]));
    chain.audit().await;
}

#[tokio::test]
async fn what_the_old_treasury_signed_and_can_pay_no_more_goes_back_when_its_time_is_over() {
    let chain = rotated().await;
    let agent = depositor(&chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
    chain.rpc().set_automine(false).await.unwrap();
    with_keys_of(&chain, BEFORE).pay(&payee, id).await.unwrap();
    let sent = stored(&chain, &payee, id).await;
    assert!(chain.rpc().drop_transaction(sent.attempts[0].tx_hash.parse().unwrap()).await.unwrap());
    chain.rpc().set_automine(true).await.unwrap();
    // All that it has, to the new one.
    let all = chain.tokens(TREASURY).await;
    chain.token.transfer(chain.rpc(), TREASURY, ADDRESSES[8], all).await.unwrap();
    chain.play_out().await;
    expect(&stored(&chain, &payee, id).await, PayoutStatus::Broadcast);
    chain.audit().await;

    let later = withdraw(&chain, &agent, "10").await;
    chain.settle().await;
    chain.rpc().increase_time(DAY_S.into()).await.unwrap();
    chain.play_out().await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Failed);
    assert_eq!(payout.failure, Some(Failure::Expired));
    expect(&stored(&chain, &payee, later).await, PayoutStatus::Completed);
    assert_eq!(arrivals(&chain, WALLET).await, [0; 0], "nothing is paid from the old one");
    assert_eq!((chain.tokens(WALLET).await, chain.tokens(ADDRESSES[8]).await), (10_000_000, all - 10_000_000));
    chain.assert_balances(&agent, "deposit 90.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn nothing_is_paid_to_an_account_of_before() {
    let chain = rotated().await;
    let operator = chain.earner(1).await;
    let body = json!({ "amount_usd": "25", "wallet_address": TREASURY.to_string() });
    chain.post(&operator, "/operator/payout", body).await.expect_fields(&["wallet_address"]);
    chain.audit().await;
}

#[tokio::test]
async fn what_was_asked_for_to_an_address_that_has_become_ours_is_given_back() {
    let chain = OnChain::new().await;
    let operator = chain.earner(1).await;
    let body = json!({ "amount_usd": "25", "wallet_address": ADDRESSES[9].to_string() });
    let asked = chain.post(&operator, "/operator/payout", body).await.expect(202);
    let id = PayoutId::parse(&asked.text_of("payout_id")).unwrap();
    let payee = Payee::Operator(OperatorId::parse(&operator.0).unwrap());
    with_keys_of(&chain, [1, 9]).pay(&payee, id).await.unwrap();
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Failed);
    assert_eq!((payout.failure, payout.authorized), (Some(Failure::AddressRefused), None));
    chain.audit().await;
}
