//! The Lambda of `/tasks`. Wiring only.

use runtime::{Api, Failure, ProofBucket, Variables};
use std::process::ExitCode;
use tasks::Tasks;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?;
    let mode = api.core.mode;
    let tasks = Tasks {
        bucket: ProofBucket::read(&variables)?.bucket(&api.core)?,
        callback_reach: variables.callback_reach(mode)?,
        sealing_key: variables.sealing_key()?,
        restriction: variables.restriction(mode)?,
        gate: api.gate().await?,
    };
    runtime::serve(tasks::routes(tasks), entrance).await
}
