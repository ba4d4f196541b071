//! POST /agents/deposit/usdc: credits a transaction on Base, once. In test mode its word is enough.

use crate::tx_hash::TxHash;
use crate::unavailable;
use axum::extract::State;
use domain::ledger::Rail;
use domain::limits::{DEPOSIT_MAX, DEPOSIT_MIN};
use domain::{AgentId, Timestamp, Usd};
use serde::Serialize;
use serde_json::json;
use store::Key;
use store::deposits::Deposit;
use web::error::key_reused;
use web::fields::Currency;
use web::idempotency::IdempotencyKey;
use web::{AgentCaller, Answer, ApiError, Fields, Gate, Json, Mode, Money, Payload};

#[derive(Debug)]
struct Body {
    hash: TxHash,
    amount: Usd,
}

pub(crate) async fn handle(
    caller: AgentCaller,
    State(gate): State<Gate>,
    key: IdempotencyKey,
    payload: Payload,
) -> Answer<Reply> {
    let parsed = parse(&payload.0, &key, gate.mode());

    let used = |agent: AgentId| key.digest("deposit/usdc", &agent.to_string());
    let keys = |agent| {
        let lock = parsed.as_ref().ok().map(|body| Key::deposit(Rail::Base, &body.hash.reference(agent)));
        lock.into_iter().chain(used(agent).map(Key::key_use)).collect::<Vec<_>>()
    };
    let (agent, mut found) = caller.enter(keys).await?;
    let body = parsed?;
    unavailable::in_live(gate.mode())?;

    let asked = body.deposit(agent, gate.store().now());
    let used = used(agent);
    let used_for = used.map(|key| found.key_use(key)).transpose()?.flatten();
    if used_for.is_some_and(|reference| reference != asked.reference) {
        return Err(key_reused());
    }
    let earlier = found.deposit(asked.rail, &asked.reference)?;

    let known = earlier.is_some();
    let held = match earlier {
        Some(earlier) => earlier,
        None => gate.store().credit_by_key(asked.clone(), used).await?.ok_or_else(key_reused)?,
    };
    claim(&asked, &held)?;
    // A request that raced with this one may have been first.
    let replayed = known || held.at != asked.at;

    Ok(Json::ok(Reply::of(&held)).replayed(replayed))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    transaction_id: String,
    amount_usd: Money,
    status: &'static str,
    chain: &'static str,
    message: &'static str,
}

impl Reply {
    fn of(held: &Deposit) -> Self {
        Self {
            transaction_id: held.transaction.to_string(),
            amount_usd: Money(held.amount),
            status: "confirmed",
            chain: "base",
            message: "USDC deposit confirmed",
        }
    }
}

fn parse(body: &[u8], key: &IdempotencyKey, mode: Mode) -> Result<Body, ApiError> {
    let mut fields = Fields::parse(body)?;
    key.check(&mut fields);
    let problem = "must be a transaction hash: 0x and 64 hexadecimal digits";
    let hash = fields.parsed("tx_hash", problem, |text| TxHash::parse(text, mode));
    let amount = fields.money_within("amount_usdc", Currency::Usdc, DEPOSIT_MIN..=DEPOSIT_MAX);
    fields.finish()?;
    Ok(Body { hash: hash.expect("`finish` fails without a required hash"), amount })
}

impl Body {
    fn deposit(&self, agent: AgentId, now: Timestamp) -> Deposit {
        Deposit {
            rail: Rail::Base,
            reference: self.hash.reference(agent),
            transaction: self.hash.transaction(agent),
            agent,
            amount: self.amount,
            credited: false,
            at: now,
        }
    }
}

/// Whether the deposit that holds the lock is the one that was asked for.
fn claim(asked: &Deposit, held: &Deposit) -> Result<(), ApiError> {
    if held.agent != asked.agent {
        return Err(ApiError::conflict(
            "deposit_already_credited",
            "This transaction was already credited to an account. Send the hash of your own transaction.",
        ));
    }
    if held.amount != asked.amount {
        let sentence = format!("This transaction was credited with {} USDC. Send that amount.", held.amount);
        return Err(ApiError::bad_request("amount_mismatch", sentence)
            .with(json!({ "credited_usdc": held.amount.to_string() })));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
