//! Trying a payout without sending it. The reasons are the token's revert strings, the only form in
//! which a node tells them.

use alloy::primitives::{Address, Bytes};
use alloy::rpc::json_rpc::ErrorPayload;
use alloy::sol_types::decode_revert_reason;
use serde_json::json;

use crate::{Chain, ChainError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simulated {
    Passes,
    Refused(Refusal),
}

/// Why the token would not pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Blacklisted,
    Paused,
    /// The owner has less than the amount.
    Balance,
    /// The authorization was used or cancelled: ask what became of it.
    Used,
    Expired,
    NotYetValid,
    Signature,
    Other,
}

/// Circle's words, without the names of the contracts before them, which changed with versions.
const REASONS: [(&str, Refusal); 8] = [
    ("account is blacklisted", Refusal::Blacklisted),
    ("pausable: paused", Refusal::Paused),
    ("transfer amount exceeds balance", Refusal::Balance),
    ("authorization is used or canceled", Refusal::Used),
    ("authorization is expired", Refusal::Expired),
    ("authorization is not yet valid", Refusal::NotYetValid),
    ("invalid signature", Refusal::Signature),
    ("invalid signer", Refusal::Signature),
];

impl Chain {
    /// Whether the relayer's call would pay now. Of two endpoints, one that refuses is enough.
    pub async fn simulate(&self, relayer: Address, calldata: &Bytes) -> Result<Simulated, ChainError> {
        let simulated = self
            .each(|endpoint| async move {
                let call = json!([{ "from": relayer, "to": endpoint.network().token, "data": calldata }, "latest"]);
                match endpoint.try_ask::<Bytes>("eth_call", call).await? {
                    Ok(_) => Ok(Simulated::Passes),
                    Err(payload) if is_revert(&payload) => Ok(Simulated::Refused(refusal(&payload))),
                    Err(payload) => Err(endpoint.refused("eth_call", &payload)),
                }
            })
            .await?;
        Ok(simulated.into_iter().find(|it| *it != Simulated::Passes).unwrap_or(Simulated::Passes))
    }
}

/// Code 3 is geth's, and the word everybody's: a node that is busy says neither.
fn is_revert(payload: &ErrorPayload) -> bool {
    payload.code == 3 || payload.message.to_ascii_lowercase().contains("revert")
}

/// Some nodes have the reason in the data alone, and others in the message alone.
fn refusal(payload: &ErrorPayload) -> Refusal {
    let reason = payload.as_revert_data().and_then(|data| decode_revert_reason(&data)).unwrap_or_default();
    let told = format!("{reason} {}", payload.message).to_ascii_lowercase();
    REASONS.iter().find(|(words, _)| told.contains(words)).map_or(Refusal::Other, |(_, refusal)| *refusal)
}

#[cfg(test)]
mod tests;
