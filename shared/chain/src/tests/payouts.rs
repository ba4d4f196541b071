//! Authorizations and transactions of ours on a real node.

use alloy::primitives::{Address, B256, Bytes, address};
use serde_json::json;

use super::local::{DOLLAR, Local, OTHERS, OURS, PAYER, RELAYER};
use crate::{Authorization, Ending, Refusal, Sent, Simulated, Tag, Transfer, calldata, payout_nonce};

alloy::sol! {
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;
}

/// Recovers who signed, on every chain.
const ECRECOVER: Address = address!("0000000000000000000000000000000000000001");

async fn cancel(local: &Local, nonce: B256) -> B256 {
    let fields = [["authorizer", "address"], ["nonce", "bytes32"]];
    let message = json!({ "authorizer": PAYER, "nonce": nonce });
    let signature = local.sign("CancelAuthorization", &fields, message).await;
    let (r, s) = (B256::from_slice(&signature[..32]), B256::from_slice(&signature[32..64]));
    let call = cancelAuthorizationCall { authorizer: PAYER, nonce, v: signature[64], r, s };
    local.rpc().send(RELAYER, local.token.address, call).await.unwrap()
}

#[tokio::test]
async fn the_digest_is_what_a_wallet_signs_for_the_same_fields() {
    let local = Local::start().await;
    let authorization = local.authorization(1).await;
    let signature = local.signature(&authorization).await;

    let digest = authorization.digest(local.chain.network());

    let v = B256::with_last_byte(signature[64]);
    let data = Bytes::from([digest.as_slice(), v.as_slice(), &signature[..64]].concat());
    let request = (json!({ "to": ECRECOVER, "data": data }), "latest");
    let signer: B256 = local.rpc().call("eth_call", request).await.unwrap();
    assert_eq!(Address::from_word(signer), PAYER);
}

#[tokio::test]
async fn an_authorization_pays_once() {
    let local = Local::start().await;
    let network = local.chain.network();
    let nonce = payout_nonce(network.chain_id, network.token, "po_1");
    let authorization = Authorization { nonce, ..local.authorization(0).await };
    let data = local.calldata(&authorization).await;
    let from = local.chain.head(Tag::Latest).await.unwrap().number;
    assert!(!local.chain.is_authorization_spent(PAYER, nonce).await.unwrap());
    assert_eq!(local.chain.authorization_outcome(PAYER, nonce, from).await.unwrap(), None);
    assert_eq!(local.chain.simulate(RELAYER, &data).await.unwrap(), Simulated::Passes);

    let paid = local.call_token(RELAYER, &data).await;
    let again = local.call_token(RELAYER, &data).await;

    assert_eq!(local.chain.balance(OURS).await.unwrap(), 25 * DOLLAR);
    assert!(!local.chain.payment(again).await.unwrap().unwrap().succeeded);
    assert!(local.chain.is_authorization_spent(PAYER, nonce).await.unwrap());
    assert!(!local.chain.was_authorization_spent(PAYER, nonce, from).await.unwrap());
    assert!(local.chain.was_authorization_spent(PAYER, nonce, from + 1).await.unwrap());
    assert!(local.chain.was_authorization_spent(PAYER, nonce, from + 99).await.is_err());
    assert_eq!(local.chain.simulate(RELAYER, &data).await.unwrap(), Simulated::Refused(Refusal::Used));

    let outcome = local.chain.authorization_outcome(PAYER, nonce, from).await.unwrap().unwrap();
    let payment = local.chain.payment(paid).await.unwrap().unwrap();
    assert_eq!((outcome.tx_hash, outcome.block, outcome.block_hash), (paid, payment.block, payment.block_hash));
    assert_eq!(outcome.ending, Ending::Executed(Transfer { ordinal: 1, from: PAYER, to: OURS, micros: 25 * DOLLAR }));
}

#[tokio::test]
async fn a_cancelled_authorization_is_spent_and_not_executed() {
    let local = Local::start().await;
    let authorization = local.authorization(7).await;
    let hash = cancel(&local, authorization.nonce).await;

    assert!(local.chain.is_authorization_spent(PAYER, authorization.nonce).await.unwrap());
    let outcome = local.chain.authorization_outcome(PAYER, authorization.nonce, 0).await.unwrap().unwrap();
    assert_eq!((outcome.tx_hash, outcome.ending), (hash, Ending::Cancelled));
    assert_eq!(local.chain.authorization_outcome(PAYER, B256::repeat_byte(8), 0).await.unwrap(), None);
    assert_eq!(local.chain.authorization_outcome(OURS, authorization.nonce, 0).await.unwrap(), None);
}

