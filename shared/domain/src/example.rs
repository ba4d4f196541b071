//! Examples for the tests: an agent, a draft, and the story of one task with the balances around
//! it, told in words. Not compiled into the library.

use crate::agent::Agent;
use crate::guardian::{self, Decision, Finding, Observation, Verdict};
use crate::ids::{AgentId, OperatorId, ProofId, StaffName, TaskId};
use crate::ledger::{self, Account, Entry};
use crate::money::Usd;
use crate::moves::{self, Advance, Lapse, Refusal};
use crate::opening::{self, Draft};
use crate::operator::Earnings;
use crate::operator::record::{Record, RecordChange};
use crate::status::{Move, Status};
use crate::task::{Assignee, Brief, Manual, Outcome, Task};
use crate::task_type::{TaskDomain, TaskType};
use crate::time::{DAY_S, HOUR_S, Timestamp};
use std::collections::BTreeMap;

/// 2026-02-05T12:00:00.000Z.
pub(crate) const START: Timestamp = Timestamp::from_millis(1_770_292_800_000);
pub(crate) const AGENT: AgentId = AgentId::from_bytes([1; 16]);
pub(crate) const TASK: TaskId = TaskId::from_bytes([2; 16]);

/// The cells of a text table: one line a case, `|` between cells, `#` before remarks.
pub(crate) fn rows<const CELLS: usize>(table: &str) -> Vec<[&str; CELLS]> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows: Vec<_> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            cells.try_into().unwrap_or_else(|_| panic!("a line of {CELLS} cells: {line}"))
        })
        .collect();
    assert!(!rows.is_empty(), "an empty table tests nothing");
    rows
}

pub(crate) fn usd(text: &str) -> Usd {
    Usd::parse_usdc(text).unwrap_or_else(|error| panic!("{text} {error}"))
}

/// `-1ms`, `+72h`, `4m`: milliseconds.
pub(crate) fn millis(text: &str) -> i64 {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let unit = match &text[digits.len()..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        other => panic!("no unit of time: {other}"),
    };
    digits.parse::<i64>().unwrap() * unit
}

pub(crate) fn after(moment: Timestamp, offset: &str) -> Timestamp {
    if offset.is_empty() { moment } else { Timestamp::from_millis(moment.millis() + millis(offset)) }
}

/// An agent without a history.
pub(crate) fn agent(deposit: Usd) -> Agent {
    Agent { deposit, ..Agent::new(AGENT, "Example".to_owned(), "agent@example.com".to_owned(), None, START) }
}

/// A request without problems.
pub(crate) fn draft(kind: TaskType, reward: Usd) -> Draft {
    let physical = kind.domain() == TaskDomain::Physical;
    Draft {
        task_type: kind,
        proof_type: None,
        title: "Is the shop open?".to_owned(),
        description: "Look and say.".to_owned(),
        requirements: vec!["Photo of the door".to_owned()],
        point: physical.then(|| crate::geo::Point::parse("40.7128", "-74.006").unwrap()),
        address: physical.then(|| "1 Main St".to_owned()),
        reward,
        deadline: START.plus_seconds(DAY_S),
        work_window_s: 6 * HOUR_S,
        callback: None,
        brief: Brief { agent_public_key: kind.is_credential().then(|| "key".to_owned()), ..Brief::default() },
    }
}

pub(crate) fn assignee(name: &str) -> Assignee {
    Assignee { id: OperatorId::parse(&format!("op_{name}")).unwrap(), public_name: name.to_owned() }
}

/// A PHOTO task, the account of its agent and the earnings of Anna, who works on it. Whatever is
/// told, every commit keeps the rules of the journal.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) task: Task,
    /// The version before the latest commit.
    pub(crate) before: Option<Task>,
    pub(crate) now: Timestamp,
    pub(crate) balances: BTreeMap<Account, i64>,
    pub(crate) earnings: Earnings,
    /// What is kept by day; the balances are above.
    pub(crate) account: Agent,
    /// What the table of statuses calls the moves that were made.
    pub(crate) made: Vec<(Move, Status)>,
    pub(crate) entries: Vec<Entry>,
}

impl Story {
    /// The task is open; `deposit` was there before.
    pub(crate) fn new(deposit: Usd, reward: Usd) -> Self {
        let opening = opening::open(draft(TaskType::Photo, reward), TASK, [0; 16], &agent(deposit), START).unwrap();
        let mut story = Self {
            task: opening.task,
            before: None,
            now: START,
            balances: BTreeMap::from([(Account::Deposit(AGENT), deposit.micros())]),
            earnings: Earnings::default(),
            account: agent(Usd::ZERO),
            made: Vec::new(),
            entries: Vec::new(),
        };
        story.book(&opening.entry);
        story
    }

