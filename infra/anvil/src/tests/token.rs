//! The double of USDC beside its signatures, and the contracts around it.

use std::path::Path;
use std::process::Command;

use alloy::primitives::{Address, U256, hex, keccak256};
use alloy::sol_types::SolValue;

use super::{PAYEE, PAYER, RELAYER, anvil, funded, refused, transfers};
use crate::contracts::Usdc;
use crate::{Batcher, FakeToken, SanctionsOracle, Token, accounts};

#[test]
fn the_artifacts_are_what_the_contracts_compile_to() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("node").args(["compile.mjs", "--check"]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn the_first_token_says_that_it_is_usdc() {
    let anvil = anvil().await;
    let rpc = anvil.rpc();
    let token = Token::deploy(rpc).await.unwrap();
    assert_eq!(token, Token::at(Token::FIRST));
    assert_eq!(rpc.view(token.address, Usdc::nameCall {}).await.unwrap(), "USD Coin");
    assert_eq!(rpc.view(token.address, Usdc::versionCall {}).await.unwrap(), "2");
    assert_eq!(rpc.view(token.address, Usdc::decimalsCall {}).await.unwrap(), 6);
    let fields = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
    let domain = (keccak256(fields), keccak256("USD Coin"), keccak256("2"), U256::from(31_337), token.address);
    let separator = rpc.view(token.address, Usdc::DOMAIN_SEPARATORCall {}).await.unwrap();
    assert_eq!(separator, keccak256(domain.abi_encode()));
}

#[tokio::test]
async fn what_is_minted_is_transferred_and_logged() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let hash = token.transfer(rpc, PAYER, PAYEE, 25_000_001).await.unwrap();
    assert_eq!(transfers(&rpc.mined(hash).await.unwrap()), [(token.address, PAYER, PAYEE, 25_000_001)]);
    assert_eq!(token.balance_of(rpc, PAYER).await.unwrap(), 74_999_999);
    assert_eq!(token.balance_of(rpc, PAYEE).await.unwrap(), 25_000_001);
    let topic = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    assert_eq!(hex::encode(rpc.mined(hash).await.unwrap().logs()[0].topics()[0]), topic);
}

#[tokio::test]
async fn a_transfer_is_refused_in_circles_words() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    refused(token.transfer(rpc, PAYER, PAYEE, 100_000_001).await, "ERC20: transfer amount exceeds balance");
    refused(token.transfer(rpc, PAYER, Address::ZERO, 1).await, "ERC20: transfer to the zero address");
    for blacklisted in [PAYER, PAYEE] {
        token.set_blacklisted(rpc, blacklisted, true).await.unwrap();
        refused(token.transfer(rpc, PAYER, PAYEE, 1).await, "Blacklistable: account is blacklisted");
        token.set_blacklisted(rpc, blacklisted, false).await.unwrap();
    }
    token.set_paused(rpc, true).await.unwrap();
    refused(token.transfer(rpc, PAYER, PAYEE, 1).await, "Pausable: paused");
    token.set_paused(rpc, false).await.unwrap();
    token.transfer(rpc, PAYER, PAYEE, 1).await.unwrap();
}

#[tokio::test]
async fn only_the_owner_mints_pauses_and_blacklists() {
    let (anvil, token) = funded().await;
    let (rpc, words) = (anvil.rpc(), "Ownable: caller is not the owner");
    refused(rpc.send(PAYER, token.address, Usdc::mintCall { to: PAYER, value: U256::from(1) }).await, words);
    refused(rpc.send(PAYER, token.address, Usdc::pauseCall {}).await, words);
    refused(rpc.send(PAYER, token.address, Usdc::unpauseCall {}).await, words);
    refused(rpc.send(PAYER, token.address, Usdc::blacklistCall { account: PAYEE }).await, words);
    refused(rpc.send(PAYER, token.address, Usdc::unBlacklistCall { account: PAYEE }).await, words);
}

#[tokio::test]
async fn a_batch_is_several_transfers_in_a_transaction_that_is_not_the_tokens() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let batcher = Batcher::deploy(rpc).await.unwrap();
    let three = [(PAYEE, 7), (RELAYER, 8), (PAYEE, 9)];
    refused(batcher.transfer(rpc, token, PAYER, &three).await, "ERC20: transfer amount exceeds allowance");
    token.approve(rpc, PAYER, batcher.address, 24).await.unwrap();
    let hash = batcher.transfer(rpc, token, PAYER, &three).await.unwrap();
    let receipt = rpc.mined(hash).await.unwrap();
    assert_eq!(receipt.to, Some(batcher.address));
    assert_eq!(transfers(&receipt), three.map(|(to, micros)| (token.address, PAYER, to, micros)));
    refused(batcher.transfer(rpc, token, PAYER, &three[..1]).await, "ERC20: transfer amount exceeds allowance");
}

#[tokio::test]
async fn a_fake_tokens_transfer_differs_in_the_contract_alone() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let fake = FakeToken::deploy(rpc).await.unwrap();
    let hash = fake.transfer(rpc, PAYER, PAYEE, 10_000_000_000).await.unwrap();
    assert_eq!(transfers(&rpc.mined(hash).await.unwrap()), [(fake.address, PAYER, PAYEE, 10_000_000_000)]);
    assert_eq!(token.balance_of(rpc, PAYEE).await.unwrap(), 0);
}

#[tokio::test]
async fn a_stranger_may_move_nothing_from_anybody_and_no_more() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let hash = token.spoof(rpc, RELAYER, PAYER, PAYEE).await.unwrap();
    assert_eq!(transfers(&rpc.mined(hash).await.unwrap()), [(token.address, PAYER, PAYEE, 0)]);
    let one = Usdc::transferFromCall { from: PAYER, to: PAYEE, value: U256::from(1) };
    refused(rpc.send(RELAYER, token.address, one).await, "ERC20: transfer amount exceeds allowance");
}

#[tokio::test]
async fn the_oracle_knows_who_is_sanctioned_unless_it_is_down() {
    let anvil = anvil().await;
    let rpc = anvil.rpc();
    let oracle = SanctionsOracle::deploy(rpc).await.unwrap();
    assert!(!oracle.is_sanctioned(rpc, PAYER).await.unwrap());
    oracle.set_sanctioned(rpc, PAYER, true).await.unwrap();
    assert!(oracle.is_sanctioned(rpc, PAYER).await.unwrap());
    assert!(!oracle.is_sanctioned(rpc, accounts::DEPLOYER).await.unwrap());
    oracle.set_down(rpc, true).await.unwrap();
    refused(oracle.is_sanctioned(rpc, PAYER).await, "SanctionsOracle: down");
    oracle.set_down(rpc, false).await.unwrap();
    oracle.set_sanctioned(rpc, PAYER, false).await.unwrap();
    assert!(!oracle.is_sanctioned(rpc, PAYER).await.unwrap());
}
