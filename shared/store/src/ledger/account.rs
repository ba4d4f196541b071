//! Balances: an agent's account and an operator's earnings. Never written whole after creation:
//! commits add to them.

use crate::StoreError;
use crate::engine::item::{Item, decode, encode, known, moment, usd};
use crate::engine::read::{Found, Key, Table};
use domain::agent::Agent;
use domain::operator::Earnings;
use domain::{AgentId, OperatorId, Timestamp, Usd};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Sort key of an account.
pub const ACCOUNT: &str = "$";

/// What commits add to, by the names below.
pub(crate) mod attribute {
    pub(crate) const DEPOSIT: &str = "dep";
    pub(crate) const ESCROW: &str = "esc";
    pub(crate) const REVENUE: &str = "rev";
    pub(crate) const TASKS_CREATED: &str = "ncr";
    pub(crate) const TASKS_COMPLETED: &str = "nco";
    pub(crate) const TASKS_CANCELLED: &str = "nca";
    pub(crate) const DEPOSITS: &str = "ndp";
    pub(crate) const SPEND_BY_DAY: &str = "sp";
    pub(crate) const SPEND: &str = "spt";
    pub(crate) const BALANCE: &str = "bal";
    pub(crate) const TOTAL: &str = "ern";
    pub(crate) const VESTING: &str = "vb";
    pub(crate) const VERSION: &str = "v";
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
    #[serde(rename = "rev")]
    revenue: i64,
    #[serde(rename = "ncr")]
    tasks_created: u64,
    #[serde(rename = "nco")]
    tasks_completed: u64,
    #[serde(rename = "nca")]
    tasks_cancelled: u64,
    #[serde(rename = "ndp")]
    deposits: u64,
    /// Rewards by day of creation, and their sum.
    #[serde(rename = "sp")]
    spend_by_day: BTreeMap<String, i64>,
    #[serde(rename = "spt")]
    spend: i64,
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
        revenue: agent.revenue.micros(),
        tasks_created: agent.tasks_created,
        tasks_completed: agent.tasks_completed,
        tasks_cancelled: agent.tasks_cancelled,
        deposits: agent.deposits,
        spend_by_day: agent.spend_by_day.iter().map(|(day, amount)| (day.to_string(), amount.micros())).collect(),
        spend: agent.spend_by_day.values().map(|amount| amount.micros()).sum(),
    })
}

/// The sum of an agent's spend as it is stored, and as its days add up to, in micro-dollars.
pub fn spend_sums(item: &Item) -> Result<(i64, i64), StoreError> {
    let a: AgentAccount = decode(item.clone())?;
    Ok((a.spend, a.spend_by_day.values().sum()))
}

/// Reads an agent's account.
pub fn agent_of(item: Item) -> Result<Agent, StoreError> {
    let a: AgentAccount = decode(item)?;
    let day = |(day, micros): (&String, &i64)| Ok((known(day.parse().ok(), "a day", day)?, usd(*micros)?));
    let spend_by_day = a.spend_by_day.iter().map(day).collect::<Result<BTreeMap<i64, Usd>, StoreError>>()?;
    Ok(Agent {
        id: known(AgentId::parse(&a.pk), "an agent id", &a.pk)?,
        name: a.name,
        email: a.email,
        company: a.company,
        created_at: moment(a.created_at),
        deposit: usd(a.deposit)?,
        escrow: usd(a.escrow)?,
        revenue: usd(a.revenue)?,
        tasks_created: a.tasks_created,
        tasks_completed: a.tasks_completed,
        tasks_cancelled: a.tasks_cancelled,
        deposits: a.deposits,
        spend_by_day,
    })
}

#[derive(Serialize, Deserialize)]
struct EarningsAccount {
    pk: String,
    sk: String,
    #[serde(rename = "bal")]
    balance: i64,
    #[serde(rename = "ern")]
    total: i64,
    /// Amounts by the millisecond at which they become available.
    #[serde(rename = "vb")]
    vesting: BTreeMap<String, i64>,
    #[serde(rename = "v")]
    version: u64,
}

/// A new operator's earnings item.
pub fn earnings_item(operator: &OperatorId) -> Item {
    let (pk, sk) = (operator.to_string(), ACCOUNT.to_owned());
    encode(&EarningsAccount { pk, sk, balance: 0, total: 0, vesting: BTreeMap::new(), version: 0 })
}

/// Reads an operator's earnings.
pub fn earnings_of(item: Item) -> Result<Earnings, StoreError> {
    let e: EarningsAccount = decode(item)?;
    let line = |(at, micros): (&String, &i64)| Ok((moment(known(at.parse().ok(), "a moment", at)?), usd(*micros)?));
    let vesting = e.vesting.iter().map(line).collect::<Result<BTreeMap<Timestamp, Usd>, StoreError>>()?;
    Ok(Earnings { balance: usd(e.balance)?, total: usd(e.total)?, vesting, version: e.version })
}

#[cfg(test)]
mod tests;
