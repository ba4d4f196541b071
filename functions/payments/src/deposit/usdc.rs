//! `POST /agents/deposit/usdc`: credits a transaction on Base, once. In test mode without a chain its word is enough.

use crate::tx_hash::TxHash;
use crate::{Claims, unavailable};
use axum::extract::State;
use contract::Code;
use contract::agents::deposit::usdc::{self, Reply};
use contract::wire::{Id, Money};
use domain::ledger::Rail;
use domain::money::deposit::{self, Deposit, DepositStatus};
use domain::{AgentId, Mode, Timestamp, Usd};
use serde_json::json;
use store::ledger::deposits::witness::{Claimed, Seen};
use store::{Key, Once, Store};
use web::{AgentCaller, Answer, ApiError, IdempotencyKey, Json, Payload};

pub(crate) async fn handle(
    State(claims): State<Claims>,
    caller: AgentCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let gate = &claims.gate;
    // A chain knows hashes only.
    let mode = if claims.chain.is_some() { Mode::Live } else { gate.mode() };
    let body = read(&payload, &key, mode);

    let used = |agent: AgentId| key.digest("deposit/usdc", &agent.to_string());
    let lock = |claim: &Claim, agent| Key::deposit(Rail::Base, &claims.reference(claim, agent));
    let keys = |agent| {
        let lock = body.as_ref().ok().map(|claim| lock(claim, agent));
        let address = claims.chain.as_ref().map(|_| Key::deposit_address(agent));
        lock.into_iter().chain(address).chain(used(agent).map(Key::key_use)).collect::<Vec<_>>()
    };
    let (agent, mut found) = caller.authenticate(keys).await?;
    let claim = body?;
    if claims.chain.is_none() {
        unavailable::in_live(gate.mode())?;
    }

    let asked = claims.asked(&claim, agent, gate.store().now());
    let use_now = format!("{} {}", asked.reference, asked.amount);
    let used = used(agent).map(|key| (key, use_now.as_str()));
    let used_for = used.map(|(key, _)| found.key_use(key)).transpose()?.flatten();
    if used_for.as_ref().is_some_and(|earlier| *earlier != use_now) {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }

    let there = found.deposit(asked.rail, &asked.reference)?;
    let replayable = there.filter(|there| there.status != DepositStatus::Reversed);
    let held = match (replayable, &claims.chain) {
        (Some(earlier), _) => Some(Once::Replay(earlier)),
        (None, None) => gate.store().credit_by_key(asked.clone(), used).await?,
        (None, Some(chain)) => {
            // Who was never given an address can't have been paid.
            let address = found.deposit_address(agent)?.ok_or_else(missing)?.address;
            let (tx_hash, amount) = (claim.hash.as_str().to_owned(), asked.amount);
            match chain.witness.look(gate.store(), Claimed { agent, address, tx_hash, amount }).await? {
                Seen::Booked(held) => Some(*held),
                Seen::Nothing => return Err(missing()),
                Seen::OtherAmount(amount) => return Err(other_amount(amount)),
                Seen::Waits => {
                    bind(gate.store(), used.filter(|_| used_for.is_none())).await?;
                    return Ok(Json::accepted(pending(&asked)));
                }
            }
        }
    };
    let (held, replayed) = held.ok_or_else(|| ApiError::of(Code::IdempotencyKeyReused))?.split();
    compare(&asked, &held)?;
    // What moved no money binds the key all the same.
    let on_chain = claims.chain.is_some();
    bind(gate.store(), used.filter(|_| (replayed || on_chain) && used_for.is_none())).await?;

    let answer = if held.status == DepositStatus::Completed { Json::ok } else { Json::accepted };
    Ok(answer(reply(&held)).replayed(replayed))
}

/// The same whoever was paid by it, if anybody was.
fn missing() -> ApiError {
    ApiError::of(Code::NotFound).saying("This transaction sends no USDC to your deposit address. Check the hash.")
}

fn other_amount(amount: Usd) -> ApiError {
    ApiError::of(Code::AmountMismatch)
        .saying(format!("This transaction sent {amount} USDC to your deposit address. Send that amount."))
        .with(json!({ "onchain_usdc": amount.to_string() }))
}

/// Keeps what a key was used for.
async fn bind(store: &Store, unbound: Option<([u8; 32], &str)>) -> Result<(), ApiError> {
    match unbound {
        Some((key, use_now)) if !store.note_key_use(key, use_now).await? => {
            Err(ApiError::of(Code::IdempotencyKeyReused))
        }
        Some(_) | None => Ok(()),
    }
}

fn reply(held: &Deposit) -> Reply {
    let (status, message) = match held.status {
        DepositStatus::Suspended => ("held", "USDC deposit received: staff are looking at it before it can be spent"),
        DepositStatus::Completed => ("confirmed", "USDC deposit confirmed"),
        // The chain has forgotten it meanwhile.
        DepositStatus::Reversed | DepositStatus::Pending | DepositStatus::Rejected => return pending(held),
    };
    Reply { transaction_id: Id(held.transaction), amount_usd: Money(held.amount), status, chain: "base", message }
}

fn pending(asked: &Deposit) -> Reply {
    Reply {
        transaction_id: Id(asked.transaction),
        amount_usd: Money(asked.amount),
        status: "pending",
        chain: "base",
        message: "USDC deposit not seen in a final enough block yet: it is credited once it is, without another call. Check the hash \
                  if it stays so for an hour",
    }
}

#[derive(Debug)]
pub(crate) struct Claim {
    hash: TxHash,
    amount: Usd,
}

fn read(payload: &Payload, key: &IdempotencyKey, mode: Mode) -> Result<Claim, ApiError> {
    let mut given = payload.given()?;
    let body = given.read::<usdc::Body>();
    key.check(&mut given);
    given.review("tx_hash", usdc::tx_hash(), |text| {
        TxHash::parse(&text, mode).map(drop).ok_or_else(|| usdc::NO_HASH.to_owned())
    });
    let usdc::Body { tx_hash, amount } = web::finish(body, given)?;
    let hash = TxHash::parse(&tx_hash, mode).expect("it was looked at above");
    Ok(Claim { hash, amount })
}

impl Claims {
    /// What can be credited once: on a chain to each of those whom the transaction pays; where a word is enough, to the
    /// first who says it.
    fn reference(&self, claim: &Claim, agent: AgentId) -> String {
        match &self.chain {
            Some(chain) => deposit::reference(chain.id, claim.hash.as_str(), agent),
            None => claim.hash.reference(agent),
        }
    }

    fn asked(&self, claim: &Claim, agent: AgentId, now: Timestamp) -> Deposit {
        let reference = self.reference(claim, agent);
        let transaction =
            if self.chain.is_some() { deposit::transaction(&reference) } else { claim.hash.transaction(agent) };
        Deposit { at: now, ..Deposit::asked(Rail::Base, reference, transaction, agent, claim.amount) }
    }
}

/// Whether the deposit that holds the lock is the one that was asked for.
fn compare(asked: &Deposit, held: &Deposit) -> Result<(), ApiError> {
    if held.agent != asked.agent {
        return Err(ApiError::of(Code::DepositAlreadyCredited));
    }
    if held.amount != asked.amount {
        let sentence = format!("This transaction was credited with {} USDC. Send that amount.", held.amount);
        return Err(ApiError::of(Code::AmountMismatch)
            .saying(sentence)
            .with(json!({ "credited_usdc": held.amount.to_string() })));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
