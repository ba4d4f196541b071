//! Payments to us on a real node.

use alloy::primitives::{B256, Bytes, U256};
use alloy::sol_types::SolCall;
use anvil::{Batcher, FakeToken};

use super::local::{DOLLAR, Local, OTHERS, OURS, PAYER, RELAYER};
use crate::{ChainError, Network, Tag, Transfer};

alloy::sol! {
    function transfer(address to, uint256 value) external returns (bool);
}

fn transfer(ordinal: u32, to: alloy::primitives::Address, dollars: u64) -> Transfer {
    Transfer { ordinal, from: PAYER, to, micros: dollars * DOLLAR }
}

#[tokio::test]
async fn ch01_a_payment_is_found_and_read_and_gets_older() {
    let local = Local::start().await;
    let before = local.chain.head(Tag::Latest).await.unwrap();
    let hash = local.pay(OURS, 25 * DOLLAR).await;

    let payment = local.chain.payment(hash).await.unwrap().unwrap();
    assert_eq!((payment.tx_hash, payment.block, payment.succeeded), (hash, before.number + 1, true));
    assert_eq!(payment.transfers, [transfer(0, OURS, 25)]);
    assert!(local.chain.is_canonical(payment.block, payment.block_hash).await.unwrap());
    assert!(!local.chain.is_canonical(payment.block, before.hash).await.unwrap());
    assert!(!local.chain.is_canonical(payment.block + 1, payment.block_hash).await.unwrap());

    let found = local.chain.payments_to(&[OTHERS, OURS], 0, payment.block).await.unwrap();
    assert_eq!(found, [hash]);
    assert_eq!(local.chain.payments_to(&[OURS], 0, before.number).await.unwrap(), Vec::<B256>::new());
    let balances = local.chain.balances(&[PAYER, OURS, OTHERS], payment.block).await.unwrap();
    assert_eq!(balances, [975 * DOLLAR, 25 * DOLLAR, 0]);
    assert_eq!(local.chain.balances(&[OURS], before.number).await.unwrap(), [0]);
    assert_eq!(local.chain.balance(OURS).await.unwrap(), 25 * DOLLAR);

    assert_eq!(local.chain.confirmations(payment.block).await.unwrap(), 1);
    assert!(local.chain.head(Tag::Safe).await.unwrap().number < payment.block);
    local.rpc().mine(2).await.unwrap();
    assert_eq!(local.chain.confirmations(payment.block).await.unwrap(), 3);
    assert_eq!(local.chain.head(Tag::Finalized).await.unwrap().number, payment.block);
}

#[tokio::test]
async fn ch05_a_reverted_transaction_pays_nobody() {
    let local = Local::start().await;
    let data = Bytes::from(transferCall { to: OURS, value: U256::from(2_000 * DOLLAR) }.abi_encode());
    let hash = local.call_token(PAYER, &data).await;

    let payment = local.chain.payment(hash).await.unwrap().unwrap();

    assert!(!payment.succeeded);
    assert_eq!(payment.transfers, []);
}

#[tokio::test]
async fn ch06_another_token_that_logs_the_same_pays_nobody() {
    let local = Local::start().await;
    let fake = FakeToken::deploy(local.rpc()).await.unwrap();
    let hash = fake.transfer(local.rpc(), PAYER, OURS, 10_000 * DOLLAR).await.unwrap();

    let payment = local.chain.payment(hash).await.unwrap().unwrap();

    assert!(payment.succeeded);
    assert_eq!(payment.transfers, []);
    assert_eq!(local.chain.payments_to(&[OURS], 0, payment.block).await.unwrap(), Vec::<B256>::new());
}

