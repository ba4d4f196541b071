//! Registering agents.

use crate::ledger::account::agent_item;
use crate::people::api_keys::KeyRecord;
use crate::{Store, StoreError, unavailable};
use domain::agent::Agent;

impl Store {
    /// Creates an agent with its first key. The id is random, so nothing can be in the way; a crash
    /// between the two writes leaves an account that nobody has a key to.
    pub async fn register_agent(&self, agent: &Agent, key: &KeyRecord) -> Result<(), StoreError> {
        let account = self.client.put_item().table_name(&self.tables.ledger).set_item(Some(agent_item(agent)));
        let account = async { account.send().await.map_err(unavailable("register an agent")) };
        let (_, fresh) = futures::try_join!(account, self.put_key(agent.id, key))?;
        if fresh { Ok(()) } else { Err(StoreError::Corrupt("a new agent's first key slot is taken".to_owned())) }
    }
}
