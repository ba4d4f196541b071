//! The Lambda of `/mcp`. Wiring only.

use events::Events;
use mcp::Mcp;
use payments::{Claims, Later};
use runtime::{Api, Failure, ProofBucket, Variables};
use std::process::ExitCode;
use std::sync::Arc;
use tasks::Tasks;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?;
    let mode = api.core.mode;
    let bucket = ProofBucket::read(&variables)?.bucket(&api.core)?;
    let (callback_reach, sealing_key) = (variables.callback_reach(mode)?, variables.sealing_key()?);
    let (restriction, hosts) = (variables.restriction(mode)?, Some(variables.api_hosts()?));
    // A claim is left to the watcher: no chain is linked here.
    let chain = payments::wiring::chain(&variables, Arc::new(Later))?;
    let gate = api.gate().await?;
    let counted = gate.clone();
    let events = Events { gate: gate.clone(), callback_reach, sealing_key: sealing_key.clone() };
    let claims = Claims { gate: gate.clone(), chain };
    let api = mcp::endpoints(Tasks { gate, bucket, callback_reach, sealing_key, restriction }, events, claims);
    let mcp = Mcp { gate: counted, api, hosts, origins: entrance.origins.clone() };
    runtime::serve(mcp::routes(mcp), entrance).await
}
