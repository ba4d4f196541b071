//! What must hold between balances, journal and tasks (invariants I1 and I3). Pure: who audits has read everything.

use crate::agent::Agent;
use crate::ids::{EntryId, OperatorId, TaskId};
use crate::ledger::{Account, EntryKind};
use crate::operator::Earnings;
use crate::status::Status;
use crate::task::{DisputeOrigin, Task};
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// Everything that holds or describes money.
#[derive(Clone, Debug, Default)]
pub struct Books {
    pub agents: Vec<Agent>,
    pub operators: Vec<(OperatorId, Earnings)>,
    pub journal: Vec<JournalLine>,
    pub tasks: Vec<Task>,
    /// What was found wrong while reading.
    pub unreadable: Vec<Violation>,
}

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

const STORED: &str = "I3 stored balances equal the journal";

/// What each status holds in escrow, in micro-dollars.
pub fn escrow_of(task: &Task) -> i64 {
    let in_hold = task.dispute.as_ref().is_some_and(|d| d.origin == DisputeOrigin::AgentInHold);
    match task.status {
        Status::Completed | Status::Cancelled => 0,
        // The fee is revenue since the task was completed.
        Status::Disputed if in_hold => task.reward.micros(),
        Status::Pending
        | Status::Accepted
        | Status::InProgress
        | Status::Submitted
        | Status::Verified
        | Status::Disputed => task.total().micros(),
    }
}

impl Audit {
    fn expect(&mut self, holds: bool, invariant: &'static str, subject: impl ToString, detail: String) {
        if !holds {
            self.violations.push(Violation { invariant, subject: subject.to_string(), detail });
        }
    }

    fn equal(&mut self, invariant: &'static str, subject: impl ToString, stored: i64, computed: i64) {
        let detail = format!("stored {stored} micro-dollars, the journal says {computed}");
        self.expect(stored == computed, invariant, subject, detail);
    }

    /// Whether the same is said of the same, with whatever numbers.
    pub fn names(&self, it: &Violation) -> bool {
        self.violations.iter().any(|own| own.invariant == it.invariant && own.subject == it.subject)
    }
}

impl Books {
    /// Recomputes every balance at `now`.
    pub fn audit(&self, now: Timestamp) -> Audit {
        let mut audit = Audit {
            accounts: self.agents.len() + self.operators.len(),
            entries: self.journal.len(),
            last_entry_at: self.journal.iter().map(|line| line.at).max(),
            tasks: self.tasks.len(),
            violations: self.unreadable.clone(),
        };
        let balances = self.balances(&mut audit);
        self.audit_agents(&mut audit, &balances);
        self.audit_operators(&mut audit, &balances, now);
        for task in &self.tasks {
            let (held, expected) = (balance(&balances, &Account::Escrow(task.id)), escrow_of(task));
            let detail = format!("{} holds {held} micro-dollars, not {expected}", task.status);
            audit.expect(held == expected, "I3 escrow follows the status", task.id, detail);
        }
        audit
    }

    fn balances(&self, audit: &mut Audit) -> BTreeMap<Account, i64> {
        let mut balances: BTreeMap<Account, i64> = BTreeMap::new();
        for line in &self.journal {
            let sum: i64 = line.postings.iter().map(|(_, micros)| micros).sum();
            audit.expect(sum == 0, "I1 entries sum to zero", line.id, format!("the postings sum to {sum}"));
            for (account, micros) in &line.postings {
                *balances.entry(account.clone()).or_default() += micros;
            }
        }
        for (account, micros) in &balances {
            let world = matches!(account, Account::World(_));
            audit.expect(world || *micros >= 0, "I3 no balance is negative", account, format!("it is {micros}"));
        }
        balances
    }

    fn audit_agents(&self, audit: &mut Audit, balances: &BTreeMap<Account, i64>) {
        for agent in &self.agents {
            let own: Vec<&Task> = self.tasks.iter().filter(|task| task.agent == agent.id).collect();
            let escrow = own.iter().map(|task| balance(balances, &Account::Escrow(task.id))).sum();
            let deposit = balance(balances, &Account::Deposit(agent.id));
            let revenue = balance(balances, &Account::Revenue(agent.id));
            audit.equal(STORED, format!("{} deposit", agent.id), agent.deposit.micros(), deposit);
            audit.equal(STORED, format!("{} revenue", agent.id), agent.revenue.micros(), revenue);
            audit.equal(STORED, format!("{} escrow", agent.id), agent.escrow.micros(), escrow);
            let count = |status| own.iter().filter(|task| task.status == status).count() as u64;
            let stored = (agent.tasks_created, agent.tasks_completed, agent.tasks_cancelled);
            let counted = (own.len() as u64, count(Status::Completed), count(Status::Cancelled));
            let detail = format!("created, completed, cancelled are stored as {stored:?}, counted as {counted:?}");
            audit.expect(stored == counted, "counters equal the tasks", agent.id, detail);
        }
    }

    fn audit_operators(&self, audit: &mut Audit, balances: &BTreeMap<Account, i64>, now: Timestamp) {
        let mut pending: BTreeMap<(&OperatorId, Timestamp), i64> = BTreeMap::new();
        for line in &self.journal {
            for (account, micros) in &line.postings {
                if let (Account::Earnings(operator), Some(moment)) = (account, line.matures_at) {
                    *pending.entry((operator, moment)).or_default() += micros;
                }
            }
        }
        for (operator, earnings) in &self.operators {
            let computed = balance(balances, &Account::Earnings(operator.clone()));
            audit.equal(STORED, format!("{operator} earnings"), earnings.balance.micros(), computed);
            let held = pending.iter().filter(|((who, moment), _)| *who == operator && *moment > now);
            let computed = held.map(|(_, micros)| micros).sum();
            audit.equal(STORED, format!("{operator} pending"), earnings.pending(now).micros(), computed);
        }
    }
}

fn balance(balances: &BTreeMap<Account, i64>, account: &Account) -> i64 {
    balances.get(account).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
