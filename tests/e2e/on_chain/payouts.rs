//! Payouts: each arrives once, or the money is back, whatever happens on the way (PO-1 to 20; PO-10 is a unit of
//! `functions/payouts`). Here is what their tests share: who is paid, who pays by hand, and what the chain has of it.

mod arrives;
mod cancelled;
mod crashes;
mod expires;
mod held;
mod limits;
mod node;
mod refused;
mod reorgs;
mod rotated;
mod stuck;
mod tampered;

/// Who is paid otherwise: by Payoneer, and agents.
mod payees {
    mod payoneer;
    mod withdrawals;
}

use alloy::primitives::{Bytes, U64, U256};
use anvil::Rpc;
use anvil::accounts::{ADDRESSES, PRIVATE_KEYS};
use chain::{Address, Authorization, B256, calldata, payout_nonce};
use domain::money::payout::{Payee, Payout, PayoutStatus};
use domain::{AgentId, OperatorId, PayoutId};
use harness::on_chain::{TREASURY, WALLET};
use harness::{Agent, Api, DAY_S, OnChain, OperatorKey};
use payouts::signer::{Local, Signer};
use payouts::usdc::Usdc;
use payouts::{Caps, Payouts};
use serde_json::{Value, json};
use store::Key;

/// The token's event of a transfer.
const TRANSFER: &str = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
/// More than any of the transactions here uses.
const GAS: u64 = 300_000;
/// What outbids everybody here, in wei for a unit of gas.
const HASTE_WEI: u64 = 60_000_000_000;

/// Who pays, besides the workers of the system: another process with the same keys.
fn by_hand(chain: &OnChain) -> Payouts {
    with_keys_of(chain, [1, 2])
}

/// The same with other keys: those of the accounts of anvil at these places.
fn with_keys_of(chain: &OnChain, accounts: [usize; 2]) -> Payouts {
    let on_chain = chain.system.on_chain.as_ref().unwrap();
    let account = |nth: usize| (Signer::Local(Local::parse(&key_of(nth)).unwrap()), ADDRESSES[nth]);
    let [treasury, relayer] = accounts.map(account);
    let usdc = Usdc::of(on_chain.chain.clone(), treasury, relayer).unwrap();
    Payouts { store: chain.system.store.clone(), usdc: Some(usdc), payoneer: None, caps: Caps::default() }
}

/// The private key of an account of anvil.
fn key_of(nth: usize) -> String {
    format!("0x{}", PRIVATE_KEYS[nth])
}

fn agent_id(agent: &Agent) -> Payee {
    Payee::Agent(AgentId::parse(&agent.id).unwrap())
}

fn operator_id(operator: &OperatorKey) -> Payee {
    Payee::Operator(OperatorId::parse(&operator.0).unwrap())
}

/// A new agent with so many dollars, which may take them to [`WALLET`].
async fn depositor(chain: &OnChain, dollars: u64) -> Agent {
    let agent = chain.funded(dollars).await;
    let address = json!({ "address": WALLET.to_string() });
    chain.request(&agent, "PUT", "/agents/withdrawal-address", &[], Some(address)).await.expect(200);
    chain.advance(2 * DAY_S).await;
    agent
}

/// Asks for a withdrawal; nobody carries it yet.
async fn withdraw(chain: &OnChain, agent: &Agent, dollars: &str) -> PayoutId {
    let body = json!({ "amount_usd": dollars });
    let asked = chain.post(agent, "/agents/withdrawals", body).await.expect(202);
    PayoutId::parse(&asked.text_of("withdrawal_id")).unwrap()
}

/// A payout as it is kept.
async fn stored(chain: &OnChain, payee: &Payee, id: PayoutId) -> Payout {
    let found = chain.system.store.read([Key::payout(payee, id)]).await.unwrap().payout(payee, id);
    found.unwrap().unwrap()
}

/// The same, which must stand here.
#[track_caller]
fn expect(payout: &Payout, status: PayoutStatus) {
    assert_eq!(payout.status, status, "{payout:?}");
}

/// The micro-dollars of each transfer from the treasury to an address, as the token logged them.
async fn arrivals(chain: &OnChain, to: Address) -> Vec<u64> {
    let topics = json!([TRANSFER, TREASURY.into_word(), to.into_word()]);
    let filter = json!([{ "fromBlock": "0x0", "toBlock": "latest", "address": chain.token.address, "topics": topics }]);
    let logs: Vec<Value> = chain.rpc().call("eth_getLogs", filter).await.unwrap();
    logs.iter().map(|log| log["data"].as_str().unwrap().parse::<U256>().unwrap().to()).collect()
}

/// What anybody may send who has seen a transaction that carries the payout.
fn carrying(chain: &OnChain, payout: &Payout) -> Bytes {
    let authorized = payout.authorized.as_ref().unwrap();
    let authorization = Authorization {
        from: TREASURY,
        to: payout.destination.parse().unwrap(),
        micros: payout.amount.micros().try_into().unwrap(),
        valid_after_s: 0,
        valid_before_s: authorized.valid_before_s.try_into().unwrap(),
        nonce: nonce_of(chain, payout.id),
    };
    let signature = alloy::hex::decode(&authorized.signature).unwrap().try_into().unwrap();
    calldata(&authorization, signature)
}

/// The authorization's, which the token executes once.
fn nonce_of(chain: &OnChain, id: PayoutId) -> B256 {
    let network = *chain.system.on_chain.as_ref().unwrap().chain.network();
    payout_nonce(network.chain_id, network.token, &id.to_string())
}

/// Sends `data` to the token from an account of anvil, without a look at what will become of it.
async fn submit(rpc: &Rpc, from: Address, (token, data): (Address, &Bytes), fee_wei: u64) -> B256 {
    let (gas, fee) = (U64::from(GAS), U64::from(fee_wei));
    let request: Value = json!({
        "from": from, "to": token, "data": data, "gas": gas, "maxFeePerGas": fee, "maxPriorityFeePerGas": "0x1",
    });
    rpc.call("eth_sendTransaction", [request]).await.unwrap()
}
