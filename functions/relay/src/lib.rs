//! From a change of a task to its events, and to the jobs that follow from it. Sends nothing itself.
//!
//! The stream delivers a change at least once, so everything here is a function of the two versions:
//! a repeated relay writes the same events with the same bytes and asks for the same jobs.

use contract::webhooks::{GuardianResult, TaskEvent};
use contract::wire::{Id, Moment, Word};
use domain::event::{EventName, asks_for_judgement, between};
use domain::guardian::{self, Finding, Observation};
use domain::task::{Ruling, Task};
use domain::{EventId, Timestamp};
use store::events::Event;
use store::events::deliveries::Delivery;
use store::events::job::Job;
use store::{Key, Store, StoreError};

/// Records the events between two consecutive versions of a task and returns what is to be done
/// because of them. `before` is absent for a new task.
///
/// # Errors
/// The store does not answer, or a version lacks the verdict that its status promises.
pub async fn relay(store: &Store, before: Option<Task>, after: Task) -> Result<Vec<Job>, StoreError> {
    let names = between(before.as_ref(), &after);
    let reasoning = match &after.verdict {
        Some(ruling) if !names.is_empty() => reasoning(store, &after, ruling).await?,
        Some(_) | None => None,
    };

    let mut jobs = Vec::new();
    for name in names {
        let event = event(name, &after, reasoning.as_deref())?;
        // Before the job: the worker reads the bytes that it sends.
        store.record_event(&event).await?;
        if after.has_callback {
            let Event { id, agent, task, at, .. } = event;
            jobs.push(Job::Deliver(Delivery { event: id, agent, task, at, attempt: 1 }));
        }
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
    Ok(Event { id, agent: after.agent, task: after.id, name, at, body })
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
