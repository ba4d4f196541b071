//! From a decision to the writes of one transaction: what an entry does to stored balances.

use crate::Store;
use crate::item::account::ACCOUNT;
use crate::item::journal::entry_item;
use crate::item::{Item, number, text};
use aws_sdk_dynamodb::types::{AttributeValue, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update};
use domain::agent::{Spend, counts};
use domain::ledger::{Account, Entry};
use domain::status::Status;
use domain::task::Task;
use domain::{AgentId, OperatorId, Timestamp};
use std::collections::HashMap;

/// Matured lines that one write drops from an operator's earnings: DynamoDB takes expressions of 4 KB.
/// The rest goes with later writes; a line that has matured does no harm.
const PRUNED_MAX: usize = 100;

/// What a write of a transaction is for; a cancellation reason is understood by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The state item, conditional on its version or its absence.
    State,
    /// An agent's account: the balance must suffice.
    Agent,
    /// An operator's earnings.
    Earnings,
    /// Something that must not exist yet.
    Once,
    /// Unconditional.
    Free,
}

/// An update of one item, put together from parts.
#[derive(Default)]
pub(crate) struct Change {
    sets: Vec<String>,
    removes: Vec<String>,
    conditions: Vec<String>,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

impl Change {
    /// Adds `by` to the number `attribute`; it must not become negative.
    pub(crate) fn add(&mut self, attribute: &str, by: i64) {
        if by == 0 {
            return;
        }
        self.sets.push(format!("{attribute} = {attribute} + :{attribute}"));
        self.values.insert(format!(":{attribute}"), number(by));
        if by < 0 {
            self.require(&format!("{attribute} >= :{attribute}_min"));
            self.values.insert(format!(":{attribute}_min"), number(-by));
        }
    }

    /// Adds `by` to the number under `key` in the map `attribute`, which starts at zero.
    pub(crate) fn add_in_map(&mut self, attribute: &str, key: &str, by: i64) {
        let (name, value) = (format!("#{attribute}"), format!(":{attribute}"));
        self.sets.push(format!("{attribute}.{name} = if_not_exists({attribute}.{name}, :zero) + {value}"));
        self.names.insert(name.clone(), key.to_owned());
        self.values.insert(value.clone(), number(by));
        self.values.insert(":zero".to_owned(), number(0));
        if by < 0 {
            self.require(&format!("{attribute}.{name} >= {value}_min"));
            self.values.insert(format!("{value}_min"), number(-by));
        }
    }

    /// Removes keys of the map `attribute`; the first is named `#<attribute>0` in conditions.
    pub(crate) fn remove_from_map(&mut self, attribute: &str, keys: impl Iterator<Item = String>) {
        for (i, key) in keys.enumerate() {
            let name = format!("#{attribute}{i}");
            self.removes.push(format!("{attribute}.{name}"));
            self.names.insert(name, key);
        }
    }

    /// Adds a condition.
    pub(crate) fn require(&mut self, condition: &str) {
        self.conditions.push(condition.to_owned());
    }

    /// Binds a value.
    pub(crate) fn bind(&mut self, name: &str, value: AttributeValue) {
        self.values.insert(name.to_owned(), value);
    }

    pub(crate) fn update(self, table: &str, pk: &str, sk: &str) -> Update {
        let mut expression = format!("SET {}", self.sets.join(", "));
        if !self.removes.is_empty() {
            expression.push_str(&format!(" REMOVE {}", self.removes.join(", ")));
        }
        Update::builder()
            .table_name(table)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .update_expression(expression)
            .set_condition_expression((!self.conditions.is_empty()).then(|| self.conditions.join(" AND ")))
            .set_expression_attribute_names((!self.names.is_empty()).then_some(self.names))
            .set_expression_attribute_values(Some(self.values))
            .build()
            .expect("every required member is set")
    }
}

impl Store {
    /// Puts the item, which must not exist yet.
    pub(crate) fn put_once(&self, table: &str, item: Item) -> TransactWriteItem {
        write_put(Put::builder().condition_expression("attribute_not_exists(pk)"), table, item)
    }

    /// Puts the item whatever was there.
    pub(crate) fn put_free(&self, table: &str, item: Item) -> TransactWriteItem {
        write_put(Put::builder(), table, item)
    }

    /// Puts the state item, conditional on the version it was decided on.
    pub(crate) fn put_version(&self, item: Item, version: u64) -> TransactWriteItem {
        let put = Put::builder()
            .condition_expression("v = :version")
            .expression_attribute_values(":version", AttributeValue::N(version.to_string()));
        write_put(put, &self.tables.core, item)
    }

