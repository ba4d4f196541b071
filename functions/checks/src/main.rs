//! The Lambda of `/operator/tasks/{id}/check`. Wiring only.

use checks::Checks;
use runtime::{Api, Failure, ProofBucket, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?.for_operators(&variables)?;
    let bucket = ProofBucket::read(&variables)?.bucket(&api.core)?;
    runtime::serve(checks::routes(Checks::new(api.gate().await?, bucket)), entrance).await
}
