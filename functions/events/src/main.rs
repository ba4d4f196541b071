//! The Lambda of `/events`. Wiring only.

use events::Events;
use runtime::{Api, Failure, Refusal, Variables};
use secrets::SealingKey;
use std::process::ExitCode;

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
    let callback_reach = variables.callback_reach(api.core.mode)?;
    let sealing_key = SealingKey::parse(&variables.required(SEALING_KEY)?).ok_or(MALFORMED)?;
    let gate = api.gate().await?;
    runtime::serve(events::routes(Events { gate, callback_reach, sealing_key }), entrance).await
}
