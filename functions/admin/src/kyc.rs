//! `POST /admin/operators/{id}/kyc`: the result of an identity check.

use axum::extract::State;
use contract::admin::kyc::{Body, Reply};
use contract::wire::{Id, Word};
use domain::OperatorId;
use domain::operator::Checked;
use web::{AdminCaller, Answer, ApiError, Gate, Json, PathId, Payload};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AdminCaller,
    PathId(id): PathId<OperatorId>,
    payload: Payload,
) -> Answer<Reply> {
    let by = caller.authenticate().await?;
    let Body { status } = payload.read()?;

    let missing = || ApiError::not_found("Operator");
    let operator = id.ok_or_else(missing)?;
    let checked = Checked { by, at: gate.store().now() };
    if !gate.store().set_kyc(&operator, status, &checked).await? {
        return Err(missing());
    }
    Ok(Json::ok(Reply { operator_id: Id(operator), kyc_status: Word(status) }))
}
