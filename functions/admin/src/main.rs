//! The Lambda of `/admin`. Wiring only.

use admin::Admin;
use runtime::{Api, Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let origins = variables.web_origins()?;
    let gate = Api::read(&variables)?.gate().await?;
    runtime::serve(admin::routes(Admin { gate }), origins).await
}
