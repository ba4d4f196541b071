//! The Lambda of the schedule. Wiring only.

use runtime::{Core, Failure, Queues, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let outbox = Queues::of_callbacks(&variables)?.outbox(&core);
    let store = core.store().await;
    let sweep = async || {
        let swept = sweeper::sweep(&store).await?;
        outbox.send(&swept.jobs).await
    };
    runtime::scheduled(sweep).await
}
