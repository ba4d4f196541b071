//! The Lambda of `/events`. Wiring only.

use events::Events;
use runtime::{Api, Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?;
    let callback_reach = variables.callback_reach(api.core.mode)?;
    let sealing_key = variables.sealing_key()?;
    let gate = api.gate().await?;
    runtime::serve(events::routes(Events { gate, callback_reach, sealing_key }), entrance).await
}
