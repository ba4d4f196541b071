//! The Lambda behind the queue of callbacks. Wiring only.

use callbacks::{Callbacks, OpeningKeys};
use runtime::{Core, Failure, Refusal, Variables};
use std::process::ExitCode;
use std::time::Duration;
use store::events::job::Job;
use tokio::sync::OnceCell;

/// Where the private keys are that open the secrets of callbacks.
const KEY: &str = "HUMANOPS_CALLBACK_KEY_ARN";
/// What a customer's server has to answer a callback.
const TIMEOUT: Duration = Duration::from_secs(15);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let client = outbound::Client::new(variables.callback_reach(core.mode)?, TIMEOUT);
    let store = core.store().await?;
    // The key is read by the first who needs it: whoever puts it there late need not start anything anew.
    let callbacks = OnceCell::new();
    let ready =
        async || Ok::<_, Failure>(Callbacks::new(store.clone(), client.clone(), keys(&core, &variables).await?));
    let deliver = async |job| match job {
        Job::Deliver(delivery) => Ok(callbacks.get_or_try_init(&ready).await?.deliver(&delivery).await?),
        Job::Judge(_) | Job::Pay(..) | Job::Push(_) => Err(runtime::foreign(&job)),
    };
    runtime::batch(deliver).await
}

async fn keys(core: &Core, variables: &Variables) -> Result<OpeningKeys, Failure> {
    let text = core.secret(variables, KEY).await?.ok_or(Refusal::Missing(KEY))?;
    Ok(OpeningKeys::parse(&text).ok_or("the secret of callbacks holds no private key: see docs/RUNBOOK.md")?)
}
