//! An agent takes its own money back: what it has not spent, to an address that was named 48 hours before.

use super::super::{agent_id, arrivals, depositor, expect, stored, withdraw};
use anvil::accounts::ADDRESSES;
use chain::Address;
use domain::PayoutId;
use domain::money::payout::PayoutStatus;
use futures::future::{join, join_all};
use harness::on_chain::WALLET;
use harness::{Agent, Api, Caller, DAY_S, Fault, OnChain, Proxy, Reply, World, clerk};
use humanops::Options;
use humanops::system::Rig;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const OTHER: Address = ADDRESSES[7];

async fn name(chain: &OnChain, agent: &Agent, to: Address) -> Reply {
    let address = json!({ "address": to.to_string() });
    chain.request(agent, "PUT", "/agents/withdrawal-address", &[], Some(address)).await.expect(200)
}

async fn ask(chain: &OnChain, agent: &Agent, dollars: &str) -> Reply {
    chain.post(agent, "/agents/withdrawals", json!({ "amount_usd": dollars })).await
}

/// The events of this kind, oldest first: what each of them tells.
async fn told(chain: &OnChain, agent: &Agent, kind: &str) -> Vec<Value> {
    let events = chain.get(agent, &format!("/events?type={kind}&limit=100")).await.expect(200);
    events["data"].as_array().unwrap().iter().map(|event| event["payload"].clone()).collect()
}

#[tokio::test]
async fn an_address_counts_after_forty_eight_hours_and_the_one_before_until_then() {
    let chain = OnChain::new().await;
    let agent = chain.funded(100).await;
    chain.get(&agent, "/agents/withdrawal-address").await.expect_error(409, "no_withdrawal_address");
    ask(&chain, &agent, "10").await.expect_error(409, "no_withdrawal_address");
    let usable_at = chain.now().plus_seconds(i64::from(2 * DAY_S)).to_string();
    let named = name(&chain, &agent, WALLET).await;
    assert_eq!((named.text_of("usable_at"), &named["usable_now"]), (usable_at.clone(), &Value::Null));
    chain.pass(2 * DAY_S - 1);
    // Said again it waits no longer.
    assert_eq!(name(&chain, &agent, WALLET).await.text_of("usable_at"), usable_at);
    ask(&chain, &agent, "10").await.expect_error(409, "no_withdrawal_address");
    chain.pass(1);
    ask(&chain, &agent, "10").await.expect(202);

    let changed = name(&chain, &agent, OTHER).await;
    assert_eq!(changed.text_of("usable_now"), WALLET.to_string());
    chain.pass(2 * DAY_S - 1);
    assert_eq!(ask(&chain, &agent, "11").await.expect(202).text_of("address"), WALLET.to_string());
    chain.pass(1);
    assert_eq!(ask(&chain, &agent, "12").await.expect(202).text_of("address"), OTHER.to_string());
    chain.settle().await;
    chain.play_out().await;

    let mut first = arrivals(&chain, WALLET).await;
    first.sort_unstable();
    assert_eq!((first, arrivals(&chain, OTHER).await), (vec![10_000_000, 11_000_000], vec![12_000_000]));
    let changes = told(&chain, &agent, "withdrawal_address.changed").await;
    let addresses: Vec<&Value> = changes.iter().map(|told| &told["withdrawal_address"]["address"]).collect();
    assert_eq!(addresses, [&json!(WALLET.to_string()), &json!(OTHER.to_string())], "{changes:?}");
    assert_eq!(changes[0]["withdrawal_address"]["usable_at"], usable_at);
    chain.assert_balances(&agent, "deposit 67.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn only_what_is_not_held_for_tasks_is_taken_back() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    chain.task(&agent, "25").await;
    let short = ask(&chain, &agent, "70.51").await.expect_error(402, "insufficient_balance");
    assert_eq!(short["details"]["shortfall_usd"], "0.01", "{}", short.text);
    ask(&chain, &agent, "9.99").await.expect_fields(&["amount_usd"]);
    ask(&chain, &agent, "70.50").await.expect(202);
    let body = chain.task_body("10");
    chain.post(&agent, "/tasks", body).await.expect_error(402, "insufficient_balance");
    chain.assert_balances(&agent, "deposit 0.00 escrow 29.50 revenue 0.00").await;
    chain.settle().await;
    chain.play_out().await;
    assert_eq!(arrivals(&chain, WALLET).await, [70_500_000]);
    chain.audit().await;
}

/// The chain forgets a deposit that was withdrawn already.
#[tokio::test]
async fn what_is_owed_is_not_taken_back() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    chain.pay(&agent, 60_000_000).await;
    chain.rpc().mine(1).await.unwrap();
    chain.settle().await;
    chain.assert_balances(&agent, "deposit 160.00 escrow 0.00 revenue 0.00").await;
    withdraw(&chain, &agent, "150").await;
    chain.rpc().reorg(2).await.unwrap();
    chain.finalize().await;
    chain.advance(61).await;
    chain.play_out().await;
    // Of 100 that came 150 went: what comes next is owed first.
    chain.pay(&agent, 70_000_000).await;
    chain.finalize().await;
    chain.advance(61).await;
    ask(&chain, &agent, "20.01").await.expect_error(402, "insufficient_balance");
    ask(&chain, &agent, "20").await.expect(202);
    chain.play_out().await;
    let mut arrived = arrivals(&chain, WALLET).await;
    arrived.sort_unstable();
    assert_eq!(arrived, [20_000_000, 150_000_000]);
    chain.audit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_withdraws_once_and_another_request_with_it_is_refused() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let send = async |key: &str, dollars: &str| {
        let (headers, body) = ([("idempotency-key", key)], json!({ "amount_usd": dollars }));
        chain.request(&agent, "POST", "/agents/withdrawals", &headers, Some(body)).await
    };
    // The whole balance, so that whoever is late finds nothing left.
    let replies = join_all((0..50).map(|_| send("one", "100"))).await;
    let ids: BTreeSet<String> = replies.into_iter().map(|it| it.expect(202).text_of("withdrawal_id")).collect();
    assert_eq!(ids.len(), 1);
    send("one", "99").await.expect_error(409, "idempotency_key_reused");
    send("two", "10").await.expect_error(402, "insufficient_balance");
    chain.settle().await;
    chain.play_out().await;
    let late = send("one", "100").await.expect(200);
    assert_eq!((late.text_of("status"), late.header("idempotent-replayed")), ("completed".to_owned(), Some("true")));
    assert_eq!(arrivals(&chain, WALLET).await, [100_000_000]);
    let listed = chain.get(&agent, "/agents/withdrawals").await.expect(200);
    assert_eq!(listed["pagination"]["total"], 1);
    chain.audit().await;
}