#[tokio::test]
async fn ch07_a_second_token_of_the_same_code_pays_nobody() {
    let local = Local::start().await;
    let bridged = anvil::Token::deploy(local.rpc()).await.unwrap();
    let hash = bridged.mint(local.rpc(), OURS, 25 * DOLLAR).await.unwrap();

    let payment = local.chain.payment(hash).await.unwrap().unwrap();

    assert_eq!(payment.transfers, []);
    assert_eq!(local.chain.payments_to(&[OURS], 0, payment.block).await.unwrap(), Vec::<B256>::new());
}

#[tokio::test]
async fn ch08_a_transfer_of_nothing_that_a_stranger_makes_pays_nobody() {
    let local = Local::start().await;
    let hash = local.token.spoof(local.rpc(), RELAYER, PAYER, OURS).await.unwrap();

    let payment = local.chain.payment(hash).await.unwrap().unwrap();

    assert_eq!(local.rpc().receipt(hash).await.unwrap().unwrap().logs().len(), 1);
    assert_eq!(payment.transfers, []);
    assert_eq!(local.chain.payments_to(&[OURS], 0, payment.block).await.unwrap(), Vec::<B256>::new());
}

/// A transaction to a batcher with 7 dollars for us, 8 for others and 9 for us.
async fn batch(local: &Local) -> B256 {
    let batcher = Batcher::deploy(local.rpc()).await.unwrap();
    local.token.approve(local.rpc(), PAYER, batcher.address, 100 * DOLLAR).await.unwrap();
    let transfers = [(OURS, 7 * DOLLAR), (OTHERS, 8 * DOLLAR), (OURS, 9 * DOLLAR)];
    batcher.transfer(local.rpc(), local.token, PAYER, &transfers).await.unwrap()
}

#[tokio::test]
async fn ch09_a_batchers_transaction_has_all_its_transfers_and_is_found_once() {
    let local = Local::start().await;
    let hash = batch(&local).await;

    let payment = local.chain.payment(hash).await.unwrap().unwrap();

    let receipt = local.rpc().receipt(hash).await.unwrap().unwrap();
    assert_ne!(receipt.to, Some(local.token.address));
    let amounts: Vec<_> = payment.transfers.iter().map(|it| (it.to, it.micros / DOLLAR)).collect();
    assert_eq!(amounts, [(OURS, 7), (OTHERS, 8), (OURS, 9)]);
    assert_eq!(local.chain.payments_to(&[OURS], 0, payment.block).await.unwrap(), [hash]);
}

#[tokio::test]
async fn ch14_a_payment_vanishes_with_its_block_and_returns_in_another() {
    let local = Local::start().await;
    let hash = local.pay(OURS, 25 * DOLLAR).await;
    let raw = local.raw(hash).await;
    let first = local.chain.payment(hash).await.unwrap().unwrap();

    local.rpc().reorg(1).await.unwrap();
    assert_eq!(local.chain.payment(hash).await.unwrap(), None);
    assert!(!local.chain.is_canonical(first.block, first.block_hash).await.unwrap());
    let head = local.chain.head(Tag::Latest).await.unwrap();
    assert_eq!(local.chain.payments_to(&[OURS], 0, head.number).await.unwrap(), Vec::<B256>::new());

    local.chain.send_raw(&raw).await.unwrap();
    local.rpc().mined(hash).await.unwrap();
    let second = local.chain.payment(hash).await.unwrap().unwrap();
    assert_ne!(second.block_hash, first.block_hash);
    assert_eq!(second.transfers, first.transfers);
}

