//! The Lambda of `/admin`. Wiring only.

use admin::Admin;
use runtime::{Api, Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let gate = Api::read(&variables)?.gate().await?;
    runtime::serve(admin::routes(Admin { gate }), entrance).await
}
