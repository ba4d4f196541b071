//! `/operator/tasks`: finding and doing tasks.

pub(crate) mod accept;
pub(crate) mod browse;
pub(crate) mod messages;
pub(crate) mod mine;
pub(crate) mod rating;
pub(crate) mod release;
pub(crate) mod show;
pub(crate) mod start;
pub(crate) mod statement;
pub(crate) mod submit;

use contract::operator::tasks::Reputation;
use domain::AgentId;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::task::listing::OperatorRow;
use store::{Found, StoreError};

/// What operators see of agents, by agent.
type Reputations = BTreeMap<AgentId, Reputation>;

/// Takes the accounts of the agents of these tasks out of what was read.
fn reputations(found: &mut Found, rows: &[OperatorRow]) -> Result<Reputations, StoreError> {
    let mut known = Reputations::new();
    for agent in rows.iter().map(|row| row.agent) {
        if let Entry::Vacant(unknown) = known.entry(agent) {
            unknown.insert(reputation(found, agent)?);
        }
    }
    Ok(known)
}

/// Whose task there is has an account.
fn reputation(found: &mut Found, agent: AgentId) -> Result<Reputation, StoreError> {
    let account =
        found.agent(agent)?.ok_or_else(|| StoreError::Corrupt(format!("{agent} has a task and no account")))?;
    Ok(Reputation::of(&account))
}
