//! The Lambda of the API's description. Wiring only: it reads nothing and writes nothing.

use runtime::{Failure, Variables};
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    runtime::start(wired).await
}

async fn wired(variables: Variables) -> Result<(), Failure> {
    let entrance = variables.entrance()?;
    runtime::serve(docs::routes(), entrance).await
}
