//! Ranges of blocks before endpoints that limit them, lie about them or are behind.

use alloy::primitives::{Address, B256, U256};
use serde_json::{Value, json};

use super::chain;
use super::node::{Answer, Node};
use crate::{ChainError, Failure, Network, Which};

const OURS: Address = Address::repeat_byte(0x0b);
const BUSY_BLOCKS: [u64; 3] = [1_000, 2_999, 3_000];

fn number(parameters: &Value, field: &str) -> u64 {
    u64::from_str_radix(&parameters[0][field].as_str().unwrap()[2..], 16).unwrap()
}

/// With a payment in each busy block, up to this head. Refuses more blocks at once than its limit.
async fn node(head: u64, limit: u64) -> Node {
    Node::start(move |method, parameters| match method {
        "eth_getLogs" => {
            let (from, to) = (number(parameters, "fromBlock"), number(parameters, "toBlock"));
            if to - from >= limit {
                return Some(Answer::Error(-32005, "query returned more than 10000 results".to_owned()));
            }
            let found = BUSY_BLOCKS.iter().filter(|block| (from..=to.min(head)).contains(block));
            Some(Answer::Result(found.map(|block| log(*block)).collect()))
        }
        "eth_getBlockByNumber" => {
            let asked = u64::from_str_radix(&parameters[0].as_str()?[2..], 16).ok()?;
            (asked <= head)
                .then(|| Answer::Result(json!({ "number": parameters[0], "hash": B256::ZERO, "timestamp": "0x1" })))
        }
        _ => None,
    })
    .await
}

fn log(block: u64) -> Value {
    let transfer = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    json!({
        "address": Network::BASE.token, "topics": [transfer, B256::ZERO, OURS.into_word()],
        "data": B256::from(U256::from(1)), "blockNumber": format!("{block:#x}"), "blockHash": B256::ZERO,
        "transactionHash": hash(block), "transactionIndex": "0x0", "logIndex": "0x0", "removed": false,
    })
}

fn hash(block: u64) -> B256 {
    B256::from(U256::from(block))
}

#[tokio::test]
async fn a_range_is_asked_for_in_parts_that_the_endpoint_takes() {
    for (limit, questions) in [(2_000, 3), (1_000, 6), (700, 11)] {
        let node = node(10_000, limit).await;
        let found = chain(&[&node]).payments_to(&[OURS], 1, 4_001).await.unwrap();
        assert_eq!(found, BUSY_BLOCKS.map(hash));
        assert_eq!(node.count("eth_getLogs"), questions, "{limit}");
    }
}

#[tokio::test]
async fn a_range_is_asked_for_in_parts_of_500_addresses() {
    let node = node(10_000, 2_000).await;
    let addresses = vec![OURS; 1_001];
    let found = chain(&[&node]).payments_to(&addresses, 900, 1_100).await.unwrap();
    assert_eq!(found, [hash(1_000)]);
    assert_eq!(node.count("eth_getLogs"), 3);
}

#[tokio::test]
async fn an_endpoint_that_refuses_single_blocks_is_given_up() {
    let node = node(10_000, 0).await;
    let refused = ChainError::Refused { endpoint: Which::First, method: "eth_getLogs", code: -32005 };
    assert_eq!(chain(&[&node]).payments_to(&[OURS], 1, 2_000).await, Err(refused));
    assert!(node.count("eth_getLogs") < 20);
}

#[tokio::test]
async fn ch26_an_endpoint_that_is_behind_does_not_pass_for_one_without_payments() {
    let node = node(2_999, 2_000).await;
    let behind = ChainError::Unavailable { endpoint: Which::First, failure: Failure::Behind };
    assert_eq!(chain(&[&node]).payments_to(&[OURS], 2_900, 3_000).await, Err(behind));
    assert_eq!(chain(&[&node]).payments_to(&[OURS], 2_900, 2_999).await, Ok(vec![hash(2_999)]));
}

#[tokio::test]
async fn ch17_endpoints_that_find_other_payments_are_not_believed() {
    let honest = node(10_000, 2_000).await;
    let truncating = Node::start(|method, parameters| match method {
        "eth_getLogs" => Some(Answer::Result(json!([log(1_000)]))),
        "eth_getBlockByNumber" => {
            Some(Answer::Result(json!({ "number": parameters[0], "hash": B256::ZERO, "timestamp": "0x1" })))
        }
        _ => None,
    })
    .await;
    let disagreement = ChainError::Disagreement("the payments of a range");
    assert_eq!(chain(&[&honest, &truncating]).payments_to(&[OURS], 900, 2_899).await, Ok(vec![hash(1_000)]));
    assert_eq!(chain(&[&honest, &truncating]).payments_to(&[OURS], 1_001, 3_000).await, Err(disagreement));
}
