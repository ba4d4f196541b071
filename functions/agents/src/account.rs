//! The caller's own account, out of what was read with the key.

use domain::AgentId;
use domain::agent::Agent;
use store::{Found, StoreError};

/// Whoever has a key has an account: registration writes both.
pub(crate) fn of(id: AgentId, found: &mut Found) -> Result<Agent, StoreError> {
    found.agent(id)?.ok_or_else(|| StoreError::Corrupt(format!("{id} has a key and no account")))
}
