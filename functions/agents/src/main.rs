//! The Lambda of `/agents`. Wiring only.

use agents::Agents;
use runtime::{Api, Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let gate = Api::read(&variables)?.gate().await?;
    runtime::serve(agents::routes(Agents { gate }), entrance).await
}
