//! Journal entries. They stand in the partition of the account's owner, beside the balance.

use super::{Item, decode, encode, known, moment};
use crate::StoreError;
use domain::ledger::{Account, Entry, EntryKind};
use domain::{EntryId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Prefix of the sort key of entries that belong to a task or a payout.
pub const ENTRY: &str = "J#";
/// Prefix of the sort key of deposits: listed apart.
pub const DEPOSIT: &str = "D#";

#[derive(Serialize, Deserialize)]
struct EntryItem {
    pk: String,
    sk: String,
    id: String,
    kd: String,
    ts: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tk: Option<String>,
    /// When earnings of this entry mature, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ma: Option<i64>,
    ps: Vec<PostingItem>,
    /// What the money came by: a transaction hash or a payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rf: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct PostingItem {
    a: String,
    m: i64,
}

/// An entry as it is read back: its postings are checked by the audit, not trusted.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: EntryId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub kind: EntryKind,
    /// For which task.
    pub task: Option<TaskId>,
    /// When earnings of this entry mature.
    pub matures_at: Option<Timestamp>,
    /// Account and signed micro-dollars.
    pub postings: Vec<(Account, i64)>,
    /// What the money came by.
    pub reference: Option<String>,
}

/// The item of an entry in the partition `owner`. `reference` is what the money came by.
pub fn entry_item(owner: &str, entry: &Entry, reference: Option<&str>) -> Item {
    let prefix = if entry.kind == EntryKind::Deposit { DEPOSIT } else { ENTRY };
    encode(&EntryItem {
        pk: owner.to_owned(),
        sk: format!("{prefix}{:013}#{}", entry.at.millis(), entry.id),
        id: entry.id.to_string(),
        kd: entry.kind.to_string(),
        ts: entry.at.millis(),
        tk: entry.task.map(|id| id.to_string()),
        ma: entry.matures_at.map(Timestamp::millis),
        ps: entry.postings().iter().map(|p| PostingItem { a: p.account.to_string(), m: p.micros }).collect(),
        rf: reference.map(ToOwned::to_owned),
    })
}

/// Reads an entry.
pub fn line_of(item: Item) -> Result<Line, StoreError> {
    let e: EntryItem = decode(item)?;
    let posting = |p: &PostingItem| Ok((known(Account::parse(&p.a), "an account", &p.a)?, p.m));
    Ok(Line {
        id: known(EntryId::parse(&e.id), "an entry id", &e.id)?,
        at: moment(e.ts),
        kind: known(EntryKind::parse(&e.kd), "an entry kind", &e.kd)?,
        task: super::task::word(e.tk, "a task id", TaskId::parse)?,
        matures_at: e.ma.map(moment),
        postings: e.ps.iter().map(posting).collect::<Result<_, StoreError>>()?,
        reference: e.rf,
    })
}