    /// Deposit 100.00, reward 25.00, fee 4.50, and then `words`, all but the last of which must
    /// change something. Returns what came of the last.
    pub(crate) fn of(words: &str) -> (Self, String) {
        let mut story = Self::new(usd("100"), usd("25"));
        let mut outcome = "made".to_owned();
        for word in words.split_whitespace() {
            assert_eq!(outcome, "made", "before {word} in: {words}");
            outcome = story.tell(word);
        }
        (story, outcome)
    }

    /// Plays one word: a move, or `@` and a moment. Returns `made`, `unchanged` or the refusal.
    pub(crate) fn tell(&mut self, word: &str) -> String {
        if let Some(moment) = word.strip_prefix('@') {
            self.now = self.moment(moment);
            return "made".to_owned();
        }
        match self.decide(word) {
            Err(Refusal::WrongStatus { status, .. }) => format!("not in {status}"),
            Err(refusal) => format!("{refusal:?}"),
            Ok(change) if change.after.version == self.task.version => {
                assert_eq!(change, Advance { after: self.task.clone(), entry: None }, "{word} without a version");
                "unchanged".to_owned()
            }
            Ok(change) => {
                self.commit(word, change);
                "made".to_owned()
            }
        }
    }

    /// Deposit, escrow, fee held and earned, pending and available earnings.
    pub(crate) fn money(&self) -> String {
        let balance = |account| Usd::from_micros(self.balance(&account)).unwrap();
        let held = self.account.fees_held(self.now);
        let earned = balance(Account::Revenue(AGENT)).checked_sub(held).expect("what is held is part of the revenue");
        let held = held.checked_add(balance(Account::Fee(TASK))).unwrap();
        let (pending, available) = (self.earnings.pending(self.now), self.earnings.available(self.now));
        let (deposit, escrow) = (balance(Account::Deposit(AGENT)), balance(Account::Escrow(TASK)));
        [deposit, escrow, held, earned, pending, available].map(|usd| usd.to_string()).join(" ")
    }

    pub(crate) fn escrow(&self) -> i64 {
        self.balance(&Account::Escrow(TASK))
    }

    /// Micro-dollars.
    pub(crate) fn balance(&self, account: &Account) -> i64 {
        self.balances.get(account).copied().unwrap_or(0)
    }

    fn moment(&self, text: &str) -> Timestamp {
        let at = text.find(['+', '-']).unwrap_or(text.len());
        let base = match &text[..at] {
            "" => self.now,
            "deadline" => self.task.deadline,
            "hold" => self.task.hold_until.unwrap(),
            "due" => self.task.due().unwrap().at,
            other => panic!("no moment: {other}"),
        };
        after(base, &text[at..])
    }

    pub(crate) fn decide(&self, word: &str) -> Result<Advance, Refusal> {
        let (task, now) = (&self.task, self.now);
        let (verb, argument) = word.split_once(':').unwrap_or((word, ""));
        let proof = task.proof.unwrap_or(ProofId::from_bytes([3; 16]));
        let judge = |verdict: &Verdict| moves::judge(task, proof, verdict, now);
        let unseen = guardian::rule(Observation::Unavailable { sealed: false, checks: Vec::new() }, 1);
        let who = assignee(if argument == "bert" { "bert" } else { "anna" });
        match verb {
            "accept" => moves::accept(task, &who, &self.earnings.record, now),
            "start" => moves::start(task, &who.id, now),
            "release" => moves::release(task, &who.id, now),
            "submit" => moves::submit(task, &who.id, ProofId::from_bytes([3; 16]), now),
            "resubmit" => moves::submit(task, &who.id, ProofId::from_bytes([4; 16]), now),
            "pass" => judge(&verdict(95)),
            "review" => judge(&verdict(70)),
            "doubt" => judge(&Verdict { finding: Finding::Flawed, ..verdict(70) }),
            "unseen" => judge(&unseen),
            "sealed" => judge(&guardian::rule(Observation::Sealed { checks: Vec::new() }, 1)),
            "fail" => judge(&verdict(20)),
            "APPROVE" => moves::verify(task, Manual::Approve, now),
            "REJECT" => moves::verify(task, Manual::Reject, now),
            "CHANGES" => moves::verify(task, Manual::RequestChanges, now),
            "cancel" => moves::cancel(task, now),
            "dispute" => moves::dispute(task, now),
            "RELEASE" => moves::resolve(task, Outcome::Release, 0, word, &StaffName::admin(), now),
            "REFUND" => moves::resolve(task, Outcome::Refund, 0, word, &StaffName::admin(), now),
            "SPLIT" => moves::resolve(task, Outcome::Split, argument.parse().unwrap(), word, &StaffName::admin(), now),
            "expire" => moves::lapse(task, &Lapse::Expire, now),
            "judge" => moves::lapse(task, &Lapse::Judge(proof, unseen), now),
            "overdue" => moves::lapse(task, &Lapse::Review, now),
            "escalate" => moves::lapse(task, &Lapse::Dispute, now),
            other => panic!("no such move: {other}"),
        }
    }

