//! The Lambda behind the queue of submissions. Wiring only.

use guardian::{Guardian, wiring};
use runtime::{Core, Failure, ProofBucket, Variables};
use std::process::ExitCode;
use store::events::job::Job;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let bucket = ProofBucket::read(&variables)?.bucket(&core)?;
    let observer = wiring::observer(&core, &variables).await?;
    let guardian = Guardian::new(core.store().await?, bucket, core.mode, observer);
    let judge = async |job| match job {
        Job::Judge(task) => Ok(guardian.judge(task).await?),
        Job::Deliver(_) | Job::Pay(..) | Job::Push(_) => Err(runtime::foreign(&job)),
    };
    runtime::batch(judge).await
}