#[tokio::test]
async fn ch16_a_transfer_keeps_its_ordinal_when_the_block_numbers_its_log_anew() {
    let local = Local::start().await;
    let hash = batch(&local).await;
    let raw = local.raw(hash).await;
    let first = local.chain.payment(hash).await.unwrap().unwrap();
    let first_index = local.rpc().receipt(hash).await.unwrap().unwrap().logs()[0].log_index;
    local.rpc().reorg(1).await.unwrap();

    // Another one, that pays more to be earlier in the block.
    local.rpc().set_automine(false).await.unwrap();
    let data = Bytes::from(transferCall { to: OTHERS, value: U256::ZERO }.abi_encode());
    let earlier = local.signed(&data, 0, 100_000_000_000).await;
    local.chain.send_raw(&earlier).await.unwrap();
    local.chain.send_raw(&raw).await.unwrap();
    local.rpc().mine(1).await.unwrap();

    let second = local.chain.payment(hash).await.unwrap().unwrap();
    let second_index = local.rpc().receipt(hash).await.unwrap().unwrap().logs()[0].log_index;
    assert_eq!((first_index, second_index), (Some(0), Some(1)));
    assert_eq!(second.transfers, first.transfers);
    let ordinals: Vec<u32> = second.transfers.iter().map(|it| it.ordinal).collect();
    assert_eq!(ordinals, [0, 1, 2]);
}

#[tokio::test]
async fn ch20_a_deposit_that_a_relayer_submits_is_the_signers() {
    let local = Local::start().await;
    let authorization = local.authorization(1).await;
    let hash = local.call_token(RELAYER, &local.calldata(&authorization).await).await;

    let payment = local.chain.payment(hash).await.unwrap().unwrap();

    // Before it, the token logs that the authorization was used.
    assert_eq!(payment.transfers, [transfer(1, OURS, 25)]);
}

#[tokio::test]
async fn ch24_a_sanctioned_address_is_told() {
    let local = Local::start().await;
    assert!(!local.chain.is_sanctioned(PAYER).await.unwrap());
    local.oracle.set_sanctioned(local.rpc(), PAYER, true).await.unwrap();
    assert!(local.chain.is_sanctioned(PAYER).await.unwrap());
    assert!(!local.chain.is_sanctioned(OTHERS).await.unwrap());
}

#[tokio::test]
async fn ch25_an_oracle_that_is_down_says_neither_yes_nor_no() {
    let local = Local::start().await;
    local.oracle.set_down(local.rpc(), true).await.unwrap();
    let error = local.chain.is_sanctioned(PAYER).await.unwrap_err();
    assert!(matches!(error, ChainError::Refused { method: "eth_call", .. }), "{error}");
}

#[tokio::test]
async fn a_network_without_an_oracle_sanctions_nobody() {
    let local = Local::start().await;
    let network = Network::local(local.token.address, None);
    let endpoint = local.rpc().url().parse().unwrap();
    let chain = crate::Chain::new(crate::Settings::new(vec![endpoint], network)).unwrap();
    assert_eq!(chain.is_sanctioned(PAYER).await, Ok(false));
}

#[tokio::test]
async fn the_tokens_blacklist_and_pause_are_told() {
    let local = Local::start().await;
    assert!(!local.chain.is_blacklisted(OURS).await.unwrap() && !local.chain.is_paused().await.unwrap());
    local.token.set_blacklisted(local.rpc(), OURS, true).await.unwrap();
    local.token.set_paused(local.rpc(), true).await.unwrap();
    assert!(local.chain.is_blacklisted(OURS).await.unwrap() && local.chain.is_paused().await.unwrap());
    assert!(!local.chain.is_blacklisted(PAYER).await.unwrap());
}

#[tokio::test]
async fn balances_of_more_than_one_batch_keep_their_order() {
    let local = Local::start().await;
    let head = local.chain.head(Tag::Latest).await.unwrap();
    let mut addresses = vec![OURS; 150];
    addresses[120] = PAYER;
    let balances = local.chain.balances(&addresses, head.number).await.unwrap();
    assert_eq!(balances.len(), 150);
    assert_eq!(balances.iter().position(|balance| *balance == 1_000 * DOLLAR), Some(120));
}

#[tokio::test]
async fn balances_of_a_block_that_is_not_there_are_an_error() {
    let local = Local::start().await;
    assert!(local.chain.balances(&[OURS], 1_000_000).await.is_err());
}
