//! Records of the table's stream: changes that are news, in the order of their commits.

use crate::batch::{Answer, Item as Failed};
use crate::{Failure, logs};
use futures::FutureExt;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::Deserialize;
use std::fmt::Display;
use std::panic::AssertUnwindSafe;
use store::StoreError;
use store::change::{Change, change_of, partition_of, work_through};
use store::engine::item::Item;
use tracing::Instrument;

/// Does `work` for each change until the environment ends; for those of an agent one after the other. At the first
/// that fails the agent's stop: Lambda brings that one back with all that follow it, and no change of a task
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

/// Where in the stream a change is, and of which partition: a task, an agent.
struct Place {
    sequence_number: String,
    of: String,
}

async fn answer(work: &impl AsyncFn(Change) -> Result<(), Failure>, event: Event) -> Answer {
    let mut changes = Vec::new();
    for Record { dynamodb: Images { sequence_number, old_image, new_image } } in event.records {
        let (old, new) = (old_image.map(Item::from), new_image.map(Item::from));
        let of = partition_of(old.as_ref(), new.as_ref()).to_owned();
        match change_of(old, new) {
            Ok(change) => changes.extend(change.map(|change| (Place { sequence_number, of }, change))),
            Err(cause) => pass_over(&Place { sequence_number, of }, &cause),
        }
    }
    let relayed = work_through(changes, async |place: Place, change| {
        // Boxed: the types of all that is awaited within would be too deep for the compiler.
        match AssertUnwindSafe(work(change).boxed_local()).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) if !is_lasting(&cause) => {
                let Place { sequence_number, of } = place;
                tracing::error!(sequence_number, of, %cause, "a change was not relayed");
                return Err(Failed { item_identifier: sequence_number });
            }
            Ok(Err(cause)) => pass_over(&place, &cause),
            // The same change would panic again.
            Err(panic) => pass_over(&place, &logs::panicked(&*panic)),
        }
        Ok(())
    });
    Answer { batch_item_failures: relayed.await }
}

/// What does not have the form in which it was written will not have it next time, nor will DynamoDB do what it refuses.
fn is_lasting(cause: &Failure) -> bool {
    cause.downcast_ref().is_some_and(StoreError::is_lasting)
}

fn pass_over(Place { sequence_number, of }: &Place, cause: &dyn Display) {
    tracing::error!(sequence_number, of, %cause, "a change was passed over");
    metrics::counter!("ChangesPassedOver").increment(1);
}

#[cfg(test)]
mod tests;
