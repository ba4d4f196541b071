//! On a chain nobody is believed, in test mode either; without one test mode is as it was.

use super::{confirm, has, make_safe};

use harness::{Agent, Api, OnChain, World, clerk};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;

#[tokio::test]
async fn ch28_on_a_chain_the_placeholder_and_a_hash_of_nothing_are_worth_nothing() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    chain.address_of(&agent).await;
    for placeholder in ["0xabc...def", "0XABC...DEF", " 0xabc...def "] {
        confirm(&chain, &agent, placeholder, json!("100")).await.expect_fields(&["tx_hash"]);
    }
    let invented = format!("0x{}", "ab".repeat(32));
    let reply = confirm(&chain, &agent, &invented, json!("100")).await.expect(202);
    assert_eq!(reply.text_of("status"), "pending");
    chain.finalize().await;
    chain.settle().await;
    has(&chain, &agent, "0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch28_without_a_chain_test_mode_takes_a_word_for_it() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let body = json!({ "tx_hash": "0xabc...def", "amount_usdc": "100.00" });
    world.post(&agent, "/agents/deposit/usdc", body).await.expect(200);
    world.deposit(&agent, "50").await;
    world.settle().await;
    world.assert_balances(&agent, "deposit 150.00 escrow 0.00 revenue 0.00").await;
    let address = world.get(&agent, "/agents/deposit-address").await.expect(200);
    assert_eq!(address["chain_id"], 84_532);
    world.audit().await;
}

#[tokio::test]
async fn ch28_live_mode_on_a_chain_credits_what_the_chain_shows_and_takes_no_key_of_test_mode() {
    let admin_key = "an-admin-key-of-at-least-32-bytes";
    let live = |options: &mut Options| {
        let chain = std::mem::take(&mut options.chain);
        *options = Options { chain, admin_key: Some(admin_key.to_owned()), ..clerk::live(clerk::ISSUER) };
    };
    let (chain, test) = (OnChain::with(live, Rig::default()).await, OnChain::new().await);
    let body = json!({ "name": "n", "email": "a@b.co" });
    let reply = chain.post(chain.staff(), "/agents/register", body).await.expect(201);
    let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
    let tester = test.agent("0").await;

    let hash = chain.pay(&agent, 100_000_000).await;
    chain.claim(&tester, hash, "100").await.expect_error(401, "wrong_mode");
    test.claim(&agent, hash, "100").await.expect_error(401, "wrong_mode");
    confirm(&chain, &agent, "0xabc...def", json!("100")).await.expect_fields(&["tx_hash"]);
    make_safe(&chain).await;
    chain.claim(&agent, hash, "100").await.expect(200);
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
    test.audit().await;
}

#[tokio::test]
async fn ch28_an_address_is_the_agents_own_and_tells_chain_and_token() {
    let chain = OnChain::new().await;
    let [agent, other] = [chain.agent("0").await, chain.agent("0").await];
    let reply = chain.get(&agent, "/agents/deposit-address").await.expect(200);
    let address = reply.text_of("address");
    assert_eq!(reply["chain_id"], 31_337);
    assert_eq!(reply.text_of("token_contract"), chain.token.address.to_string());
    assert_eq!(
        reply.text_of("payment_link"),
        format!("ethereum:{}@31337/transfer?address={address}", chain.token.address)
    );
    assert_eq!(chain.get(&agent, "/agents/deposit-address").await.expect(200).text, reply.text);
    assert_ne!(chain.address_of(&other).await, chain.address_of(&agent).await);
}
