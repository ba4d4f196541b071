//! The stored form of a deposit: its lock, of which there can be one, and the copy that its agent's stream tells.

use crate::StoreError;
use crate::engine::item::{Item, decode, encode, hex, known, moment, text, unhex, usd, word};
use crate::ledger::deposits::{LOCK, NEWS, lock_name};
use domain::ledger::Rail;
use domain::money::deposit::{Deposit, DepositMove, DepositStatus, Evidence, Incoming, Step, Suspicion};
use domain::{AgentId, TransactionId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct LockItem {
    pk: String,
    sk: String,
    #[serde(rename = "ra")]
    rail: String,
    #[serde(rename = "rf")]
    reference: String,
    #[serde(rename = "tx")]
    transaction: String,
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "am")]
    amount: i64,
    #[serde(rename = "fp", default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(rename = "st")]
    status: String,
    #[serde(rename = "ts")]
    at: i64,
    #[serde(rename = "ns")]
    steps_count: usize,
    #[serde(rename = "ss", default, skip_serializing_if = "Vec::is_empty")]
    steps: Vec<StepItem>,
    #[serde(rename = "ev", default, skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceItem>,
    #[serde(rename = "su", default, skip_serializing_if = "Option::is_none")]
    suspicion: Option<String>,
    #[serde(rename = "pi", default, skip_serializing_if = "Option::is_none")]
    provider_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StepItem {
    #[serde(rename = "s")]
    step: String,
    #[serde(rename = "t")]
    at: i64,
    /// That of the deposit, if it does not say.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    #[serde(rename = "i", default, skip_serializing_if = "is_nothing")]
    inside: i64,
    #[serde(rename = "o", default, skip_serializing_if = "is_nothing")]
    owed: i64,
}

#[derive(Serialize, Deserialize)]
struct EvidenceItem {
    #[serde(rename = "ci")]
    chain_id: u64,
    #[serde(rename = "h")]
    tx_hash: String,
    #[serde(rename = "b")]
    block: u64,
    #[serde(rename = "bh")]
    block_hash: String,
    #[serde(rename = "t")]
    transfers: Vec<IncomingItem>,
    #[serde(rename = "i", default, skip_serializing_if = "is_nothing")]
    inside: i64,
}

#[derive(Serialize, Deserialize)]
struct IncomingItem {
    #[serde(rename = "n")]
    ordinal: u32,
    #[serde(rename = "f")]
    from: String,
    #[serde(rename = "m")]
    amount: i64,
}

/// Serde asks by reference.
fn is_nothing(micros: &i64) -> bool {
    *micros == 0
}

pub(super) fn lock_item(deposit: &Deposit) -> Item {
    let step = |it: &Step| StepItem {
        step: it.step.to_string(),
        at: it.at.millis(),
        amount: (it.amount != deposit.amount).then(|| it.amount.micros()),
        inside: it.inside.micros(),
        owed: it.owed.micros(),
    };
    encode(&LockItem {
        pk: lock_name(deposit.rail, &deposit.reference),
        sk: LOCK.to_owned(),
        rail: deposit.rail.to_string(),
        reference: deposit.reference.clone(),
        transaction: deposit.transaction.to_string(),
        agent: deposit.agent.to_string(),
        amount: deposit.amount.micros(),
        fingerprint: deposit.fingerprint.map(|fingerprint| hex(&fingerprint)),
        status: deposit.status.to_string(),
        at: deposit.at.millis(),
        steps_count: deposit.steps.len(),
        steps: deposit.steps.iter().map(step).collect(),
        evidence: deposit.evidence.as_ref().map(evidence_item),
        suspicion: deposit.suspicion.map(|suspicion| suspicion.to_string()),
        provider_id: deposit.provider_id.clone(),
    })
}

fn evidence_item(evidence: &Evidence) -> EvidenceItem {
    let transfer =
        |it: &Incoming| IncomingItem { ordinal: it.ordinal, from: it.from.clone(), amount: it.amount.micros() };
    EvidenceItem {
        chain_id: evidence.chain_id,
        tx_hash: evidence.tx_hash.clone(),
        block: evidence.block,
        block_hash: evidence.block_hash.clone(),
        transfers: evidence.transfers.iter().map(transfer).collect(),
        inside: evidence.inside.micros(),
    }
}

/// The agent's latest deposit, kept in `core` because its stream, which has every version, is the outbox: the tables of
/// money have none.
pub(super) fn news_item(deposit: &Deposit) -> Item {
    let mut item = lock_item(deposit);
    item.extend([("pk".to_owned(), text(deposit.agent)), ("sk".to_owned(), text(NEWS))]);
    item
}

pub(crate) fn deposit_of(item: Item) -> Result<Deposit, StoreError> {
    let l: LockItem = decode(item)?;
    let step = |it: &StepItem| {
        let step = known(DepositMove::parse(&it.step), "a step of a deposit", &it.step)?;
        let amount = usd(it.amount.unwrap_or(l.amount))?;
        Ok(Step { step, at: moment(it.at), amount, inside: usd(it.inside)?, owed: usd(it.owed)? })
    };
    Ok(Deposit {
        rail: known(Rail::parse(&l.rail), "a rail", &l.rail)?,
        reference: l.reference,
        transaction: known(TransactionId::parse(&l.transaction), "a transaction id", &l.transaction)?,
        agent: known(AgentId::parse(&l.agent), "an agent id", &l.agent)?,
        amount: usd(l.amount)?,
        fingerprint: word(l.fingerprint, "a fingerprint", unhex)?,
        status: known(DepositStatus::parse(&l.status), "a deposit's status", &l.status)?,
        at: moment(l.at),
        steps: l.steps.iter().map(step).collect::<Result<_, StoreError>>()?,
        evidence: l.evidence.map(evidence_of).transpose()?,
        suspicion: word(l.suspicion, "a suspicion", Suspicion::parse)?,
        provider_id: l.provider_id,
    })
}

fn evidence_of(item: EvidenceItem) -> Result<Evidence, StoreError> {
    let transfer = |it: IncomingItem| Ok(Incoming { ordinal: it.ordinal, from: it.from, amount: usd(it.amount)? });
    Ok(Evidence {
        chain_id: item.chain_id,
        tx_hash: item.tx_hash,
        block: item.block,
        block_hash: item.block_hash,
        transfers: item.transfers.into_iter().map(transfer).collect::<Result<_, StoreError>>()?,
        inside: usd(item.inside)?,
    })
}
