//! What counts as a deposit, whose it is, and when it is credited.

use super::{confirm, has, listed, make_safe};
use anvil::accounts::ADDRESSES;
use anvil::{Batcher, FakeToken, Token};
use chain::{Address, Authorization, B256, Bytes, U256, calldata};
use harness::on_chain::{CUSTOMER, RELAYER};
use harness::{Agent, Api, OnChain};
use payouts::signer::{Local, Signer};
use serde_json::json;

#[tokio::test]
async fn ch01_a_deposit_is_credited_once_its_block_is_safe() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await;
    let pending = chain.claim(&agent, hash, "100").await.expect(202);
    assert_eq!(pending.text_of("status"), "pending");
    has(&chain, &agent, "0.00").await;
    chain.rpc().mine(1).await.unwrap();
    let confirmed = chain.claim(&agent, hash, "100").await.expect(200);
    assert_eq!(confirmed.text_of("status"), "confirmed");
    assert_eq!(confirmed["transaction_id"], pending["transaction_id"]);
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch01_more_than_a_thousand_dollars_wait_until_their_block_is_final() {
    for (micros, usdc, blocks) in [(1_000_000_000, "1000.00", 1), (1_000_000_001, "1000.000001", 2)] {
        let chain = OnChain::new().await;
        let [caller, silent] = [chain.agent("0").await, chain.agent("0").await];
        chain.pay(&silent, micros).await;
        let hash = chain.pay(&caller, micros).await;
        for _ in 1..blocks {
            chain.claim(&caller, hash, usdc).await.expect(202);
            make_safe(&chain).await;
            chain.claim(&caller, hash, usdc).await.expect(202);
        }
        has(&chain, &caller, "0.00").await;
        chain.rpc().mine(1).await.unwrap();
        chain.claim(&caller, hash, usdc).await.expect(200);
        has(&chain, &caller, usdc).await;
        chain.settle().await;
        has(&chain, &silent, usdc).await;
        chain.audit().await;
    }
}

#[tokio::test]
async fn ch22_an_agent_that_never_calls_is_credited_by_the_watcher_as_soon_as_it_is_safe() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    chain.pay(&agent, 100_000_000).await;
    chain.settle().await;
    has(&chain, &agent, "0.00").await;
    make_safe(&chain).await;
    has(&chain, &agent, "100.00").await;
    assert_eq!(listed(&chain, &agent).await, 1);
    chain.finalize().await;
    chain.settle().await;
    has(&chain, &agent, "100.00").await;
    chain.audit().await;
}

#[tokio::test]
async fn ch03_a_hash_is_the_same_however_it_is_written() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let hash = chain.pay(&agent, 100_000_000).await.to_string();
    chain.rpc().mine(1).await.unwrap();
    let digits = &hash[2..];
    let upper = digits.to_uppercase();
    let first = confirm(&chain, &agent, &hash, json!("100")).await.expect(200);
    for text in [
        format!("0x{upper}"),
        format!("0X{digits}"),
        format!("0X{upper}"),
        format!("  {hash}"),
        format!("{hash}\n\t "),
        format!("0x{}{}", &upper[..32], &digits[32..]),
    ] {
        let reply = confirm(&chain, &agent, &text, json!("100.00")).await.expect(200);
        assert_eq!(reply.text, first.text, "{text:?}");
    }
    for text in [digits, &hash[..65], &format!("{hash}0"), &format!("0x{}g", &digits[..63]), "0x", ""] {
        confirm(&chain, &agent, text, json!("100")).await.expect_fields(&["tx_hash"]);
    }
    has(&chain, &agent, "100.00").await;
    assert_eq!(listed(&chain, &agent).await, 1);
    chain.audit().await;
}

#[tokio::test]
async fn ch04_who_names_the_deposit_of_another_learns_and_gets_nothing() {
    let chain = OnChain::new().await;
    let [owner, thief, stranger] = [chain.agent("0").await, chain.agent("0").await, chain.agent("0").await];
    chain.address_of(&thief).await;
    let hash = chain.pay(&owner, 100_000_000).await;
    // Of nobody here.
    let foreign = chain.token.transfer(chain.rpc(), CUSTOMER, ADDRESSES[7], 100_000_000).await.unwrap();
    let refusal = chain.claim(&thief, foreign, "100").await.expect_error(404, "not_found").without_request_id();
    // Before it is safe, when it is, and when its owner has it; with an address and without one.
    for blocks in [0, 1, 2] {
        chain.rpc().mine(blocks).await.unwrap();
        for (usdc, other) in [("100", &thief), ("50", &thief), ("100", &stranger)] {
            let reply = chain.claim(other, hash, usdc).await.expect_error(404, "not_found");
            assert_eq!(reply.without_request_id(), refusal, "after {blocks} blocks");
        }
        chain.settle().await;
    }
    has(&chain, &thief, "0.00").await;
    has(&chain, &owner, "100.00").await;
    chain.claim(&owner, hash, "100").await.expect(200);
    has(&chain, &owner, "100.00").await;
    chain.audit().await;
}

