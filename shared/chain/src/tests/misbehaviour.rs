//! Receipts that are not what they seem, and endpoints that do not answer as they should.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use alloy::primitives::{Address, B256, U256, logs_bloom};
use alloy::rpc::types::Log;
use serde_json::{Value, json};

use super::node::{Answer, KEY, Node};
use super::{chain, settings};
use crate::{Chain, ChainError, Failure, Head, Network, Payment, Sent, Tag, Transfer, Which};

const TX: B256 = B256::repeat_byte(0x7a);
const BLOCK_HASH: B256 = B256::repeat_byte(0xb1);
const PAYER: Address = Address::repeat_byte(0x0a);
const OURS: Address = Address::repeat_byte(0x0b);

fn log(micros: u64, log_index: u64) -> Value {
    let transfer = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    json!({
        "address": Network::BASE.token, "topics": [transfer, PAYER.into_word(), OURS.into_word()],
        "data": B256::from(U256::from(micros)), "blockNumber": "0x64", "blockHash": BLOCK_HASH,
        "transactionHash": TX, "transactionIndex": "0x0", "logIndex": format!("{log_index:#x}"), "removed": false,
    })
}

/// Of block 100, of a transaction of a type that Ethereum does not have.
fn receipt(logs: &[Value]) -> Value {
    let parsed: Vec<Log> = serde_json::from_value(json!(logs)).unwrap();
    json!({
        "type": "0x7e", "status": "0x1", "transactionHash": TX, "transactionIndex": "0x0",
        "blockNumber": "0x64", "blockHash": BLOCK_HASH, "logs": logs,
        "logsBloom": logs_bloom(parsed.iter().map(|log| &log.inner)),
        "depositNonce": "0x1", "depositReceiptVersion": "0x1", "l1Fee": "0x0",
        "gasUsed": "0x5208", "cumulativeGasUsed": "0x5208", "effectiveGasPrice": "0x0",
        "from": PAYER, "to": OURS, "contractAddress": null,
    })
}

fn block(number: &str, hash: B256) -> Value {
    json!({ "number": number, "hash": hash, "timestamp": "0x6553f100", "transactions": [] })
}

/// A node with this receipt, and with this block wherever one is asked for.
async fn node(receipt: Value, block: Value) -> Node {
    Node::start(move |method, _| match method {
        "eth_getTransactionReceipt" => Some(Answer::Result(receipt.clone())),
        "eth_getBlockByNumber" => Some(Answer::Result(block.clone())),
        _ => None,
    })
    .await
}

fn changed(mut value: Value, field: &str, to: impl Into<Value>) -> Value {
    value[field] = to.into();
    value
}

#[tokio::test]
async fn ch19_a_receipt_of_bases_own_type_is_read() {
    let node = node(receipt(&[log(25_000_000, 7)]), block("0x64", BLOCK_HASH)).await;

    let payment = chain(&[&node]).payment(TX).await.unwrap();

    let transfers = vec![Transfer { ordinal: 0, from: PAYER, to: OURS, micros: 25_000_000 }];
    assert_eq!(payment, Some(Payment { tx_hash: TX, block: 100, block_hash: BLOCK_HASH, succeeded: true, transfers }));
}

#[tokio::test]
async fn ch13_a_receipt_outside_the_chains_blocks_is_no_payment() {
    let good = receipt(&[log(25_000_000, 0)]);
    let cases = [
        ("no receipt", Value::Null, block("0x64", BLOCK_HASH)),
        ("no block's number", changed(good.clone(), "blockNumber", Value::Null), block("0x64", BLOCK_HASH)),
        ("no block's hash", changed(good.clone(), "blockHash", Value::Null), block("0x64", BLOCK_HASH)),
        ("a block that is not there yet", good.clone(), Value::Null),
        ("a block that has no hash yet", good.clone(), changed(block("0x64", BLOCK_HASH), "hash", Value::Null)),
        ("a block that another one replaced", good, block("0x64", B256::repeat_byte(0xb2))),
    ];
    for (case, receipt, block) in cases {
        let node = node(receipt, block).await;
        assert_eq!(chain(&[&node]).payment(TX).await, Ok(None), "{case}");
    }
}

