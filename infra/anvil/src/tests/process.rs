//! How the node comes and goes.

use std::path::Path;

use super::{anvil, installed};
use crate::{Anvil, Error, Options, Rpc, StartError};

#[tokio::test]
async fn each_chain_is_ones_own_and_has_the_id_that_was_asked_for() {
    let base = Anvil::start(&installed(), Options { chain_id: 8_453, ..Options::default() }).await.unwrap();
    let local = anvil().await;
    assert_ne!(base.url(), local.url());
    assert_eq!(base.rpc().chain_id().await.unwrap(), 8_453);
    assert_eq!(local.rpc().chain_id().await.unwrap(), 31_337);
}

#[tokio::test]
async fn a_dropped_chain_answers_no_more() {
    let anvil = anvil().await;
    let rpc = Rpc::new(anvil.url()).unwrap();
    rpc.chain_id().await.unwrap();
    drop(anvil);
    assert!(matches!(rpc.chain_id().await, Err(Error::Unreachable { .. })));
}

#[tokio::test]
async fn a_node_that_is_missing_or_ends_at_once_is_an_error() {
    let missing = Anvil::start(Path::new("no/such/anvil"), Options::default()).await;
    assert!(matches!(missing, Err(StartError::NotInstalled(_))), "{missing:?}");
    let ended = Anvil::start(Path::new("/bin/false"), Options::default()).await;
    assert!(matches!(ended, Err(StartError::Ended)), "{ended:?}");
}

/// It prints some lines for each block, and its pipe has room for a few hundred.
#[tokio::test]
async fn a_node_that_says_much_goes_on() {
    let anvil = anvil().await;
    anvil.rpc().mine(600).await.unwrap();
    assert_eq!(anvil.rpc().block_number("latest").await.unwrap(), 600);
}