/// Sends it without asking whether it will revert.
async fn call_token(chain: &OnChain, from: Address, data: &Bytes) -> B256 {
    let call = json!({ "from": from, "to": chain.token.address, "data": data, "gas": "0x493e0" });
    let hash = chain.rpc().call("eth_sendTransaction", [call]).await.unwrap();
    chain.rpc().mined(hash).await.unwrap();
    hash
}

#[tokio::test]
async fn ch05_ch06_ch07_ch08_what_only_looks_like_a_deposit_is_none() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let (rpc, to) = (chain.rpc(), chain.address_of(&agent).await);
    let too_much =
        ["a9059cbb".to_owned(), format!("{:0>64}", &to.to_string().to_lowercase()[2..]), format!("{:064x}", u64::MAX)];
    let too_much: Bytes = format!("0x{}", too_much.concat()).parse().unwrap();
    let fake = FakeToken::deploy(rpc).await.unwrap();
    let bridged = Token::deploy(rpc).await.unwrap();
    let cases = [
        ("ch05 reverted", call_token(&chain, CUSTOMER, &too_much).await),
        ("ch06 another token's event", fake.transfer(rpc, CUSTOMER, to, 100_000_000).await.unwrap()),
        ("ch07 a token of the same code", bridged.mint(rpc, to, 100_000_000).await.unwrap()),
        ("ch08 nothing, by a stranger", chain.token.spoof(rpc, RELAYER, CUSTOMER, to).await.unwrap()),
    ];
    for round in ["not safe", "final"] {
        for (name, hash) in cases {
            let reply = chain.claim(&agent, hash, "100").await;
            assert_eq!((reply.status, &reply["code"]), (404, &json!("not_found")), "{name}, {round}: {}", reply.text);
        }
        chain.finalize().await;
        chain.settle().await;
    }
    has(&chain, &agent, "0.00").await;
    assert_eq!(super::in_suspense(&chain).await, []);
    chain.audit().await;
}

/// One transaction with these transfers, sent to a batcher.
async fn batch(chain: &OnChain, transfers: &[(Address, u64)]) -> B256 {
    let batcher = Batcher::deploy(chain.rpc()).await.unwrap();
    chain.token.approve(chain.rpc(), CUSTOMER, batcher.address, 1_000_000_000).await.unwrap();
    batcher.transfer(chain.rpc(), chain.token, CUSTOMER, transfers).await.unwrap()
}

#[tokio::test]
async fn ch09_a_batchers_transaction_credits_everybody_with_the_sum_of_their_own() {
    let chain = OnChain::new().await;
    let agents: [Agent; 3] = [chain.agent("0").await, chain.agent("0").await, chain.agent("0").await];
    let mut to = Vec::new();
    for agent in &agents {
        to.push(chain.address_of(agent).await);
    }
    let hash =
        batch(&chain, &[(to[0], 7_000_000), (to[1], 8_000_000), (ADDRESSES[7], 50_000_000), (to[0], 9_000_000)]).await;
    chain.rpc().mine(1).await.unwrap();

    let first = chain.claim(&agents[0], hash, "16").await.expect(200);
    chain.claim(&agents[2], hash, "16").await.expect_error(404, "not_found");
    // The second leaves it to the watcher, and is told the same afterwards.
    chain.settle().await;
    let second = chain.claim(&agents[1], hash, "8").await.expect(200);

    assert_ne!(first["transaction_id"], second["transaction_id"]);
    for (agent, dollars) in agents.iter().zip(["16.00", "8.00", "0.00"]) {
        has(&chain, agent, dollars).await;
    }
    assert_eq!(listed(&chain, &agents[0]).await, 1);
    chain.audit().await;
}

#[tokio::test]
async fn ch20_what_a_relayer_submits_for_the_signer_is_credited() {
    let chain = OnChain::new().await;
    let agent = chain.agent("0").await;
    let to = chain.address_of(&agent).await;
    let valid_before_s = chain.rpc().timestamp().await.unwrap() + 3_600;
    let authorization = Authorization {
        from: CUSTOMER,
        to,
        micros: 25_000_000,
        valid_after_s: 0,
        valid_before_s,
        nonce: B256::from(U256::from(7)),
    };
    let network = *chain.system.on_chain.as_ref().unwrap().chain.network();
    let signer = Signer::Local(Local::parse(&format!("0x{}", anvil::accounts::PRIVATE_KEYS[5])).unwrap());
    let signature = signer.sign(authorization.digest(&network)).await.unwrap();
    let hash = call_token(&chain, RELAYER, &calldata(&authorization, signature)).await;
    chain.claim(&agent, hash, "25").await.expect(202);
    make_safe(&chain).await;
    has(&chain, &agent, "25.00").await;
    chain.claim(&agent, hash, "25").await.expect(200);
    has(&chain, &agent, "25.00").await;
    chain.audit().await;
}
