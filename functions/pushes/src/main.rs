//! The Lambda behind the queue of notifications. Wiring only.

use pushes::{Pushes, TIMEOUT, Vapid};
use runtime::{Core, Failure, Refusal, Variables};
use std::process::ExitCode;
use store::events::job::Job;
use tokio::sync::OnceCell;

/// Where the private key is that signs for them.
const KEY: &str = "HUMANOPS_PUSH_KEY_ARN";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let client = outbound::Client::new(variables.callback_reach(core.mode)?, TIMEOUT);
    let store = core.store().await?;
    // The key is read by the first who needs it: whoever puts it there late need not start anything anew.
    let pushes = OnceCell::new();
    let ready = async || Ok::<_, Failure>(Pushes::new(store.clone(), client.clone(), vapid(&core, &variables).await?));
    let push = async |job| match job {
        // Without a key nobody could subscribe.
        Job::Push(_) if variables.push_key().is_none() => Ok(()),
        Job::Push(notice) => Ok(pushes.get_or_try_init(&ready).await?.push(&notice).await?),
        Job::Judge(_) | Job::Deliver(_) | Job::Pay(..) => Err(runtime::foreign(&job)),
    };
    runtime::batch(push).await
}

async fn vapid(core: &Core, variables: &Variables) -> Result<Vapid, Failure> {
    let text = core.secret(variables, KEY).await?.ok_or(Refusal::Missing(KEY))?;
    let vapid = Vapid::parse(&text, &variables.required("HUMANOPS_PUSH_CONTACT")?);
    // Browsers take messages of the key that they subscribed with, and of no other.
    let vapid = vapid.filter(|vapid| Some(vapid.public_key()) == variables.push_key());
    Ok(vapid.ok_or("the secret of notifications does not hold the private key of the pair: see docs/RUNBOOK.md")?)
}
