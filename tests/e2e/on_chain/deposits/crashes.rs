//! The store fails, conflicts or loses answers at each write of the way from the chain to the books, and the watcher dies
//! between booking and remembering how far it was: no deposit is credited twice, and none is missed.

use super::{again, has, listed, make_safe, raw, told};
use harness::Fault::{self, BreakAnswer, Conflict, Fail, LoseAnswer, Mixed, Refuse};
use harness::on_chain::CUSTOMER;
use harness::{Agent, Api, MONEY, OnChain, Proxy};
use humanops::Options;

/// A system on a chain whose store speaks through a proxy.
async fn proxied() -> (Proxy, OnChain) {
    let anvil = OnChain::chain().await;
    let endpoints = vec![anvil.url().parse().unwrap()];
    let (proxy, world) = Proxy::world(Options { chain: endpoints, ..Options::ephemeral() }).await;
    let token = anvil::Token::at(anvil::Token::FIRST);
    token.mint(anvil.rpc(), CUSTOMER, 1_000_000_000_000).await.unwrap();
    (proxy, OnChain { world, anvil, token })
}

/// Writes of the transaction that credits a deposit of one transfer: lock, account, journal, news, mark, watch.
const WRITES: usize = 6;

/// What the store outlasts by itself.
fn outlasted() -> Vec<Vec<Fault>> {
    let mut faults = vec![
        vec![LoseAnswer],
        vec![BreakAnswer],
        vec![Fail, Fail],
        vec![Conflict; 3],
        vec![Refuse("ThrottlingException"), Conflict, LoseAnswer],
    ];
    faults.extend((0..WRITES).map(|refused| vec![Mixed { refused, held: (refused + 1) % WRITES }]));
    faults
}

#[tokio::test]
async fn ch26_what_befalls_a_confirmation_leaves_one_credit_and_a_success() {
    let (proxy, chain) = proxied().await;
    for faults in outlasted() {
        let agent = chain.agent("0").await;
        let hash = chain.pay(&agent, 100_000_000).await;
        chain.rpc().mine(1).await.unwrap();
        proxy.inject(MONEY, &faults);
        let reply = chain.claim(&agent, hash, "100").await;
        assert_eq!((reply.status, proxy.unmet()), (200, 0), "{faults:?}: {}", reply.text);
        assert_eq!(reply.header("idempotent-replayed"), None, "{faults:?}");
        chain.settle().await;
        has(&chain, &agent, "100.00").await;
        assert_eq!((listed(&chain, &agent).await, told(&chain, &agent).await.len()), (1, 1), "{faults:?}");
    }
    chain.audit().await;
}

#[tokio::test]
async fn ch26_what_befalls_the_watcher_leaves_one_credit() {
    let (proxy, chain) = proxied().await;
    for faults in outlasted() {
        let agent = chain.agent("0").await;
        chain.pay(&agent, 100_000_000).await;
        chain.rpc().mine(1).await.unwrap();
        proxy.inject(MONEY, &faults);
        chain.settle().await;
        assert_eq!(proxy.unmet(), 0, "{faults:?}");
        has(&chain, &agent, "100.00").await;
    }
    chain.finalize().await;
    chain.settle().await;
    chain.audit().await;
}

#[tokio::test]
async fn ch26_a_store_that_is_down_at_the_commit_credits_nothing_and_the_watcher_does_it_later() {
    let (proxy, chain) = proxied().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await;
    chain.finalize().await;
    proxy.inject(MONEY, &[Fail; 40]);
    chain.claim(&agent, hash, "100").await.expect_error(500, "internal_error");
    chain.settle().await;
    assert!(proxy.unmet() > 0);
    has(&chain, &agent, "0.00").await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.claim(&agent, hash, "100").await.expect(200);
    chain.audit().await;
}

/// Deposits of three agents, of which the second one claims its own.
async fn three(chain: &OnChain) -> [Agent; 3] {
    let agents = [chain.agent("0").await, chain.agent("0").await, chain.agent("0").await];
    for agent in &agents {
        let hash = chain.pay(agent, 100_000_000).await;
        chain.rpc().mine(1).await.unwrap();
        if agent.id == agents[1].id {
            chain.claim(agent, hash, "100").await.expect(200);
        }
    }
    agents
}

