//! The Lambda of the watcher's schedule. Wiring only.

use fiat::dlocal::{Account, Dlocal};
use onchain::wiring;
use runtime::{Core, Failure, Variables};
use std::process::ExitCode;
use std::sync::Arc;
use watcher::Watcher;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let core = Core::read(&variables)?;
    let on_chain = wiring::on_chain(&core, &variables).await?;
    let account = core.secret(&variables, "HUMANOPS_DLOCAL_ARN").await?;
    let account = account.map(|json| Account::parse(&json)).transpose()?;
    let dlocal = account.map(|account| Arc::new(Dlocal::new(account.settings)));
    let watcher = Watcher { store: core.store().await?, on_chain, dlocal };
    runtime::scheduled(async || Ok(watcher.look().await.map(drop)?)).await
}