/// What the request would make is looked for before its twin commits, the balance after it.
#[tokio::test]
async fn who_reads_between_the_writes_of_a_twin_request_is_answered_like_the_twin() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let agent = world.agent("100").await;
    let address = Some(json!({ "address": WALLET.to_string() }));
    world.request(&agent, "PUT", "/agents/withdrawal-address", &[], address).await.expect(200);
    world.pass(2 * DAY_S);
    let send = async || {
        let (headers, body) = ([("idempotency-key", "one")], json!({ "amount_usd": "100" }));
        world.request(&agent, "POST", "/agents/withdrawals", &headers, Some(body)).await
    };
    proxy.inject("BatchGetItem", &[Fault::Unprocessed("humanops-ledger"), Fault::Hold]);
    let twin = async {
        proxy.held().await;
        let twin = send().await;
        proxy.release();
        twin
    };
    let (late, twin) = join(send(), twin).await;
    assert_eq!((late.status, twin.status, proxy.unmet()), (200, 200, 0), "{} {}", late.text, twin.text);
    assert_eq!(late.text, twin.text);
    world.assert_balances(&agent, "deposit 0.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn what_has_failed_is_told_to_who_asks_again_and_another_key_asks_anew() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    chain.token.set_blacklisted(chain.rpc(), WALLET, true).await.unwrap();
    let send = async |key: &str| {
        let (headers, body) = ([("idempotency-key", key)], json!({ "amount_usd": "100" }));
        chain.request(&agent, "POST", "/agents/withdrawals", &headers, Some(body)).await
    };
    send("one").await.expect(202);
    chain.settle().await;
    assert_eq!(send("one").await.expect(200).text_of("status"), "failed");
    chain.token.set_blacklisted(chain.rpc(), WALLET, false).await.unwrap();
    assert_eq!(send("one").await.expect(200).text_of("status"), "failed");
    send("two").await.expect(202);
    chain.settle().await;
    chain.play_out().await;
    assert_eq!(arrivals(&chain, WALLET).await, [100_000_000]);
    chain.audit().await;
}

