//! What must hold between balances, journal and tasks (invariants I1 and I3), one owner at a time. Pure: who audits
//! reads the owner's lines one after another and enters them here; only sums are kept.

mod agent_books;
mod operator_books;

pub use agent_books::AgentBooks;
pub use operator_books::OperatorBooks;

use crate::ids::{EntryId, TaskId};
use crate::ledger::{Account, Entry, EntryKind, Rail};
use crate::operator::rating::Ratings;
use crate::operator::record::Standing;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// An entry as it is read back: its postings are checked here, not trusted.
#[derive(Clone, Debug)]
pub struct JournalLine {
    pub id: EntryId,
    pub at: Timestamp,
    pub kind: EntryKind,
    pub task: Option<TaskId>,
    /// When earnings of this entry mature.
    pub matures_at: Option<Timestamp>,
    /// Account and signed micro-dollars.
    pub postings: Vec<(Account, i64)>,
    /// What the money came or went by.
    pub reference: Option<String>,
}

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Accounts of agents and operators.
    pub accounts: usize,
    pub entries: usize,
    /// The moment of the latest entry.
    pub last_entry_at: Option<Timestamp>,
    pub tasks: usize,
    /// Accounts that money moved through each time they were looked at: nothing is known of them.
    pub busy: usize,
    /// What is inside by each way in, in micro-dollars: what came by it less what went.
    pub inside: BTreeMap<Rail, i64>,
    /// Empty when all is well.
    pub violations: Vec<Violation>,
}

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which rule.
    pub invariant: &'static str,
    /// Whose account, or which entry, task or item.
    pub subject: String,
    /// One sentence.
    pub detail: String,
}

/// An operator's earnings as agents' journals tell them, in micro-dollars, and what the tasks say of its record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Earned {
    pub total: i64,
    /// What matures after the moment of the audit.
    pub pending: i64,
    pub standing: Standing,
}

const STORED: &str = "I3 stored balances equal the journal";

impl Earned {
    /// Both together.
    pub const fn add(&mut self, other: Self) {
        self.total += other.total;
        self.pending += other.pending;
        self.standing.add(other.standing);
    }
}

impl JournalLine {
    /// Whether this is the entry, with what the money came or went by.
    pub fn is(&self, entry: &Entry, reference: &str) -> bool {
        let postings = entry.postings().iter().map(|p| (p.account.clone(), p.micros));
        (self.id, self.at, self.kind) == (entry.id, entry.at, entry.kind)
            && self.postings.iter().cloned().eq(postings)
            && self.reference.as_deref() == Some(reference)
    }
}

impl Audit {
    pub fn expect(&mut self, holds: bool, invariant: &'static str, subject: impl ToString, detail: String) {
        if !holds {
            self.violations.push(Violation { invariant, subject: subject.to_string(), detail });
        }
    }

    fn equal(&mut self, subject: impl ToString, stored: i64, computed: i64) {
        let detail = format!("stored {stored} micro-dollars, the journal says {computed}");
        self.expect(stored == computed, STORED, subject, detail);
    }

    fn rated(&mut self, subject: impl ToString, stored: Ratings, counted: Ratings) {
        let detail = format!("stored {stored:?}, the ratings add up to {counted:?}");
        self.expect(stored == counted, "means are of all ratings", subject, detail);
    }

    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.entries += other.entries;
        self.last_entry_at = self.last_entry_at.max(other.last_entry_at);
        self.tasks += other.tasks;
        self.busy += other.busy;
        other.inside.into_iter().for_each(|(rail, micros)| self.outside(rail, -micros));
        self.violations.extend(other.violations);
    }

    /// `micros` more are outside, by this way.
    fn outside(&mut self, rail: Rail, micros: i64) {
        *self.inside.entry(rail).or_default() -= micros;
    }

    /// One more entry, whoever owns it.
    fn enter(&mut self, line: &JournalLine) {
        self.entries += 1;
        self.last_entry_at = self.last_entry_at.max(Some(line.at));
        let sum: i64 = line.postings.iter().map(|(_, micros)| micros).sum();
        self.expect(sum == 0, "I1 entries sum to zero", line.id, format!("the postings sum to {sum}"));
    }
}

#[cfg(test)]
mod tests;