#[tokio::test]
async fn a_payout_that_vanished_with_its_block_has_no_outcome() {
    let local = Local::start().await;
    let authorization = local.authorization(1).await;
    let data = local.calldata(&authorization).await;
    local.call_token(RELAYER, &data).await;

    local.rpc().reorg(1).await.unwrap();

    assert_eq!(local.chain.authorization_outcome(PAYER, authorization.nonce, 0).await.unwrap(), None);
    assert!(!local.chain.is_authorization_spent(PAYER, authorization.nonce).await.unwrap());
    assert_eq!(local.chain.simulate(RELAYER, &data).await.unwrap(), Simulated::Passes);
}

#[tokio::test]
async fn a_simulation_tells_why_the_token_would_not_pay() {
    let local = Local::start().await;
    let good = local.authorization(1).await;
    let now_s = local.rpc().timestamp().await.unwrap();
    let cases = [
        (Authorization { micros: 2_000 * DOLLAR, ..good.clone() }, Refusal::Balance),
        (Authorization { valid_before_s: now_s - 1, ..good.clone() }, Refusal::Expired),
        (Authorization { valid_after_s: now_s + 3_000, ..good.clone() }, Refusal::NotYetValid),
        (Authorization { from: OTHERS, ..good.clone() }, Refusal::Signature),
        (Authorization { to: Address::ZERO, ..good.clone() }, Refusal::Other),
    ];
    for (authorization, refusal) in cases {
        let data = local.calldata(&authorization).await;
        assert_eq!(local.chain.simulate(RELAYER, &data).await.unwrap(), Simulated::Refused(refusal));
    }
    let data = calldata(&good, [0; 65]);
    assert_eq!(local.chain.simulate(RELAYER, &data).await.unwrap(), Simulated::Refused(Refusal::Signature));

    let data = local.calldata(&good).await;
    local.token.set_blacklisted(local.rpc(), OURS, true).await.unwrap();
    assert_eq!(local.chain.simulate(RELAYER, &data).await.unwrap(), Simulated::Refused(Refusal::Blacklisted));
    local.token.set_paused(local.rpc(), true).await.unwrap();
    assert_eq!(local.chain.simulate(RELAYER, &data).await.unwrap(), Simulated::Refused(Refusal::Paused));
}

#[tokio::test]
async fn a_signed_transaction_is_sent_and_sending_it_again_is_no_failure() {
    let local = Local::start().await;
    let data = local.calldata(&local.authorization(1).await).await;
    let fees = local.chain.fees().await.unwrap();
    assert!(0 < fees.max_priority_fee && fees.max_priority_fee < fees.max_fee);
    let gas = local.chain.estimate_gas(RELAYER, &data).await.unwrap();
    assert!((50_000..200_000).contains(&gas), "{gas}");
    assert_eq!(local.chain.transaction_count(RELAYER, Tag::Latest).await.unwrap(), 0);
    local.rpc().set_automine(false).await.unwrap();

    let raw = local.signed(&data, 0, fees.max_fee).await;
    // The same node twice: what one accepted, the other knows.
    assert_eq!(local.chain.send_raw(&raw).await.unwrap(), Sent::Accepted);
    assert_eq!(local.chain.send_raw(&raw).await.unwrap(), Sent::Known);
    let cheaper = local.signed(&data, 0, fees.max_fee - 1).await;
    assert_eq!(local.chain.send_raw(&cheaper).await.unwrap(), Sent::Underpriced);

    local.rpc().mine(1).await.unwrap();
    let other = local.signed(&Bytes::new(), 0, fees.max_fee).await;
    assert_eq!(local.chain.send_raw(&other).await.unwrap(), Sent::NonceTooLow);
    let below_base = local.signed(&data, 1, 1).await;
    assert_eq!(local.chain.send_raw(&below_base).await.unwrap(), Sent::Underpriced);
    let costly = local.signed(&data, 1, u128::MAX >> 32).await;
    assert_eq!(local.chain.send_raw(&costly).await.unwrap(), Sent::NoGas);
    assert!(local.chain.send_raw(b"no transaction").await.is_err());

    assert_eq!(local.chain.balance(OURS).await.unwrap(), 25 * DOLLAR);
    assert_eq!(local.chain.transaction_count(RELAYER, Tag::Latest).await.unwrap(), 1);
    assert_eq!(local.chain.transaction_count(RELAYER, Tag::Safe).await.unwrap(), 0);
}
