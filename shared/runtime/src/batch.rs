//! Messages of a queue. Those that fail are named one by one, so that SQS brings back only them, and
//! puts one that fails again and again into the dead-letter queue.

use crate::{Failure, logs};
use futures::FutureExt;
use futures::future::join_all;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::{Deserialize, Serialize};
use std::panic::AssertUnwindSafe;
use store::events::job::Job;
use tracing::Instrument;

/// Does `work` for each job until the environment ends. The jobs of one event run at the same time;
/// one that fails or panics does not touch the others.
///
/// # Errors
/// The Runtime API does not answer as it should.
pub async fn batch(work: impl AsyncFn(Job) -> Result<(), Failure>) -> Result<(), Failure> {
    let answer = async |event: LambdaEvent<Event>| {
        let span = logs::invocation(&event.context);
        Ok::<_, Failure>(answer(&work, event.payload).instrument(span).await)
    };
    lambda_runtime::run(service_fn(answer)).await
}

/// A job that is in the wrong queue.
pub fn foreign(job: &Job) -> Failure {
    format!("{job:?} is not for this worker").into()
}

/// An event of SQS; the rest of it is nothing to us.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "Records")]
    records: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "messageId")]
    id: String,
    body: String,
}

/// The answer of `ReportBatchItemFailures`.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answer {
    pub(crate) batch_item_failures: Vec<Item>,
}

/// A message by its id, or a record of a stream by its sequence number.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub(crate) item_identifier: String,
}

async fn answer(work: &impl AsyncFn(Job) -> Result<(), Failure>, event: Event) -> Answer {
    let failures = join_all(event.records.into_iter().map(|message| failure(work, message))).await;
    Answer { batch_item_failures: failures.into_iter().flatten().collect() }
}

async fn failure(work: &impl AsyncFn(Job) -> Result<(), Failure>, message: Message) -> Option<Item> {
    let done = match serde_json::from_str(&message.body) {
        // Boxed: the types of all that is awaited within would be too deep for the compiler.
        Ok(job) => AssertUnwindSafe(work(job).boxed_local()).catch_unwind().await,
        Err(error) => Ok(Err(error.into())),
    };
    let done = done.unwrap_or_else(|panic| Err(logs::panicked(&*panic)));
    let cause = done.err()?;
    tracing::error!(message.id = message.id, %cause, "a job failed");
    Some(Item { item_identifier: message.id })
}

#[cfg(test)]
mod tests;
