//! The Lambda of deposits, withdrawals and dLocal's webhook. Wiring only.

use payments::{Payments, wiring};
use runtime::{Api, Failure, Variables};
use std::process::ExitCode;
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let api = Api::read(&variables)?;
    let usdc = match onchain::wiring::on_chain(&api.core, &variables).await? {
        Some(on_chain) => wiring::usdc(&api.core, &variables, Arc::new(on_chain)).await?,
        None => None,
    };
    let (dlocal, notices) = wiring::dlocal(&api.core, &variables).await?;
    let payments = Payments { gate: api.gate().await?, usdc, dlocal, notices };
    runtime::serve(payments::routes(payments), entrance).await
}
