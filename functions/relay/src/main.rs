//! The Lambda behind the table's stream. Wiring only.

use runtime::{Core, Failure, Queues, Variables};
use std::process::ExitCode;
use store::task::change::TaskChange;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let outbox = Queues::read(&variables)?.outbox(&core);
    let store = core.store().await?;
    let relay = async |change: TaskChange| {
        let jobs = relay::relay(&store, change.before, change.after).await?;
        outbox.send(&jobs).await
    };
    runtime::changes(relay).await
}
