//! `GET` and `PATCH /operator/me`: the caller's own profile.

use crate::register;
use axum::extract::State;
use contract::operator::me::{Body, Reply};
use contract::read::Nothing;
use domain::Mode;
use domain::operator::{Kyc, Operator};
use store::Key;
use web::{Answer, ApiError, Gate, Json, OperatorCaller, Payload, Query};

/// How often staff may decide on an identity while its profile is changed.
const ATTEMPTS: usize = 3;

pub(crate) async fn handle(caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::operator(id), Key::earnings(id)]).await?;
    query.read::<Nothing>()?;

    let operator = found.operator(&id)?.ok_or_else(nobody)?;
    Ok(Json::ok(Reply::of(operator, &found.earnings(&id)?.unwrap_or_default())))
}

pub(crate) async fn change(State(gate): State<Gate>, caller: OperatorCaller, payload: Payload) -> Answer<Reply> {
    let (id, mut found) = caller.authenticate(|id| [Key::operator(id), Key::earnings(id)]).await?;
    let body = payload.read::<Body>()?;

    let earnings = found.earnings(&id)?.unwrap_or_default();
    for _ in 0..ATTEMPTS {
        let before = found.operator(&id)?.ok_or_else(nobody)?;
        let (name, kyc) = (before.name.clone(), before.kyc);
        let mut operator = changed(before, body.clone());
        // A check of one's own would vouch for somebody else's name. Test mode verifies whoever registers.
        if gate.mode() == Mode::Live && kyc == Kyc::Verified && operator.name != name {
            operator.kyc = Kyc::Pending;
        }
        if gate.store().change_operator(&operator, kyc).await? {
            return Ok(Json::ok(Reply::of(operator, &earnings)));
        }
        found = gate.store().read([Key::operator(&id)]).await?;
    }
    Err(ApiError::internal(format!("{id}: an identity was decided on each time")))
}

fn nobody() -> ApiError {
    ApiError::not_found("Operator")
}

fn changed(operator: Operator, body: Body) -> Operator {
    let moved = body.point.is_some() || body.city.is_some() || body.country.is_some();
    let (city, country) = (body.city.or(operator.city), body.country.or(operator.country));
    let home = match moved {
        true => register::home(body.point, city.as_deref(), country.as_deref()),
        false => operator.home,
    };
    Operator {
        name: body.name.unwrap_or(operator.name),
        email: body.email.unwrap_or(operator.email),
        phone: body.phone.or(operator.phone),
        city,
        country,
        home,
        skills: body.skills.unwrap_or(operator.skills),
        ..operator
    }
}