#[tokio::test]
async fn ch17_endpoints_that_disagree_show_no_payment() {
    let good = receipt(&[log(25_000_000, 0)]);
    let other_block = B256::repeat_byte(0xb2);
    let cases = [
        ("status", changed(good.clone(), "status", "0x0"), BLOCK_HASH),
        ("a transfer more", receipt(&[log(25_000_000, 0), log(1, 1)]), BLOCK_HASH),
        ("an amount", receipt(&[log(25_000_001, 0)]), BLOCK_HASH),
        ("the block", changed(good.clone(), "blockHash", json!(other_block)), other_block),
    ];
    let honest = node(good, block("0x64", BLOCK_HASH)).await;
    for (case, receipt, hash) in cases {
        let liar = node(receipt, block("0x64", hash)).await;
        for nodes in [[&honest, &liar], [&liar, &honest]] {
            let refusal = chain(&nodes).payment(TX).await.unwrap_err();
            assert_eq!(refusal, ChainError::Disagreement("a payment"), "{case}");
        }
    }
}

#[tokio::test]
async fn ch17_a_payment_that_one_endpoint_has_not_seen_is_not_there_yet() {
    let ahead = node(receipt(&[log(25_000_000, 0)]), block("0x64", BLOCK_HASH)).await;
    let behind = Node::start(|_, _| None).await;
    assert_eq!(chain(&[&ahead, &behind]).payment(TX).await, Ok(None));
    assert_eq!(chain(&[&behind, &ahead]).payment(TX).await, Ok(None));
}

#[tokio::test]
async fn ch18_a_receipt_that_is_not_whole_is_no_receipt() {
    let mut others = log(3_000_000, 1);
    others["topics"][2] = json!(Address::repeat_byte(0x0c).into_word());
    let whole = receipt(&[log(25_000_000, 0), others]);
    let cases = [
        ("logs left out", changed(whole.clone(), "logs", json!([log(25_000_000, 0)]))),
        ("another transaction's", changed(whole.clone(), "transactionHash", json!(BLOCK_HASH))),
        ("no status", changed(whole.clone(), "status", Value::Null)),
        ("a status that does not exist", changed(whole, "status", "0x2")),
        ("another thing", json!([1, 2, 3])),
    ];
    for (case, receipt) in cases {
        let node = node(receipt, block("0x64", BLOCK_HASH)).await;
        let method = "eth_getTransactionReceipt";
        let expected = ChainError::Malformed { endpoint: Which::First, method };
        assert_eq!(chain(&[&node]).payment(TX).await, Err(expected), "{case}");
    }
}

