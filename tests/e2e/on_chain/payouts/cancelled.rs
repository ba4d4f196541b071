//! The treasury's owner cancels an authorization while it is on its way: either it was executed, or the money is back,
//! and the books say which (PO-9).

use super::{agent_id, arrivals, depositor, expect, key_of, nonce_of, stored, submit, withdraw};
use alloy::primitives::{Bytes, keccak256};
use alloy::sol;
use alloy::sol_types::{SolCall as _, SolValue as _};
use anvil::accounts::ADDRESSES;
use chain::B256;
use domain::PayoutId;
use domain::money::payout::{Failure, PayoutStatus};
use harness::OnChain;
use harness::on_chain::{TREASURY, WALLET};
use payouts::signer::{Local, Signer};

sol! {
    interface Token {
        function DOMAIN_SEPARATOR() external view returns (bytes32);
        function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;
    }
}

/// What cancels the authorization of a payout, signed by the treasury.
async fn cancelling(chain: &OnChain, id: PayoutId) -> Bytes {
    let kind = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
    let nonce = nonce_of(chain, id);
    let domain: B256 = chain.rpc().view(chain.token.address, Token::DOMAIN_SEPARATORCall {}).await.unwrap();
    let structure = keccak256((kind, TREASURY, nonce).abi_encode());
    let digest = keccak256([&[0x19, 0x01], domain.as_slice(), structure.as_slice()].concat());
    let treasury = Signer::Local(Local::parse(&key_of(1)).unwrap());
    let signature = treasury.sign(digest).await.unwrap();
    let (r, s) = (B256::from_slice(&signature[..32]), B256::from_slice(&signature[32..64]));
    Token::cancelAuthorizationCall { authorizer: TREASURY, nonce, v: signature[64], r, s }.abi_encode().into()
}

/// A block with our transaction and one that cancels it, which offers this of ours; whether the payout arrived.
async fn race(fee_percent: u64) -> bool {
    let chain = OnChain::new().await;
    let agent = depositor(&chain, 100).await;
    let (payee, id) = (agent_id(&agent), withdraw(&chain, &agent, "25").await);
    chain.rpc().set_automine(false).await.unwrap();
    chain.settle().await;
    let sent = stored(&chain, &payee, id).await;
    expect(&sent, PayoutStatus::Broadcast);
    let (data, fee_wei) = (cancelling(&chain, id).await, sent.attempts[0].fee_max * fee_percent / 100);
    let cancel = submit(chain.rpc(), ADDRESSES[3], (chain.token.address, &data), fee_wei).await;
    chain.rpc().mine(1).await.unwrap();
    let is_cancelled = chain.rpc().mined(cancel).await.unwrap().status();

    // What is cancelled is given back when that is final, and not before.
    chain.advance(61).await;
    let status = stored(&chain, &payee, id).await.status;
    assert_eq!(status, PayoutStatus::Broadcast, "no block after it is final");
    chain.rpc().set_automine(true).await.unwrap();
    chain.play_out().await;

    let payout = stored(&chain, &payee, id).await;
    let (status, failure, left, arrived) = if is_cancelled {
        (PayoutStatus::Failed, Some(Failure::Cancelled), "100.00", vec![])
    } else {
        (PayoutStatus::Completed, None, "75.00", vec![25_000_000])
    };
    assert_eq!((payout.status, payout.failure), (status, failure));
    assert_eq!(arrivals(&chain, WALLET).await, arrived);
    chain.assert_balances(&agent, &format!("deposit {left} escrow 0.00 revenue 0.00")).await;
    chain.audit().await;
    !is_cancelled
}

#[tokio::test]
async fn po09_what_is_cancelled_first_is_given_back() {
    assert!(!race(200).await, "who offers more comes first");
}

#[tokio::test]
async fn po09_what_is_executed_first_is_paid_and_cancelled_in_vain() {
    assert!(race(80).await, "who offers more comes first");
}
