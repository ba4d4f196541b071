//! The Lambda of `/tasks`. Wiring only.

use runtime::{Api, Failure, ProofBucket, Refusal, Variables};
use secrets::SealingKey;
use std::process::ExitCode;
use tasks::Tasks;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

/// The public key of those whose private keys `callbacks` has.
const SEALING_KEY: &str = "HUMANOPS_CALLBACK_PUBLIC_KEY";
const MALFORMED: Refusal = Refusal::Malformed { name: SEALING_KEY, wanted: "43 characters of base64url" };

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?;
    let mode = api.core.mode;
    let tasks = Tasks {
        bucket: ProofBucket::read(&variables)?.bucket(&api.core),
        callback_reach: variables.callback_reach(mode)?,
        sealing_key: SealingKey::parse(&variables.required(SEALING_KEY)?).ok_or(MALFORMED)?,
        restriction: variables.restriction(mode)?,
        gate: api.gate().await?,
    };
    runtime::serve(tasks::routes(tasks), entrance).await
}
