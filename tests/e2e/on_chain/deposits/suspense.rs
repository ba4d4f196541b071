//! What is credited to nobody before somebody has looked: money of our own, of the sanctioned, and in too many parts.

use super::{has, in_suspense, listed, make_safe};
use anvil::accounts::ADDRESSES;
use anvil::{Batcher, SanctionsOracle, Token};
use chain::Address;
use harness::on_chain::{CUSTOMER, RELAYER, TREASURY};
use harness::{Agent, Api, OnChain, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;

/// Lets go what is held, which is one deposit.
async fn release(chain: &OnChain) {
    let list = chain.get(chain.staff(), "/admin/suspense").await.expect(200);
    assert_eq!(list["pagination"]["total"], 1, "{}", list.text);
    let path = format!("/admin/suspense/{}/release", list["data"][0]["transaction_id"].as_str().unwrap());
    chain.post(chain.staff(), &path, json!({})).await.expect(200);
}

#[tokio::test]
async fn ch23_what_comes_from_an_account_of_ours_or_another_deposit_address_is_held() {
    let chain = OnChain::new().await;
    chain.token.mint(chain.rpc(), RELAYER, 20_000_000).await.unwrap();
    let [agent, other] = [chain.agent("0").await, chain.agent("0").await];
    let [address, others] = [chain.address_of(&agent).await, chain.address_of(&other).await];
    // What is there when the watcher begins.
    chain.finalize().await;
    chain.settle().await;
    chain.pay(&other, 100_000_000).await;
    chain.token.mint(chain.rpc(), RELAYER, 30_000_000).await.unwrap();
    chain.finalize().await;
    chain.settle().await;
    chain.audit().await;
    for from in [TREASURY, RELAYER, others] {
        let hash = chain.token.transfer(chain.rpc(), from, address, 50_000_000).await.unwrap();
        chain.claim(&agent, hash, "50").await.expect(202);
        chain.rpc().mine(1).await.unwrap();
        let held = chain.claim(&agent, hash, "50").await.expect(202);
        assert_eq!(held.text_of("status"), "held");
        chain.finalize().await;
        chain.settle().await;
        assert_eq!(in_suspense(&chain).await, [("own_address".to_owned(), json!(50.0))]);
        chain.audit().await;
        release(&chain).await;
        let confirmed = chain.claim(&agent, hash, "50").await.expect(200);
        assert_eq!(confirmed.text_of("status"), "confirmed");
        chain.audit().await;
    }
    has(&chain, &agent, "150.00").await;
    has(&chain, &other, "100.00").await;
    assert_eq!(listed(&chain, &agent).await, 3);
    chain.audit().await;
}

#[tokio::test]
async fn ch23_what_is_swept_into_the_treasury_moves_nothing_in_the_books() {
    let chain = OnChain::new().await;
    let agent = chain.funded(100).await;
    let address = chain.address_of(&agent).await;
    chain.token.transfer(chain.rpc(), address, TREASURY, 60_000_000).await.unwrap();
    // What comes from outside is our own.
    chain.token.transfer(chain.rpc(), CUSTOMER, TREASURY, 70_000_000).await.unwrap();
    chain.finalize().await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

/// A system that asks an oracle who is sanctioned.
async fn screened() -> (OnChain, SanctionsOracle) {
    let anvil = OnChain::chain().await;
    let token = Token::deploy(anvil.rpc()).await.unwrap();
    let oracle = SanctionsOracle::deploy(anvil.rpc()).await.unwrap();
    let chain = vec![anvil.url().parse().unwrap()];
    let chain_oracle = Some(oracle.address.to_string());
    let options = Options { chain, chain_oracle, ..Options::ephemeral() };
    let world = World::with(options, Rig::default()).await;
    for account in [CUSTOMER, ADDRESSES[7]] {
        token.mint(anvil.rpc(), account, 1_000_000_000_000).await.unwrap();
    }
    (OnChain { world, anvil, token }, oracle)
}

#[tokio::test]
async fn ch24_what_a_sanctioned_sender_sends_is_held_and_the_rest_is_credited() {
    let (chain, oracle) = screened().await;
    let [caller, silent] = [chain.agent("0").await, chain.agent("0").await];
    oracle.set_sanctioned(chain.rpc(), CUSTOMER, true).await.unwrap();
    chain.pay(&silent, 100_000_000).await;
    let hash = chain.pay(&caller, 100_000_000).await;
    chain.rpc().mine(1).await.unwrap();
    let held = chain.claim(&caller, hash, "100").await.expect(202);
    assert_eq!(held.text_of("status"), "held");
    let to = chain.address_of(&silent).await;
    chain.token.transfer(chain.rpc(), ADDRESSES[7], to, 30_000_000).await.unwrap();
    chain.finalize().await;
    chain.settle().await;
    has(&chain, &caller, "0.00").await;
    has(&chain, &silent, "30.00").await;
    let expected = || ("sanctioned_sender".to_owned(), json!(100.0));
    assert_eq!(in_suspense(&chain).await, [expected(), expected()]);
    // It stays so when the oracle changes its mind: staff decide.
    oracle.set_sanctioned(chain.rpc(), CUSTOMER, false).await.unwrap();
    chain.finalize().await;
    chain.settle().await;
    assert_eq!(chain.claim(&caller, hash, "100").await.expect(202).text, held.text);
    has(&chain, &caller, "0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch25_while_nobody_says_who_is_sanctioned_it_waits() {
    let (chain, oracle) = screened().await;
    let [caller, silent] = [chain.agent("0").await, chain.agent("0").await];
    let hash = chain.pay(&caller, 100_000_000).await;
    chain.pay(&silent, 100_000_000).await;
    oracle.set_down(chain.rpc(), true).await.unwrap();
    chain.finalize().await;
    for _ in 0..2 {
        let pending = chain.claim(&caller, hash, "100").await.expect(202);
        assert_eq!(pending.text_of("status"), "pending");
        chain.settle().await;
    }
    has(&chain, &caller, "0.00").await;
    has(&chain, &silent, "0.00").await;
    assert_eq!(in_suspense(&chain).await, []);
    oracle.set_down(chain.rpc(), false).await.unwrap();
    chain.settle().await;
    has(&chain, &caller, "100.00").await;
    has(&chain, &silent, "100.00").await;
    chain.audit().await;
}

/// The agent's address so many times, with 20 cents each.
async fn in_parts(chain: &OnChain, agent: &Agent, parts: usize) -> chain::B256 {
    let to: Address = chain.address_of(agent).await;
    let batcher = Batcher::deploy(chain.rpc()).await.unwrap();
    chain.token.approve(chain.rpc(), CUSTOMER, batcher.address, 1_000_000_000).await.unwrap();
    batcher.transfer(chain.rpc(), chain.token, CUSTOMER, &vec![(to, 200_000); parts]).await.unwrap()
}

#[tokio::test]
async fn ch09_what_has_more_parts_than_one_commit_takes_is_held_and_stops_nobody_else() {
    for (parts, held) in [(30, false), (31, true), (200, true)] {
        let chain = OnChain::new().await;
        let [agent, other] = [chain.agent("0").await, chain.agent("0").await];
        let hash = in_parts(&chain, &agent, parts).await;
        chain.pay(&other, 100_000_000).await;
        chain.finalize().await;
        chain.settle().await;
        has(&chain, &other, "100.00").await;
        let dollars = format!("{}.{:02}", parts / 5, parts % 5 * 20);
        if held {
            assert_eq!(in_suspense(&chain).await[0].0, "too_many_transfers");
            has(&chain, &agent, "0.00").await;
            assert_eq!(chain.claim(&agent, hash, &dollars).await.expect(202).text_of("status"), "held");
            release(&chain).await;
        }
        chain.claim(&agent, hash, &dollars).await.expect(200);
        has(&chain, &agent, &dollars).await;
        make_safe(&chain).await;
        chain.audit().await;
    }
}
