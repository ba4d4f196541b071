//! Handles whatever has become due: moves tasks on and brings back callbacks. What becomes of a task is
//! for `domain` to say, and nobody relies on the sweeper to be on time.

use domain::guardian::{Observation, rule};
use domain::moves::{self, Lapse};
use domain::next_action::DueKind;
use domain::{TaskId, Timestamp};
use futures::stream::{self, StreamExt as _};
use store::events::job::Job;
use store::task::AdvanceError;
use store::task::due::DueItem;
use store::{Key, Store, StoreError};

/// What a sweep came upon.
#[derive(Debug)]
pub struct Swept {
    /// Items that were due and handled; 0 says that nothing is left that can be. Failed ones are found
    /// again by the next sweep.
    pub handled: usize,
    /// What is to be done because of them, in no particular order.
    pub jobs: Vec<Job>,
}

/// Items handled at the same time.
const AT_ONCE: usize = 16;

/// Handles what is due now, up to one page of each shard. An item that fails is logged and left to
/// the next sweep; the others are handled all the same.
///
/// # Errors
/// The store does not say what is due.
pub async fn sweep(store: &Store) -> Result<Swept, StoreError> {
    let now = store.now();
    let due = store.due(now).await?;

    let found = due.len();
    let (readable, unreadable): (Vec<_>, Vec<_>) = due.into_iter().partition(Result::is_ok);
    for error in unreadable.into_iter().filter_map(Result::err) {
        tracing::error!(%error, "due entry not readable");
    }
    let outcomes: Vec<(DueItem, Result<Option<Job>, StoreError>)> = stream::iter(readable.into_iter().flatten())
        .map(|item| async move { (item, handle(store, item, now).await) })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;

    let (mut jobs, mut handled) = (Vec::new(), 0);
    for (item, outcome) in outcomes {
        match outcome {
            Ok(job) => {
                handled += 1;
                jobs.extend(job);
            }
            Err(error) => log_failure(item, &error),
        }
    }
    tracing::info!(found, handled, jobs = jobs.len(), "swept");
    Ok(Swept { handled, jobs })
}

async fn handle(store: &Store, item: DueItem, now: Timestamp) -> Result<Option<Job>, StoreError> {
    match item {
        DueItem::Task(id, kind) => lapse(store, id, kind, now).await.map(|()| None),
        DueItem::Callback(id) => {
            let retry = store.read([Key::retry(id)]).await?.retry(id)?;
            Ok(retry.map(Job::Deliver).inspect(|_| count(DueKind::Callback)))
        }
    }
}

/// The metric of what was really due, by its kind.
fn count(kind: DueKind) {
    metrics::counter!("Swept", "Kind" => kind.word()).increment(1);
}

async fn lapse(store: &Store, id: TaskId, kind: DueKind, now: Timestamp) -> Result<(), StoreError> {
    // Only a verdict needs the brief: it counts the requirements.
    let brief = (kind == DueKind::Judge).then(|| Key::brief(id));
    let mut found = store.read([Key::task(id)].into_iter().chain(brief)).await?;
    let Some(task) = found.task(id)? else {
        return Err(StoreError::Corrupt(format!("{id} is due and does not exist")));
    };
    // The index lags behind: most of what it shows too long has moved on, and must get no verdict.
    if !task.is_due(kind, now) {
        return Ok(());
    }

    let lapse = match kind {
        DueKind::Expire => Lapse::Expire,
        DueKind::Judge => {
            let requirements = found.brief(id)?.requirements.map_or(task.requirements.len(), |full| full.len());
            // The Guardian may have left a verdict and died: then that one counts.
            Lapse::Judge(store.put_verdict(id, &rule(Observation::Unavailable, requirements)).await?)
        }
        DueKind::Review => Lapse::Review,
        DueKind::Dispute => Lapse::Dispute,
        DueKind::Callback => return Err(StoreError::Corrupt(format!("{id} is due like a callback"))),
    };
    match store.advance(task, |task| moves::lapse(task, &lapse, now)).await {
        Ok(after) => {
            count(kind);
            // Only this sweep's own escalation bears its time.
            if kind == DueKind::Dispute && after.dispute.is_some_and(|dispute| dispute.escalated_at == Some(now)) {
                tracing::error!(task.id = %id, "dispute overdue");
            }
            Ok(())
        }
        // Somebody moved it meanwhile, so nothing is due any more.
        Err(AdvanceError::Refused(_)) => Ok(()),
        Err(AdvanceError::Store(error)) => Err(error),
    }
}

fn log_failure(item: DueItem, error: &StoreError) {
    match item {
        DueItem::Task(id, kind) => tracing::error!(task.id = %id, due = %kind, %error, "due task not handled"),
        DueItem::Callback(id) => tracing::error!(event.id = %id, %error, "due callback not handled"),
    }
}
