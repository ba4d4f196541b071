//! POST /admin/tasks/{id}/resolve: staff divide the money of a disputed task.

use axum::extract::{Path, State};
use domain::limits::RATIONALE_CHARS;
use domain::task::{Outcome, Resolution, Task};
use domain::{TaskId, moves};
use serde::Serialize;
use store::{Key, StoreError};
use web::next_action::NextAction;
use web::{AdminCaller, Answer, ApiError, Fields, Gate, Json, Payload};

#[derive(Debug)]
struct Body {
    outcome: Outcome,
    operator_share_bps: u32,
    rationale: String,
}

pub(crate) async fn handle(
    caller: AdminCaller,
    State(gate): State<Gate>,
    Path(id): Path<String>,
    payload: Payload,
) -> Answer<Reply> {
    let parsed = parse(&payload.0);

    caller.enter().await?;
    let body = parsed?;

    let id = TaskId::parse(&id).ok_or_else(missing)?;
    let task = gate.store().read([Key::task(id)]).await?.task(id)?.ok_or_else(missing)?;

    let now = gate.store().now();
    let decide = |task: &Task| moves::resolve(task, body.outcome, body.operator_share_bps, &body.rationale, now);
    let task = gate.store().advance(task, decide).await?;

    let resolution = task.resolution.as_ref();
    let resolution = resolution.ok_or_else(|| StoreError::Corrupt(format!("{id} is resolved and does not say how")))?;
    Ok(Json::ok(Reply::of(&task, resolution)))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    status: &'static str,
    outcome: &'static str,
    operator_share_bps: u32,
    resolved_at: String,
    next_action: Option<NextAction>,
}

impl Reply {
    fn of(task: &Task, resolution: &Resolution) -> Self {
        Self {
            task_id: task.id.to_string(),
            status: task.status.word(),
            outcome: resolution.outcome.word(),
            operator_share_bps: resolution.operator_share_bps,
            resolved_at: resolution.at.to_string(),
            next_action: NextAction::of(task, resolution.at),
        }
    }
}

fn parse(body: &[u8]) -> Result<Body, ApiError> {
    let mut fields = Fields::parse(body)?;
    let outcome = fields.word("outcome", Outcome::ALL, Outcome::parse);
    let given = fields.has("operator_share_bps");
    let share = fields.optional_integer("operator_share_bps", 0..=10_000).and_then(|bps| u32::try_from(bps).ok());
    match outcome {
        Some(Outcome::Split) if !given => fields.problem("operator_share_bps", "is required for SPLIT"),
        Some(Outcome::Release | Outcome::Refund) if given => {
            fields.problem("operator_share_bps", "is for SPLIT only; leave it out");
        }
        Some(Outcome::Split | Outcome::Release | Outcome::Refund) | None => {}
    }
    let rationale = fields.text("rationale", 1..=RATIONALE_CHARS);
    fields.finish()?;
    let outcome = outcome.expect("`finish` fails without a required word");
    Ok(Body { outcome, operator_share_bps: share.unwrap_or(0), rationale })
}

fn missing() -> ApiError {
    ApiError::not_found("Task")
}

#[cfg(test)]
mod tests;
