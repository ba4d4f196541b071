//! From a change to its events, and to the jobs that follow from it. Sends nothing itself.
//!
//! The stream delivers a change at least once, so which events there are is a function of the change: a repeated relay
//! finds them recorded, under the numbers that they have, and asks for the same jobs.

mod account;

use contract::tasks::messages;
use contract::webhooks::{GuardianResult, TaskEvent};
use contract::wire::{Decision, Id, Moment, NextAction, Word};
use domain::agent::event::EventType;
use domain::chat::Message;
use domain::event::{EventName, asks_for_judgement, between, of_message};
use domain::guardian::{self, Finding, Observation};
use domain::money::payout::{Payout, PayoutStatus};
use domain::operator::push;
use domain::task::{Side, Task};
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
        Change::Message(message) => match message.sender {
            Side::Operator => relay_message(store, message).await,
            Side::Agent => Ok(vec![Job::Push(push::of_message(&message))]),
        },
        Change::Account(change) => {
            store.record_events(&[account::event(&change, store.now())]).await?;
            Ok(Vec::new())
        }
        Change::Payout(payout) => relay_payout(store, *payout).await,
    }
}

/// A payout that was reserved is to be sent; what becomes of an agent's is news to it.
async fn relay_payout(store: &Store, payout: Payout) -> Result<Vec<Job>, StoreError> {
    if let Some(event) = account::of_withdrawal(&payout) {
        store.record_events(&[event]).await?;
    }
    let is_new = payout.status == PayoutStatus::Reserved;
    Ok(is_new.then_some(Job::Pay(payout.payee, payout.id)).into_iter().collect())
}

async fn relay_task(store: &Store, TaskChange { before, after }: TaskChange) -> Result<Vec<Job>, StoreError> {
    let names = between(before.as_ref(), &after);
    let notice = push::notice(&names, &after);
    let told = if names.is_empty() { Told::default() } else { told(store, &after).await? };

    let events = names.into_iter().map(|name| body(name, &after, &told).map(|body| event(&after, body)));
    let events = events.collect::<Result<Vec<_>, _>>()?;
    let mut jobs = tell(store, &after, &events).await?;
    if asks_for_judgement(before.as_ref(), &after) {
        jobs.push(Job::Judge(after.id));
    }
    jobs.extend(notice.map(Job::Push));
    Ok(jobs)
}

/// What an operator writes is news to the agent, with the task as it is by now.
async fn relay_message(store: &Store, message: Message) -> Result<Vec<Job>, StoreError> {
    let Some(task) = store.read([Key::task(message.task)]).await?.task(message.task)? else {
        return Err(StoreError::Corrupt(format!("{} of {}, which is not there", message.id, message.task)));
    };
    let told = told(store, &task).await?;
    let mut body = body(EventName::Message, &task, &told)?;
    (body.id, body.timestamp) = (Id(of_message(&message)), Moment(message.at));
    body.message = Some(messages::Message::of(message));
    tell(store, &task, &[event(&task, body)]).await
}

/// Records events of a task and returns how they are delivered.
async fn tell(store: &Store, task: &Task, events: &[Event]) -> Result<Vec<Job>, StoreError> {
    // Before the jobs: the worker reads the bytes that it sends.
    let numbers = store.record_events(events).await?;
    let wanted = |(event, _): &(&Event, u64)| event.name.of_task().is_some_and(|name| task.called_back.contains(&name));
    let deliver = |(event, sequence): (&Event, u64)| {
        let Event { id, agent, at, .. } = *event;
        Job::Deliver(Delivery { event: id, agent, task: Some(task.id), sequence, at, attempt: 1 })
    };
    Ok(events.iter().zip(numbers).filter(wanted).map(deliver).collect())
}

/// What stands beside a task and is told with its events.
#[derive(Default)]
struct Told {
    /// The wording of its ruling.
    reasoning: Option<String>,
    /// Why the agent rejected it, or disputes it.
    objection: Option<String>,
}

async fn told(store: &Store, task: &Task) -> Result<Told, StoreError> {
    // Of a ruling that saw nothing the wording is known without looking: what is there by now may be of the verdict that
    // superseded it.
    let unseen = task.verdict.as_ref().is_some_and(|ruling| ruling.finding == Finding::Unseen);
    let verdict = task.proof.filter(|_| task.verdict.is_some() && !unseen);
    let objected = task.decision().is_some_and(|decision| decision.is_objection());
    let keys = verdict.map(|proof| Key::verdict(task.id, proof));
    let mut found = store.read(keys.into_iter().chain(objected.then(|| Key::objection(task.id)))).await?;
    let reasoning = match verdict {
        Some(proof) => found.verdict(task.id, proof)?.map(|verdict| verdict.reasoning),
        None if unseen => {
            let sealed = task.task_type.is_credential();
            Some(guardian::rule(Observation::Unavailable { sealed, checks: Vec::new() }, 0).reasoning)
        }
        None => None,
    };
    Ok(Told { reasoning, objection: found.objection(task.id)?.map(|saying| saying.text) })
}

fn body<'a>(name: EventName, after: &Task, told: &'a Told) -> Result<TaskEvent<'a>, StoreError> {
    let id = name.id(after.id, after.version);
    // The version's own time: "now" would differ between two relays of one change.
    let at = after.moved_at;
    // What was decided is told as the task has it: only the wording comes from beside it.
    let guardian_result = match (&after.verdict, told.reasoning.as_deref()) {
        (Some(ruling), Some(reasoning)) => Some(GuardianResult {
            decision: Word(ruling.decision),
            confidence: ruling.confidence,
            reasoning,
            review_reason: ruling.review_reason.map(Word),
        }),
        (Some(_), None) => return Err(StoreError::Corrupt(format!("{name} of {} without its verdict", after.id))),
        (None, _) => None,
    };
    Ok(TaskEvent {
        event: Word(name),
        task_id: Id(after.id),
        guardian_result,
        timestamp: Moment(at),
        id: Id(id),
        status: Word(after.status),
        decision: Decision::of(after, told.reasoning.as_deref(), told.objection.as_deref()),
        next_action: NextAction::of(after, at),
        message: None,
    })
}

fn event(task: &Task, told: TaskEvent<'_>) -> Event {
    let body = serde_json::to_string(&told).expect("a struct of texts and a number is JSON");
    let (Word(name), Moment(at), Id(id)) = (told.event, told.timestamp, told.id);
    Event { id, agent: task.agent, task: Some(task.id), name: EventType::Task(name), at, body, callback: None }
}

#[cfg(test)]
mod tests;
