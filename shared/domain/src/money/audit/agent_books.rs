//! What an agent's journal adds up to, and what the tasks say that it should.

use super::{Audit, Earned, JournalLine, STORED};
use crate::agent::{Agent, spend_from};
use crate::ids::{AgentId, OperatorId, TaskId};
use crate::ledger::{self, Account, EntryKind};
use crate::operator::rating::Ratings;
use crate::operator::record::Standing;
use crate::status::Status;
use crate::task::Task;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// An agent's journal and tasks, summed up.
#[derive(Clone, Debug)]
pub struct AgentBooks {
    pub agent: AgentId,
    now: Timestamp,
    deposit: i64,
    suspended: i64,
    owed: i64,
    in_flight: i64,
    revenue: i64,
    /// Of tasks that hold something: escrow, and the fee apart from it.
    held: BTreeMap<TaskId, (i64, i64)>,
    /// What the statuses of those tasks say that they hold.
    expected: BTreeMap<TaskId, (i64, i64)>,
    fees_by_day: BTreeMap<i64, i64>,
    spend_by_day: BTreeMap<i64, i64>,
    deposits: u64,
    opened: u64,
    completed: u64,
    cancelled: u64,
    refunded: u64,
    ratings: Ratings,
    earned: BTreeMap<OperatorId, Earned>,
    /// What was found so far.
    pub audit: Audit,
}

impl AgentBooks {
    pub fn new(agent: AgentId, now: Timestamp) -> Self {
        Self {
            agent,
            now,
            deposit: 0,
            suspended: 0,
            owed: 0,
            in_flight: 0,
            revenue: 0,
            held: BTreeMap::new(),
            expected: BTreeMap::new(),
            fees_by_day: BTreeMap::new(),
            spend_by_day: BTreeMap::new(),
            deposits: 0,
            opened: 0,
            completed: 0,
            cancelled: 0,
            refunded: 0,
            ratings: Ratings::default(),
            earned: BTreeMap::new(),
            audit: Audit { accounts: 1, ..Audit::default() },
        }
    }

    /// A line of the agent's journal.
    pub fn enter(&mut self, line: &JournalLine) {
        self.audit.enter(line);
        match line.kind {
            kind if kind.is_listed() => self.deposits += 1,
            EntryKind::Escrow => self.opened += 1,
            _ => {}
        }
        for (account, micros) in &line.postings {
            match account {
                Account::Deposit(agent) if *agent == self.agent => self.deposit += micros,
                Account::Revenue(agent) if *agent == self.agent => {
                    self.revenue += micros;
                    if let Some(moment) = line.matures_at {
                        add(&mut self.fees_by_day, moment.day(), *micros);
                    }
                }
                Account::Escrow(task) if line.task == Some(*task) => self.hold(*task, (*micros, 0)),
                Account::Fee(task) if line.task == Some(*task) => self.hold(*task, (0, *micros)),
                Account::Earnings(operator) => self.earn(operator, line, *micros),
                Account::Suspense(_) => self.suspended += micros,
                Account::Receivable(agent) if *agent == self.agent => self.owed -= micros,
                Account::InFlight(_) => self.in_flight += micros,
                Account::World(rail) => self.audit.outside(*rail, *micros),
                // What our own address sent to the agent's.
                Account::Capital => {}
                Account::Deposit(_)
                | Account::Revenue(_)
                | Account::Escrow(_)
                | Account::Fee(_)
                | Account::Receivable(_) => {
                    let detail = format!("it moves money of {account}");
                    self.audit.expect(false, "entries stand with their owner", line.id, detail);
                }
            }
        }
    }

    /// Forgets tasks that hold nothing any more.
    fn hold(&mut self, task: TaskId, (escrow, fee): (i64, i64)) {
        let (was_escrow, was_fee) = self.held.remove(&task).unwrap_or_default();
        let held = (was_escrow + escrow, was_fee + fee);
        if held != (0, 0) {
            self.held.insert(task, held);
        }
    }

    fn earn(&mut self, operator: &OperatorId, line: &JournalLine, micros: i64) {
        let earned = self.earned.entry(operator.clone()).or_default();
        earned.total += micros;
        if line.matures_at.is_some_and(|moment| moment > self.now) {
            earned.pending += micros;
        }
        add(&mut self.spend_by_day, ledger::settled_on(line.at, line.matures_at), micros);
    }

