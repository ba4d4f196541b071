//! The Lambda of `/operator/upload`. Wiring only.

use runtime::{Api, Failure, ProofBucket, Variables};
use std::process::ExitCode;
use uploads::Uploads;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?.for_operators(&variables)?;
    let bucket = ProofBucket::read(&variables)?.bucket(&api.core)?;
    runtime::serve(uploads::routes(Uploads { bucket, gate: api.gate().await? }), entrance).await
}