#[tokio::test]
async fn each_ending_is_an_event_and_nobody_else_sees_it() {
    let chain = OnChain::new().await;
    let (agent, other) = (depositor(&chain, 100).await, chain.agent("0").await);
    let first = withdraw(&chain, &agent, "20").await;
    chain.settle().await;
    chain.play_out().await;
    chain.token.set_blacklisted(chain.rpc(), WALLET, true).await.unwrap();
    let second = withdraw(&chain, &agent, "30").await;
    chain.settle().await;
    chain.play_out().await;
    expect(&stored(&chain, &agent_id(&agent), first).await, PayoutStatus::Completed);
    expect(&stored(&chain, &agent_id(&agent), second).await, PayoutStatus::Failed);

    let named = |ids: &[PayoutId]| ids.iter().map(|id| json!(id.to_string())).collect::<Vec<_>>();
    for (kind, ids) in [
        ("withdrawal.requested", vec![first, second]),
        ("withdrawal.completed", vec![first]),
        ("withdrawal.failed", vec![second]),
    ] {
        let events = told(&chain, &agent, kind).await;
        let about: Vec<Value> = events.iter().map(|told| told["withdrawal"]["withdrawal_id"].clone()).collect();
        assert_eq!(about, named(&ids), "{kind}: {events:?}");
        assert!(events.iter().all(|told| told["withdrawal"]["address"] == WALLET.to_string()), "{kind}");
        assert_eq!(told(&chain, &other, kind).await, Vec::<Value>::new(), "{kind}");
    }
    let failed = told(&chain, &agent, "withdrawal.failed").await;
    assert_eq!(failed[0]["withdrawal"]["failure"], "address_blocked", "{failed:?}");
    let foreign = format!("/agents/withdrawals/{first}");
    chain.get(&other, &foreign).await.expect_error(404, "not_found");
    assert_eq!(chain.get(&agent, &foreign).await.expect(200).text_of("status"), "completed");
    assert_eq!(arrivals(&chain, WALLET).await, [20_000_000]);
    chain.assert_balances(&agent, "deposit 80.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

/// The last micro-dollar of it: on a chain there is no rounding.
#[tokio::test]
async fn six_decimals_are_taken_back_as_they_came() {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let id = withdraw(&chain, &agent, "10.000001").await;
    chain.settle().await;
    chain.play_out().await;
    expect(&stored(&chain, &agent_id(&agent), id).await, PayoutStatus::Completed);
    assert_eq!(arrivals(&chain, WALLET).await, [10_000_001]);
    chain.audit().await;
}

#[tokio::test]
async fn live_mode_without_a_chain_takes_and_gives_no_usdc() {
    let key = "an-admin-key-of-at-least-32-bytes";
    let options = Options { admin_key: Some(key.to_owned()), ..clerk::live(clerk::ISSUER) };
    let world = World::with(options, Rig::default()).await;
    let body = json!({ "name": "n", "email": "a@b.co" });
    let reply = world.post(Caller::Admin(key), "/agents/register", body).await.expect(201);
    let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
    agent.fund(&world.system.store, 100).await;
    let closed = "payment_method_unavailable";
    let address = Some(json!({ "address": WALLET.to_string() }));
    world.request(&agent, "PUT", "/agents/withdrawal-address", &[], address).await.expect_error(400, closed);
    let body = json!({ "amount_usd": "50" });
    world.post(&agent, "/agents/withdrawals", body).await.expect_error(400, closed);
    world.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}
