//! `/agents/keys`: several keys to one account.

mod create;
mod list;
mod revoke;

use harness::{Agent, Api, Reply, World};

/// The active keys' ids, as listed.
async fn key_ids(world: &World, agent: &Agent) -> Vec<String> {
    let list = world.get(agent, "/agents/keys").await.expect(200);
    let keys = list["data"].as_array().unwrap();
    keys.iter().map(|key| key["id"].as_str().unwrap().to_owned()).collect()
}

async fn revoke(world: &World, agent: &Agent, id: &str) -> Reply {
    world.request(agent, "DELETE", &format!("/agents/keys/{id}"), &[], None).await
}
