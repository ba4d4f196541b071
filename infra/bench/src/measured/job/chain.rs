//! A node of Base, played: it answers at once, and takes every transaction.

use crate::Failure;
use crate::measured::account::arn;
use axum::Router;
use axum::extract::Json;
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use tokio::net::TcpListener;

/// The accounts whose keys are the numbers one and two.
const TREASURY: &str = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";
const RELAYER: &str = "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF";
/// Whoever is paid: the account of the key three.
pub(super) const PAYEE: &str = "0x6813Eb9362372EEF6200f3b1dbC3f819671cBA69";
/// Of the treasury: a million dollars.
const MICROS: u64 = 1_000_000_000_000;
/// Of the newest block.
const NUMBER: &str = "0x1c9c380";
const GWEI: &str = "0x3b9aca00";
const SEPARATOR: &str = "0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f";

/// The selector of a call, and what the token on Base answers: its name, version, decimals, `DOMAIN_SEPARATOR`, a balance.
/// Everything else is false, or passes.
fn calls() -> [(&'static str, String); 5] {
    [
        ("0x06fdde03", text("USD Coin")),
        ("0x54fd4d50", text("2")),
        ("0x313ce567", word(6)),
        ("0x3644e515", SEPARATOR.to_owned()),
        ("0x70a08231", word(MICROS)),
    ]
}

/// Answers its URL.
pub(super) async fn open() -> Result<String, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    Ok(url)
}

/// By the last words of their ARNs.
pub(super) fn secrets(url: String) -> [(&'static str, String); 3] {
    let key = |number: u64| format!("0x{number:064x}");
    [("rpc", url), ("treasury", key(1)), ("relayer", key(2))]
}

/// What `payouts` is told of it.
pub(super) fn variables() -> [(&'static str, String); 6] {
    [
        ("HUMANOPS_CHAIN_ID", "8453".to_owned()),
        ("HUMANOPS_RPC_ARN", arn("rpc")),
        ("HUMANOPS_TREASURY", TREASURY.to_owned()),
        ("HUMANOPS_TREASURY_KEY_ARN", arn("treasury")),
        ("HUMANOPS_RELAYER", RELAYER.to_owned()),
        ("HUMANOPS_RELAYER_KEY_ARN", arn("relayer")),
    ]
}

async fn answer(Json(asked): Json<Value>) -> Json<Value> {
    Json(match asked.as_array() {
        Some(questions) => questions.iter().map(reply).collect(),
        None => reply(&asked),
    })
}

fn reply(question: &Value) -> Value {
    let id = &question["id"];
    let said = match question["method"].as_str().unwrap_or_default() {
        "eth_chainId" => json!("0x2105"),
        "eth_getBlockByNumber" => json!({ "number": NUMBER, "hash": word(1), "timestamp": now() }),
        "eth_getTransactionCount" => json!("0x0"),
        "eth_feeHistory" => json!({ "oldestBlock": NUMBER, "baseFeePerGas": [GWEI, GWEI], "reward": [[GWEI]] }),
        "eth_estimateGas" => json!("0x186a0"),
        "eth_call" => json!(called(question)),
        // Its hash is not to be made up.
        "eth_sendRawTransaction" => {
            let error = json!({ "code": -32000, "message": "already known" });
            return json!({ "jsonrpc": "2.0", "id": id, "error": error });
        }
        _ => Value::Null,
    };
    json!({ "jsonrpc": "2.0", "id": id, "result": said })
}

fn called(question: &Value) -> String {
    let data = question["params"][0]["data"].as_str().unwrap_or_default();
    let answer = calls().into_iter().find(|(selector, _)| data.starts_with(selector));
    answer.map_or_else(|| word(0), |(_, answer)| answer)
}

/// Seconds since 1970.
fn now() -> String {
    format!("{:#x}", store::Clock::system(0).now().seconds())
}

/// As the ABI has a number.
fn word(number: u64) -> String {
    format!("0x{number:064x}")
}

/// As the ABI has a string of up to 32 bytes.
fn text(content: &str) -> String {
    let digits = base16ct::lower::encode_string(content.as_bytes());
    format!("0x{:064x}{:064x}{digits:0<64}", 32, content.len())
}
