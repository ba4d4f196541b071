//! Balances: an agent's account and an operator's earnings. Never written whole after creation:
//! commits add to them.

use crate::StoreError;
use crate::engine::item::{Item, decode, encode, known, moment, usd};
use crate::engine::read::{Found, Key, Table};
use domain::agent::Agent;
use domain::operator::Earnings;
use domain::operator::rating::Ratings;
use domain::operator::record::Record;
use domain::{AgentId, OperatorId, Timestamp, Usd};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Sort key of an account.
pub const ACCOUNT: &str = "$";

/// What commits add to, by the names below.
pub(crate) mod attribute {
    pub(crate) const DEPOSIT: &str = "dep";
    pub(crate) const ESCROW: &str = "esc";
    pub(crate) const SUSPENDED: &str = "sus";
    pub(crate) const OWED: &str = "owd";
    pub(crate) const IN_FLIGHT: &str = "fly";
    pub(crate) const REVENUE: &str = "rev";
    pub(crate) const TASKS_CREATED: &str = "ncr";
    pub(crate) const TASKS_COMPLETED: &str = "nco";
    pub(crate) const TASKS_CANCELLED: &str = "nca";
    pub(crate) const TASKS_REFUNDED: &str = "nrf";
    pub(crate) const RATINGS: &str = "nrt";
    pub(crate) const RATINGS_SUM: &str = "srt";
    pub(crate) const DEPOSITS: &str = "ndp";
    pub(crate) const WITHHELD: &str = "wth";
    pub(crate) const FEES_BY_DAY: &str = "fd";
    pub(crate) const SPEND_BY_DAY: &str = "sp";
    pub(crate) const BALANCE: &str = "bal";
    pub(crate) const TOTAL: &str = "ern";
    pub(crate) const VESTING: &str = "vb";
    pub(crate) const VERSION: &str = "v";
    pub(crate) const ACCEPTED: &str = "nac";
    pub(crate) const AT_WORK: &str = "nwk";
    pub(crate) const COMPLETED: &str = "nco";
    pub(crate) const RELEASED: &str = "nre";
    pub(crate) const NO_SHOWS: &str = "nns";
    pub(crate) const DISPUTES_LOST: &str = "ndl";
}

#[derive(Serialize, Deserialize)]
struct AgentAccount {
    pk: String,
    sk: String,
    #[serde(rename = "nm")]
    name: String,
    #[serde(rename = "em")]
    email: String,
    #[serde(rename = "cy", default, skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(rename = "ca")]
    created_at: i64,
    #[serde(rename = "dep")]
    deposit: i64,
    #[serde(rename = "esc")]
    escrow: i64,
    #[serde(rename = "sus")]
    suspended: i64,
    #[serde(rename = "owd")]
    owed: i64,
    #[serde(rename = "fly")]
    in_flight: i64,
    #[serde(rename = "rev")]
    revenue: i64,
    /// Fees that staff are to decide on.
    #[serde(rename = "wth")]
    withheld: i64,
    /// Fees by the day in which their hold ends.
    #[serde(rename = "fd")]
    fees_by_day: BTreeMap<String, i64>,
    #[serde(rename = "ncr")]
    tasks_created: u64,
    #[serde(rename = "nco")]
    tasks_completed: u64,
    #[serde(rename = "nca")]
    tasks_cancelled: u64,
    #[serde(rename = "nrf")]
    tasks_refunded: u64,
    #[serde(rename = "nrt")]
    ratings: u64,
    #[serde(rename = "srt")]
    ratings_sum: u64,
    #[serde(rename = "ndp")]
    deposits: u64,
    /// Rewards by day of settlement.
    #[serde(rename = "sp")]
    spend_by_day: BTreeMap<String, i64>,
    #[serde(rename = "v")]
    version: u64,
}

impl Key {
    /// An agent's account.
    pub fn agent(id: AgentId) -> Self {
        Self::new(Table::Ledger, id, ACCOUNT)
    }

    /// An operator's earnings.
    pub fn earnings(id: &OperatorId) -> Self {
        Self::new(Table::Ledger, id, ACCOUNT)
    }
}

impl Found {
    /// An agent's account, if it was asked for and exists.
    pub fn agent(&mut self, id: AgentId) -> Result<Option<Agent>, StoreError> {
        self.take(&Key::agent(id), agent_of)
    }

    /// An operator's earnings, if they were asked for and exist.
    pub fn earnings(&mut self, id: &OperatorId) -> Result<Option<Earnings>, StoreError> {
        self.take(&Key::earnings(id), earnings_of)
    }
}

