//! The stored form of a payout: in the partition of who is paid, and in the due index while it is looked at.

use crate::StoreError;
use crate::engine::item::{Item, decode, encode, hex, known, moment, text, unhex, usd, word};
use crate::ledger::payouts::{PAYOUT, sort_key};
use crate::task::index::payout_due_keys;
use domain::ledger::Rail;
use domain::money::payout::{Attempt, Authorized, Failure, Payee, Payout, PayoutStatus, Settled};
use domain::{PayoutId, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct PayoutItem {
    pk: String,
    sk: String,
    #[serde(rename = "am")]
    amount: i64,
    #[serde(rename = "ra")]
    rail: String,
    #[serde(rename = "to")]
    destination: String,
    #[serde(rename = "fp", default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(rename = "ca")]
    created_at: i64,
    #[serde(rename = "st")]
    status: String,
    /// Status and milliseconds of each step.
    #[serde(rename = "ss")]
    steps: Vec<(String, i64)>,
    #[serde(rename = "au", default, skip_serializing_if = "Option::is_none")]
    authorized: Option<AuthorizedItem>,
    #[serde(rename = "at", default, skip_serializing_if = "Vec::is_empty")]
    attempts: Vec<AttemptItem>,
    #[serde(rename = "se", default, skip_serializing_if = "Option::is_none")]
    settled: Option<SettledItem>,
    #[serde(rename = "fa", default, skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    #[serde(rename = "ru", default, skip_serializing_if = "Option::is_none")]
    registration_url: Option<String>,
    #[serde(rename = "v")]
    version: u64,
}

#[derive(Serialize, Deserialize)]
struct AuthorizedItem {
    #[serde(rename = "ci")]
    chain_id: u64,
    #[serde(rename = "tr")]
    treasury: String,
    #[serde(rename = "sg")]
    signature: String,
    #[serde(rename = "vb")]
    valid_before_s: i64,
    #[serde(rename = "b")]
    from_block: u64,
}

#[derive(Serialize, Deserialize)]
struct AttemptItem {
    #[serde(rename = "h")]
    tx_hash: String,
    #[serde(rename = "rl")]
    relayer: String,
    #[serde(rename = "n")]
    relayer_nonce: u64,
    #[serde(rename = "fm")]
    fee_max: u64,
    #[serde(rename = "fp")]
    fee_priority: u64,
    #[serde(rename = "t")]
    at: i64,
}

#[derive(Serialize, Deserialize)]
struct SettledItem {
    #[serde(rename = "h")]
    tx_hash: String,
    #[serde(rename = "b")]
    block: u64,
    #[serde(rename = "bh")]
    block_hash: String,
    #[serde(rename = "c")]
    confirmations: u64,
}

/// `due_at` is when an open payout is to be looked at again.
pub(super) fn payout_item(payout: &Payout, due_at: Timestamp) -> Item {
    let attempt = |it: &Attempt| AttemptItem {
        tx_hash: it.tx_hash.clone(),
        relayer: it.relayer.clone(),
        relayer_nonce: it.relayer_nonce,
        fee_max: it.fee_max,
        fee_priority: it.fee_priority,
        at: it.at.millis(),
    };
    let settled = |it: &Settled| SettledItem {
        tx_hash: it.tx_hash.clone(),
        block: it.block,
        block_hash: it.block_hash.clone(),
        confirmations: it.confirmations,
    };
    let authorized = |it: &Authorized| AuthorizedItem {
        chain_id: it.chain_id,
        treasury: it.treasury.clone(),
        signature: it.signature.clone(),
        valid_before_s: it.valid_before_s,
        from_block: it.from_block,
    };
    let mut item = encode(&PayoutItem {
        pk: payout.payee.to_string(),
        sk: sort_key(payout.id),
        amount: payout.amount.micros(),
        rail: payout.rail.to_string(),
        destination: payout.destination.clone(),
        fingerprint: payout.fingerprint.map(|fingerprint| hex(&fingerprint)),
        created_at: payout.created_at.millis(),
        status: payout.status.to_string(),
        steps: payout.steps.iter().map(|(status, at)| (status.to_string(), at.millis())).collect(),
        authorized: payout.authorized.as_ref().map(authorized),
        attempts: payout.attempts.iter().map(attempt).collect(),
        settled: payout.settled.as_ref().map(settled),
        failure: payout.failure.map(|failure| failure.to_string()),
        registration_url: payout.registration_url.clone(),
        version: payout.version,
    });
    if payout.is_watched() {
        for (name, value) in payout_due_keys(due_at, payout.id) {
            item.insert(name.to_owned(), text(value));
        }
    }
    item
}

pub(crate) fn payout_of(item: Item) -> Result<Payout, StoreError> {
    let p: PayoutItem = decode(item)?;
    let status = |word: &str| known(PayoutStatus::parse(word), "a payout's status", word);
    let step = |(word, at): &(String, i64)| Ok((status(word)?, moment(*at)));
    let attempt = |it: AttemptItem| Attempt {
        tx_hash: it.tx_hash,
        relayer: it.relayer,
        relayer_nonce: it.relayer_nonce,
        fee_max: it.fee_max,
        fee_priority: it.fee_priority,
        at: moment(it.at),
    };
    let settled = |it: SettledItem| Settled {
        tx_hash: it.tx_hash,
        block: it.block,
        block_hash: it.block_hash,
        confirmations: it.confirmations,
    };
    let authorized = |it: AuthorizedItem| Authorized {
        chain_id: it.chain_id,
        treasury: it.treasury,
        signature: it.signature,
        valid_before_s: it.valid_before_s,
        from_block: it.from_block,
    };
    Ok(Payout {
        id: known(p.sk.strip_prefix(PAYOUT).and_then(PayoutId::parse), "a payout id", &p.sk)?,
        payee: known(Payee::parse(&p.pk), "who is paid", &p.pk)?,
        amount: usd(p.amount)?,
        rail: known(Rail::parse(&p.rail), "a rail", &p.rail)?,
        destination: p.destination,
        fingerprint: word(p.fingerprint, "a fingerprint", unhex)?,
        created_at: moment(p.created_at),
        status: status(&p.status)?,
        steps: p.steps.iter().map(step).collect::<Result<_, StoreError>>()?,
        authorized: p.authorized.map(authorized),
        attempts: p.attempts.into_iter().map(attempt).collect(),
        settled: p.settled.map(settled),
        failure: word(p.failure, "why a payout failed", Failure::parse)?,
        registration_url: p.registration_url,
        version: p.version,
    })
}
