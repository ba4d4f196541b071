//! From a decision to the writes of one transaction: what an entry does to stored balances and counters.

use crate::Store;
use crate::engine::commit::Role;
use crate::engine::item::number;
use crate::engine::update::UpdateExpr;
use crate::ledger::account::{ACCOUNT, attribute};
use crate::ledger::journal::entry_item;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use domain::agent::{Spend, counts};
use domain::ledger::{Account, Entry};
use domain::status::Status;
use domain::task::Task;
use domain::{AgentId, OperatorId, Timestamp};

/// Matured lines that one write drops from an operator's earnings: DynamoDB takes expressions of 4 KB.
/// The rest goes with later writes; a line that has matured does no harm.
const PRUNED_MAX: usize = 100;

/// The occasion of an entry: what changes with the money in the accounts that it touches.
pub(crate) enum Booking<'a> {
    /// A task was opened; its fee was decided on `spend`.
    Opened { task: &'a Task, spend: &'a Spend },
    /// A task moved on. The lines of the earnings under the `matured` moments are dropped.
    Moved { before: &'a Task, after: &'a Task, matured: &'a [Timestamp] },
    /// Money came in by `reference`, a transaction hash or a payment.
    Deposited { agent: AgentId, reference: &'a str },
    /// Money went out by `reference`, a payout; decided on this version of the earnings.
    PaidOut { operator: &'a OperatorId, matured: &'a [Timestamp], version: u64, reference: &'a str },
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
        if let Some((operator, update)) = earnings_update(entry, booking) {
            let update = update.update(&self.tables.ledger, operator.as_str(), ACCOUNT);
            writes.push((Role::Earnings, TransactWriteItem::builder().update(update).build()));
        }
        let item = entry_item(&booking.owner(), entry, booking.reference());
        writes.push((Role::Journal, self.put_once(&self.tables.ledger, item)));
        writes
    }
}

impl Booking<'_> {
    /// In whose partition the journal line stands.
    fn owner(&self) -> String {
        match self {
            Self::Opened { task, .. } | Self::Moved { after: task, .. } => task.agent.to_string(),
            Self::Deposited { agent, .. } => agent.to_string(),
            Self::PaidOut { operator, .. } => operator.to_string(),
        }
    }

    /// What the money came or went by.
    fn reference(&self) -> Option<&str> {
        match self {
            Self::Opened { .. } | Self::Moved { .. } => None,
            Self::Deposited { reference, .. } | Self::PaidOut { reference, .. } => Some(reference),
        }
    }
}

/// What an entry does to the account of the agent whose task or deposit it is.
fn agent_update(entry: &Entry, booking: &Booking<'_>) -> Option<(AgentId, UpdateExpr)> {
    let mut update = UpdateExpr::default();
    let (mut deposit, mut escrow, mut revenue) = (0, 0, 0);
    for posting in entry.postings() {
        match &posting.account {
            Account::Deposit(_) => deposit += posting.micros,
            Account::Escrow(_) => escrow += posting.micros,
            Account::Revenue(_) => revenue += posting.micros,
            Account::Earnings(_) | Account::World(_) => {}
        }
    }
    update.add(attribute::DEPOSIT, deposit);
    update.add(attribute::ESCROW, escrow);
    update.add(attribute::REVENUE, revenue);
    let agent = match booking {
        Booking::Opened { task, spend } => {
            update.add(attribute::TASKS_CREATED, 1);
            spend_opened(&mut update, task, spend);
            task.agent
        }
        Booking::Moved { before, after, .. } => {
            let (was, is) = (before.status, after.status);
            let change = |status| i64::from(is == status) - i64::from(was == status);
            update.add(attribute::TASKS_COMPLETED, change(Status::Completed));
            update.add(attribute::TASKS_CANCELLED, change(Status::Cancelled));
            spend_moved(&mut update, after, entry.at);
            after.agent
        }
        Booking::Deposited { agent, .. } => {
            update.add(attribute::DEPOSITS, 1);
            *agent
        }
        Booking::PaidOut { .. } => return None,
    };
    Some((agent, update))
}

/// The spend grows by the reward. The fee was decided on a tier: the sum must still be of that tier. Days that no
/// longer count are dropped by whoever sees them first; who comes second decides anew.
fn spend_opened(update: &mut UpdateExpr, task: &Task, spend: &Spend) {
    let (reward, stale) = (task.reward.micros(), spend.stale.micros());
    let (low, high) = spend.tier().spend_micros();
    update.add_in_map(attribute::SPEND_BY_DAY, &task.created_at.day().to_string(), reward);
    // DynamoDB adds one number to another: what is dropped goes with what is added.
    update.add(attribute::SPEND, reward - stale);
    update.require(&format!("{} BETWEEN :spend_low AND :spend_high", attribute::SPEND));
    update.bind(":spend_low", number(low.saturating_add(stale)));
    update.bind(":spend_high", number(high.saturating_add(stale)));
    // What is subtracted from the sum must be what is removed.
    let days = attribute::SPEND_BY_DAY;
    for (i, (_, amount)) in spend.stale_days.iter().enumerate() {
        update.require(&format!("{days}.#{days}{i} = :stale{i}"));
        update.bind(&format!(":stale{i}"), number(amount.micros()));
    }
    update.remove_from_map(attribute::SPEND_BY_DAY, spend.stale_days.iter().map(|(day, _)| day.to_string()));
}

/// A task counts towards the spend from its creation until it is cancelled.
fn spend_moved(update: &mut UpdateExpr, after: &Task, now: Timestamp) {
    let day = after.created_at.day();
    if after.status == Status::Cancelled && counts(day, now) {
        update.add_in_map(attribute::SPEND_BY_DAY, &day.to_string(), -after.reward.micros());
        update.add(attribute::SPEND, -after.reward.micros());
    }
}

/// What an entry does to the operator's earnings.
fn earnings_update(entry: &Entry, booking: &Booking<'_>) -> Option<(OperatorId, UpdateExpr)> {
    let (operator, micros) = entry.postings().iter().find_map(|posting| match &posting.account {
        Account::Earnings(operator) => Some((operator.clone(), posting.micros)),
        Account::Deposit(_) | Account::Escrow(_) | Account::Revenue(_) | Account::World(_) => None,
    })?;
    let mut update = UpdateExpr::default();
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
            update.require(&format!("{} = :version", attribute::VERSION));
            update.bind(":version", AttributeValue::N(version.to_string()));
            matured
        }
        Booking::Opened { .. } | Booking::Deposited { .. } => &[],
    };
    let matured = matured.iter().take(PRUNED_MAX);
    update.remove_from_map(attribute::VESTING, matured.map(|moment| moment.millis().to_string()));
    update.add(attribute::VERSION, 1);
    Some((operator, update))
}
