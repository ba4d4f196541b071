//! `POST /admin/tasks/{id}/resolve`: staff divide the money of a disputed task.

use axum::extract::State;
use contract::admin::resolve::{Body, Reply};
use contract::wire::{Id, Moment, NextAction, Word};
use domain::moves;
use domain::task::{Resolution, Task};
use store::StoreError;
use web::{AdminCaller, Answer, Gate, Json, Payload, TaskPath};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AdminCaller,
    path: TaskPath,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());

    let by = caller.authenticate().await?;
    let body = payload.read::<Body>()?;
    let task = path.task(&mut store.read(path.key()).await?)?;

    let decide = |task: &Task| moves::resolve(task, body.outcome, body.operator_share_bps, &body.rationale, &by, now);
    let task = store.advance(task, decide).await?;

    let resolution = task.resolution.as_ref();
    let unsaid = || StoreError::Corrupt(format!("{} is resolved and does not say how", task.id));
    Ok(Json::ok(reply(&task, resolution.ok_or_else(unsaid)?)))
}

fn reply(task: &Task, resolution: &Resolution) -> Reply {
    Reply {
        task_id: Id(task.id),
        status: Word(task.status),
        outcome: Word(resolution.outcome),
        operator_share_bps: resolution.operator_share_bps,
        resolved_by: resolution.by.to_string(),
        resolved_at: Moment(resolution.at),
        next_action: NextAction::of(task, resolution.at),
    }
}
