//! Records of the table's stream: changes that are news, in the order of their commits.

use crate::batch::{Answer, Item as Failed};
use crate::{Failure, logs};
use futures::FutureExt;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::Deserialize;
use std::panic::AssertUnwindSafe;
use store::StoreError;
use store::change::{Change, change_of};
use store::engine::item::Item;
use tracing::Instrument;

/// Does `work` for each change until the environment ends, one after the other. At the first
/// that fails it stops: Lambda brings that one back with all that follow it, and no change of a task
/// overtakes another. What no attempt can ever relay is passed over, logged and counted: it must not hold up the rest.
///
/// # Errors
/// The Runtime API does not answer as it should.
pub async fn changes(work: impl AsyncFn(Change) -> Result<(), Failure>) -> Result<(), Failure> {
    let answer = async |event: LambdaEvent<Event>| {
        let span = logs::invocation(&event.context);
        Ok::<_, Failure>(answer(&work, event.payload).instrument(span).await)
    };
    lambda_runtime::run(service_fn(answer)).await
}

/// An event of DynamoDB Streams; the rest of it is nothing to us.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "Records")]
    records: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    dynamodb: Images,
}

/// Images are in DynamoDB's own JSON: `{"pk":{"S":"task_…"}}`.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Images {
    sequence_number: String,
    old_image: Option<serde_dynamo::Item>,
    new_image: Option<serde_dynamo::Item>,
}

async fn answer(work: &impl AsyncFn(Change) -> Result<(), Failure>, event: Event) -> Answer {
    for Record { dynamodb: Images { sequence_number, old_image, new_image } } in event.records {
        let (old, new) = (old_image.map(Item::from), new_image.map(Item::from));
        let task = new.as_ref().and_then(|item| item.get("pk")?.as_s().ok()).cloned().unwrap_or_default();
        let done = AssertUnwindSafe(relay(work, old, new));
        match done.catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) if !is_lasting(&cause) => {
                tracing::error!(sequence_number, %cause, "a change was not relayed");
                return Answer { batch_item_failures: vec![Failed { item_identifier: sequence_number }] };
            }
            Ok(Err(cause)) => pass_over(&sequence_number, &task, &cause),
            // The same change would panic again.
            Err(panic) => pass_over(&sequence_number, &task, &logs::panicked(&*panic)),
        }
    }
    Answer::default()
}

/// What does not have the form in which it was written will not have it next time, nor will DynamoDB do what it refuses.
fn is_lasting(cause: &Failure) -> bool {
    cause.downcast_ref().is_some_and(StoreError::is_lasting)
}

fn pass_over(sequence_number: &str, task: &str, cause: &Failure) {
    tracing::error!(sequence_number, task.id = task, %cause, "a change was passed over");
    metrics::counter!("ChangesPassedOver").increment(1);
}

async fn relay(
    work: &impl AsyncFn(Change) -> Result<(), Failure>,
    old: Option<Item>,
    new: Option<Item>,
) -> Result<(), Failure> {
    match change_of(old, new)? {
        // Boxed: the types of all that is awaited within would be too deep for the compiler.
        Some(change) => work(change).boxed_local().await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
