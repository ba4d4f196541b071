//! The Lambda of the pages. Wiring only: it reads nothing and writes nothing.

use pages::Pages;
use runtime::{Core, Failure, ProofBucket, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    let core = Core::read(&variables)?;
    let photos = ProofBucket::read(&variables)?.origin(&core);
    let pages = Pages { mode: core.mode, photos, clerk: variables.optional("CLERK_ISSUER") };
    runtime::serve(pages::routes(&pages), entrance).await
}
