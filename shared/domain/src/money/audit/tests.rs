//! Books that are kept well are clean, and every corruption is named.

use super::*;
use crate::agent::Agent;
use crate::example::{AGENT, START, Story, agent, assignee, usd};
use crate::ids::{AgentId, OperatorId, PaymentId};
use crate::money::Usd;
use crate::money::deposit::{self, DepositMove};
use crate::operator::Earnings;
use crate::status::Status;
use crate::task::Task;

/// An agent with $100, a task of $25 that was told in words, and whatever money that moved.
#[derive(Clone)]
struct Books {
    agent: Agent,
    earnings: Earnings,
    journal: Vec<JournalLine>,
    task: Task,
    now: Timestamp,
}

fn line(entry: &Entry) -> JournalLine {
    JournalLine {
        id: entry.id,
        at: entry.at,
        kind: entry.kind,
        task: entry.task,
        matures_at: entry.matures_at,
        postings: entry.postings().iter().map(|p| (p.account.clone(), p.micros)).collect(),
        reference: None,
    }
}

fn anna() -> OperatorId {
    assignee("anna").id
}

fn books(words: &str) -> Books {
    let (story, _) = Story::of(words);
    let paid = deposit::expected(PaymentId::from_bytes([8; 16]), AGENT, usd("100"), None, START);
    let paid = paid.moved(DepositMove::Credit, Usd::ZERO, paid.at).unwrap().1.unwrap();
    let stored = |account| Usd::from_micros(story.balance(&account)).unwrap();
    let count = |status| u64::from(story.task.status == status);
    let agent = Agent {
        escrow: stored(Account::Escrow(story.task.id)),
        revenue: stored(Account::Revenue(AGENT)),
        withheld: stored(Account::Fee(story.task.id)),
        fees_by_day: story.account.fees_by_day.clone(),
        spend_by_day: story.account.spend_by_day.clone(),
        tasks_created: 1,
        tasks_completed: count(Status::Completed),
        tasks_cancelled: count(Status::Cancelled),
        tasks_refunded: u64::from(story.task.is_refunded()),
        deposits: 1,
        ..agent(stored(Account::Deposit(AGENT)))
    };
    let journal = std::iter::once(&paid).chain(&story.entries).map(line).collect();
    let total = stored(Account::Earnings(anna()));
    let earnings = Earnings { total, ..story.earnings };
    Books { agent, earnings, journal, task: story.task, now: story.now }
}

impl Books {
    fn audit(&self) -> Audit {
        let mut books = AgentBooks::new(AGENT, self.now);
        for line in &self.journal {
            books.enter(line);
            if line.kind == EntryKind::Escrow {
                books.look_at(self.task.id, Some(&self.task));
            }
        }
        let (mut audit, earned) = books.close(&self.agent);
        let earned = earned.get(&anna()).copied().unwrap_or_default();
        audit.add(OperatorBooks::new(anna(), earned).close(&self.earnings, self.now));
        audit
    }
}

const STORIES: [&str; 17] = [
    "",
    "accept",
    "accept start",
    "accept release",
    "accept cancel",
    "accept @due expire",
    "accept @due cancel",
    "accept @deadline expire",
    "accept release accept submit",
    "accept submit",
    "cancel",
    "accept submit fail",
    "accept submit pass",
    "accept submit pass @hold+1d",
    "accept submit pass dispute",
    "accept submit pass dispute @+30d SPLIT:3333",
    "accept submit pass dispute REFUND",
];

#[test]
fn books_that_are_kept_well_are_clean() {
    for words in STORIES {
        let audit = books(words).audit();
        assert_eq!(audit.violations, vec![], "{words}");
        assert_eq!((audit.accounts, audit.tasks, audit.busy), (2, 1, 0), "{words}");
    }
}

#[test]
fn each_corruption_is_named() {
    type Corruption = fn(&mut Books);
    const COUNTERS: &str = "counters equal journal and tasks";
    const RECORD: &str = "an operator's record equals its tasks";
    let corruptions: [(&str, Corruption, &str, &str); 20] = [
        ("", |b| b.agent.deposit = usd("1"), STORED, "deposit"),
        ("", |b| b.agent.escrow = usd("1"), STORED, "escrow"),
        ("", |b| b.agent.revenue = usd("1"), STORED, "revenue"),
        ("", |b| b.agent.withheld = usd("1"), STORED, "withheld"),
        ("accept submit pass", |b| b.agent.fees_by_day.clear(), STORED, "fees"),
        ("accept submit pass", |b| b.agent.spend_by_day.clear(), STORED, "spend"),
        ("accept submit pass", |b| b.earnings.balance = usd("26"), STORED, "earnings"),
        ("accept submit pass", |b| b.earnings.total = usd("26"), STORED, "total"),
        ("accept submit pass", |b| b.earnings.vesting.clear(), STORED, "pending"),
        ("accept", |b| b.earnings.record.at_work = 2, RECORD, "anna"),
        ("accept submit", |b| b.earnings.record.at_work = 1, RECORD, "anna"),
        ("accept submit pass", |b| b.earnings.record.completed = 2, RECORD, "anna"),
        ("accept release", |b| b.earnings.record.no_shows = 1, RECORD, "anna"),
        ("accept submit fail", |b| b.earnings.record.disputes_lost = 1, RECORD, "anna"),
        ("", |b| b.agent.tasks_created = 2, COUNTERS, "agent_"),
        ("", |b| b.agent.deposits = 2, COUNTERS, "agent_"),
        ("", |b| b.journal[0].postings[0].1 += 1, "I1 entries sum to zero", "entry_"),
        ("", |b| drop(b.journal.remove(0)), STORED, "deposit"),
        ("", |b| b.task.status = Status::Completed, "I3 escrow follows the status", "task_"),
        ("", |b| b.task.agent = AgentId::from_bytes([9; 16]), "what was opened is a task", "task_"),
    ];
    for (words, corrupt, invariant, subject) in corruptions {
        let mut books = books(words);
        corrupt(&mut books);
        let violations = books.audit().violations;
        let named = violations.iter().any(|it| it.invariant == invariant && it.subject.contains(subject));
        assert!(named, "{invariant} of {subject}: {violations:?}");
    }
}

#[test]
fn what_is_inside_adds_up_over_all_books() {
    let of = |micros: i64| Audit { inside: [(Rail::Base, micros)].into(), ..Audit::default() };
    let mut all = of(5);
    all.add(of(7));
    all.add(of(-2));
    assert_eq!(all.inside, [(Rail::Base, 10)].into());
}

#[test]
fn without_the_account_what_its_lines_say_is_counted_all_the_same() {
    let kept = books("accept submit pass");
    let mut books = AgentBooks::new(AGENT, kept.now);
    kept.journal.iter().for_each(|line| books.enter(line));
    books.look_at(kept.task.id, Some(&kept.task));
    let (audit, earned) = books.without_account();
    assert_eq!((audit.entries, audit.tasks), (kept.journal.len(), 1));
    assert_eq!(earned.keys().collect::<Vec<_>>(), [&anna()]);
}
