//! The audit: every balance recomputed from the journal (invariants I1 and I3).
//!
//! Reads both tables whole, and not in one instant: a violation counts if a second look finds it too.

use crate::item::Item;
use crate::item::account::{ACCOUNT, agent_of, earnings_of, spend_sums};
use crate::item::journal::{Line, line_of};
use crate::item::task::{STATE, task_of};
use crate::{Store, StoreError, unavailable};
use domain::Timestamp;
use domain::agent::Agent;
use domain::ids::OperatorId;
use domain::ledger::Account;
use domain::operator::Earnings;
use domain::status::Status;
use domain::task::{DisputeOrigin, Task};
use std::collections::BTreeMap;

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Accounts of agents and operators.
    pub accounts: usize,
    /// Journal entries.
    pub entries: usize,
    /// Tasks.
    pub tasks: usize,
    /// Empty when all is well.
    pub violations: Vec<Violation>,
}

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which rule.
    pub invariant: &'static str,
    /// Whose account, or which entry or task.
    pub subject: String,
    /// One sentence.
    pub detail: String,
}

/// Everything that holds or describes money.
#[derive(Default)]
struct Books {
    agents: Vec<Agent>,
    operators: Vec<(OperatorId, Earnings)>,
    lines: Vec<Line>,
    tasks: Vec<Task>,
    violations: Vec<Violation>,
}

impl Audit {
    fn expect(&mut self, holds: bool, invariant: &'static str, subject: impl ToString, detail: String) {
        if !holds {
            self.violations.push(Violation { invariant, subject: subject.to_string(), detail });
        }
    }

    /// Whether the same is said of the same, with whatever numbers.
    fn names(&self, it: &Violation) -> bool {
        self.violations.iter().any(|own| own.invariant == it.invariant && own.subject == it.subject)
    }

    fn equal(&mut self, invariant: &'static str, subject: impl ToString, stored: i64, computed: i64) {
        let detail = format!("stored {stored} micro-dollars, the journal says {computed}");
        self.expect(stored == computed, invariant, subject, detail);
    }
}

impl Store {
    /// Recomputes every balance at the store's time. The metric `LedgerImbalance` has the number of
    /// violations, also when there is none.
    pub async fn audit(&self) -> Result<Audit, StoreError> {
        let mut audit = self.look().await?;
        if !audit.violations.is_empty() {
            let first = std::mem::replace(&mut audit, self.look().await?);
            audit.violations.retain(|violation| first.names(violation));
        }
        metrics::counter!("LedgerImbalance").increment(audit.violations.len() as u64);
        Ok(audit)
    }

    async fn look(&self) -> Result<Audit, StoreError> {
        let mut books = Books::default();
        for item in self.scan(&self.tables.ledger, None).await? {
            let name = name(&item);
            let entered = books.enter(item);
            books.note(name, entered);
        }
        for item in self.scan(&self.tables.core, Some(STATE)).await? {
            let name = name(&item);
            let entered = task_of(item).map(|task| books.tasks.push(task));
            books.note(name, entered);
        }
        Ok(books.audit(self.now()))
    }

    async fn scan(&self, table: &str, sort: Option<&str>) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let mut scan = self.client.scan().table_name(table).consistent_read(true).set_exclusive_start_key(start);
            if let Some(sort) = sort {
                scan = scan.filter_expression("sk = :sk").expression_attribute_values(":sk", crate::item::text(sort));
            }
            let answer = scan.send().await.map_err(unavailable("audit"))?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }
}

fn name(item: &Item) -> String {
    let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
    format!("{}/{}", part("pk"), part("sk"))
}

impl Books {
    fn enter(&mut self, item: Item) -> Result<(), StoreError> {
        let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
        let (pk, sk) = (part("pk"), part("sk"));
        if item.contains_key("ps") {
            self.lines.push(line_of(item)?);
        } else if let (Some(operator), ACCOUNT) = (OperatorId::parse(&pk), sk.as_str()) {
            self.operators.push((operator, earnings_of(item)?));
        } else if item.contains_key("dep") {
            let (stored, days) = spend_sums(&item)?;
            if stored != days {
                let detail = format!("stored {stored} micro-dollars, its days add up to {days}");
                self.violations.push(Violation { invariant: "the spend equals its days", subject: pk, detail });
            }
            self.agents.push(agent_of(item)?);
        }
        Ok(())
    }

