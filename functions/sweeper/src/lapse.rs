//! A task whose date has come.

use domain::guardian::{Observation, rule};
use domain::moves::{self, Lapse};
use domain::next_action::DueKind;
use domain::{TaskId, Timestamp};
use store::task::AdvanceError;
use store::{Key, Store, StoreError};

pub(crate) async fn lapse(store: &Store, id: TaskId, kind: DueKind, now: Timestamp) -> Result<(), StoreError> {
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
            let sealed = task.task_type.is_credential();
            let unseen = rule(Observation::Unavailable { sealed, checks: Vec::new() }, requirements);
            let proof = task.proof.ok_or_else(|| StoreError::Corrupt(format!("{id}: submitted without proof")))?;
            // The Guardian may have left a verdict and died: then that one counts.
            Lapse::Judge(proof, store.put_verdict(id, proof, &unseen).await?)
        }
        DueKind::Review => Lapse::Review,
        DueKind::Dispute => Lapse::Dispute,
        DueKind::Payout | DueKind::Callback => return Err(StoreError::Corrupt(format!("{id} is due like a {kind}"))),
    };
    match store.advance(task, |task| moves::lapse(task, &lapse, now)).await {
        Ok(after) => {
            metrics::counter!("Swept", "Kind" => kind.word()).increment(1);
            // Only this sweep's own escalation bears its time.
            if kind == DueKind::Dispute && after.dispute.is_some_and(|dispute| dispute.escalated_at == Some(now)) {
                metrics::counter!("DisputesOverdue").increment(1);
                tracing::error!(task.id = %id, "dispute overdue");
            }
            Ok(())
        }
        // Somebody moved it meanwhile, so nothing is due any more.
        Err(AdvanceError::Refused(_)) => Ok(()),
        Err(AdvanceError::Store(error)) => Err(error),
    }
}
