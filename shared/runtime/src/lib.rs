//! What every Lambda function shares: its environment, AWS clients, logs, metrics, and the kinds of events
//! that arrive. Not what a function does with them: that is its library, put together in its `main.rs`.

mod aws;
mod batch;
mod environment;
mod http;
mod jobs;
mod logs;
mod meter;
mod schedule;
mod stream;
mod variables;

pub use batch::{batch, foreign};
pub use environment::api::Api;
pub use environment::deployment::Core;
pub use environment::proof_bucket::ProofBucket;
pub use http::{Entrance, serve};
pub use jobs::{Outbox, Queues};
pub use schedule::scheduled;
pub use stream::changes;
pub use variables::{Refusal, Variables};

use std::process::ExitCode;

/// Why a function does not start, or did not do its work. For logs only.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs a function from its start to the end of its environment. Whatever stops it is logged, once.
pub async fn start(wired: impl AsyncFnOnce(Variables) -> Result<(), Failure>) -> ExitCode {
    logs::install();
    match run(wired, Variables::of_process()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!(%cause, "the function cannot run");
            ExitCode::FAILURE
        }
    }
}

async fn run(wired: impl AsyncFnOnce(Variables) -> Result<(), Failure>, variables: Variables) -> Result<(), Failure> {
    meter::install(meter::namespace(&variables)?)?;
    wired(variables).await
}
