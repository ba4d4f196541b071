//! `GET /agents/deposit-address`: where to send USDC.

pub(crate) mod keys;

use crate::{Payments, Usdc, unavailable};
use axum::extract::State;
use contract::agents::deposit_address::Reply;
use contract::read::{Nothing, wallet};
use domain::AgentId;
use domain::limits::{DEPOSIT_MAX, DEPOSIT_MIN};
use sha2::{Digest, Sha256};
use store::{Key, Store};
use web::{AgentCaller, Answer, ApiError, Json, Query};

/// Base Sepolia: the chain on which money is not real.
const TEST_CHAIN_ID: u64 = 84_532;
const ADDRESS_BYTES: usize = 20;

pub(crate) async fn handle(State(payments): State<Payments>, caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (agent, mut found) = caller.authenticate(|agent| [Key::deposit_address(agent)]).await?;
    query.read::<Nothing>()?;

    let (chain_id, token_contract, address) = match &payments.usdc {
        Some(usdc) => {
            let given = found.deposit_address(agent)?.map(|given| given.address);
            (usdc.chain.id, usdc.token.clone(), usdc.address(payments.gate.store(), agent, given).await?)
        }
        None => {
            unavailable::in_live(payments.gate.mode())?;
            (TEST_CHAIN_ID, wallet::USDC_BASE_SEPOLIA.to_owned(), test_address(agent))
        }
    };

    Ok(Json::ok(Reply {
        chain: "base",
        // EIP-681: wallets read it from a link or a QR code.
        payment_link: format!("ethereum:{token_contract}@{chain_id}/transfer?address={address}"),
        chain_id,
        token: "USDC",
        token_contract,
        address,
        min_deposit_usdc: DEPOSIT_MIN.to_string(),
        max_deposit_usdc: DEPOSIT_MAX.to_string(),
    }))
}

impl Usdc {
    /// The agent's own address with its checksum, given out by its first question.
    async fn address(&self, store: &Store, agent: AgentId, given: Option<String>) -> Result<String, ApiError> {
        let given = match given {
            Some(given) => given,
            None => store.give_address(agent, |index| self.deposit_keys.address(index)).await?.address,
        };
        Ok(wallet::checksummed(given.trim_start_matches("0x")))
    }
}

/// An address that nobody has a key to, the same whenever this agent asks. It is known for ours by its beginning.
fn test_address(agent: AgentId) -> String {
    let digest = Sha256::new().chain_update(b"humanops/test-address").chain_update(agent.to_string()).finalize();
    let own = wallet::OURS.into_iter().chain(digest.into_iter().take(ADDRESS_BYTES - wallet::OURS.len()));
    wallet::checksummed(&base16ct::lower::encode_string(&own.collect::<Vec<u8>>()))
}
