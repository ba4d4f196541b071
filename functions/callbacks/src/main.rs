//! The Lambda behind the queue of callbacks. Wiring only.

use callbacks::Callbacks;
use runtime::{Core, Failure, Variables};
use std::process::ExitCode;
use std::time::Duration;
use store::events::job::Job;

/// What a customer's server has to answer a callback.
const TIMEOUT: Duration = Duration::from_secs(15);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let client = outbound::Client::new(variables.callback_reach(core.mode)?, TIMEOUT);
    let callbacks = Callbacks::new(core.store().await?, client);
    let deliver = async |job| match job {
        Job::Deliver(delivery) => Ok(callbacks.deliver(&delivery).await?),
        Job::Judge(_) => Err(runtime::foreign(&job)),
    };
    runtime::batch(deliver).await
}