#[tokio::test]
async fn ch26_a_watcher_that_dies_before_it_remembers_how_far_it_was_looks_at_all_of_it_again() {
    let (proxy, chain) = proxied().await;
    let agents = three(&chain).await;
    // Cursors are the only thing that is put alone.
    proxy.inject("PutItem", &[Fail; 60]);
    chain.settle().await;
    assert!(proxy.unmet() < 60, "it did not get to a cursor");
    for agent in &agents[..2] {
        has(&chain, agent, "100.00").await;
    }
    for _ in 0..2 {
        chain.finalize().await;
        chain.settle().await;
        for agent in &agents {
            has(&chain, agent, "100.00").await;
            assert_eq!((listed(&chain, agent).await, told(&chain, agent).await.len()), (1, 1));
        }
    }
    chain.audit().await;
}

#[tokio::test]
async fn ch26_a_lost_answer_to_a_cursor_or_an_address_changes_nothing() {
    for faults in [vec![LoseAnswer], vec![BreakAnswer], vec![Fail, Fail]] {
        let (proxy, chain) = proxied().await;
        let agent = chain.agent("0").await;
        proxy.inject("TransactWriteItems", &faults);
        let address = chain.address_of(&agent).await;
        assert_eq!(proxy.unmet(), 0, "{faults:?}");
        assert_eq!(chain.address_of(&agent).await, address, "{faults:?}");
        assert_ne!(chain.address_of(&chain.agent("0").await).await, address, "{faults:?}");
        chain.pay(&agent, 100_000_000).await;
        chain.rpc().mine(1).await.unwrap();
        proxy.inject("PutItem", &faults);
        chain.settle().await;
        assert_eq!(proxy.unmet(), 0, "{faults:?}");
        has(&chain, &agent, "100.00").await;
        chain.finalize().await;
        chain.settle().await;
        has(&chain, &agent, "100.00").await;
        chain.audit().await;
    }
}

#[tokio::test]
async fn ch26_taking_back_giving_back_and_moving_on_survive_what_befalls_the_store() {
    for faults in [vec![LoseAnswer], vec![BreakAnswer], vec![Conflict; 3], vec![Fail, Fail]] {
        let (proxy, chain) = proxied().await;
        let agent = chain.agent("0").await;
        let hash = chain.pay(&agent, 100_000_000).await;
        let raw = raw(&chain, hash).await;
        make_safe(&chain).await;
        for (step, dollars) in [("gone", "0.00"), ("back", "100.00"), ("moved", "100.00")] {
            match step {
                "gone" => chain.rpc().reorg(2).await.unwrap(),
                "moved" => {
                    chain.rpc().reorg(2).await.unwrap();
                    again(&chain, &raw).await;
                }
                _ => {
                    again(&chain, &raw).await;
                    chain.rpc().mine(1).await.unwrap();
                }
            }
            proxy.inject(MONEY, &faults);
            chain.settle().await;
            assert_eq!(proxy.unmet(), 0, "{step} with {faults:?}");
            has(&chain, &agent, dollars).await;
        }
        chain.finalize().await;
        chain.settle().await;
        assert_eq!(told(&chain, &agent).await.len(), 3, "{faults:?}");
        has(&chain, &agent, "100.00").await;
        chain.audit().await;
    }
}

#[tokio::test]
async fn a_cursor_begins_nowhere_and_goes_forward_only() {
    let store = harness::World::new().await.system.store;
    assert_eq!(store.cursor("a chain").await.unwrap(), None);
    for (done, expected) in [(7, 7), (5, 7), (8, 8)] {
        store.advance_cursor("a chain", done).await.unwrap();
        assert_eq!(store.cursor("a chain").await.unwrap(), Some(expected));
    }
    assert_eq!(store.cursor("another").await.unwrap(), None);
}
