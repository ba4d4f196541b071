//! `GET /admin/operators`: whose identity is to be checked, and whose was.

use axum::extract::State;
use contract::admin::operators::{OperatorLine, Query, Reply};
use contract::operator::me::Home;
use contract::wire::{Id, Moment, Word};
use domain::operator::Operator;
use store::people::by_kyc;
use web::{AdminCaller, Answer, Gate, Json, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AdminCaller, query: web::Query) -> Answer<Reply> {
    caller.authenticate().await?;
    let Query { kyc, window } = query.read()?;
    let window = paging::window(window);

    let listed = gate.store().operators_by_kyc(kyc, &window).await?;
    Ok(Json::ok(paging::page(listed.rows, &window, listed.total, by_kyc::place, line)))
}

fn line(operator: Operator) -> OperatorLine {
    OperatorLine {
        location: Home::of(&operator),
        operator_id: Id(operator.id),
        name: operator.name,
        email: operator.email,
        phone: operator.phone,
        skills: operator.skills.into_iter().map(Word).collect(),
        kyc_status: Word(operator.kyc),
        checked: operator.checked.map(Into::into),
        created_at: Moment(operator.created_at),
    }
}
