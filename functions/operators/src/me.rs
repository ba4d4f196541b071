//! `GET /operator/me`: the caller's own profile.

use contract::operator::me::{self, Home, Reply};
use contract::read::Nothing;
use contract::wire::{Id, Moment, Word};
use domain::operator::record::Record;
use store::Key;
use web::{Answer, ApiError, Json, OperatorCaller, Query};

pub(crate) async fn handle(caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::operator(id), Key::earnings(id)]).await?;
    query.read::<Nothing>()?;

    let operator = found.operator(&id)?.ok_or_else(|| ApiError::not_found("Operator"))?;
    let record = found.earnings(&id)?.unwrap_or_default().record;
    Ok(Json::ok(Reply {
        operator_id: Id(operator.id),
        name: operator.name,
        email: operator.email,
        phone: operator.phone,
        location: Home { city: operator.city, country: operator.country },
        skills: operator.skills.into_iter().map(Word).collect(),
        kyc_status: Word(operator.kyc),
        record: record_view(&record),
        created_at: Moment(operator.created_at),
    }))
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
