//! Journal entries. They stand in the partition of the account's owner, beside the balance.

use crate::engine::item::{Item, decode, encode, known, moment};
use crate::engine::read::Table;
use crate::{Key, StoreError};
use domain::ledger::{Account, Entry, EntryKind};
use domain::money::audit::JournalLine;
use domain::{EntryId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Prefix of the sort key of entries that belong to a task or a payout.
pub const ENTRY: &str = "J#";
/// Prefix of the sort key of what the list of deposits tells.
pub const DEPOSIT: &str = "D#";

#[derive(Serialize, Deserialize)]
struct EntryItem {
    pk: String,
    sk: String,
    id: String,
    #[serde(rename = "kd")]
    kind: String,
    #[serde(rename = "ts")]
    at: i64,
    #[serde(rename = "tk", default, skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    /// When earnings of this entry mature, in milliseconds.
    #[serde(rename = "ma", default, skip_serializing_if = "Option::is_none")]
    matures_at: Option<i64>,
    #[serde(rename = "ps")]
    postings: Vec<PostingItem>,
    /// What the money came by: a transaction hash or a payment.
    #[serde(rename = "rf", default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct PostingItem {
    #[serde(rename = "a")]
    account: String,
    #[serde(rename = "m")]
    micros: i64,
}

impl Key {
    /// An entry in the partition of `owner`.
    pub(crate) fn entry(owner: impl ToString, entry: &Entry) -> Self {
        Self::new(Table::Ledger, owner, sort_key(entry))
    }
}

fn sort_key(entry: &Entry) -> String {
    let prefix = if entry.kind.is_listed() { DEPOSIT } else { ENTRY };
    format!("{prefix}{:013}#{}", entry.at.millis(), entry.id)
}

/// The item of an entry in the partition `owner`. `reference` is what the money came by.
pub fn entry_item(owner: &str, entry: &Entry, reference: Option<&str>) -> Item {
    encode(&EntryItem {
        pk: owner.to_owned(),
        sk: sort_key(entry),
        id: entry.id.to_string(),
        kind: entry.kind.to_string(),
        at: entry.at.millis(),
        task: entry.task.map(|id| id.to_string()),
        matures_at: entry.matures_at.map(Timestamp::millis),
        postings: entry
            .postings()
            .iter()
            .map(|p| PostingItem { account: p.account.to_string(), micros: p.micros })
            .collect(),
        reference: reference.map(ToOwned::to_owned),
    })
}

/// Reads an entry.
pub fn line_of(item: Item) -> Result<JournalLine, StoreError> {
    let e: EntryItem = decode(item)?;
    let posting = |p: &PostingItem| Ok((known(Account::parse(&p.account), "an account", &p.account)?, p.micros));
    Ok(JournalLine {
        id: known(EntryId::parse(&e.id), "an entry id", &e.id)?,
        at: moment(e.at),
        kind: known(EntryKind::parse(&e.kind), "an entry kind", &e.kind)?,
        task: crate::engine::item::word(e.task, "a task id", TaskId::parse)?,
        matures_at: e.matures_at.map(moment),
        postings: e.postings.iter().map(posting).collect::<Result<_, StoreError>>()?,
        reference: e.reference,
    })
}
