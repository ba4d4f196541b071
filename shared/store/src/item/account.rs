//! Balances: an agent's account and an operator's earnings. Never written whole after creation:
//! commits add to them.

use super::{Item, decode, encode, known, moment, usd};
use crate::StoreError;
use domain::agent::Agent;
use domain::operator::Earnings;
use domain::{AgentId, OperatorId, Timestamp, Usd};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Sort key of an account.
pub const ACCOUNT: &str = "$";

#[derive(Serialize, Deserialize)]
struct AgentAccount {
    pk: String,
    sk: String,
    nm: String,
    em: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cy: Option<String>,
    ca: i64,
    dep: i64,
    esc: i64,
    rev: i64,
    ncr: u64,
    nco: u64,
    nca: u64,
    ndp: u64,
    /// Rewards by day of creation, and their sum.
    sp: BTreeMap<String, i64>,
    spt: i64,
}

/// A new agent's account item.
pub fn agent_item(agent: &Agent) -> Item {
    encode(&AgentAccount {
        pk: agent.id.to_string(),
        sk: ACCOUNT.to_owned(),
        nm: agent.name.clone(),
        em: agent.email.clone(),
        cy: agent.company.clone(),
        ca: agent.created_at.millis(),
        dep: agent.deposit.micros(),
        esc: agent.escrow.micros(),
        rev: agent.revenue.micros(),
        ncr: agent.tasks_created,
        nco: agent.tasks_completed,
        nca: agent.tasks_cancelled,
        ndp: agent.deposits,
        sp: agent.spend_by_day.iter().map(|(day, amount)| (day.to_string(), amount.micros())).collect(),
        spt: agent.spend_by_day.values().map(|amount| amount.micros()).sum(),
    })
}

/// The sum of an agent's spend as it is stored, and as its days add up to, in micro-dollars.
pub fn spend_sums(item: &Item) -> Result<(i64, i64), StoreError> {
    let a: AgentAccount = decode(item.clone())?;
    Ok((a.spt, a.sp.values().sum()))
}

/// Reads an agent's account.
pub fn agent_of(item: Item) -> Result<Agent, StoreError> {
    let a: AgentAccount = decode(item)?;
    let day = |(day, micros): (&String, &i64)| Ok((known(day.parse().ok(), "a day", day)?, usd(*micros)?));
    let spend_by_day = a.sp.iter().map(day).collect::<Result<BTreeMap<i64, Usd>, StoreError>>()?;
    Ok(Agent {
        id: known(AgentId::parse(&a.pk), "an agent id", &a.pk)?,
        name: a.nm,
        email: a.em,
        company: a.cy,
        created_at: moment(a.ca),
        deposit: usd(a.dep)?,
        escrow: usd(a.esc)?,
        revenue: usd(a.rev)?,
        tasks_created: a.ncr,
        tasks_completed: a.nco,
        tasks_cancelled: a.nca,
        deposits: a.ndp,
        spend_by_day,
    })
}

#[derive(Serialize, Deserialize)]
struct EarningsAccount {
    pk: String,
    sk: String,
    bal: i64,
    ern: i64,
    /// Amounts by the millisecond at which they become available.
    vb: BTreeMap<String, i64>,
    v: u64,
}

/// A new operator's earnings item.
pub fn earnings_item(operator: &OperatorId) -> Item {
    let (pk, sk) = (operator.to_string(), ACCOUNT.to_owned());
    encode(&EarningsAccount { pk, sk, bal: 0, ern: 0, vb: BTreeMap::new(), v: 0 })
}

/// Reads an operator's earnings.
pub fn earnings_of(item: Item) -> Result<Earnings, StoreError> {
    let e: EarningsAccount = decode(item)?;
    let line = |(at, micros): (&String, &i64)| Ok((moment(known(at.parse().ok(), "a moment", at)?), usd(*micros)?));
    let vesting = e.vb.iter().map(line).collect::<Result<BTreeMap<Timestamp, Usd>, StoreError>>()?;
    Ok(Earnings { balance: usd(e.bal)?, total: usd(e.ern)?, vesting, version: e.v })
}
