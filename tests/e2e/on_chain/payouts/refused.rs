//! Where nothing is paid to: too little, too early, to an address that is nobody's or ours, or to a new one too soon
//! (PO-14 to 16).

use super::{agent_id, arrivals, depositor, expect, stored, withdraw};
use anvil::SanctionsOracle;
use anvil::accounts::ADDRESSES;
use chain::Address;
use domain::money::payout::{Failure, PayoutStatus};
use harness::on_chain::{CUSTOMER, RELAYER, TREASURY, WALLET};
use harness::{Api, DAY_S, OnChain, OperatorKey, Reply, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;

const OTHER: Address = ADDRESSES[7];
const THIRD: Address = ADDRESSES[8];
const AVAILABLE: &str = "pending 0.00 available 25.00 total 25.00";

async fn pay_out(chain: &OnChain, operator: &OperatorKey, dollars: &str, to: &str) -> Reply {
    let body = json!({ "amount_usd": dollars, "wallet_address": to });
    chain.post(operator, "/operator/payout", body).await
}

#[tokio::test]
async fn po14_nothing_below_ten_dollars_and_nothing_a_second_before_its_hold_is_over() {
    let chain = OnChain::new().await;
    let (agent, operator) = (chain.funded(100).await, chain.operator("Jane Doe").await);
    chain.judged(&agent, &operator, "guardian:approve").await;
    for (seconds, dollars, status, code) in [
        (0, "25", 402, "insufficient_available_balance"),
        (7 * DAY_S - 1, "25", 402, "insufficient_available_balance"),
        (1, "9.99", 400, "invalid_request"),
        (0, "25.01", 402, "insufficient_available_balance"),
        (0, "10000.01", 400, "invalid_request"),
    ] {
        chain.pass(seconds);
        chain.pay_out(&operator, dollars).await.expect_error(status, code);
    }
    chain.assert_earnings(&operator, AVAILABLE).await;
    chain.pay_out(&operator, "10").await.expect(202);
    chain.pay_out(&operator, "15").await.expect(202);
    chain.settle().await;
    chain.play_out().await;
    let mut arrived = arrivals(&chain, WALLET).await;
    arrived.sort_unstable();
    assert_eq!(arrived, [10_000_000, 15_000_000]);
    chain.assert_earnings(&operator, "pending 0.00 available 0.00 total 25.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn po15_nothing_is_paid_to_nobody_nor_to_a_deposit_address_nor_to_a_mistyped_one() {
    let chain = OnChain::new().await;
    let operator = chain.earner(1).await;
    let agent = chain.agent("0").await;
    let deposit_address = chain.address_of(&agent).await;
    let mistyped = WALLET.to_string().replacen(
        "976EA74026E726554dB657fA54763abd0C3a0aa9",
        "976eA74026E726554dB657fA54763abd0C3a0aa9",
        1,
    );
    assert_ne!(mistyped, WALLET.to_string());
    for to in [
        Address::ZERO.to_string(),
        format!("0x{:040x}", 1),
        format!("0x{:0>40}", "dead"),
        deposit_address.to_string(),
        deposit_address.to_string().to_lowercase(),
        mistyped,
    ] {
        pay_out(&chain, &operator, "25", &to).await.expect_fields(&["wallet_address"]);
        let address = json!({ "address": to });
        let set = chain.request(&agent, "PUT", "/agents/withdrawal-address", &[], Some(address)).await;
        set.expect_fields(&["address"]);
    }
    chain.assert_earnings(&operator, AVAILABLE).await;
    assert_eq!(chain.tokens(deposit_address).await, 0);
    chain.audit().await;
}

#[tokio::test]
async fn po15_nothing_is_paid_to_the_token_the_treasury_or_the_relayer() {
    let chain = OnChain::new().await;
    let operator = chain.earner(1).await;
    let agent = chain.agent("0").await;
    for own in [chain.token.address, TREASURY, RELAYER] {
        for to in [own.to_string(), own.to_string().to_lowercase()] {
            pay_out(&chain, &operator, "25", &to).await.expect_fields(&["wallet_address"]);
            let set = Some(json!({ "address": to }));
            let set = chain.request(&agent, "PUT", "/agents/withdrawal-address", &[], set).await;
            set.expect_fields(&["address"]);
        }
    }
    chain.assert_earnings(&operator, AVAILABLE).await;
    chain.audit().await;
}

/// A chain with somebody who tells who is sanctioned.
async fn watched() -> (OnChain, SanctionsOracle) {
    let anvil = OnChain::chain().await;
    let token = anvil::Token::deploy(anvil.rpc()).await.unwrap();
    let oracle = SanctionsOracle::deploy(anvil.rpc()).await.unwrap();
    let mut options = Options::ephemeral();
    options.chain = vec![anvil.url().parse().unwrap()];
    options.chain_oracle = Some(oracle.address.to_string());
    let world = World::with(options, Rig::default()).await;
    token.mint(anvil.rpc(), CUSTOMER, 1_000_000_000).await.unwrap();
    (OnChain { world, anvil, token }, oracle)
}

#[tokio::test]
async fn po15_whoever_is_sanctioned_gets_nothing_and_while_nobody_says_it_waits() {
    let (chain, oracle) = watched().await;
    let agent = depositor(&chain, 100).await;
    let payee = agent_id(&agent);
    oracle.set_down(chain.rpc(), true).await.unwrap();
    let first = withdraw(&chain, &agent, "25").await;
    chain.settle().await;
    expect(&stored(&chain, &payee, first).await, PayoutStatus::Reserved);
    oracle.set_down(chain.rpc(), false).await.unwrap();
    chain.advance(300).await;
    chain.play_out().await;
    expect(&stored(&chain, &payee, first).await, PayoutStatus::Completed);

    oracle.set_sanctioned(chain.rpc(), WALLET, true).await.unwrap();
    let second = withdraw(&chain, &agent, "30").await;
    chain.settle().await;
    let payout = stored(&chain, &payee, second).await;
    expect(&payout, PayoutStatus::Failed);
    assert_eq!((payout.failure, payout.authorized), (Some(Failure::AddressRefused), None));
    chain.play_out().await;
    assert_eq!(arrivals(&chain, WALLET).await, [25_000_000]);
    chain.assert_balances(&agent, "deposit 75.00 escrow 0.00 revenue 0.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn po16_another_address_counts_after_a_day_and_the_one_before_until_then() {
    let chain = OnChain::new().await;
    let operator = chain.earner(3).await;
    let [first, other, third] = [WALLET, OTHER, THIRD].map(|wallet| wallet.to_string());
    let held = async |to: &str| pay_out(&chain, &operator, "10", to).await.expect_error(403, "address_hold");
    let paid = async |to: &str| drop(pay_out(&chain, &operator, "10", to).await.expect(202));

    paid(&first).await;
    let usable_at = chain.now().plus_seconds(i64::from(DAY_S)).to_string();
    assert_eq!(held(&other).await["details"]["usable_at"], usable_at);
    chain.pass(DAY_S / 2);
    // Asking again neither shortens nor lengthens it, in whatever form the address is written.
    assert_eq!(held(&other.to_lowercase()).await["details"]["usable_at"], usable_at);
    paid(&first.to_lowercase()).await;
    chain.pass(DAY_S / 2 - 1);
    held(&other).await;
    paid(&first).await;
    chain.pass(1);
    paid(&other).await;
    // From here on the first is the new one.
    held(&first).await;
    // And one that takes the place of what waits begins its day anew.
    chain.pass(DAY_S - 1);
    held(&third).await;
    chain.pass(1);
    held(&first).await;
    paid(&other).await;

    chain.settle().await;
    chain.play_out().await;
    assert_eq!(arrivals(&chain, WALLET).await, [10_000_000; 3]);
    assert_eq!(arrivals(&chain, OTHER).await, [10_000_000; 2]);
    assert_eq!(arrivals(&chain, THIRD).await, [0; 0]);
    chain.assert_earnings(&operator, "pending 0.00 available 25.00 total 75.00").await;
    chain.audit().await;
}
