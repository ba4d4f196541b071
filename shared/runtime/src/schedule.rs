//! Events of a schedule: they say only that it is time.

use crate::{Failure, logs};
use futures::FutureExt;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::IgnoredAny;
use tracing::Instrument;

/// Does `work` each time until the environment ends. A failure is the invocation's: the schedule tries
/// it again.
///
/// # Errors
/// The Runtime API does not answer as it should.
pub async fn scheduled(work: impl AsyncFn() -> Result<(), Failure>) -> Result<(), Failure> {
    let answer = async |event: LambdaEvent<IgnoredAny>| {
        // Boxed: the types of all that is awaited within would be too deep for the compiler.
        let done = work().boxed_local().instrument(logs::invocation(&event.context)).await;
        done.inspect_err(|cause| tracing::error!(%cause, "the scheduled work failed"))
    };
    lambda_runtime::run(service_fn(answer)).await
}
