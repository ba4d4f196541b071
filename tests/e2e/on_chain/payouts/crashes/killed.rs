//! The binary is killed at several moments after a withdrawal or a payout was asked for: each arrives once (PO-2).

use super::super::TRANSFER;
use anvil::accounts::ADDRESSES;
use anvil::{Anvil, Token};
use domain::time::DAY_S;
use harness::binary::{Binary, in_days};
use harness::on_chain::{CUSTOMER, TREASURY, WALLET};
use harness::{Agent, Api, Caller, OnChain, task_body};
use serde_json::{Value, json};
use std::path::Path;

const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";
/// Rounds of asking and killing. Each gives the workers a little more time than the one before: the first kills come
/// before anything is signed, the last after it was sent.
const ROUNDS: usize = 8;
/// Looks at what has become of it; more than it takes.
const LOOKS: usize = 200;

async fn start(folder: &Path, anvil: &Anvil) -> Binary {
    Binary::start(folder, &["--admin-key", ADMIN_KEY, "--chain", anvil.url()]).await
}

/// Lets blocks come and time pass until `field` of `path` says so.
async fn becomes(binary: &Binary, anvil: &Anvil, caller: Caller<'_>, (path, field): (&str, &str), value: &str) {
    for _ in 0..LOOKS {
        let shown = binary.get(caller.clone(), path).await.expect(200);
        if shown[field] == value || shown.text.contains(&format!("\"{field}\":{value}")) {
            return;
        }
        anvil.rpc().mine(2).await.unwrap();
        binary.advance(61).await;
    }
    panic!("{path} is not {value}: {}", binary.get(caller, path).await.text);
}

/// Transfers from the treasury to an address.
async fn transfers(anvil: &Anvil, to: chain::Address) -> usize {
    let topics = json!([TRANSFER, TREASURY.into_word(), to.into_word()]);
    let filter = json!([{ "fromBlock": "0x0", "toBlock": "latest", "address": Token::FIRST, "topics": topics }]);
    anvil.rpc().call::<Vec<Value>>("eth_getLogs", filter).await.unwrap().len()
}

async fn funded(binary: &Binary, anvil: &Anvil, dollars: u64) -> Agent {
    let agent = binary.agent("0").await;
    let to = binary.get(&agent, "/agents/deposit-address").await.expect(200).text_of("address");
    let token = Token::at(Token::FIRST);
    token.mint(anvil.rpc(), CUSTOMER, dollars * 1_000_000).await.unwrap();
    token.transfer(anvil.rpc(), CUSTOMER, to.parse().unwrap(), dollars * 1_000_000).await.unwrap();
    let balance = ("/agents/balance", "deposit_balance");
    becomes(binary, anvil, Caller::Agent(&agent), balance, &format!("{dollars}.00")).await;
    agent
}

#[tokio::test(flavor = "multi_thread")]
async fn po02_a_kill_after_a_withdrawal_or_a_payout_neither_loses_nor_doubles_it() {
    let (folder, anvil) = (tempfile::tempdir().unwrap(), OnChain::chain().await);
    let mut binary = start(folder.path(), &anvil).await;
    let agent = funded(&binary, &anvil, 500).await;
    let address = Some(json!({ "address": WALLET.to_string() }));
    binary.request(&agent, "PUT", "/agents/withdrawal-address", &[], address).await.expect(200);
    let operator = binary.operator("Jane Doe").await;
    let task = binary.post(&agent, "/tasks", task_body(80, in_days(2))).await.expect(201).text_of("task_id");
    binary.photograph(&operator, &task).await;
    binary.advance(u32::try_from(8 * DAY_S).unwrap()).await;

    for round in 0..ROUNDS {
        let key = format!("round {round}");
        let headers = [("idempotency-key", &*key)];
        let body = Some(json!({ "amount_usd": "10" }));
        let paid = json!({ "amount_usd": "10", "wallet_address": ADDRESSES[7].to_string() });
        let (by_agent, by_operator) = (Caller::Agent(&agent), Caller::Operator(&operator));
        let withdrawn = binary.request(by_agent.clone(), "POST", "/agents/withdrawals", &headers, body).await;
        let payout = binary.request(by_operator.clone(), "POST", "/operator/payout", &headers, Some(paid)).await;
        let withdrawn = format!("/agents/withdrawals/{}", withdrawn.expect(202).text_of("withdrawal_id"));
        let payout = format!("/operator/payout/status/{}", payout.expect(202).text_of("payout_id"));
        for _ in 0..round * 30 {
            binary.get(Caller::Nobody, "/health").await.expect(200);
        }
        binary.kill().await;
        binary = start(folder.path(), &anvil).await;
        becomes(&binary, &anvil, by_agent, (&withdrawn, "status"), "completed").await;
        becomes(&binary, &anvil, by_operator, (&payout, "status"), "completed").await;
        let arrived = [transfers(&anvil, WALLET).await, transfers(&anvil, ADDRESSES[7]).await];
        assert_eq!(arrived, [round + 1; 2]);
    }

    let token = Token::at(Token::FIRST);
    for wallet in [WALLET, ADDRESSES[7]] {
        assert_eq!(token.balance_of(anvil.rpc(), wallet).await.unwrap(), 10_000_000 * ROUNDS as u64);
    }
    let earnings = binary.get(&operator, "/operator/earnings").await.expect(200);
    assert_eq!(earnings.amount("available_balance"), "0.00");
    binary.audit(ADMIN_KEY).await;
}