    /// The balance changes of an entry and its journal line, ready for a transaction.
    pub(crate) fn entry_writes(&self, effects: Effects<'_>) -> Vec<(Role, TransactWriteItem)> {
        let entry = effects.entry;
        assert!(entry.is_balanced(), "an entry's postings sum to zero (I1)");
        let mut writes = Vec::new();
        if let Some((agent, change)) = agent_change(&effects) {
            let update = change.update(&self.tables.ledger, &agent.to_string(), ACCOUNT);
            writes.push((Role::Agent, TransactWriteItem::builder().update(update).build()));
        }
        if let Some((operator, change)) = earnings_change(&effects) {
            let update = change.update(&self.tables.ledger, operator.as_str(), ACCOUNT);
            writes.push((Role::Earnings, TransactWriteItem::builder().update(update).build()));
        }
        let item = entry_item(&effects.owner, entry, effects.reference);
        writes.push((Role::Once, self.put_once(&self.tables.ledger, item)));
        writes
    }
}

/// An entry with what else changes in the accounts that it touches.
pub(crate) struct Effects<'a> {
    /// The money.
    pub(crate) entry: &'a Entry,
    /// Whose partition the journal line stands in.
    pub(crate) owner: String,
    /// The agent whose task or deposit it is.
    pub(crate) agent: Option<AgentId>,
    /// The task before and after, for counters and spend.
    pub(crate) task: Option<(Option<&'a Task>, &'a Task)>,
    /// The spend that the fee was decided on; set when a task is opened.
    pub(crate) spend: Option<&'a Spend>,
    /// Moments that have passed: their lines in the earnings are dropped.
    pub(crate) matured: &'a [Timestamp],
    /// The version of the earnings that the entry was decided on; set for payouts.
    pub(crate) earnings_version: Option<u64>,
    /// What the money came by.
    pub(crate) reference: Option<&'a str>,
}

impl<'a> Effects<'a> {
    /// Effects of an entry alone, kept in the partition of `owner`.
    pub(crate) fn of(entry: &'a Entry, owner: String) -> Self {
        Self {
            entry,
            owner,
            agent: None,
            task: None,
            spend: None,
            matured: &[],
            earnings_version: None,
            reference: None,
        }
    }
}

fn agent_change(effects: &Effects<'_>) -> Option<(AgentId, Change)> {
    let agent = effects.agent?;
    let mut change = Change::default();
    let (mut deposit, mut escrow, mut revenue) = (0, 0, 0);
    for posting in effects.entry.postings() {
        match &posting.account {
            Account::Deposit(_) => deposit += posting.micros,
            Account::Escrow(_) => escrow += posting.micros,
            Account::Revenue(_) => revenue += posting.micros,
            Account::Earnings(_) | Account::World(_) => {}
        }
    }
    change.add("dep", deposit);
    change.add("esc", escrow);
    change.add("rev", revenue);
    match effects.task {
        Some(task) => tally(&mut change, task, effects.spend, effects.entry.at),
        None => change.add("ndp", 1),
    }
    if let Some(spend) = effects.spend {
        on_spend(&mut change, spend);
    }
    Some((agent, change))
}

/// Counters by status, and the spend: a task counts from its creation until it is cancelled.
fn tally(change: &mut Change, (before, after): (Option<&Task>, &Task), spend: Option<&Spend>, now: Timestamp) {
    let was = |status| i64::from(before.is_some_and(|task| task.status == status));
    let is = |status| i64::from(after.status == status);
    change.add("ncr", i64::from(before.is_none()));
    change.add("nco", is(Status::Completed) - was(Status::Completed));
    change.add("nca", is(Status::Cancelled) - was(Status::Cancelled));

    let day = after.created_at.day();
    let spent = match (before, after.status) {
        (None, _) => after.reward.micros(),
        (Some(_), Status::Cancelled) if counts(day, now) => -after.reward.micros(),
        (Some(_), _) => 0,
    };
    if spent != 0 {
        change.add_in_map("sp", &day.to_string(), spent);
        // DynamoDB adds one number to another: what is dropped goes with what is added.
        change.add("spt", spent - spend.map_or(0, |spend| spend.stale.micros()));
    }
}

/// The fee was decided on a tier: the sum of the spend must still be of that tier. Days that no
/// longer count are dropped by whoever sees them first; who comes second decides anew.
fn on_spend(change: &mut Change, spend: &Spend) {
    let (low, high) = spend.tier().spend_micros();
    let stale = spend.stale.micros();
    change.require("spt BETWEEN :spend_low AND :spend_high");
    change.bind(":spend_low", number(low.saturating_add(stale)));
    change.bind(":spend_high", number(high.saturating_add(stale)));
    // What is subtracted from the sum must be what is removed.
    for (i, (_, amount)) in spend.stale_days.iter().enumerate() {
        change.require(&format!("sp.#sp{i} = :stale{i}"));
        change.bind(&format!(":stale{i}"), number(amount.micros()));
    }
    change.remove_from_map("sp", spend.stale_days.iter().map(|(day, _)| day.to_string()));
}

fn earnings_change(effects: &Effects<'_>) -> Option<(OperatorId, Change)> {
    let (operator, micros) = effects.entry.postings().iter().find_map(|posting| match &posting.account {
        Account::Earnings(operator) => Some((operator.clone(), posting.micros)),
        Account::Deposit(_) | Account::Escrow(_) | Account::Revenue(_) | Account::World(_) => None,
    })?;
    let mut change = Change::default();
    change.add("bal", micros);
    if effects.task.is_some() {
        change.add("ern", micros);
    }
    if let Some(moment) = effects.entry.matures_at {
        change.add_in_map("vb", &moment.millis().to_string(), micros);
    }
    let matured = effects.matured.iter().take(PRUNED_MAX);
    change.remove_from_map("vb", matured.map(|moment| moment.millis().to_string()));
    change.add("v", 1);
    if let Some(version) = effects.earnings_version {
        change.require("v = :version");
        change.bind(":version", AttributeValue::N(version.to_string()));
    }
    Some((operator, change))
}

fn write_put(put: aws_sdk_dynamodb::types::builders::PutBuilder, table: &str, item: Item) -> TransactWriteItem {
    let put = put
        .table_name(table)
        .set_item(Some(item))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    TransactWriteItem::builder().put(put.build().expect("every required member is set")).build()
}