    fn commit(&mut self, word: &str, change: Advance) {
        assert_eq!(change.after.version, self.task.version + 1, "{word}");
        match made(word, &change.after) {
            Some(step) => {
                assert_eq!(self.task.status.next(step), Some(change.after.status), "{word} and the table");
                self.made.push((step, self.task.status));
            }
            None => assert_eq!(change.after.status, self.task.status, "{word}"),
        }
        if let Some(entry) = &change.entry {
            self.book(entry);
        }
        if let Some((operator, counted)) = RecordChange::of(&self.task, &change.after)
            && operator == assignee("anna").id
        {
            self.count(&counted);
        }
        self.before = Some(std::mem::replace(&mut self.task, change.after));
        if self.task.status.is_final() {
            assert_eq!(self.escrow(), 0, "escrow of a task that is {}", self.task.status);
        }
    }

    fn count(&mut self, change: &RecordChange) {
        let Record { accepted, at_work, completed, released, no_shows, disputes_lost } = &mut self.earnings.record;
        for (count, by) in [
            (accepted, change.accepted),
            (at_work, change.at_work),
            (completed, change.completed),
            (released, change.released),
            (no_shows, change.no_shows),
            (disputes_lost, change.disputes_lost),
        ] {
            *count = count.checked_add_signed(by).expect("no count is negative");
        }
    }

    fn book(&mut self, entry: &Entry) {
        assert!(entry.is_balanced(), "{entry:?}");
        assert!(self.entries.iter().all(|earlier| earlier.id != entry.id), "the id of an earlier entry: {entry:?}");
        self.entries.push(entry.clone());
        for posting in entry.postings() {
            let balance = self.balances.entry(posting.account.clone()).or_default();
            *balance += posting.micros;
            assert!(*balance >= 0, "{} is short after {entry:?}", posting.account);
            let add = |line: &mut Usd| {
                *line = Usd::from_micros(line.micros() + posting.micros).expect("no more than was in the line");
            };
            match (&posting.account, entry.matures_at) {
                (Account::Earnings(_), matures_at) => {
                    self.earnings.balance = Usd::from_micros(*balance).unwrap();
                    matures_at.into_iter().for_each(|moment| add(self.earnings.vesting.entry(moment).or_default()));
                    add(self.account.spend_by_day.entry(ledger::settled_on(entry.at, matures_at)).or_default());
                }
                (Account::Revenue(_), Some(moment)) => {
                    add(self.account.fees_by_day.entry(moment.day()).or_default());
                }
                _ => {}
            }
        }
    }
}

/// The Guardian's verdict on a clean submission of which the observer is so sure.
fn verdict(confidence: u8) -> Verdict {
    guardian::rule(Observation::Told { confidence, checks: Vec::new() }, 1)
}

/// The move that a word stands for; none for the escalation, which moves nothing.
fn made(word: &str, after: &Task) -> Option<Move> {
    let step = match word.split(':').next().unwrap() {
        "accept" => Move::Accept,
        "start" => Move::Start,
        "release" => Move::Release,
        "submit" | "resubmit" => Move::Submit,
        "pass" => Move::Pass,
        "review" | "doubt" | "unseen" | "sealed" | "judge" => Move::Review,
        "fail" => Move::Fail,
        "APPROVE" => Move::Approve,
        "REJECT" => Move::Reject,
        "CHANGES" => Move::RequestChanges,
        "cancel" => Move::Cancel,
        "dispute" => Move::Dispute,
        "RELEASE" => Move::ResolveRelease,
        "REFUND" => Move::ResolveRefund,
        "SPLIT" => Move::ResolveSplit,
        "expire" if after.status == Status::Pending => Move::WindowOver,
        "expire" => Move::Expire,
        "overdue" if after.status == Status::Completed => Move::LapseApproved,
        "overdue" => Move::LapseRejected,
        _ => return None,
    };
    if step == Move::Review {
        assert_eq!(after.verdict.as_ref().unwrap().decision, Decision::ManualReview);
    }
    Some(step)
}
