//! The Lambda of `/operator`, without its uploads. Wiring only.

use operators::{Operators, Push};
use runtime::{Api, Failure, ProofBucket, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?.for_operators(&variables)?;
    let push = Push { public_key: variables.push_key(), reach: variables.callback_reach(api.core.mode)? };
    let bucket = ProofBucket::read(&variables)?.bucket(&api.core)?;
    let (ways, own) = (variables.ways(), variables.own_addresses());
    runtime::serve(operators::routes(Operators { bucket, gate: api.gate().await?, ways, own, push }), entrance).await
}