    /// A task that the journal says was opened, as it stands.
    pub fn look_at(&mut self, id: TaskId, task: Option<&Task>) {
        let own = task.filter(|task| task.agent == self.agent);
        self.audit.expect(own.is_some(), "what was opened is a task", id, format!("{} has none", self.agent));
        let Some(task) = own else { return };
        self.audit.tasks += 1;
        match task.status {
            Status::Completed => self.completed += 1,
            Status::Cancelled => self.cancelled += 1,
            _ => {}
        }
        self.refunded += u64::from(task.is_refunded());
        if let Some((operator, standing)) = Standing::of(task) {
            self.earned.entry(operator).or_default().standing.add(standing);
        }
        if held_of(task) != (0, 0) {
            self.expected.insert(id, held_of(task));
        }
    }

    /// A rating of the agent.
    pub fn rate(&mut self, score: u8) {
        self.ratings.add(score);
    }

    /// What has been found without regard to the account, and what operators earned.
    pub fn without_account(self) -> (Audit, BTreeMap<OperatorId, Earned>) {
        (self.audit, self.earned)
    }

    /// Compares with the account, which must not have changed since the first line was read.
    pub fn close(self, agent: &Agent) -> (Audit, BTreeMap<OperatorId, Earned>) {
        let Self { mut audit, held, expected, .. } = self;
        let sum = |part: fn(&(i64, i64)) -> i64| held.values().map(part).sum::<i64>();
        for (part, stored, computed) in [
            ("deposit", agent.deposit, self.deposit),
            ("suspended", agent.suspended, self.suspended),
            ("owed", agent.owed, self.owed),
            ("in flight", agent.in_flight, self.in_flight),
            ("escrow", agent.escrow, sum(|(escrow, _)| *escrow)),
            ("revenue", agent.revenue, self.revenue),
            ("withheld", agent.withheld, sum(|(_, fee)| *fee)),
        ] {
            audit.equal(format!("{} {part}", agent.id), stored.micros(), computed);
        }
        for (part, stored, computed, from) in [
            ("fees", &agent.fees_by_day, &self.fees_by_day, self.now.day()),
            ("spend", &agent.spend_by_day, &self.spend_by_day, spend_from(self.now)),
        ] {
            let stored: BTreeMap<i64, i64> = nonzero(stored.range(from..).map(|(day, amount)| (*day, amount.micros())));
            let computed = nonzero(computed.range(from..).map(|(day, micros)| (*day, *micros)));
            let detail = format!("stored {stored:?} by day, the journal says {computed:?}");
            audit.expect(stored == computed, STORED, format!("{} {part}", agent.id), detail);
        }
        for task in held.keys().chain(expected.keys().filter(|task| !held.contains_key(task))) {
            let [holds, should] = [&held, &expected].map(|of| of.get(task).copied().unwrap_or_default());
            let detail = format!("it holds {holds:?} micro-dollars in escrow and apart, not {should:?}");
            audit.expect(holds == should, "I3 escrow follows the status", task, detail);
        }
        let stored =
            [agent.tasks_created, agent.tasks_completed, agent.tasks_cancelled, agent.tasks_refunded, agent.deposits];
        let counted = [self.opened, self.completed, self.cancelled, self.refunded, self.deposits];
        let detail =
            format!("created, completed, cancelled, refunded, deposits: stored {stored:?}, counted {counted:?}");
        audit.expect(stored == counted, "counters equal journal and tasks", agent.id, detail);
        audit.rated(agent.id, agent.ratings, self.ratings);
        (audit, self.earned)
    }
}

/// What each status holds in escrow, and as a fee apart from it, in micro-dollars.
fn held_of(task: &Task) -> (i64, i64) {
    match task.status {
        Status::Completed | Status::Cancelled => (0, 0),
        Status::Disputed if task.disputed_in_hold() => (task.reward.micros(), task.fee.micros()),
        Status::Pending
        | Status::Accepted
        | Status::InProgress
        | Status::Submitted
        | Status::Verified
        | Status::Disputed => (task.total().micros(), 0),
    }
}

fn add(days: &mut BTreeMap<i64, i64>, day: i64, micros: i64) {
    *days.entry(day).or_default() += micros;
}

fn nonzero(days: impl Iterator<Item = (i64, i64)>) -> BTreeMap<i64, i64> {
    days.filter(|(_, micros)| *micros != 0).collect()
}
