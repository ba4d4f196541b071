//! The chain forgets blocks: what was not credited is credited once when it is there again, and what was credited is
//! taken back, and given back.

use super::{again, has, in_suspense, make_safe, raw, statement, told};
use anvil::Batcher;
use anvil::accounts::ADDRESSES;
use chain::{B256, LOCAL};
use domain::AgentId;
use domain::ledger::Rail;
use domain::money::deposit::{self, Deposit, DepositMove};
use futures::future::join_all;
use harness::on_chain::{CUSTOMER, RELAYER};
use harness::{Agent, Api, OnChain};
use serde_json::{Value, json};
use store::{Key, Once};

const CONFIRMED: &str = "deposit.confirmed";
const REVERSED: &str = "deposit.reversed";

/// An agent with $100 by a transaction in a safe block that is not final; the transaction.
async fn credited(chain: &OnChain) -> (Agent, B256) {
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await;
    make_safe(chain).await;
    has(chain, &agent, "100.00").await;
    (agent, hash)
}

/// Other blocks in the place of the last two.
async fn forget(chain: &OnChain) {
    chain.rpc().reorg(2).await.unwrap();
    chain.settle().await;
}

#[tokio::test]
async fn ch14_what_vanishes_before_it_is_safe_is_credited_when_it_is_there_again() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await;
    let raw = raw(&chain, hash).await;
    chain.claim(&agent, hash, "100").await.expect(202);
    chain.rpc().reorg(1).await.unwrap();
    chain.finalize().await;
    chain.settle().await;
    let pending = chain.claim(&agent, hash, "100").await.expect(202);
    assert_eq!(pending.text_of("status"), "pending");
    has(&chain, &agent, "0.00").await;
    chain.audit().await;

    again(&chain, &raw).await;
    chain.settle().await;
    has(&chain, &agent, "0.00").await;
    make_safe(&chain).await;
    has(&chain, &agent, "100.00").await;
    assert_eq!(told(&chain, &agent).await, [CONFIRMED]);
    chain.claim(&agent, hash, "100").await.expect(200);
    chain.finalize().await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch14_what_is_included_below_what_was_looked_at_already_is_found_when_it_is_final() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await;
    let raw = raw(&chain, hash).await;
    chain.rpc().rollback(1).await.unwrap();
    // Blocks without it are looked at, and then replaced.
    chain.rpc().mine(2).await.unwrap();
    chain.settle().await;
    chain.rpc().rollback(2).await.unwrap();
    again(&chain, &raw).await;
    chain.rpc().mine(1).await.unwrap();
    chain.settle().await;
    chain.finalize().await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_what_vanishes_after_it_was_credited_is_taken_back_and_restored_with_its_block() {
    let chain = OnChain::new().await;
    let (agent, hash) = credited(&chain).await;
    let raw = raw(&chain, hash).await;
    chain.advance(1).await;
    forget(&chain).await;
    has(&chain, &agent, "0.00").await;
    assert_eq!(told(&chain, &agent).await, [CONFIRMED, REVERSED]);
    assert_eq!(statement(&chain, &agent).await, ["reversed", "confirmed"]);
    chain.claim(&agent, hash, "100").await.expect(202);
    chain.audit().await;

    chain.advance(1).await;
    again(&chain, &raw).await;
    chain.settle().await;
    has(&chain, &agent, "0.00").await;
    make_safe(&chain).await;
    has(&chain, &agent, "100.00").await;
    chain.claim(&agent, hash, "100").await.expect(200);
    assert_eq!(told(&chain, &agent).await, [CONFIRMED, REVERSED, CONFIRMED]);
    chain.finalize().await;
    chain.settle().await;
    assert_eq!(statement(&chain, &agent).await, ["confirmed", "reversed", "confirmed"]);
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_the_agents_own_call_restores_it_too_and_it_is_watched_from_then_on() {
    let chain = OnChain::new().await;
    let (agent, hash) = credited(&chain).await;
    let raw = raw(&chain, hash).await;
    forget(&chain).await;
    again(&chain, &raw).await;
    chain.rpc().mine(1).await.unwrap();
    chain.claim(&agent, hash, "100").await.expect(200);
    has(&chain, &agent, "100.00").await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    forget(&chain).await;
    has(&chain, &agent, "0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_what_came_back_at_the_same_height_is_watched_as_before() {
    let chain = OnChain::new().await;
    let (agent, hash) = credited(&chain).await;
    let raw = raw(&chain, hash).await;
    for _ in 0..2 {
        forget(&chain).await;
        has(&chain, &agent, "0.00").await;
        chain.rpc().rollback(2).await.unwrap();
        again(&chain, &raw).await;
        make_safe(&chain).await;
        has(&chain, &agent, "100.00").await;
    }
    chain.finalize().await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_what_is_in_another_block_when_the_watcher_looks_is_not_taken_back() {
    let chain = OnChain::new().await;
    let (agent, hash) = credited(&chain).await;
    let raw = raw(&chain, hash).await;
    chain.rpc().reorg(2).await.unwrap();
    again(&chain, &raw).await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    assert_eq!(told(&chain, &agent).await, [CONFIRMED]);
    // There it is looked at until it is final.
    chain.rpc().reorg(1).await.unwrap();
    chain.settle().await;
    has(&chain, &agent, "0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_a_chain_that_is_shorter_than_before_has_forgotten_nothing_yet() {
    let chain = OnChain::new().await;
    let (agent, _) = credited(&chain).await;
    chain.rpc().rollback(2).await.unwrap();
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.rpc().mine(1).await.unwrap();
    chain.settle().await;
    has(&chain, &agent, "0.00").await;
    assert_eq!(told(&chain, &agent).await, [CONFIRMED, REVERSED]);
    // As far as the books had come.
    chain.finalize().await;
    chain.settle().await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_what_is_held_vanishes_too_and_can_not_be_released_while_it_is_gone() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 4_990_000).await;
    let raw = raw(&chain, hash).await;
    make_safe(&chain).await;
    let list = chain.get(chain.staff(), "/admin/suspense").await.expect(200);
    let path = format!("/admin/suspense/{}/release", list["data"][0]["transaction_id"].as_str().unwrap());
    forget(&chain).await;
    assert_eq!(in_suspense(&chain).await, []);
    chain.post(chain.staff(), &path, json!({})).await.expect_error(409, "not_suspended");
    chain.audit().await;

    again(&chain, &raw).await;
    make_safe(&chain).await;
    assert_eq!(in_suspense(&chain).await.len(), 1);
    chain.post(chain.staff(), &path, json!({})).await.expect(200);
    has(&chain, &agent, "4.99").await;
    // Released before its block was final: it can still be taken back.
    forget(&chain).await;
    has(&chain, &agent, "0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch15_of_more_deposits_than_a_page_has_none_is_overlooked_when_they_vanish() {
    const AGENTS: usize = 60;
    let chain = OnChain::new().await;
    let agents = join_all((0..AGENTS).map(|_| chain.agent("0"))).await;
    let mut to = Vec::new();
    for agent in &agents {
        to.push((chain.address_of(agent).await, 10_000_000));
    }
    let batcher = Batcher::deploy(chain.rpc()).await.unwrap();
    chain.token.approve(chain.rpc(), CUSTOMER, batcher.address, 100_000_000_000).await.unwrap();
    batcher.transfer(chain.rpc(), chain.token, CUSTOMER, &to).await.unwrap();
    make_safe(&chain).await;
    for (dollars, reorg) in [("10.00", true), ("0.00", false)] {
        for agent in &agents {
            has(&chain, agent, dollars).await;
        }
        if reorg {
            forget(&chain).await;
        }
    }
    chain.audit().await;
}

/// What a transaction does may depend on what was before it: executed again, it may pay somebody else at the same place.
#[tokio::test]
async fn ch16_a_transfer_that_the_chain_forgot_is_free_for_whoever_it_is_shown_to_be_of() {
    let chain = OnChain::new().await;
    let (agent, hash) = credited(&chain).await;
    let store = &chain.system.store;
    let of = |agent: &Agent| {
        let agent = AgentId::parse(&agent.id).unwrap();
        deposit::reference(LOCAL, &hash.to_string(), agent)
    };
    let reference = of(&agent);
    let found = store.read([Key::deposit(Rail::Base, &reference)]).await.unwrap().deposit(Rail::Base, &reference);
    let first = found.unwrap().unwrap();
    let other = chain.agent("0").await;
    chain.address_of(&other).await;
    let another = || {
        let (reference, agent) = (of(&other), AgentId::parse(&other.id).unwrap());
        let asked =
            Deposit::asked(Rail::Base, reference.clone(), deposit::transaction(&reference), agent, first.amount);
        Deposit { at: chain.now(), evidence: first.evidence.clone(), ..asked }
    };
    store.book(another(), DepositMove::Credit).await.expect_err("the transfer is the first agent's");
    forget(&chain).await;
    has(&chain, &agent, "0.00").await;
    assert!(matches!(store.book(another(), DepositMove::Credit).await.unwrap(), Once::New(_)));
    let gone = store.read([Key::deposit(Rail::Base, &reference)]).await.unwrap().deposit(Rail::Base, &reference);
    let gone = Deposit { evidence: first.evidence.clone(), ..gone.unwrap().unwrap() };
    store.book(gone, DepositMove::Restore).await.expect_err("the transfer is the other agent's");
    has(&chain, &agent, "0.00").await;
    has(&chain, &other, "100.00").await;
    // The chain has neither.
    chain.settle().await;
    has(&chain, &other, "0.00").await;
    chain.audit().await;
}

/// The place of its first log in its block.
async fn log_index(chain: &OnChain, hash: B256) -> u64 {
    chain.rpc().receipt(hash).await.unwrap().unwrap().logs()[0].log_index.unwrap()
}

/// Both transactions in one block; the other one first, because it pays more.
async fn shift(chain: &OnChain, raw: &chain::Bytes) {
    let other = anvil::Token::at(chain.token.address);
    chain.rpc().set_automine(false).await.unwrap();
    let call = json!({
        "from": RELAYER, "to": other.address, "gas": "0x493e0", "gasPrice": "0x174876e800",
        // approve(account, 0): it logs, and moves nothing.
        "data": format!("0x095ea7b3{:0>64}{:064x}", &ADDRESSES[7].to_string().to_lowercase()[2..], 0),
    });
    let _: B256 = chain.rpc().call("eth_sendTransaction", [call]).await.unwrap();
    let _: Value = chain.rpc().call("eth_sendRawTransaction", [raw]).await.unwrap();
    chain.rpc().mine(1).await.unwrap();
    chain.rpc().set_automine(true).await.unwrap();
}

#[tokio::test]
async fn ch16_a_deposit_whose_logs_are_numbered_anew_is_the_same_deposit() {
    for seen_gone in [false, true] {
        let chain = OnChain::new().await;
        let (agent, hash) = credited(&chain).await;
        let raw = raw(&chain, hash).await;
        let before = log_index(&chain, hash).await;
        chain.rpc().reorg(2).await.unwrap();
        if seen_gone {
            chain.settle().await;
        }
        shift(&chain, &raw).await;
        assert_eq!((before, log_index(&chain, hash).await), (0, 1));
        make_safe(&chain).await;
        chain.claim(&agent, hash, "100").await.expect(200);
        chain.finalize().await;
        chain.settle().await;
        has(&chain, &agent, "100.00").await;
        chain.audit().await;
    }
}
