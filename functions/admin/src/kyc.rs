//! POST /admin/operators/{id}/kyc: the result of an identity check.

use axum::extract::{Path, State};
use domain::OperatorId;
use domain::operator::Kyc;
use serde::Serialize;
use web::{AdminCaller, Answer, ApiError, Fields, Gate, Json, Payload};

pub(crate) async fn handle(
    caller: AdminCaller,
    State(gate): State<Gate>,
    Path(id): Path<String>,
    payload: Payload,
) -> Answer<Reply> {
    let parsed = parse(&payload.0);

    caller.enter().await?;
    let kyc = parsed?;

    let operator = OperatorId::parse(&id).ok_or_else(missing)?;
    if !gate.store().set_kyc(&operator, kyc).await? {
        return Err(missing());
    }

    Ok(Json::ok(Reply { operator_id: operator.to_string(), kyc_status: kyc.word() }))
}

#[derive(Serialize)]
pub(crate) struct Reply {
    operator_id: String,
    kyc_status: &'static str,
}

fn parse(body: &[u8]) -> Result<Kyc, ApiError> {
    let mut fields = Fields::parse(body)?;
    let status = fields.word("status", Kyc::ALL, Kyc::parse);
    fields.finish()?;
    Ok(status.expect("`finish` fails without a required word"))
}

fn missing() -> ApiError {
    ApiError::not_found("Operator")
}
