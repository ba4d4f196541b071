//! Deposits: proven by the chain, credited once, to whom they were sent (CH-1 to 28; 13 and 19 are of `shared/chain`, 27
//! of `functions/payments`, as is the reading in all others). Here is what their tests share.

mod amounts;
mod crashes;
mod credit;
mod endpoints;
mod liar;
mod modes;
mod races;
mod reorgs;
mod spent;
mod suspense;

use chain::{B256, Bytes};
use harness::{Agent, Api, OnChain, Reply};
use serde_json::{Value, json};

/// What an agent has when it has spent nothing.
async fn has(chain: &OnChain, agent: &Agent, dollars: &str) {
    chain.assert_balances(agent, &format!("deposit {dollars} escrow 0.00 revenue 0.00")).await;
}

/// What a transaction was sent as.
async fn raw(chain: &OnChain, hash: B256) -> Bytes {
    chain.rpc().call("eth_getRawTransactionByHash", [hash]).await.unwrap()
}

/// Sends it anew, and waits until it is in a block.
async fn again(chain: &OnChain, raw: &Bytes) {
    let hash: B256 = chain.rpc().call("eth_sendRawTransaction", [raw]).await.unwrap();
    chain.rpc().mined(hash).await.unwrap();
}

/// One more block, which makes the one before it safe, and whatever comes of that.
async fn make_safe(chain: &OnChain) {
    chain.rpc().mine(1).await.unwrap();
    chain.settle().await;
}

/// Confirms a transaction with this text for its hash.
async fn confirm(chain: &OnChain, agent: &Agent, tx_hash: &str, usdc: Value) -> Reply {
    let body = json!({ "tx_hash": tx_hash, "amount_usdc": usdc });
    chain.post(agent, "/agents/deposit/usdc", body).await
}

/// The agent's list of deposits: how many there are.
async fn listed(chain: &OnChain, agent: &Agent) -> usize {
    statement(chain, agent).await.len()
}

/// What each line of that list says, newest first.
async fn statement(chain: &OnChain, agent: &Agent) -> Vec<String> {
    let list = chain.get(agent, "/agents/deposits").await.expect(200);
    let lines = list["data"].as_array().unwrap();
    assert_eq!(lines.len() as u64, list["pagination"]["total"].as_u64().unwrap(), "{}", list.text);
    lines.iter().map(|line| line["status"].as_str().unwrap().to_owned()).collect()
}

/// The agent's events about deposits.
async fn told(chain: &OnChain, agent: &Agent) -> Vec<String> {
    let events = chain.get(agent, "/events").await.expect(200);
    let names = events["data"].as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap().to_owned());
    names.filter(|name| name.starts_with("deposit.")).collect()
}

/// Reasons of what is in suspense, with the amounts, newest first.
async fn in_suspense(chain: &OnChain) -> Vec<(String, Value)> {
    let list = chain.get(chain.staff(), "/admin/suspense").await.expect(200);
    let entry = |it: &Value| (it["reason"].as_str().unwrap().to_owned(), it["amount_usd"].clone());
    list["data"].as_array().unwrap().iter().map(entry).collect()
}
