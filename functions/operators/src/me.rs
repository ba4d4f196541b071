//! `GET` and `PATCH /operator/me`: the caller's own profile.

use axum::extract::State;
use contract::operator::me::{self, Body, Home, Reply};
use contract::read::Nothing;
use contract::wire::{Id, Moment, Word};
use domain::operator::Operator;
use domain::operator::record::Record;
use store::Key;
use web::{Answer, ApiError, Gate, Json, OperatorCaller, Payload, Query};

pub(crate) async fn handle(caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::operator(id), Key::earnings(id)]).await?;
    query.read::<Nothing>()?;

    let operator = found.operator(&id)?.ok_or_else(nobody)?;
    let record = found.earnings(&id)?.unwrap_or_default().record;
    Ok(Json::ok(reply(operator, &record)))
}

pub(crate) async fn change(State(gate): State<Gate>, caller: OperatorCaller, payload: Payload) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::operator(id), Key::earnings(id)]).await?;
    let body = payload.read::<Body>()?;

    let operator = changed(found.operator(&id)?.ok_or_else(nobody)?, body);
    let record = found.earnings(&id)?.unwrap_or_default().record;
    gate.store().change_operator(&operator).await?;

    Ok(Json::ok(reply(operator, &record)))
}

fn nobody() -> ApiError {
    ApiError::not_found("Operator")
}

fn changed(operator: Operator, body: Body) -> Operator {
    Operator {
        name: body.name.unwrap_or(operator.name),
        email: body.email.unwrap_or(operator.email),
        phone: body.phone.or(operator.phone),
        city: body.city.or(operator.city),
        country: body.country.or(operator.country),
        skills: body.skills.unwrap_or(operator.skills),
        ..operator
    }
}

fn reply(operator: Operator, record: &Record) -> Reply {
    Reply {
        operator_id: Id(operator.id),
        name: operator.name,
        email: operator.email,
        phone: operator.phone,
        location: Home { city: operator.city, country: operator.country },
        skills: operator.skills.into_iter().map(Word).collect(),
        kyc_status: Word(operator.kyc),
        record: record_view(record),
        created_at: Moment(operator.created_at),
    }
}

fn record_view(record: &Record) -> me::Record {
    me::Record {
        accepted: record.accepted,
        at_work: record.at_work,
        at_work_max: record.at_work_max(),
        completed: record.completed,
        released: record.released,
        no_shows: record.no_shows,
        disputes_lost: record.disputes_lost,
    }
}
