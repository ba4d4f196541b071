//! The Lambda behind the table's stream. Wiring only.

use runtime::{Core, Failure, Queues, Variables};
use std::process::ExitCode;
use store::change::Change;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let outbox = Queues::read(&variables)?.outbox(&core)?;
    let store = core.store().await?;
    let relay = async |change: Change| {
        let jobs = relay::relay(&store, change).await?;
        outbox.send(&jobs).await
    };
    runtime::changes(relay).await
}