#[tokio::test]
async fn ch18_an_endpoint_that_misbehaves_is_an_error_that_tells_nothing_of_it() {
    type Script = fn() -> Answer;
    let cases: [(Script, Failure, usize); 9] = [
        (|| Answer::Http(200, vec![b' '; 10 * 1024 * 1024]), Failure::TooLarge, 1),
        (|| Answer::Silence, Failure::Timeout, 1),
        (|| Answer::Http(429, b"slow down".to_vec()), Failure::Status(429), 2),
        (|| Answer::Http(503, Vec::new()), Failure::Status(503), 2),
        (|| Answer::Http(401, KEY.as_bytes().to_vec()), Failure::Status(401), 1),
        (|| Answer::Http(302, Vec::new()), Failure::Status(302), 1),
        (|| Answer::Http(200, b"<html>".to_vec()), Failure::NotJsonRpc, 1),
        (|| Answer::Http(200, b"[]".to_vec()), Failure::NotJsonRpc, 1),
        (|| Answer::Cut(br#"{"jsonrpc":"2.0","id":0,"result":[{"#.to_vec()), Failure::Connection, 2),
    ];
    for (answer, failure, attempts) in cases {
        let node = Node::start(move |method, _| (method == "eth_getTransactionReceipt").then(answer)).await;
        let mut settings = settings(&[&node]);
        // Of a busy machine, no other case may run out.
        if failure == Failure::Timeout {
            settings.timeout = Duration::from_secs(1);
        }
        let chain = Chain::connect(settings).await.unwrap();

        let error = chain.payment(TX).await.unwrap_err();

        assert_eq!(error, ChainError::Unavailable { endpoint: Which::First, failure });
        assert_eq!(node.count("eth_getTransactionReceipt"), attempts, "{failure}");
        let told = format!("{error} {error:?}");
        assert!(!told.contains(KEY) && !told.contains("127.0.0.1"), "{told}");
        assert!(!error.is_lasting());
    }
}

#[tokio::test]
async fn ch18_a_busy_endpoint_is_asked_a_second_time() {
    let busy = AtomicBool::new(true);
    let node = Node::start(move |method, _| {
        (method == "eth_getTransactionReceipt" && busy.swap(false, Ordering::SeqCst))
            .then(|| Answer::Http(429, Vec::new()))
    })
    .await;
    assert_eq!(chain(&[&node]).payment(TX).await, Ok(None));
}

#[tokio::test]
async fn ch18_a_nodes_error_is_told_without_its_words() {
    let node = Node::start(|method, _| {
        (method == "eth_getTransactionReceipt").then(|| Answer::Error(-32005, format!("{KEY} is over its limit")))
    })
    .await;
    let error = chain(&[&node]).payment(TX).await.unwrap_err();
    let method = "eth_getTransactionReceipt";
    assert_eq!(error, ChainError::Refused { endpoint: Which::First, method, code: -32005 });
}

#[tokio::test]
async fn a_transfer_that_no_book_can_hold_is_an_error() {
    let mut log = log(0, 0);
    log["data"] = json!(B256::from(U256::from(i64::MAX.unsigned_abs() + 1)));
    let node = node(receipt(&[log]), block("0x64", BLOCK_HASH)).await;
    assert_eq!(chain(&[&node]).payment(TX).await, Err(ChainError::Amount(TX)));
}

#[tokio::test]
async fn the_head_is_that_of_the_endpoint_which_is_behind() {
    let ahead = node(Value::Null, block("0x65", B256::repeat_byte(0xb2))).await;
    let behind = node(Value::Null, block("0x64", BLOCK_HASH)).await;
    let head = Head { number: 100, hash: BLOCK_HASH, timestamp_s: 1_700_000_000 };
    assert_eq!(chain(&[&ahead, &behind]).head(Tag::Safe).await, Ok(head));
    assert_eq!(chain(&[&behind, &ahead]).head(Tag::Safe).await, Ok(head));
}

#[tokio::test]
async fn a_nodes_error_counts_with_an_http_status_of_an_error_too() {
    let node = Node::start(|method, _| {
        let body = br#"{"jsonrpc":"2.0","id":0,"error":{"code":-32000,"message":"already known"}}"#;
        (method == "eth_sendRawTransaction").then(|| Answer::Http(400, body.to_vec()))
    })
    .await;
    assert_eq!(chain(&[&node]).send_raw(b"signed").await, Ok(Sent::Known));
}

#[tokio::test]
async fn a_transaction_that_one_endpoint_accepts_is_accepted() {
    let raw = b"signed";
    let hash = json!(alloy::primitives::keccak256(raw));
    let sending = |answer: fn(&Value) -> Answer| {
        let hash = hash.clone();
        Node::start(move |method, _| (method == "eth_sendRawTransaction").then(|| answer(&hash)))
    };
    let accepts = sending(|hash| Answer::Result(hash.clone())).await;
    let down = sending(|_| Answer::Http(500, Vec::new())).await;
    let late = sending(|_| Answer::Error(-32000, "nonce too low: next nonce 5, tx nonce 4".to_owned())).await;
    let confused = sending(|_| Answer::result(json!(B256::ZERO))).await;

    assert_eq!(chain(&[&accepts, &down]).send_raw(raw).await, Ok(Sent::Accepted));
    assert_eq!(chain(&[&late, &accepts]).send_raw(raw).await, Ok(Sent::Accepted));
    assert_eq!(chain(&[&late, &down]).send_raw(raw).await, Ok(Sent::NonceTooLow));
    let method = "eth_sendRawTransaction";
    let malformed = ChainError::Malformed { endpoint: Which::First, method };
    assert_eq!(chain(&[&confused]).send_raw(raw).await, Err(malformed));
    let unavailable = ChainError::Unavailable { endpoint: Which::Second, failure: Failure::Status(500) };
    assert_eq!(chain(&[&confused, &down]).send_raw(raw).await, Err(unavailable));
}
