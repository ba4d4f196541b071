//! `POST /agents/deposit/usdc`: credits a transaction on Base, once. In test mode its word is enough.

use crate::tx_hash::TxHash;
use crate::unavailable;
use axum::extract::State;
use contract::Code;
use contract::agents::deposit::usdc::{self, Reply};
use contract::wire::{Id, Money};
use domain::ledger::Rail;
use domain::money::deposit::{Deposit, DepositStatus};
use domain::{AgentId, Mode, Timestamp, Usd};
use serde_json::json;
use store::{Key, Once};
use web::{AgentCaller, Answer, ApiError, Gate, IdempotencyKey, Json, Payload};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let body = read(&payload, &key, gate.mode());

    let used = |agent: AgentId| key.digest("deposit/usdc", &agent.to_string());
    let keys = |agent| {
        let lock = body.as_ref().ok().map(|body| Key::deposit(Rail::Base, &body.hash.reference(agent)));
        lock.into_iter().chain(used(agent).map(Key::key_use)).collect::<Vec<_>>()
    };
    let (agent, mut found) = caller.authenticate(keys).await?;
    let body = body?;
    unavailable::in_live(gate.mode())?;

    let (store, asked) = (gate.store(), body.deposit(agent, gate.store().now()));
    let use_now = format!("{} {}", asked.reference, asked.amount);
    let used = used(agent).map(|key| (key, use_now.as_str()));
    let used_for = used.map(|(key, _)| found.key_use(key)).transpose()?.flatten();
    if used_for.as_ref().is_some_and(|earlier| *earlier != use_now) {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }

    let held = match found.deposit(asked.rail, &asked.reference)? {
        Some(earlier) => Some(Once::Replay(earlier)),
        None => store.credit_by_key(asked.clone(), used).await?,
    };
    let (held, replayed) = held.ok_or_else(|| ApiError::of(Code::IdempotencyKeyReused))?.split();
    claim(&asked, &held)?;
    // What moved no money binds the key all the same.
    let unbound = used.filter(|_| replayed && used_for.is_none());
    if let Some((key, use_now)) = unbound
        && !store.note_key_use(key, use_now).await?
    {
        return Err(ApiError::of(Code::IdempotencyKeyReused));
    }

    Ok(Json::ok(reply(&held)).replayed(replayed))
}

fn reply(held: &Deposit) -> Reply {
    Reply {
        transaction_id: Id(held.transaction),
        amount_usd: Money(held.amount),
        status: "confirmed",
        chain: "base",
        message: "USDC deposit confirmed",
    }
}

#[derive(Debug)]
struct Claim {
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

impl Claim {
    fn deposit(&self, agent: AgentId, now: Timestamp) -> Deposit {
        Deposit {
            rail: Rail::Base,
            reference: self.hash.reference(agent),
            transaction: self.hash.transaction(agent),
            agent,
            amount: self.amount,
            fingerprint: None,
            status: DepositStatus::Pending,
            at: now,
        }
    }
}

/// Whether the deposit that holds the lock is the one that was asked for.
fn claim(asked: &Deposit, held: &Deposit) -> Result<(), ApiError> {
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
