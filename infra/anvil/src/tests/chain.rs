//! What is done to the chain itself.

use alloy::primitives::{U256, address};

use super::{PAYEE, PAYER, RELAYER, funded, installed};
use crate::{Anvil, Options, Token};

#[tokio::test]
async fn safe_is_one_block_behind_and_finalized_two() {
    let (anvil, _token) = funded().await;
    anvil.rpc().mine(5).await.unwrap();
    for (tag, expected) in [("latest", 7), ("safe", 6), ("finalized", 5)] {
        assert_eq!(anvil.rpc().block_number(tag).await.unwrap(), expected, "{tag}");
    }
}

#[tokio::test]
async fn a_reorg_undoes_a_transfer_and_leaves_the_height() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let hash = token.transfer(rpc, PAYER, PAYEE, 1).await.unwrap();
    let (height, before) = (rpc.block_number("latest").await.unwrap(), rpc.mined(hash).await.unwrap());
    rpc.reorg(1).await.unwrap();
    assert_eq!(rpc.block_number("latest").await.unwrap(), height);
    assert_eq!(rpc.receipt(hash).await.unwrap(), None);
    assert_eq!(token.balance_of(rpc, PAYEE).await.unwrap(), 0);
    // The same transfer again is another one, in another block of the height after.
    let again = token.transfer(rpc, PAYER, PAYEE, 1).await.unwrap();
    let after = rpc.mined(again).await.unwrap();
    assert_eq!((after.block_number, before.block_number), (Some(height + 1), Some(height)));
    assert_eq!(token.balance_of(rpc, PAYEE).await.unwrap(), 1);
}

#[tokio::test]
async fn a_rollback_takes_the_block_away() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let hash = token.transfer(rpc, PAYER, PAYEE, 1).await.unwrap();
    let height = rpc.block_number("latest").await.unwrap();
    rpc.rollback(1).await.unwrap();
    assert_eq!(rpc.block_number("latest").await.unwrap(), height - 1);
    assert_eq!(rpc.receipt(hash).await.unwrap(), None);
}

#[tokio::test]
async fn without_automine_a_transfer_waits_and_can_be_dropped() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    rpc.set_automine(false).await.unwrap();
    let kept = token.transfer(rpc, PAYER, PAYEE, 1).await.unwrap();
    let dropped = token.transfer(rpc, PAYER, RELAYER, 1).await.unwrap();
    assert_eq!(rpc.receipt(kept).await.unwrap(), None);
    assert!(rpc.drop_transaction(dropped).await.unwrap());
    assert!(!rpc.drop_transaction(dropped).await.unwrap());
    rpc.mine(1).await.unwrap();
    assert!(rpc.receipt(kept).await.unwrap().unwrap().status());
    assert_eq!(rpc.receipt(dropped).await.unwrap(), None);
    assert_eq!(token.balance_of(rpc, RELAYER).await.unwrap(), 0);
}

#[tokio::test]
async fn a_chain_may_begin_without_automine() {
    let anvil = Anvil::start(&installed(), Options { automine: false, ..Options::default() }).await.unwrap();
    let rpc = anvil.rpc();
    let hash = Token::at(Token::FIRST).transfer(rpc, PAYER, PAYEE, 1).await.unwrap();
    assert_eq!(rpc.receipt(hash).await.unwrap(), None);
    rpc.mine(1).await.unwrap();
    assert_eq!(rpc.receipt(hash).await.unwrap().unwrap().block_number, Some(1));
}

#[tokio::test]
async fn the_clock_of_the_chain_is_moved() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let before = rpc.timestamp().await.unwrap();
    rpc.increase_time(4_000).await.unwrap();
    let moved = rpc.timestamp().await.unwrap();
    assert!((before + 4_000..before + 4_060).contains(&moved), "{before} {moved}");
    rpc.set_next_timestamp(moved + 77).await.unwrap();
    token.transfer(rpc, PAYER, PAYEE, 1).await.unwrap();
    assert_eq!(rpc.timestamp().await.unwrap(), moved + 77);
}

#[tokio::test]
async fn anybody_can_be_played_and_is_given_the_gas_alone() {
    let (anvil, token) = funded().await;
    let rpc = anvil.rpc();
    let stranger = address!("00000000000000000000000000000000deadbeef");
    rpc.fund(stranger, U256::from(7)).await.unwrap();
    assert_eq!(rpc.wei_of(stranger).await.unwrap(), U256::from(7));
    rpc.fund(stranger, U256::ZERO).await.unwrap();
    token.transfer(rpc, PAYER, stranger, 3).await.unwrap();
    token.transfer(rpc, stranger, PAYEE, 2).await.unwrap();
    assert_eq!(token.balance_of(rpc, stranger).await.unwrap(), 1);
    assert_eq!(token.balance_of(rpc, PAYEE).await.unwrap(), 2);
}
