//! From a change to its events, and to the jobs that follow from it. Sends nothing itself.
//!
//! The stream delivers a change at least once, so which events there are is a function of the change: a repeated relay
//! finds them recorded, under the numbers that they have, and asks for the same jobs.

mod account;

use contract::webhooks::{GuardianResult, TaskEvent};
use contract::wire::{Id, Moment, Word};
use domain::agent::event::EventType;
use domain::event::{EventName, asks_for_judgement, between};
use domain::guardian::{self, Finding, Observation};
use domain::task::{Ruling, Task};
use domain::{EventId, Timestamp};
use store::change::{Change, TaskChange};
use store::events::Event;
use store::events::deliveries::Delivery;
use store::events::job::Job;
use store::{Key, Store, StoreError};

/// Records the events of a change and returns what is to be done because of them.
///
/// # Errors
/// The store does not answer, or a version lacks the verdict that its status promises.
pub async fn relay(store: &Store, change: Change) -> Result<Vec<Job>, StoreError> {
    match change {
        Change::Task(change) => relay_task(store, *change).await,
        Change::Account(change) => {
            store.record_events(&[account::event(&change, store.now())]).await?;
            Ok(Vec::new())
        }
    }
}

async fn relay_task(store: &Store, TaskChange { before, after }: TaskChange) -> Result<Vec<Job>, StoreError> {
    let names = between(before.as_ref(), &after);
    let reasoning = match &after.verdict {
        Some(ruling) if !names.is_empty() => reasoning(store, &after, ruling).await?,
        Some(_) | None => None,
    };

    let events = names.into_iter().map(|name| event(name, &after, reasoning.as_deref()));
    let events = events.collect::<Result<Vec<_>, _>>()?;
    // Before the jobs: the worker reads the bytes that it sends.
    let numbers = store.record_events(&events).await?;
    let mut jobs = Vec::new();
    if after.has_callback {
        let deliver = |(event, sequence): (&Event, u64)| {
            let Event { id, agent, at, .. } = *event;
            Job::Deliver(Delivery { event: id, agent, task: Some(after.id), sequence, at, attempt: 1 })
        };
        jobs.extend(events.iter().zip(numbers).map(deliver));
    }
    if asks_for_judgement(before.as_ref(), &after) {
        jobs.push(Job::Judge(after.id));
    }
    Ok(jobs)
}

/// The wording of a ruling, from beside the task. Of one that saw nothing it is known without looking: what is there by
/// now may be of the verdict that superseded it.
async fn reasoning(store: &Store, task: &Task, ruling: &Ruling) -> Result<Option<String>, StoreError> {
    if ruling.finding == Finding::Unseen {
        let sealed = task.task_type.is_credential();
        return Ok(Some(guardian::rule(Observation::Unavailable { sealed }, 0).reasoning));
    }
    Ok(store.read([Key::verdict(task.id)]).await?.verdict(task.id)?.map(|verdict| verdict.reasoning))
}

fn event(name: EventName, after: &Task, reasoning: Option<&str>) -> Result<Event, StoreError> {
    let id = name.id(after.id, after.version);
    // The version's own time: "now" would differ between two relays of one change.
    let at = after.moved_at;
    // What was decided is told as the task has it: only the wording comes from beside it.
    let guardian_result = match (&after.verdict, reasoning) {
        (Some(ruling), Some(reasoning)) => {
            Some(GuardianResult { decision: Word(ruling.decision), confidence: ruling.confidence, reasoning })
        }
        (Some(_), None) => return Err(StoreError::Corrupt(format!("{name} of {} without its verdict", after.id))),
        (None, _) => None,
    };
    let body = body(name, id, at, guardian_result, after);
    Ok(Event { id, agent: after.agent, task: Some(after.id), name: EventType::Task(name), at, body, callback: None })
}

fn body(name: EventName, id: EventId, at: Timestamp, guardian_result: Option<GuardianResult>, task: &Task) -> String {
    let body = TaskEvent {
        event: Word(name),
        task_id: Id(task.id),
        guardian_result,
        timestamp: Moment(at),
        id: Id(id),
        status: Word(task.status),
    };
    serde_json::to_string(&body).expect("a struct of texts and a number is JSON")
}

#[cfg(test)]
mod tests;
