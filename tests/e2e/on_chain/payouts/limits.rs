//! Many requests, and more than a cap allows: one of them counts, or each in its time (PO-12, PO-13, PO-17).

use super::{agent_id, arrivals, by_hand, depositor, expect, operator_id, stored, withdraw};
use domain::PayoutId;
use domain::Usd;
use domain::limits::{PAID_AN_HOUR_MAX, PAID_TO_ONE_A_DAY_MAX};
use domain::money::payout::PayoutStatus;
use futures::future::join_all;
use harness::on_chain::WALLET;
use harness::{Api, DAY_S, HOUR_S, OnChain};
use payouts::{Caps, Payouts};
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn po12_fifty_clicks_with_one_key_are_one_payout() {
    let chain = OnChain::new().await;
    let operator = chain.earner(2).await;
    let body = json!({ "amount_usd": 50, "wallet_address": WALLET.to_string() });
    let click = || {
        let headers = [("idempotency-key", "one")];
        let (chain, operator, body) = (&chain, &operator, body.clone());
        async move { chain.request(operator, "POST", "/operator/payout", &headers, Some(body)).await }
    };
    let replies = join_all((0..50).map(|_| click())).await;
    let ids: BTreeSet<String> = replies.iter().map(|reply| reply.text_of("payout_id")).collect();
    assert!(replies.iter().all(|reply| reply.status == 202 && reply.text == replies[0].text));
    assert_eq!(ids.len(), 1);
    chain.settle().await;
    chain.play_out().await;
    // And one that comes much later.
    let late = click().await.expect(200);
    assert_eq!((late.text_of("status"), late.header("idempotent-replayed")), ("completed".to_owned(), Some("true")));
    assert_eq!(arrivals(&chain, WALLET).await, [50_000_000]);
    chain.assert_earnings(&operator, "pending 0.00 available 0.00 total 50.00").await;
    chain.audit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn po13_of_sixty_four_requests_for_the_whole_balance_one_wins() {
    let chain = OnChain::new().await;
    let operator = chain.earner(2).await;
    let replies = join_all((0..64).map(|_| chain.pay_out(&operator, "50"))).await;
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 202);
    assert_eq!((won.len(), lost.len()), (1, 63));
    for reply in lost {
        reply.expect_error(402, "insufficient_available_balance");
    }
    chain.settle().await;
    chain.play_out().await;
    let id = PayoutId::parse(&won[0].text_of("payout_id")).unwrap();
    expect(&stored(&chain, &operator_id(&operator), id).await, PayoutStatus::Completed);
    assert_eq!(arrivals(&chain, WALLET).await, [50_000_000]);
    chain.audit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn po13_of_sixty_four_withdrawals_of_the_whole_deposit_one_wins() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 50).await;
    let ask = |_| chain.post(&agent, "/agents/withdrawals", json!({ "amount_usd": "50" }));
    let replies = join_all((0..64).map(ask)).await;
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 202);
    assert_eq!((won.len(), lost.len()), (1, 63));
    for reply in lost {
        reply.expect_error(402, "insufficient_balance");
    }
    chain.settle().await;
    chain.play_out().await;
    assert_eq!(arrivals(&chain, WALLET).await, [50_000_000]);
    chain.assert_balances(&agent, "deposit 0.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn po17_what_an_hour_or_a_day_has_no_room_for_waits_for_the_next() {
    let chain = OnChain::new().await;
    let (one, other) = (depositor(&chain, 100).await, depositor(&chain, 100).await);
    let caps = Caps { payee_day: Usd::dollars(25), hour: Usd::dollars(30) };
    let worker = Payouts { caps, ..by_hand(&chain) };
    let mut asked = Vec::new();
    for agent in [&one, &one, &one, &other, &other] {
        asked.push((agent_id(agent), withdraw(&chain, agent, "10").await));
    }
    let signed = async |expected: [bool; 5]| {
        for (payee, id) in &asked {
            worker.pay(payee, *id).await.unwrap();
        }
        for ((payee, id), signed) in asked.iter().zip(expected) {
            assert_eq!(stored(&chain, payee, *id).await.authorized.is_some(), signed, "{asked:?} {expected:?}");
        }
    };
    // The third is too much for the day of one; the fifth for the hour of all.
    signed([true, true, false, true, false]).await;
    chain.pass(HOUR_S - 1);
    signed([true, true, false, true, false]).await;
    chain.pass(1);
    signed([true, true, false, true, true]).await;
    chain.pass(11 * HOUR_S - 1);
    signed([true, true, false, true, true]).await;
    chain.pass(1);
    signed([true; 5]).await;

    chain.settle().await;
    chain.play_out().await;
    assert_eq!(arrivals(&chain, WALLET).await, [10_000_000; 5]);
    chain.audit().await;
}

#[tokio::test]
async fn po17_one_payee_gets_no_more_than_twenty_five_thousand_dollars_a_day() {
    let caps = Caps::default();
    assert_eq!((caps.payee_day, caps.hour), (PAID_TO_ONE_A_DAY_MAX, PAID_AN_HOUR_MAX));
    assert_eq!((PAID_TO_ONE_A_DAY_MAX, PAID_AN_HOUR_MAX), (Usd::dollars(25_000), Usd::dollars(100_000)));
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 10_000).await;
    for _ in 0..2 {
        chain.pay(&agent, 10_000_000_000).await;
    }
    chain.finalize().await;
    chain.settle().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(withdraw(&chain, &agent, "10000").await);
        chain.settle().await;
    }
    chain.play_out().await;
    expect(&stored(&chain, &agent_id(&agent), ids[2]).await, PayoutStatus::Reserved);
    assert_eq!(arrivals(&chain, WALLET).await, [10_000_000_000; 2]);
    chain.audit().await;
    chain.advance(DAY_S).await;
    chain.play_out().await;
    expect(&stored(&chain, &agent_id(&agent), ids[2]).await, PayoutStatus::Completed);
    assert_eq!(arrivals(&chain, WALLET).await, [10_000_000_000; 3]);
    chain.audit().await;
}
