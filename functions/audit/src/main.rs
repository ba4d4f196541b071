//! The Lambda of the daily schedule. Wiring only.

use runtime::{Core, Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let store = Core::read(&variables)?.store().await?;
    runtime::scheduled(async || Ok(audit::audit(&store).await?)).await
}
