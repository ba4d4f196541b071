//! What can't be paid now: whom the issuer has blocked gets the money back, and what is held by others waits (PO-7).

use super::{agent_id, arrivals, depositor, expect, operator_id, stored, withdraw};
use domain::PayoutId;
use domain::money::payout::{Failure, Payee, PayoutStatus};
use harness::on_chain::{CUSTOMER, TREASURY, WALLET};
use harness::{Agent, Api, HOUR_S, OnChain, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;

/// An agent with $100, of which $25 are asked for.
async fn asked(chain: &OnChain) -> (Agent, Payee, PayoutId) {
    let agent = depositor(chain, 100).await;
    let id = withdraw(chain, &agent, "25").await;
    (agent.clone(), agent_id(&agent), id)
}

/// The workers try, and time passes.
async fn goes_on(chain: &OnChain) {
    chain.settle().await;
    chain.play_out().await;
}

async fn arrives(chain: &OnChain, (agent, payee, id): &(Agent, Payee, PayoutId)) {
    goes_on(chain).await;
    expect(&stored(chain, payee, *id).await, PayoutStatus::Completed);
    assert_eq!(arrivals(chain, WALLET).await, [25_000_000]);
    chain.assert_balances(agent, "deposit 75.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

/// It stands here, and nothing has arrived.
async fn waits(chain: &OnChain, (agent, payee, id): &(Agent, Payee, PayoutId), status: PayoutStatus) {
    goes_on(chain).await;
    expect(&stored(chain, payee, *id).await, status);
    assert_eq!(arrivals(chain, WALLET).await, [0; 0]);
    chain.assert_balances(agent, "deposit 75.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn po07_whom_the_issuer_has_blocked_gets_the_money_back_and_is_told_why() {
    let chain = OnChain::new().await;
    let (agent, payee, id) = asked(&chain).await;
    chain.token.set_blacklisted(chain.rpc(), WALLET, true).await.unwrap();
    goes_on(&chain).await;
    let payout = stored(&chain, &payee, id).await;
    expect(&payout, PayoutStatus::Failed);
    assert_eq!((payout.failure, payout.authorized), (Some(Failure::AddressBlocked), None), "nothing was signed");
    let shown = chain.get(&agent, &format!("/agents/withdrawals/{id}")).await.expect(200);
    assert!(shown.text.contains(r#""failure":"address_blocked""#), "{}", shown.text);
    assert_eq!(arrivals(&chain, WALLET).await, [0; 0]);
    chain.assert_balances(&agent, "deposit 100.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn po07_what_is_asked_for_while_the_token_is_paused_waits_and_arrives_later() {
    let chain = OnChain::new().await;
    let asked = asked(&chain).await;
    chain.token.set_paused(chain.rpc(), true).await.unwrap();
    waits(&chain, &asked, PayoutStatus::Reserved).await;
    chain.token.set_paused(chain.rpc(), false).await.unwrap();
    arrives(&chain, &asked).await;
}

/// It reverts in its block, and is neither given back nor lost.
#[tokio::test]
async fn po07_what_reverts_because_the_token_was_paused_meanwhile_is_sent_anew_later() {
    let chain = OnChain::new().await;
    let asked = asked(&chain).await;
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let sent = stored(&chain, &asked.1, asked.2).await.attempts[0].tx_hash.parse().unwrap();
    assert!(chain.rpc().drop_transaction(sent).await.unwrap());
    chain.rpc().set_automine(true).await.unwrap();
    chain.token.set_paused(chain.rpc(), true).await.unwrap();
    waits(&chain, &asked, PayoutStatus::Broadcast).await;
    let last = stored(&chain, &asked.1, asked.2).await.attempts.pop().unwrap();
    let receipt = chain.rpc().mined(last.tx_hash.parse().unwrap()).await.unwrap();
    assert!(!receipt.status(), "it came into a block, and reverted");
    chain.token.set_paused(chain.rpc(), false).await.unwrap();
    arrives(&chain, &asked).await;
}

#[tokio::test]
async fn po07_more_than_the_treasury_has_waits_until_it_has_it() {
    let anvil = OnChain::chain().await;
    let token = anvil::Token::deploy(anvil.rpc()).await.unwrap();
    let (mut options, rig) = (Options::ephemeral(), Rig::default());
    options.chain = vec![anvil.url().parse().unwrap()];
    // With a token that was there before nothing is put into the treasury.
    options.chain_token = Some(token.address.to_string());
    let world = World::with(options, rig).await;
    token.mint(anvil.rpc(), CUSTOMER, 100_000_000).await.unwrap();
    token.mint(anvil.rpc(), TREASURY, 24_999_999).await.unwrap();
    let chain = OnChain { world, anvil, token };

    let asked = asked(&chain).await;
    waits(&chain, &asked, PayoutStatus::Reserved).await;
    token.mint(chain.rpc(), TREASURY, 1).await.unwrap();
    arrives(&chain, &asked).await;
    assert_eq!(chain.tokens(TREASURY).await, 0);
}

#[tokio::test]
async fn whose_identity_is_rejected_meanwhile_is_paid_once_it_is_verified_again() {
    let chain = OnChain::new().await;
    let operator = chain.earner(1).await;
    let id = PayoutId::parse(&chain.pay_out(&operator, "25").await.expect(202).text_of("payout_id")).unwrap();
    let payee = operator_id(&operator);
    let kyc = async |status: &str| {
        let path = format!("/admin/operators/{}/kyc", operator.0);
        chain.world.post(chain.world.admin(), &path, json!({ "status": status })).await.expect(200);
    };
    kyc("REJECTED").await;
    goes_on(&chain).await;
    expect(&stored(&chain, &payee, id).await, PayoutStatus::Reserved);
    assert_eq!(arrivals(&chain, WALLET).await, [0; 0]);

    kyc("VERIFIED").await;
    chain.world.advance(HOUR_S).await;
    goes_on(&chain).await;
    expect(&stored(&chain, &payee, id).await, PayoutStatus::Completed);
    assert_eq!(arrivals(&chain, WALLET).await, [25_000_000]);
    chain.audit().await;
}
