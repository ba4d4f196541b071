//! The Lambda of the schedule. Wiring only.

use runtime::{Core, Failure, Queues, Variables};
use std::process::ExitCode;
use std::time::Duration;

/// What a sweep has of the function's 50 seconds: a page that was begun must end.
const BUDGET: Duration = Duration::from_secs(35);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let outbox = &Queues::of_what_is_due(&variables)?.outbox(&core)?;
    let store = core.store().await?;
    let carry = |jobs: Vec<_>| async move { outbox.send(&jobs).await };
    runtime::scheduled(async || Ok(sweeper::sweep(&store, BUDGET, carry).await.map(drop)?)).await
}
