//! The Lambda behind the queue of payouts. Wiring only.

use fiat::payoneer::{Payoneer, Settings};
use payouts::{Caps, Payouts, wiring};
use runtime::{Core, Failure, Variables};
use std::process::ExitCode;
use store::events::job::Job;
use tokio::sync::OnceCell;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let store = core.store().await?;
    // Keys are asked for by the first payout: whoever puts them there late need not start anything anew.
    let payouts = OnceCell::new();
    let ready = async || {
        let payoneer = core.secret(&variables, "HUMANOPS_PAYONEER_ARN").await?;
        let payoneer = payoneer.map(|json| Settings::parse(&json)).transpose()?.map(Payoneer::new);
        let (store, usdc) = (store.clone(), wiring::usdc(&core, &variables).await?);
        Ok::<_, Failure>(Payouts { store, usdc, payoneer, caps: Caps::default() })
    };
    let pay = async |job| match job {
        Job::Pay(payee, id) => Ok(payouts.get_or_try_init(&ready).await?.pay(&payee, id).await?),
        Job::Judge(_) | Job::Deliver(_) | Job::Push(_) => Err(runtime::foreign(&job)),
    };
    runtime::batch(pay).await
}
