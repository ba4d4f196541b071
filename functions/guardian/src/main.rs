//! The Lambda behind the queue of submissions. Wiring only.

use guardian::Guardian;
use runtime::{Core, Failure, Photos, Variables};
use std::process::ExitCode;
use store::job::Job;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let bucket = Photos::read(&variables)?.bucket(&core)?;
    let mode = match core.mode {
        runtime::Mode::Test => guardian::Mode::Test,
        runtime::Mode::Live => guardian::Mode::Live,
    };
    let guardian = Guardian::new(core.store().await, bucket, mode);
    let judge = async |job| match job {
        Job::Judge(task) => Ok(guardian.judge(task).await?),
        Job::Deliver(_) => Err(runtime::foreign(&job)),
    };
    runtime::batch(judge).await
}
