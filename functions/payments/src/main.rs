//! The Lambda of deposits and of dLocal's webhook. Wiring only.

use payments::{DlocalSecret, Payments};
use runtime::{Api, Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?;
    let secret = api.core.secret(&variables, "HUMANOPS_DLOCAL_SECRET_ARN").await?;
    let dlocal_secret = secret.as_deref().and_then(DlocalSecret::new);
    runtime::serve(payments::routes(Payments { dlocal_secret, gate: api.gate().await? }), entrance).await
}
