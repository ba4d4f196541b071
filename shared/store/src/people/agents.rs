//! Registering agents, and their profiles.

use crate::engine::item::text;
use crate::engine::update::UpdateExpr;
use crate::ledger::account::{ACCOUNT, agent_item, agent_of};
use crate::people::api_keys::KeyRecord;
use crate::{Store, StoreError};
use domain::agent::Agent;

impl Store {
    /// Creates an agent with its first key. The id is random, so nothing should be in the way; a crash
    /// between the two writes leaves an account that nobody has a key to.
    pub async fn register_agent(&self, agent: &Agent, key: &KeyRecord) -> Result<(), StoreError> {
        let account = self.put_new(&self.tables.ledger, agent_item(agent), "register an agent");
        let (there, fresh) = futures::try_join!(account, self.put_key(agent.id, key))?;
        // The answer to our own write may have been lost on the way.
        let own = there.map(agent_of).transpose()?.is_none_or(|there| there == *agent);
        if own && fresh { Ok(()) } else { Err(StoreError::Corrupt(format!("{} is somebody already", agent.id))) }
    }

    /// Writes name, e-mail and company of an agent that exists. Its money is another matter: the account's version, by
    /// which commits know that nothing has moved, stays.
    pub async fn change_agent(&self, agent: &Agent) -> Result<(), StoreError> {
        let mut profile = UpdateExpr::default();
        profile.set("nm", text(&agent.name));
        profile.set("em", text(&agent.email));
        profile.set_if("cy", agent.company.as_ref().map(text));
        let id = agent.id.to_string();
        let changed = self.change_profile(profile, (&self.tables.ledger, &id, ACCOUNT), "change an agent").await?;
        changed.then_some(()).ok_or_else(|| StoreError::Corrupt(format!("{id} was read and is not there")))
    }
}
