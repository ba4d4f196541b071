//! From a decision to the writes of one transaction: what an entry does to stored balances and counters.

use crate::Store;
use crate::engine::commit::Role;
use crate::engine::update::UpdateExpr;
use crate::ledger::account::{ACCOUNT, attribute};
use crate::ledger::journal::entry_item;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use domain::agent::Outdated;
use domain::ledger::{self, Account, Entry, Posting};
use domain::limits::{AT_WORK_FEW, AT_WORK_MANY, SEASONED_COMPLETED};
use domain::money::payout::Payee;
use domain::operator::record::RecordChange;
use domain::status::Status;
use domain::task::Task;
use domain::{AgentId, OperatorId, Timestamp};

/// The partition of the platform's own journal.
pub(crate) const PLATFORM: &str = "platform";

/// Lines that one write drops from a map of amounts: DynamoDB takes expressions of 4 KB.
/// The rest goes with later writes; a line that counts no more does no harm.
const PRUNED_MAX: usize = 100;

/// The occasion of an entry: what changes with the money in the accounts that it touches.
pub(crate) enum Booking<'a> {
    /// A task was opened. The `outdated` lines of the account are dropped.
    Opened { task: &'a Task, outdated: &'a Outdated },
    /// A task moved on. The lines of the earnings under the `matured` moments are dropped.
    Moved { before: &'a Task, after: &'a Task, matured: &'a [Timestamp] },
    /// Money came in by `reference`, a transaction hash or a payment.
    Deposited { agent: AgentId, reference: &'a str },
    /// Money of a payout moved. If it was taken from somebody, that was decided on this version of the account.
    PaidOut { payee: &'a Payee, matured: &'a [Timestamp], version: Option<u64>, reference: &'a str },
    /// The platform's own money moved by `reference`, a transaction hash.
    Capital { reference: &'a str },
}

impl Store {
    /// The balance changes of an entry and its journal line, ready for a transaction.
    pub(crate) fn entry_writes(&self, entry: &Entry, booking: &Booking<'_>) -> Vec<(Role, TransactWriteItem)> {
        assert!(entry.is_balanced(), "an entry's postings sum to zero (I1)");
        let mut writes = Vec::new();
        if let Some((agent, update)) = agent_update(entry, booking) {
            let update = update.update(&self.tables.ledger, &agent.to_string(), ACCOUNT);
            writes.push((Role::Agent, TransactWriteItem::builder().update(update).build()));
        }
        writes.extend(self.earnings_write(Some(entry), booking));
        let item = entry_item(&booking.owner(), entry, booking.reference());
        writes.push((Role::Journal, self.put_once(&self.tables.ledger, item)));
        writes
    }

    /// What an entry, if there is one, and its occasion do to an operator's earnings and record.
    pub(crate) fn earnings_write(
        &self,
        entry: Option<&Entry>,
        booking: &Booking<'_>,
    ) -> Option<(Role, TransactWriteItem)> {
        let (operator, update) = earnings_update(entry, booking)?;
        let update = update.update(&self.tables.ledger, operator.as_str(), ACCOUNT);
        Some((Role::Earnings, TransactWriteItem::builder().update(update).build()))
    }
}

impl Booking<'_> {
    /// In whose partition the journal line stands.
    fn owner(&self) -> String {
        match self {
            Self::Opened { task, .. } | Self::Moved { after: task, .. } => task.agent.to_string(),
            Self::Deposited { agent, .. } => agent.to_string(),
            Self::PaidOut { payee, .. } => payee.to_string(),
            Self::Capital { .. } => PLATFORM.to_owned(),
        }
    }

    /// What the money came or went by.
    fn reference(&self) -> Option<&str> {
        match self {
            Self::Opened { .. } | Self::Moved { .. } => None,
            Self::Deposited { reference, .. } | Self::PaidOut { reference, .. } | Self::Capital { reference } => {
                Some(reference)
            }
        }
    }
}

/// What an entry does to the account of the agent whose task or deposit it is.
fn agent_update(entry: &Entry, booking: &Booking<'_>) -> Option<(AgentId, UpdateExpr)> {
    let mut update = UpdateExpr::default();
    let (mut deposit, mut escrow, mut revenue, mut withheld, mut settled) = (0, 0, 0, 0, 0);
    let (mut suspended, mut owed, mut in_flight) = (0, 0, 0);
    for posting in entry.postings() {
        match &posting.account {
            Account::Deposit(_) => deposit += posting.micros,
            Account::Escrow(_) => escrow += posting.micros,
            Account::Revenue(_) => revenue += posting.micros,
            Account::Fee(_) => withheld += posting.micros,
            Account::Earnings(_) => settled += posting.micros,
            Account::Suspense(_) => suspended += posting.micros,
            Account::Receivable(_) => owed -= posting.micros,
            Account::InFlight(_) => in_flight += posting.micros,
            Account::World(_) | Account::Capital => {}
        }
    }
    update.add(attribute::DEPOSIT, deposit);
    update.add(attribute::SUSPENDED, suspended);
    update.add(attribute::OWED, owed);
    update.add(attribute::IN_FLIGHT, in_flight);
    update.add(attribute::ESCROW, escrow);
    update.add(attribute::REVENUE, revenue);
    update.add(attribute::WITHHELD, withheld);
    update.add(attribute::VERSION, 1);
    let agent = match booking {
        Booking::Opened { task, outdated } => {
            update.add(attribute::TASKS_CREATED, 1);
            let lines = |days: &[i64]| days.iter().take(PRUNED_MAX).map(i64::to_string).collect::<Vec<_>>();
            update.remove_from_map(attribute::SPEND_BY_DAY, lines(&outdated.spend).into_iter());
            update.remove_from_map(attribute::FEES_BY_DAY, lines(&outdated.fees).into_iter());
            task.agent
        }
        Booking::Moved { before, after, .. } => {
            let (was, is) = (before.status, after.status);
            let change = |status| i64::from(is == status) - i64::from(was == status);
            update.add(attribute::TASKS_COMPLETED, change(Status::Completed));
            update.add(attribute::TASKS_CANCELLED, change(Status::Cancelled));
            update.add(attribute::TASKS_REFUNDED, i64::from(after.is_refunded()));
            let day = ledger::settled_on(entry.at, entry.matures_at);
            update.add_in_map(attribute::SPEND_BY_DAY, &day.to_string(), settled);
            if let Some(moment) = entry.matures_at {
                update.add_in_map(attribute::FEES_BY_DAY, &moment.day().to_string(), revenue);
            }
            after.agent
        }
        Booking::Deposited { agent, .. } => {
            update.add(attribute::DEPOSITS, i64::from(entry.kind.is_listed()));
            *agent
        }
        Booking::PaidOut { payee: Payee::Agent(agent), version, .. } => {
            decided_on(&mut update, *version);
            *agent
        }
        Booking::PaidOut { payee: Payee::Operator(_), .. } | Booking::Capital { .. } => return None,
    };
    Some((agent, update))
}

/// An operator's earnings with what an entry pays, and its record with what the move counts.
fn earnings_update(entry: Option<&Entry>, booking: &Booking<'_>) -> Option<(OperatorId, UpdateExpr)> {
    let paid = entry.and_then(|entry| Some((entry, paid(entry)?)));
    let counted = match booking {
        Booking::Moved { before, after, .. } => RecordChange::of(before, after),
        Booking::Opened { .. } | Booking::Deposited { .. } | Booking::PaidOut { .. } | Booking::Capital { .. } => None,
    };
    let operator = match (&paid, &counted, booking) {
        (Some((_, (operator, _))), _, _) | (None, Some((operator, _)), _) => operator.clone(),
        // What was on its way has left: the earnings stay as they are.
        (None, None, Booking::PaidOut { payee: Payee::Operator(operator), .. }) => operator.clone(),
        (None, None, _) => return None,
    };

    let mut update = UpdateExpr::default();
    if let Some((entry, (_, micros))) = paid {
        pay(&mut update, entry, micros, booking);
    }
    if let Some((_, change)) = counted {
        count(&mut update, &change);
    }
    let in_flight = entry.iter().flat_map(|entry| entry.postings());
    let in_flight = in_flight.filter(|posting| matches!(posting.account, Account::InFlight(_)));
    update.add(attribute::IN_FLIGHT, in_flight.map(|posting| posting.micros).sum());
    update.add(attribute::VERSION, 1);
    Some((operator, update))
}

/// Whom an entry pays, or takes from, and how many micro-dollars.
fn paid(entry: &Entry) -> Option<(OperatorId, i64)> {
    let operator = entry.earner()?.clone();
    let mine = |posting: &&Posting| posting.account == Account::Earnings(operator.clone());
    let micros = entry.postings().iter().filter(mine).map(|posting| posting.micros).sum();
    Some((operator, micros))
}

fn pay(update: &mut UpdateExpr, entry: &Entry, micros: i64, booking: &Booking<'_>) {
    update.add(attribute::BALANCE, micros);
    if let Some(moment) = entry.matures_at {
        update.add_in_map(attribute::VESTING, &moment.millis().to_string(), micros);
    }
    let matured: &[Timestamp] = match booking {
        Booking::Moved { matured, .. } => {
            update.add(attribute::TOTAL, micros);
            matured
        }
        Booking::PaidOut { matured, version, .. } => {
            decided_on(update, *version);
            matured
        }
        Booking::Opened { .. } | Booking::Deposited { .. } | Booking::Capital { .. } => &[],
    };
    // The latest first: whose clock is behind must find its line gone rather than take from what others earned.
    let matured = matured.iter().rev().take(PRUNED_MAX);
    update.remove_from_map(attribute::VESTING, matured.map(|moment| moment.millis().to_string()));
}

/// The account is as it was when it was decided what to take from it.
fn decided_on(update: &mut UpdateExpr, version: Option<u64>) {
    if let Some(version) = version {
        update.require(&format!("{} = :version", attribute::VERSION));
        update.bind(":version", AttributeValue::N(version.to_string()));
    }
}

/// Who takes on a task must have room for it at that moment.
fn count(update: &mut UpdateExpr, change: &RecordChange) {
    use attribute::{ACCEPTED, AT_WORK, COMPLETED, DISPUTES_LOST, NO_SHOWS, RELEASED};
    if change.accepted > 0 {
        let count = |count: u64| AttributeValue::N(count.to_string());
        update.require(&format!("({AT_WORK} < :few OR ({COMPLETED} >= :seasoned AND {AT_WORK} < :many))"));
        update.bind(":few", count(AT_WORK_FEW));
        update.bind(":many", count(AT_WORK_MANY));
        update.bind(":seasoned", count(SEASONED_COMPLETED));
    }
    update.add(ACCEPTED, change.accepted);
    update.add(AT_WORK, change.at_work);
    update.add(COMPLETED, change.completed);
    update.add(RELEASED, change.released);
    update.add(NO_SHOWS, change.no_shows);
    update.add(DISPUTES_LOST, change.disputes_lost);
}
