//! `GET /operator/me`: the caller's own profile.

use contract::operator::me::{Home, Reply};
use contract::read::Nothing;
use contract::wire::{Id, Moment, Word};
use store::Key;
use web::{Answer, ApiError, Json, OperatorCaller, Query};

pub(crate) async fn handle(caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::operator(id)]).await?;
    query.read::<Nothing>()?;

    let operator = found.operator(&id)?.ok_or_else(|| ApiError::not_found("Operator"))?;
    Ok(Json::ok(Reply {
        operator_id: Id(operator.id),
        name: operator.name,
        email: operator.email,
        phone: operator.phone,
        location: Home { city: operator.city, country: operator.country },
        skills: operator.skills.into_iter().map(Word).collect(),
        kyc_status: Word(operator.kyc),
        created_at: Moment(operator.created_at),
    }))
}