    /// An item that can't be read is a violation like any other: a negative balance is one.
    fn note(&mut self, subject: String, entered: Result<(), StoreError>) {
        if let Err(error) = entered {
            self.violations.push(Violation { invariant: "items are readable", subject, detail: error.to_string() });
        }
    }

    fn audit(&self, now: Timestamp) -> Audit {
        let mut audit = Audit {
            accounts: self.agents.len() + self.operators.len(),
            entries: self.lines.len(),
            tasks: self.tasks.len(),
            violations: self.violations.clone(),
        };
        let mut balances: BTreeMap<Account, i64> = BTreeMap::new();
        for line in &self.lines {
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
        self.audit_agents(&mut audit, &balances);
        self.audit_operators(&mut audit, &balances, now);
        self.audit_tasks(&mut audit, &balances);
        audit
    }

    fn audit_agents(&self, audit: &mut Audit, balances: &BTreeMap<Account, i64>) {
        const RULE: &str = "I3 stored balances equal the journal";
        let balance = |account: Account| balances.get(&account).copied().unwrap_or(0);
        for agent in &self.agents {
            let own: Vec<&Task> = self.tasks.iter().filter(|task| task.agent == agent.id).collect();
            let escrow = own.iter().map(|task| balance(Account::Escrow(task.id))).sum();
            let count = |status| own.iter().filter(|task| task.status == status).count() as u64;
            audit.equal(
                RULE,
                format!("{} deposit", agent.id),
                agent.deposit.micros(),
                balance(Account::Deposit(agent.id)),
            );
            audit.equal(
                RULE,
                format!("{} revenue", agent.id),
                agent.revenue.micros(),
                balance(Account::Revenue(agent.id)),
            );
            audit.equal(RULE, format!("{} escrow", agent.id), agent.escrow.micros(), escrow);
            let stored = (agent.tasks_created, agent.tasks_completed, agent.tasks_cancelled);
            let counted = (own.len() as u64, count(Status::Completed), count(Status::Cancelled));
            let detail = format!("created, completed, cancelled are stored as {stored:?}, counted as {counted:?}");
            audit.expect(stored == counted, "counters equal the tasks", agent.id, detail);
        }
    }

    fn audit_operators(&self, audit: &mut Audit, balances: &BTreeMap<Account, i64>, now: Timestamp) {
        const RULE: &str = "I3 stored balances equal the journal";
        let mut pending: BTreeMap<(&OperatorId, Timestamp), i64> = BTreeMap::new();
        for line in &self.lines {
            for (account, micros) in &line.postings {
                if let (Account::Earnings(operator), Some(moment)) = (account, line.matures_at) {
                    *pending.entry((operator, moment)).or_default() += micros;
                }
            }
        }
        for (operator, earnings) in &self.operators {
            let computed = balances.get(&Account::Earnings(operator.clone())).copied().unwrap_or(0);
            audit.equal(RULE, format!("{operator} earnings"), earnings.balance.micros(), computed);
            let held = pending.iter().filter(|((who, moment), _)| *who == operator && *moment > now);
            let computed = held.map(|(_, micros)| micros).sum();
            audit.equal(RULE, format!("{operator} pending"), earnings.pending(now).micros(), computed);
        }
    }

    fn audit_tasks(&self, audit: &mut Audit, balances: &BTreeMap<Account, i64>) {
        for task in &self.tasks {
            let in_hold = task.dispute.as_ref().is_some_and(|d| d.origin == DisputeOrigin::AgentInHold);
            let expected = match task.status {
                Status::Completed | Status::Cancelled => 0,
                Status::Disputed if in_hold => task.reward.micros(),
                Status::Pending
                | Status::Accepted
                | Status::InProgress
                | Status::Submitted
                | Status::Verified
                | Status::Disputed => task.total().micros(),
            };
            let escrow = balances.get(&Account::Escrow(task.id)).copied().unwrap_or(0);
            let detail = format!("{} holds {escrow} micro-dollars, not {expected}", task.status);
            audit.expect(escrow == expected, "I3 escrow follows the status", task.id, detail);
        }
    }
}