/// A new agent's account item.
pub fn agent_item(agent: &Agent) -> Item {
    encode(&AgentAccount {
        pk: agent.id.to_string(),
        sk: ACCOUNT.to_owned(),
        name: agent.name.clone(),
        email: agent.email.clone(),
        company: agent.company.clone(),
        created_at: agent.created_at.millis(),
        deposit: agent.deposit.micros(),
        escrow: agent.escrow.micros(),
        suspended: agent.suspended.micros(),
        owed: agent.owed.micros(),
        in_flight: agent.in_flight.micros(),
        revenue: agent.revenue.micros(),
        withheld: agent.withheld.micros(),
        fees_by_day: day_lines(&agent.fees_by_day),
        tasks_created: agent.tasks_created,
        tasks_completed: agent.tasks_completed,
        tasks_cancelled: agent.tasks_cancelled,
        tasks_refunded: agent.tasks_refunded,
        ratings: agent.ratings.count,
        ratings_sum: agent.ratings.sum,
        deposits: agent.deposits,
        spend_by_day: day_lines(&agent.spend_by_day),
        version: agent.version,
    })
}

fn day_lines(days: &BTreeMap<i64, Usd>) -> BTreeMap<String, i64> {
    days.iter().map(|(day, amount)| (day.to_string(), amount.micros())).collect()
}

fn days_of(lines: &BTreeMap<String, i64>) -> Result<BTreeMap<i64, Usd>, StoreError> {
    lines.iter().map(|(day, micros)| Ok((known(day.parse().ok(), "a day", day)?, usd(*micros)?))).collect()
}

/// Reads an agent's account.
pub fn agent_of(item: Item) -> Result<Agent, StoreError> {
    let a: AgentAccount = decode(item)?;
    Ok(Agent {
        id: known(AgentId::parse(&a.pk), "an agent id", &a.pk)?,
        name: a.name,
        email: a.email,
        company: a.company,
        created_at: moment(a.created_at),
        deposit: usd(a.deposit)?,
        escrow: usd(a.escrow)?,
        suspended: usd(a.suspended)?,
        owed: usd(a.owed)?,
        in_flight: usd(a.in_flight)?,
        revenue: usd(a.revenue)?,
        withheld: usd(a.withheld)?,
        fees_by_day: days_of(&a.fees_by_day)?,
        tasks_created: a.tasks_created,
        tasks_completed: a.tasks_completed,
        tasks_cancelled: a.tasks_cancelled,
        tasks_refunded: a.tasks_refunded,
        ratings: Ratings { count: a.ratings, sum: a.ratings_sum },
        deposits: a.deposits,
        spend_by_day: days_of(&a.spend_by_day)?,
        version: a.version,
    })
}

#[derive(Serialize, Deserialize)]
struct EarningsAccount {
    pk: String,
    sk: String,
    #[serde(rename = "bal")]
    balance: i64,
    #[serde(rename = "fly")]
    in_flight: i64,
    #[serde(rename = "ern")]
    total: i64,
    /// Amounts by the millisecond at which they become available.
    #[serde(rename = "vb")]
    vesting: BTreeMap<String, i64>,
    #[serde(rename = "v")]
    version: u64,
    #[serde(rename = "nac")]
    accepted: u64,
    #[serde(rename = "nwk")]
    at_work: u64,
    #[serde(rename = "nco")]
    completed: u64,
    #[serde(rename = "nre")]
    released: u64,
    #[serde(rename = "nns")]
    no_shows: u64,
    #[serde(rename = "ndl")]
    disputes_lost: u64,
    #[serde(rename = "nrt")]
    ratings: u64,
    #[serde(rename = "srt")]
    ratings_sum: u64,
}

/// A new operator's earnings item.
pub fn earnings_item(operator: &OperatorId) -> Item {
    encode(&EarningsAccount {
        pk: operator.to_string(),
        sk: ACCOUNT.to_owned(),
        balance: 0,
        in_flight: 0,
        total: 0,
        vesting: BTreeMap::new(),
        version: 0,
        accepted: 0,
        at_work: 0,
        completed: 0,
        released: 0,
        no_shows: 0,
        disputes_lost: 0,
        ratings: 0,
        ratings_sum: 0,
    })
}

/// Reads an operator's earnings.
pub fn earnings_of(item: Item) -> Result<Earnings, StoreError> {
    let e: EarningsAccount = decode(item)?;
    let line = |(at, micros): (&String, &i64)| Ok((moment(known(at.parse().ok(), "a moment", at)?), usd(*micros)?));
    let vesting = e.vesting.iter().map(line).collect::<Result<BTreeMap<Timestamp, Usd>, StoreError>>()?;
    let record = Record {
        accepted: e.accepted,
        at_work: e.at_work,
        completed: e.completed,
        released: e.released,
        no_shows: e.no_shows,
        disputes_lost: e.disputes_lost,
    };
    let ratings = Ratings { count: e.ratings, sum: e.ratings_sum };
    let (balance, in_flight, total) = (usd(e.balance)?, usd(e.in_flight)?, usd(e.total)?);
    Ok(Earnings { balance, in_flight, total, vesting, record, ratings, version: e.version })
}

#[cfg(test)]
mod tests;
