//! The Lambda of the daily schedule. Wiring only.

use runtime::{Core, Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let on_chain = onchain::wiring::on_chain(&core, &variables).await?;
    let store = core.store().await?;
    let work = async || {
        audit::audit(&store).await?;
        match &on_chain {
            Some(on_chain) => Ok(audit::reconcile(&store, on_chain).await?),
            None => Ok(()),
        }
    };
    runtime::scheduled(work).await
}
