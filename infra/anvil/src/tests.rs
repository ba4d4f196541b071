//! Against a running node: what it does, and what the double of USDC does on it.

mod accounts;
mod authorizations;
mod chain;
mod process;
mod token;

use alloy::primitives::{Address, U256};
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::SolEvent;

use crate::{Anvil, Error, Options, Token, accounts::ADDRESSES, binary};

const PAYER: Address = ADDRESSES[1];
const PAYEE: Address = ADDRESSES[2];
const RELAYER: Address = ADDRESSES[3];

alloy::sol! {
    event Transfer(address indexed from, address indexed to, uint256 value);
}

fn installed() -> std::path::PathBuf {
    binary(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
}

async fn anvil() -> Anvil {
    Anvil::start(&installed(), Options::default()).await.unwrap()
}

/// A chain with a token, of which the payer has a hundred dollars.
async fn funded() -> (Anvil, Token) {
    let anvil = anvil().await;
    let token = Token::deploy(anvil.rpc()).await.unwrap();
    token.mint(anvil.rpc(), PAYER, 100_000_000).await.unwrap();
    (anvil, token)
}

/// The transfers in a transaction: whose log, from, to and how much.
fn transfers(receipt: &TransactionReceipt) -> Vec<(Address, Address, Address, u64)> {
    let logs = receipt.logs().iter().map(|log| (log.address(), Transfer::decode_log(&log.inner).unwrap().data));
    logs.map(|(contract, Transfer { from, to, value })| (contract, from, to, value.to())).collect()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>, words: &str) {
    let error = outcome.unwrap_err();
    assert!(matches!(&error, Error::Refused { message, .. } if message.ends_with(words)), "{words}: {error}");
}

fn dollars(whole: u64) -> U256 {
    U256::from(whole * 1_000_000)
}
