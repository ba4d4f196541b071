//! The Lambda of `/admin`. Wiring only.

use admin::Admin;
use runtime::{Api, Failure, ProofBucket, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?;
    let bucket = ProofBucket::read(&variables)?.bucket(&api.core)?;
    let gate = api.gate().await?;
    runtime::serve(admin::routes(Admin { gate, bucket }), entrance).await
}
