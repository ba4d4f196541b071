//! `GET /agents/deposit-address`: where to send USDC.

use crate::unavailable;
use axum::extract::State;
use contract::agents::deposit_address::Reply;
use contract::read::{Nothing, wallet};
use domain::AgentId;
use domain::limits::{DEPOSIT_MAX, DEPOSIT_MIN};
use sha2::{Digest, Sha256};
use web::{AgentCaller, Answer, Gate, Json, Query};

/// Base Sepolia: the chain on which money is not real.
const TEST_CHAIN_ID: u32 = 84_532;
const ADDRESS_BYTES: usize = 20;

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: Query) -> Answer<Reply> {
    let (agent, _) = caller.authenticate(|_| []).await?;
    query.read::<Nothing>()?;
    unavailable::in_live(gate.mode())?;

    Ok(Json::ok(Reply {
        chain: "base",
        chain_id: TEST_CHAIN_ID,
        token: "USDC",
        token_contract: wallet::USDC_BASE_SEPOLIA,
        address: test_address(agent),
        min_deposit_usdc: DEPOSIT_MIN.to_string(),
        max_deposit_usdc: DEPOSIT_MAX.to_string(),
    }))
}

/// An address that nobody has a key to, the same whenever this agent asks. It is known for ours by its beginning.
fn test_address(agent: AgentId) -> String {
    let digest = Sha256::new().chain_update(b"humanops/test-address").chain_update(agent.to_string()).finalize();
    let own = wallet::OURS.into_iter().chain(digest.into_iter().take(ADDRESS_BYTES - wallet::OURS.len()));
    wallet::checksummed(&base16ct::lower::encode_string(&own.collect::<Vec<u8>>()))
}
